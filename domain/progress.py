"""How a request goes from one stage to the next by itself, once everything in its stage is done.

Looked at after every fact that `may_progress`; a step back by staff is therefore not undone by the next remark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.command import Apply, Command, Decide
from domain.event import STAGE, Event, Fact
from domain.parts import CheckInStatus, KickoffStatus
from domain.request import Closing, SupportRequest
from domain.text import Text
from domain.words import Outcome, Stage

WAITS_FOR_KICKOFF = frozenset({KickoffStatus.WANTED, KickoffStatus.PLANNED})
STILL_TO_COME = frozenset({CheckInStatus.PLANNED, CheckInStatus.OPEN})


@dataclass(frozen=True, kw_only=True)
class StageEntered(Fact):
    """The request went on to its next stage."""

    stage: Stage

    def touches(self, own_id: str) -> tuple[str, ...]:
        return (STAGE,)


@dataclass(frozen=True, kw_only=True)
class RequestClosed(Fact):
    """The request is closed; `reason` is a code of the command that closed it, `text` what the municipality reads."""

    outcome: Outcome
    reason: str | None = None
    text: Text | None = None
    help_elsewhere: Text | None = None

    def touches(self, own_id: str) -> tuple[str, ...]:
        return (STAGE,)


def progressed(request: SupportRequest) -> Fact | None:
    """Say which step follows by itself now, if any. Never skips a stage that waits for something."""
    kickoffs = any(kickoff.status in WAITS_FOR_KICKOFF for kickoff in request.kickoffs.values())
    check_ins = any(check_in.status in STILL_TO_COME for check_in in request.check_ins.values())
    if request.stage is Stage.VISIT and request.visit_settled:
        return StageEntered(stage=Stage.KICKOFF if kickoffs else Stage.FOLLOW_UP)
    if request.stage is Stage.KICKOFF and not kickoffs:
        return StageEntered(stage=Stage.FOLLOW_UP)
    if request.finished_on and request.stage in (Stage.VISIT, Stage.KICKOFF, Stage.FOLLOW_UP):
        return StageEntered(stage=Stage.EMBEDDING) if check_ins else RequestClosed(outcome=Outcome.COMPLETED)
    if request.stage is Stage.EMBEDDING and not check_ins:
        return RequestClosed(outcome=Outcome.COMPLETED)
    return None


def on_stage_entered(request: SupportRequest, event: Event, fact: StageEntered) -> SupportRequest:
    """Remember the stage that was left, so that staff can step back."""
    return entered(request, fact.stage)


def entered(request: SupportRequest, stage: Stage) -> SupportRequest:
    """The request in its next stage."""
    return replace(request, stage=stage, stages_left=(*request.stages_left, request.stage))


def on_request_closed(request: SupportRequest, event: Event, fact: RequestClosed) -> SupportRequest:
    """Closed: nothing is waited for any more, also not the end of a pause. Where it stood is kept for `reopen`."""
    ending = Closing(
        outcome=fact.outcome,
        at=event.at,
        stage_before=request.stage,
        reason=fact.reason,
        text=fact.text,
        help_elsewhere=fact.help_elsewhere,
    )
    return replace(request, stage=Stage.CLOSED, closing=ending, pause=None)


DECIDES: Mapping[type[Command], Decide] = {}
APPLIES: Mapping[type[Fact], Apply] = {StageEntered: on_stage_entered, RequestClosed: on_request_closed}
