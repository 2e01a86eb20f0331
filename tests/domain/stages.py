"""A request under test in each of its stages, and how it gets on from there."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.ending import Withdraw
from domain.finishing import FinishSupport, PlannedCheckIn
from domain.kickoffs import AnsweredBy, SkipVisit
from domain.talking import Settlement, SettleQuestion
from domain.text import PartId
from domain.words import Stage
from tests.domain.agreements import agreed
from tests.domain.journey import Journey, accepted, advisor, submitted, under_way, venlo
from tests.domain.meetings import want

NEXT_MARCH = date(2027, 3, 1)
THIS_IS_WHY = "Dit past bij wat de gemeente vroeg."


def settle(journey: Journey, **changes: Any) -> Journey:
    """The same with an answer to every question."""
    for question in journey.request.unsettled:
        given: dict[str, Any] = {"settlement": Settlement.ANSWERED, "result": "Samen besproken."}
        journey.give(advisor, SettleQuestion(question=question.id, **{**given, **changes}))
    return journey


def finish(*days: date, **changes: Any) -> FinishSupport:
    """Finish with look-backs on these days and a reason for what is left."""
    check_ins = tuple(PlannedCheckIn(opens_on=day) for day in days)
    return FinishSupport(**{"check_ins": check_ins, "reason": THIS_IS_WHY, **changes})


def skip_visit() -> SkipVisit:
    """No visit is needed."""
    return SkipVisit(answered_by=AnsweredBy.PHONE, text="Telefonisch besproken.")


def kickoff_wanted() -> tuple[Journey, PartId]:
    """A request in stage KICKOFF, and the kick-off it waits for."""
    journey = under_way()
    wanted = agreed(journey, want())
    journey.give(advisor, skip_visit())
    return journey, wanted


def followed_up(**changes: Any) -> Journey:
    """A request in stage FOLLOW_UP, every question answered."""
    journey = under_way(**changes)
    journey.give(advisor, skip_visit())
    return settle(journey)


def embedded(*days: date) -> Journey:
    """A request in stage EMBEDDING, with look-backs on these days."""
    journey = followed_up()
    journey.give(advisor, finish(*(days or (NEXT_MARCH,))))
    return journey


def completed() -> Journey:
    """A request that was closed as completed, from FOLLOW_UP."""
    journey = followed_up()
    journey.give(advisor, finish())
    return journey


def withdrawn() -> Journey:
    """A request that was withdrawn during the visit."""
    journey = under_way()
    journey.give(venlo, Withdraw(reason="We hebben nu geen tijd."))
    return journey


def at(stage: Stage) -> Journey:
    """A request in this stage."""
    made = {
        Stage.INTAKE: submitted,
        Stage.ASSIGNMENT: accepted,
        Stage.VISIT: under_way,
        Stage.KICKOFF: lambda: kickoff_wanted()[0],
        Stage.FOLLOW_UP: followed_up,
        Stage.EMBEDDING: embedded,
        Stage.CLOSED: completed,
    }
    journey = made[stage]()
    assert journey.request.stage is stage
    return journey
