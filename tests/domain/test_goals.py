"""Ambitions and goals: agreed, revised and dropped; what hangs loose is shown after a kick-off, never before."""

from __future__ import annotations

from datetime import date

from domain import refusal
from domain.action_owners import HandOverAction
from domain.actions import CompleteAction, DropAction
from domain.ambitions import AgreeAmbition, DropAmbition
from domain.command import Command
from domain.goals import DropGoal, ReviseGoal, loose
from domain.parts import Ambition, Goal
from domain.text import PartId
from domain.words import Level, Theme
from tests.domain.agreements import IN_JUNE, IN_MARCH, action, after_a_kickoff, agreed, goal, refused
from tests.domain.journey import REQUEST_ID, Journey, advisor, maastricht, staff, under_way, venlo

NONE_SUCH = f"{REQUEST_ID}/999"
AMBITION = AgreeAmbition(text="Ieder kind een goede start.", theme=Theme.POVERTY)


def revised(which: PartId, **changes: object) -> ReviseGoal:
    """The goal as it was agreed, but for these changes."""
    given = {"text": "Elke zwangere kent ons.", "shows": "Het aantal aanmeldingen.", "due": IN_JUNE, **changes}
    return ReviseGoal(goal=which, **given)  # type: ignore[arg-type] # fields of the command, some changed


def hanging(journey: Journey) -> list[PartId]:
    """What hangs loose after a reported kick-off."""
    return [one.id for one in loose(after_a_kickoff(journey.request))]


def test_an_ambition_and_a_goal_for_it_are_agreed() -> None:
    journey = under_way()
    ambition = agreed(journey, AMBITION, venlo)
    made = agreed(journey, goal(ambition=ambition, means="Uren", champion="Wijkteam", level=Level.OPERATIONAL))
    assert journey.request.ambitions[ambition] == Ambition(id=ambition, text=AMBITION.text, theme=Theme.POVERTY)
    known = journey.request.goals[made]
    assert (known.ambition, known.due, known.means) == (ambition, IN_JUNE, "Uren")
    assert (known.champion, known.level, known.dropped) == ("Wijkteam", Level.OPERATIONAL, False)


def test_a_goal_lies_ahead_when_it_is_agreed() -> None:
    journey = under_way()
    refused(journey, advisor, goal(due=date(2026, 10, 30)), refusal.DATE_PASSED, "due")
    refused(journey, advisor, goal(due=date(2036, 1, 1)), refusal.DATE_TOO_FAR, "due")


def test_a_goal_may_be_joined_to_an_ambition_later() -> None:
    journey = under_way()
    made = agreed(journey, goal())
    ambition = agreed(journey, AMBITION)
    journey.give(venlo, revised(made, ambition=ambition))
    assert journey.request.goals[made].ambition == ambition


def test_a_goal_is_from_then_on_as_was_said() -> None:
    journey = under_way()
    made = agreed(journey, goal(means="Uren", champion="Wijkteam"))
    journey.give(advisor, revised(made, champion="GGD", due=IN_MARCH))
    known = journey.request.goals[made]
    assert (known.means, known.champion, known.due) == (None, "GGD", IN_MARCH)


def test_a_day_that_has_passed_may_stay_but_a_new_one_lies_ahead() -> None:
    journey = under_way()
    made = agreed(journey, goal(due=IN_MARCH))
    journey.wait(days=200)
    refused(journey, advisor, revised(made, due=date(2027, 3, 16)), refusal.DATE_PASSED, "due")
    journey.give(advisor, revised(made, due=IN_MARCH, means="Uren"))
    assert journey.request.goals[made].means == "Uren"


def test_only_an_ambition_that_stands_can_be_joined() -> None:
    journey = under_way()
    ambition = agreed(journey, AMBITION)
    joined, free = agreed(journey, goal(ambition=ambition)), agreed(journey, goal())
    journey.give(advisor, DropAmbition(ambition=ambition, reason="Te groot."))
    commands: tuple[Command, ...] = (
        *(goal(ambition=one) for one in (ambition, NONE_SUCH)),
        revised(free, ambition=ambition),
        *(DropAmbition(ambition=one, reason="Nog eens.") for one in (ambition, NONE_SUCH)),
    )
    for command in commands:
        refused(journey, advisor, command, refusal.NO_SUCH_PART, "ambition")
    journey.give(advisor, revised(joined, ambition=ambition))


