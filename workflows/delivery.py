"""Brings out one message of the outbox: tries for three days, then has written down how it ended.

It carries an id; what is said to whom waits in PostgreSQL. A message may go out twice when a worker dies right after
sending: at least once, never not at all.
"""

from __future__ import annotations

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from workflows.messages import Activity, Delivery, DeliveryOutcome, Settlement
    from workflows.policies import DELIVER, SETTLE_DELIVERY


@workflow.defn
class DeliveryWorkflow:
    """Bring out one message, or have it known that it failed."""

    @workflow.run
    async def run(self, delivery: Delivery) -> DeliveryOutcome:
        """Deliver, settle, and answer with the outcome; a delivery that is cancelled has failed."""
        outcome = await self.deliver(delivery)
        settlement = Settlement(delivery_id=delivery.delivery_id, outcome=outcome)
        await workflow.execute_activity(Activity.SETTLE_DELIVERY, settlement, **SETTLE_DELIVERY)
        return outcome

    async def deliver(self, delivery: Delivery) -> DeliveryOutcome:
        """Have the message brought out; FAILED when the channel refuses it for good or three days are over."""
        try:
            await workflow.execute_activity(Activity.DELIVER, delivery, **DELIVER)
        except ActivityError:
            return DeliveryOutcome.FAILED
        return DeliveryOutcome.DELIVERED
