"""The steps of the journey as they are for this request: done, now, to come, or not needed.

What was done shows from what there is (a visit that was held, an advisor who accepted), not from how far it came: a
request that was withdrawn early has not had its kick-off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from domain.parts import ActionStatus, CheckInStatus, Kickoff, KickoffStatus, Meeting, MeetingStatus
from domain.view_parts import RequestView
from domain.waits import local_day
from domain.words import MeetingKind, Outcome, Stage
from service.pages.request_page.looking import Looking

DONE, CURRENT, TO_COME, NOT_NEEDED = "done", "current", "to_come", "not_needed"
STAGES: Final = tuple(Stage)


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step: its name, how far it is, and what is known of it."""

    name: str
    state: str
    meta: str | None = None


def steps(looking: Looking) -> tuple[Step, ...]:
    """All steps, in order."""
    return tuple(_step(looking, stage) for stage in Stage)


def _step(looking: Looking, stage: Stage) -> Step:
    view = looking.shown.view
    if not looking.reads_whole:
        return Step(name=looking.word(stage), state=_plain_state(view, stage))
    state = _state(view, stage)
    meta = looking.say("not needed") if state == NOT_NEEDED else METAS[stage](looking)
    return Step(name=looking.word(stage), state=state, meta=meta)


def _state(view: RequestView, stage: Stage) -> str:
    if view.stage is stage:
        return DONE if stage is Stage.CLOSED else CURRENT
    if _is_done(view, stage):
        return DONE
    if view.outcome and view.outcome is not Outcome.COMPLETED:
        return TO_COME
    return NOT_NEEDED if STAGES.index(view.stage) > STAGES.index(stage) else TO_COME


def _plain_state(view: RequestView, stage: Stage) -> str:
    """For who sees a share of it: how far it is, not what was held."""
    if view.stage is stage:
        return DONE if stage is Stage.CLOSED else CURRENT
    return DONE if STAGES.index(view.stage) > STAGES.index(stage) else TO_COME


def _is_done(view: RequestView, stage: Stage) -> bool:
    match stage:
        case Stage.INTAKE:
            return True
        case Stage.ASSIGNMENT:
            return any(one.accepted_on for one in view.advisors)
        case Stage.VISIT:
            return _held(view, MeetingKind.VISIT) is not None
        case Stage.KICKOFF:
            return _kickoffs_held(view) > 0 and not _wanted_kickoffs(view)
        case Stage.FOLLOW_UP:
            return view.finished_on is not None
        case _:
            return view.outcome is Outcome.COMPLETED


def _held(view: RequestView, kind: MeetingKind) -> Meeting | None:
    return next((one for one in view.meetings if one.kind is kind and one.status is MeetingStatus.HELD), None)


def _kickoffs_held(view: RequestView) -> int:
    """Kick-offs that were held; those of before the programme's own record have a meeting alone."""
    held = sum(one.status is KickoffStatus.HELD for one in view.kickoffs)
    return held or sum(one.kind is MeetingKind.KICKOFF and one.status is MeetingStatus.HELD for one in view.meetings)


def _wanted_kickoffs(view: RequestView) -> list[Kickoff]:
    return [one for one in view.kickoffs if one.status in (KickoffStatus.WANTED, KickoffStatus.PLANNED)]


def _asked_on(looking: Looking) -> str | None:
    view = looking.shown.view
    return looking.day(view.received_on) if view.received_on else None


def _advisor(looking: Looking) -> str | None:
    lead = next((one for one in looking.shown.view.advisors if one.accepted_on), None)
    return looking.shown.name(lead.advisor) if lead else None


def _visit(looking: Looking) -> str | None:
    kinds = [one for one in looking.shown.view.meetings if one.kind is MeetingKind.VISIT]
    held = _held(looking.shown.view, MeetingKind.VISIT)
    planned = next((one for one in kinds if one.status is MeetingStatus.PLANNED), None)
    if held:
        return looking.say("held on %(day)s", day=looking.day(local_day(held.starts_at)))
    return looking.say("planned on %(day)s", day=looking.day(local_day(planned.starts_at))) if planned else None


def _kickoffs(looking: Looking) -> str | None:
    held, wanted = _kickoffs_held(looking.shown.view), len(_wanted_kickoffs(looking.shown.view))
    if not held + wanted:
        return None
    return looking.say("%(held)s of %(all)s held", held=held, all=held + wanted)


def _actions(looking: Looking) -> str | None:
    actions = looking.shown.view.actions
    done = sum(one.status is ActionStatus.DONE for one in actions)
    return looking.say("%(done)s of %(all)s actions done", done=done, all=len(actions)) if actions else None


def _check_ins(looking: Looking) -> str | None:
    coming = [one for one in looking.shown.view.check_ins if one.status is CheckInStatus.PLANNED]
    return looking.say("next look back: %(day)s", day=looking.day(coming[0].opens_on)) if coming else None


def _closing(looking: Looking) -> str | None:
    closing = looking.shown.view.closing
    if closing is None:
        return None
    return f"{looking.word(closing.outcome)}, {looking.day(local_day(closing.closed_at))}"


METAS: Final[Mapping[Stage, Callable[[Looking], str | None]]] = {
    Stage.INTAKE: _asked_on,
    Stage.ASSIGNMENT: _advisor,
    Stage.VISIT: _visit,
    Stage.KICKOFF: _kickoffs,
    Stage.FOLLOW_UP: _actions,
    Stage.EMBEDDING: _check_ins,
    Stage.CLOSED: _closing,
}
