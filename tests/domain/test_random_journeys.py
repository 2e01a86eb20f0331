"""Random journeys: everybody does anything, in and out of turn, while time passes; what must always hold does.

A journey is a list of throws. From each follows, with the request as it is then, who does what; so a journey that goes
wrong shrinks to the steps that matter.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import refusal
from domain.command import CLOCK, Actor, Command, OpenRequest
from domain.deciding import command_name
from domain.ending import SteppedBack
from domain.event import Event
from domain.importing import StandingImported
from domain.inbox import tasks_for
from domain.moves import STEPS, allowed, allowed_on_behalf
from domain.redaction import TextRedacted
from domain.refusal import Reason, Refusal
from domain.tasks import Task, open_tasks, wake_at
from domain.terms import Waiting
from domain.timeline import timeline
from domain.views import view
from domain.words import Audience, Capacity, Desk, Stage
from storage.calendar import build_calendar
from tests.domain.agreements import supporter
from tests.domain.dice import COMMANDS, OTHER_ID, Dice
from tests.domain.journey import (
    FACTS,
    PEEL_EN_MAAS,
    VENLO,
    Journey,
    advisor,
    maastricht,
    other_advisor,
    peel_en_maas,
    staff,
    submission,
    venlo,
)
from tests.domain.stages import at

SUCCESSOR = "GM9001"
ALONGSIDE = replace(
    FACTS,
    open_requests=(OpenRequest(id=OTHER_ID, lead_municipality=VENLO, coalition_id=None),),
    successors={PEEL_EN_MAAS: SUCCESSOR},
)
OF_ROLE_OR_STAGE = {refusal.NOT_YOURS, refusal.NOT_IN_THIS_STAGE, refusal.NOT_ON_BEHALF}
GOES_ON_DURING_A_REST = {Waiting.DO_ACTION, Waiting.RESPOND, Waiting.REPORT_MEETING, Waiting.DECIDE_REST}
OUTSIDE = (venlo, peel_en_maas, maastricht, supporter)
EVERYBODY = (staff, advisor, other_advisor, *OUTSIDE, CLOCK)
SELDOM = frozenset(
    {"withdraw", "stop", "decline", "merge", "step_back", "decline_assignment", "return_assignment", "receive_merged"}
    | {"note", "ask", "share", "evaluate", "redact", "link_request", "pause"}
)
WAYS = {(start, end) for start, end, _ in STEPS}
CHECKED_EVERY = 25
CALENDAR = build_calendar()


@settings(
    max_examples=20,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    stage=st.sampled_from(list(Stage)),
    throws=st.lists(st.integers(0, 2**20), min_size=100, max_size=250),
)
def test_what_must_always_hold_does_after_every_step(stage: Stage, throws: list[int]) -> None:
    journey = at(stage)
    journey.facts = ALONGSIDE
    for place, throw in enumerate(throws):
        before = journey.request.stage, len(journey.log)
        take_a_step(journey, Dice(throw, journey.request, journey.now))
        hold_now(journey)
        hold_to_the_steps(journey, *before)
        if place % CHECKED_EVERY == 0:
            hold_over_the_whole(journey)
    hold_over_the_whole(journey)


def take_a_step(journey: Journey, dice: Dice) -> None:
    """Let time pass, do a task, do something that is allowed, or try anything."""
    chance = dice.random.random()
    if chance < 0.12:
        let_time_pass(journey, dice)
    elif chance < 0.4 and (tasks := open_tasks(journey.request)):
        task = dice.random.choice(tasks)
        attempt(journey, dice, who_does(task), dice.random.choice(task.fulfilled_by))
    elif chance < 0.6 and journey.request.stage is Stage.CLOSED:
        attempt(journey, dice, staff, "reopen")
    else:
        rarely = SELDOM if dice.happens(0.95) else frozenset[str]()
        people = (*EVERYBODY, *partners(journey))
        moves = [(one, name) for one in people for name in sorted(allowed(journey.request, one) - rarely)]
        anything = [(one, name) for one in people for name in COMMANDS]
        attempt(journey, dice, *dice.random.choice(moves if moves and chance < 0.92 else anything))


def partners(journey: Journey) -> tuple[Actor, ...]:
    """Whoever holds a partner's personal link."""
    return tuple(Actor(person=f"p:{one}", partners=frozenset({one})) for one in journey.request.partners)