def test_a_dropped_goal_is_done_with() -> None:
    journey = under_way()
    made = agreed(journey, goal())
    journey.give(venlo, DropGoal(goal=made, reason="Past niet meer."))
    assert journey.request.goals[made].dropped
    commands: tuple[Command, ...] = (revised(made), DropGoal(goal=made, reason="Nog eens."), action(goal=made))
    for command in commands:
        refused(journey, advisor, command, refusal.NO_SUCH_PART, "goal")


def test_goals_are_the_advisors_and_the_municipalitys_to_agree() -> None:
    journey = under_way()
    for actor in (maastricht, staff):
        refused(journey, actor, goal(), refusal.NOT_YOURS)


def test_a_goal_changed_since_is_not_changed_unseen() -> None:
    journey = under_way()
    ambition, made = agreed(journey, AMBITION), agreed(journey, goal())
    seen = journey.request.version
    journey.give(venlo, revised(made, means="Uren"))
    journey.give(venlo, DropAmbition(ambition=ambition, reason="Te groot."))
    refused(journey, advisor, revised(made), refusal.STALE, based_on=seen)
    refused(journey, advisor, DropGoal(goal=made, reason="Klaar."), refusal.STALE, based_on=seen)
    refused(journey, advisor, DropAmbition(ambition=ambition, reason="Klaar."), refusal.STALE, based_on=seen)


def test_rule_07_nothing_hangs_loose_before_a_kickoff_is_reported() -> None:
    journey = under_way()
    agreed(journey, AMBITION)
    agreed(journey, goal())
    assert loose(journey.request) == ()
    assert loose(after_a_kickoff(journey.request, reported=False)) == ()
    assert [type(one) for one in loose(after_a_kickoff(journey.request))] == [Ambition, Goal]


def test_rule_07_an_ambition_hangs_loose_until_it_has_a_goal_or_is_dropped() -> None:
    journey = under_way()
    joined, dropped = agreed(journey, AMBITION), agreed(journey, AMBITION)
    assert hanging(journey) == [joined, dropped]
    made = agreed(journey, goal(ambition=joined))
    agreed(journey, action(goal=made))
    assert hanging(journey) == [dropped]
    journey.give(advisor, DropAmbition(ambition=dropped, reason="Te groot."))
    assert hanging(journey) == []
    journey.give(advisor, DropGoal(goal=made, reason="Past niet."))
    assert hanging(journey) == [joined]


def test_rule_07_a_goal_hangs_loose_until_it_has_an_action_or_is_dropped() -> None:
    journey = under_way()
    worked_on, dropped = agreed(journey, goal()), agreed(journey, goal())
    assert hanging(journey) == [worked_on, dropped]
    journey.give(advisor, DropGoal(goal=dropped, reason="Past niet."))
    given_up = agreed(journey, action(goal=worked_on))
    assert hanging(journey) == []
    journey.give(advisor, DropAction(action=given_up, reason="Geen tijd."))
    assert hanging(journey) == [worked_on]


def test_rule_07_an_action_that_is_done_or_handed_over_holds_its_goal() -> None:
    journey = under_way()
    first, second = agreed(journey, goal()), agreed(journey, goal())
    journey.give(advisor, CompleteAction(action=agreed(journey, action(goal=first))))
    journey.give(advisor, HandOverAction(action=agreed(journey, action(goal=second))))
    assert hanging(journey) == []


def test_the_log_makes_the_same_goals_again() -> None:
    journey = under_way()
    ambition = agreed(journey, AMBITION)
    made = agreed(journey, goal(ambition=ambition))
    journey.give(advisor, revised(made))
    journey.give(advisor, DropGoal(goal=made, reason="Klaar."))
    journey.give(advisor, DropAmbition(ambition=ambition, reason="Klaar."))
    assert journey.refolded() == journey.request
