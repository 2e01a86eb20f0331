"""The durable shell: waiting, time, order and retries. It knows no other room.

`messages` is the window through which others speak with it; `WORKFLOWS` is all that a worker must run.
"""

from typing import Final

from workflows.delivery import DeliveryWorkflow
from workflows.support_request import SupportRequestWorkflow

WORKFLOWS: Final = (SupportRequestWorkflow, DeliveryWorkflow)

__all__ = ["WORKFLOWS", "DeliveryWorkflow", "SupportRequestWorkflow"]