def who_does(task: Task) -> Actor:
    """Somebody who can do this task, if anybody of the usual people can."""
    if task.assignee.partner:
        return Actor(person="p:partner", partners=frozenset({task.assignee.partner}))
    known = {one.person: one for one in EVERYBODY}
    desks = {Desk.STAFF: staff, Desk.ADVISOR: advisor, Desk.SUPPORTING_PARTY: supporter, Desk.PARTNER: staff}
    municipal = Actor(person="p:gemeente", municipalities=frozenset({task.assignee.municipality or VENLO}))
    return known.get(task.assignee.person or "") or desks.get(task.assignee.desk, municipal)


def let_time_pass(journey: Journey, dice: Dice) -> None:
    """An hour, a day, or two months, with all that time brings."""
    until = journey.now + timedelta(hours=dice.random.choice((1, 7, 24, 24 * 9, 24 * 60)))
    for event in journey.until(until):
        assert CALENDAR.within_hours(event.at)
    waking = wake_at(journey.request)
    assert waking is None or waking > journey.now


def attempt(journey: Journey, dice: Dice, actor: Actor, name: str) -> None:
    """Give a command, now and then for somebody else, and see that the table and the answer agree."""
    command, may = dice.command(name), allowed(journey.request, actor)
    if dice.happens(0.15):
        of = dice.random.choice(list(Capacity))
        command = replace(command, on_behalf=dice.behalf(of))
        may = allowed_on_behalf(journey.request, actor).get(of, frozenset())
    said_no = refused_for(journey, actor, command, based_on=dice.random.choice((None, journey.request.version)))
    if command_name(command) in may:
        assert said_no not in OF_ROLE_OR_STAGE
    else:
        assert said_no is not None


def refused_for(journey: Journey, actor: Actor, command: Command, based_on: int | None) -> Reason | None:
    """Give the command; say why it was refused, if it was, having changed nothing."""
    before = journey.request
    try:
        events = journey.give(actor, command, based_on=based_on)
    except Refusal as no:
        said_no = no
    else:
        make_anew_after_redaction(journey, events)
        return None
    assert journey.request is before
    assert said_no.sentence("nl") != said_no.sentence("en")
    return said_no.reason


def make_anew_after_redaction(journey: Journey, events: tuple[Event, ...]) -> None:
    """After a text was blackened the request is made anew, as storage does."""
    if any(isinstance(event.fact, TextRedacted) for event in events):
        journey.request = journey.refolded()


def hold_now(journey: Journey) -> None:
    """What holds after every step."""
    request, tasks = journey.request, open_tasks(journey.request)
    assert request.version == len(journey.log) == journey.log[-1].seq
    if request.stage is Stage.CLOSED:
        assert request.closing
        assert tasks == ()
        assert wake_at(request) is None
    if request.pause:
        assert {task.kind for task in tasks} <= GOES_ON_DURING_A_REST
    for task in tasks:
        assert CALENDAR.is_working_day(task.due)
        assert has_somebody(journey, task)


def hold_to_the_steps(journey: Journey, before: Stage, length: int) -> None:
    """A stage leads only to those that the diagram draws, unless staff step back."""
    if any(isinstance(event.fact, SteppedBack | StandingImported) for event in journey.log[length:]):
        return
    assert journey.request.stage is before or (before, journey.request.stage) in WAYS


def has_somebody(journey: Journey, task: Task) -> bool:
    """Say whether a task is for somebody who takes part."""
    match task.assignee.desk:
        case Desk.STAFF:
            return True
        case Desk.ADVISOR:
            return task.assignee.person in {one.advisor for one in journey.request.advisors}
        case Desk.MUNICIPALITY:
            return task.assignee.municipality in journey.request.municipalities
        case Desk.PARTNER:
            return task.assignee.partner in journey.request.partners
        case Desk.SUPPORTING_PARTY:
            return bool(journey.request.supporters)


def hold_over_the_whole(journey: Journey) -> None:
    """What holds of the whole history: it adds up to the request, and the programme's own stays within it."""
    assert journey.refolded() == journey.request
    internal = {event.seq for event in journey.log if event.fact.heard_by() is Audience.PROGRAMME}
    for actor in (*OUTSIDE, *partners(journey)):
        if not allowed(journey.request, actor):
            assert view(journey.request, actor) is None
            assert tasks_for(journey.request, actor) == ()
        assert internal.isdisjoint(item.seq for item in timeline(journey.log, journey.request, actor))


def test_the_dice_know_every_command() -> None:
    journey = Journey(facts=ALONGSIDE)
    journey.give(venlo, submission())
    for name in COMMANDS:
        for throw in range(20):
            dice = Dice(throw, journey.request, journey.now)
            assert command_name(dice.command(name)) == name
