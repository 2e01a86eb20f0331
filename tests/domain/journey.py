"""A request under test: who gives what when, told as a journey, with valid defaults for everything it is not about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.assignment import AcceptAssignment
from domain.command import CLOCK, Actor, Command, Context, EligibilityRule, Facts
from domain.deciding import decide, evolve, fold
from domain.event import Event, Fact, OnBehalf
from domain.intake import Accept
from domain.passing import PassTime
from domain.request import SupportRequest
from domain.submitting import AskedQuestion, CoalitionChoice, Submit
from domain.tasks import open_tasks, wake_at
from domain.words import Capacity, Ground, Heard, QuestionKind
from storage.calendar import build_calendar

REQUEST_ID = "01890000-0000-7000-8000-000000000001"
VENLO, MAASTRICHT, PEEL_EN_MAAS = "GM0983", "GM0935", "GM1894"
MUNICIPAL_PERSON, STAFF_PERSON, ADVISOR_PERSON, OTHER_ADVISOR = "p:venlo", "p:staff", "p:advisor1", "p:advisor2"

staff = Actor(person=STAFF_PERSON, is_staff=True)
advisor = Actor(person=ADVISOR_PERSON, is_advisor=True)
other_advisor = Actor(person=OTHER_ADVISOR, is_advisor=True)
venlo = Actor(person=MUNICIPAL_PERSON, municipalities=frozenset({VENLO}))
maastricht = Actor(person="p:maastricht", municipalities=frozenset({MAASTRICHT}))
peel_en_maas = Actor(person="p:peel-en-maas", municipalities=frozenset({PEEL_EN_MAAS}))

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
FIRST_DAY = MONDAY.date()
FACTS = Facts(
    known_municipalities=frozenset({VENLO, MAASTRICHT, PEEL_EN_MAAS}),
    eligibility_rules=(EligibilityRule(valid_from=date(2019, 1, 1), valid_until=None, ground=Ground.REGISTERED),),
    lists={Ground.REGISTERED: frozenset({VENLO, PEEL_EN_MAAS})},
    advisors=frozenset({ADVISOR_PERSON, OTHER_ADVISOR}),
)


def behalf(of: Capacity, *, heard: Heard = Heard.PHONE, on: date = FIRST_DAY, person: str | None = None) -> OnBehalf:
    """Say for whom something is recorded."""
    return OnBehalf(of=of, heard=heard, heard_on=on, person=person)


def submission(**changes: Any) -> Submit:
    """A valid submission by Venlo, with one open question."""
    given: dict[str, Any] = {
        "lead_municipality": VENLO,
        "coalition": CoalitionChoice(name="Kansrijke Start Venlo"),
        "contact": MUNICIPAL_PERSON,
        "text": "We willen onze coalitie versterken.",
        "questions": (AskedQuestion(kind=QuestionKind.START),),
    }
    return Submit(**{**given, **changes})


class Journey:
    """One request, its log, and a clock that only moves when told to."""

    def __init__(self, *, now: datetime = MONDAY, facts: Facts = FACTS) -> None:
        self.now, self.facts = now, facts
        self.request = SupportRequest(id=REQUEST_ID)
        self.log: list[Event] = []

    def context(self, actor: Actor, *, based_on: int | None = None) -> Context:
        """What a command is judged with now."""
        return Context(actor=actor, now=self.now, calendar=build_calendar(), facts=self.facts, based_on=based_on)

    def give(self, actor: Actor, command: Command, *, based_on: int | None = None) -> tuple[Event, ...]:
        """Give a command; raises Refusal and changes nothing when it may not."""
        events = decide(self.request, command, self.context(actor, based_on=based_on))
        for event in events:
            self.request = evolve(self.request, event)
        self.log.extend(events)
        return events

    def wait(self, **duration: float) -> Journey:
        """Let the clock go on, without telling anybody."""
        self.now += timedelta(**duration)
        return self

    def until(self, moment: datetime) -> list[Event]:
        """Let time pass up to this moment, waking whenever the request asks to; give what time brought."""
        brought: list[Event] = []
        while (waking := wake_at(self.request)) is not None and waking <= moment:
            self.now = max(self.now, waking)
            events = self.give(CLOCK, PassTime())
            assert events, f"woken at {waking} for nothing"
            brought.extend(events)
        self.now = moment
        return brought

    @property
    def tasks(self) -> list[str]:
        """The keys of the open tasks, soonest due first, without the ids of parts."""
        return [str(task.kind) for task in open_tasks(self.request)]

    def facts_of(self, kind: type[Fact]) -> list[Any]:
        """The facts of one kind in the log."""
        return [event.fact for event in self.log if isinstance(event.fact, kind)]

    def refolded(self) -> SupportRequest:
        """The request made anew from its log."""
        return fold(self.request.id, self.log)


def submitted(**changes: Any) -> Journey:
    """A request that Venlo submitted."""
    journey = Journey()
    journey.give(venlo, submission(**changes))
    return journey


def accepted(**changes: Any) -> Journey:
    """A request that staff accepted, with an advisor asked."""
    journey = submitted(**changes)
    journey.give(staff, Accept(lead_advisor=ADVISOR_PERSON))
    return journey


def under_way(**changes: Any) -> Journey:
    """A request in stage VISIT, its lead advisor at work."""
    journey = accepted(**changes)
    journey.give(advisor, AcceptAssignment(no_own_interest=True))
    return journey
