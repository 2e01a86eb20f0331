"""The doer `record`: hand an envelope to the log and say where the request stands afterwards.

Which failure is which is decided here: what the database may heal is tried again, what the log refuses is an answer,
anything else is a bug that ends this command alone. What is raised stays in Temporal's history: codes and parameters,
never the message of a cause.
"""

from __future__ import annotations

from uuid import UUID

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from domain.refusal import Refusal
from storage import requests
from storage.codec import UnknownTag
from storage.database import AsyncEngine, may_heal
from storage.recording import CommandLost, record
from storage.requests import Bare, Unreadable
from workflows.messages import CATCH_UP, UNAVAILABLE, Activity, Record, Standing

INTERNAL = "INTERNAL"

log = structlog.get_logger(__name__)


class Recorder:
    """Records on one database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    @activity.defn(name=Activity.RECORD)
    async def record(self, message: Record) -> Standing:
        """Have the envelope recorded, in one transaction.

        Raises ApplicationError: retryable when the database may heal; else, not to be tried again, the refusal's code
        with its parameters, `UNAVAILABLE` for what a newer release wrote, or `INTERNAL` for a bug.
        """
        envelope = message.envelope
        with structlog.contextvars.bound_contextvars(
            request_id=envelope.request_id, command_id=envelope.command_id, command=envelope.type
        ):
            try:
                return _standing(await self._record(message))
            except Refusal as refusal:
                raise _said_no(refusal) from None
            except (Unreadable, UnknownTag, CommandLost) as error:
                log.warning("record_unavailable", error=type(error).__name__)
                raise _final(UNAVAILABLE) from None
            except Exception as error:  # whatever it is, it ends this command alone
                if may_heal(error):
                    log.warning("record_tried_again", error=type(error).__name__)
                    raise ApplicationError(UNAVAILABLE, type=UNAVAILABLE) from None
                log.exception("record_failed")
                raise _final(INTERNAL) from None

    async def _record(self, message: Record) -> Bare | None:
        envelope = message.envelope
        async with self.engine.begin() as connection:
            if envelope.type == CATCH_UP:
                return await requests.load_bare(connection, envelope.request_id)
            command_id = UUID(envelope.command_id) if envelope.command_id else None
            return await record(connection, envelope.request_id, command_id, message.at)


def _standing(bare: Bare | None) -> Standing:
    if bare is None:
        return Standing()
    return Standing(
        version=bare.version, stage=bare.stage, is_open=bare.is_open, wake_at=bare.wake_at, outcome=bare.outcome
    )


def _said_no(refusal: Refusal) -> ApplicationError:
    details = {"field": refusal.field, "parameters": refusal.parameters}
    return ApplicationError(
        refusal.code, details, type=refusal.code, non_retryable=True, category=ApplicationErrorCategory.BENIGN
    )


def _final(code: str) -> ApplicationError:
    return ApplicationError(code, type=code, non_retryable=True, category=ApplicationErrorCategory.BENIGN)
