"""A whole life, lived for real, from submission to completion: a visit, a kick-off, goals, actions and a hand-over.

What Temporal keeps of it is counted, and searched for words that a person typed. Every stage it passes leaves a pattern
from which the lists of `bench/lists.py` are filled.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from google.protobuf.json_format import MessageToJson
from temporalio.client import Client

from bench.commands import submission
from bench.patterns import Pattern, pattern_of
from bench.people import People
from domain.actions import AgreeAction, CompleteAction
from domain.ambitions import AgreeAmbition
from domain.assignment import AcceptAssignment
from domain.command import Command
from domain.finishing import FinishSupport
from domain.goals import AgreeGoal
from domain.intake import Accept, AnswerInformation, AskInformation
from domain.kickoffs import WantedKickoff
from domain.partners import AddPartner
from domain.parts import MeetingStatus, Owner
from domain.planning import PlanMeeting
from domain.reporting import ReportMeeting
from domain.request import SupportRequest
from domain.resting import PauseReason, PauseRequest, Resume
from domain.seats import SetSeat
from domain.talking import Settlement, SettleQuestion
from domain.text import with_text
from domain.words import Body, Desk, Domain, Level, MeetingKind, SeatForm, Side
from service.giving import Giving
from storage.accounts import Account
from storage.requests import Stored, load
from workflows.messages import workflow_id

YESTERDAY = timedelta(days=1)
IN_A_MONTH = timedelta(days=31)

Step = Callable[[SupportRequest, People, datetime], tuple[Account, Command]]


@dataclass(frozen=True, kw_only=True)
class Lived:
    """What a life left in Temporal, and whether a word that was typed is in it."""

    commands: int
    history_events: int
    history_bytes: int
    events_per_command: float
    typed_words_found: int


async def begin_a_life(giving: Giving, people: People) -> Stored:
    """Live a life until it is in its follow-up."""
    given = await giving.submit(people.member, submission(people), key=str(uuid4()))
    for step in STEPS[:-4]:
        account, command = step((await look(giving, given.request_id)).request, people, datetime.now(UTC))
        await giving.give(account, given.request_id, command, key=str(uuid4()))
    return await look(giving, given.request_id)


async def changes(giving: Giving, people: People, request_id: str, times: int) -> AsyncIterator[None]:
    """Let a request rest and go on again, so many times in all."""
    for number in range(times):
        command = Resume() if number % 2 else PauseRequest(reason=PauseReason.CAPACITY)
        await giving.give(people.staff, request_id, command, key=str(uuid4()))
        yield


async def look(giving: Giving, request_id: str) -> Stored:
    """The request as it stands."""
    async with giving.engine.connect() as connection:
        stored = await load(connection, request_id)
    if stored is None:
        raise LookupError(request_id)
    return stored


async def live(giving: Giving, client: Client, people: People) -> tuple[Lived, list[Pattern]]:
    """Live a whole life; gives what Temporal keeps of it, and the patterns it left on its way."""
    first = submission(people)
    given = await giving.submit(people.member, first, key=str(uuid4()))
    patterns, typed, steps = [], [*typed_in(first)], [*STEPS]
    while True:
        async with giving.engine.connect() as connection:
            stored = await load(connection, given.request_id)
            patterns.append(await pattern_of(connection, given.request_id))
        if stored is None or not steps:
            break
        account, command = steps.pop(0)(stored.request, people, datetime.now(UTC))
        await giving.give(account, given.request_id, command, key=str(uuid4()))
        typed.extend(typed_in(command))
    return await counted(client, given.request_id, len(STEPS) + 1, typed), patterns


async def counted(client: Client, request_id: str, commands: int, typed: list[str]) -> Lived:
    """Read the whole history and count."""
    history = await client.get_workflow_handle(workflow_id(request_id)).fetch_history()
    written = " ".join(MessageToJson(event, ensure_ascii=False) for event in history.events)
    readable = written + " ".join(words_in(history.events))
    return Lived(
        commands=commands,
        history_events=len(history.events),
        history_bytes=sum(event.ByteSize() for event in history.events),
        events_per_command=len(history.events) / commands,
        typed_words_found=sum(words in readable for words in typed),
    )


def words_in(events: Any) -> Iterator[str]:  # noqa: ANN401 - any message of Temporal
    """Every payload as text: in the JSON of a history they are base64."""
    for event in events:
        yield from _payloads(event)


def _payloads(message: Any) -> Iterator[str]:  # noqa: ANN401 - any message of Temporal
    for field, value in message.ListFields():
        if field.type == field.TYPE_BYTES:
            yield value.decode("utf-8", "replace")
        elif field.type == field.TYPE_MESSAGE:
            is_map = field.message_type.GetOptions().map_entry
            inner = value.values() if is_map else value if field.is_repeated else [value]
            for one in inner:
                yield from _payloads(one) if hasattr(one, "ListFields") else [str(one)]


def typed_in(command: Command) -> list[str]:
    """Every text of a command that a person typed."""
    found: list[str] = []

    def take(text: str) -> str:
        found.append(text)
        return text

    with_text(command, take)
    return found


def ask(request: SupportRequest, people: People, now: datetime) -> tuple[Account, Command]:
    """Staff ask what is missing."""
    return people.staff, AskInformation(text="Wie doet er al mee in uw coalitie?")


def answer(request: SupportRequest, people: People, now: datetime) -> tuple[Account, Command]:
    """The municipality answers."""
    return people.member, AnswerInformation(text="De verloskundigen en de bibliotheek.")


def accept(request: SupportRequest, people: People, now: datetime) -> tuple[Account, Command]:
    """Staff accept, and ask an advisor."""
    return people.staff, Accept(verified=True, lead_advisor=people.advisor.person)


def take_on(request: SupportRequest, people: People, now: datetime) -> tuple[Account, Command]:
    """The advisor takes it on."""
    return people.advisor, AcceptAssignment(no_own_interest=True)


def plan_visit(request: SupportRequest, people: People, now: datetime) -> tuple[Account, Command]:
    """A visit that took place yesterday, so that the life need not wait for it."""
    return people.advisor, PlanMeeting(kind=MeetingKind.VISIT, starts_at=now - YESTERDAY, place="Stadskantoor Venlo")


def report_visit(request: SupportRequest, people: People, now: datetime) -> tuple[Account, Command]:
    """The visit was held; one kick-off at both levels is wanted."""
    month = (now.date() + IN_A_MONTH).replace(day=1)
    wish = WantedKickoff(levels=(Level.GOVERNANCE, Level.OPERATIONAL), target_month=month, organiser=Side.MUNICIPALITY)
    return people.advisor, ReportMeeting(meeting=planned(request), wanted_kickoffs=(wish,))


def plan_kickoff(request: SupportRequest, people: People, now: datetime) -> tuple[Account, Command]:
    """The kick-off that is wanted, held yesterday."""
    wanted = next(iter(request.kickoffs))
    plan = PlanMeeting(kind=MeetingKind.KICKOFF, kickoff=wanted, starts_at=now - YESTERDAY, place="De Maaspoort")
    return people.member, plan


def report_kickoff(request: SupportRequest, people: People, now: datetime) -> tuple[Account, Command]:
    """The kick-off was held."""
    return people.advisor, ReportMeeting(meeting=planned(request))


def add_partner(organisation: str, domain: Domain) -> Step:
    """A partner joins the coalition."""
    return lambda request, people, now: (
        people.member,
        AddPartner(organisation=organisation, domain=domain, role_agreement="Doet mee in de werkgroep."),
    )


def set_seat(request: SupportRequest, people: People, now: datetime) -> tuple[Account, Command]:
    """A place for a parent."""
    return people.advisor, SetSeat(body=Body.LOCAL_COALITION, form=SeatForm.PARENT)


def agree_ambition(request: SupportRequest, people: People, now: datetime) -> tuple[Account, Command]:
    """What they want."""
    return people.advisor, AgreeAmbition(text="Elk kind in Venlo een goede eerste duizend dagen.")


def agree_goal(request: SupportRequest, people: People, now: datetime) -> tuple[Account, Command]:
    """How it shows, and by when."""
    goal = AgreeGoal(
        text="Elke zwangere kent de coalitie.",
        shows="Het aantal aanmeldingen bij het wijkteam.",
        due=now.date() + 6 * IN_A_MONTH,
        ambition=next(iter(request.ambitions)),
    )
    return people.advisor, goal


def agree_action(title: str) -> Step:
    """Who does what by when: the advisor, in two months."""
    return lambda request, people, now: (
        people.advisor,
        AgreeAction(
            title=title,
            owner=Owner(desk=Desk.ADVISOR),
            due=now.date() + 2 * IN_A_MONTH,
            goal=next(iter(request.goals)),
        ),
    )


def complete_action(request: SupportRequest, people: People, now: datetime) -> tuple[Account, Command]:
    """The first action is done."""
    return people.advisor, CompleteAction(
        action=next(iter(request.actions)), result="De folder ligt bij de praktijken."
    )


def settle_question(request: SupportRequest, people: People, now: datetime) -> tuple[Account, Command]:
    """The next question has its answer."""
    question = request.unsettled[0].id
    answered = Settlement.ANSWERED
    return people.advisor, SettleQuestion(question=question, settlement=answered, result="Samen uitgewerkt.")


def finish(request: SupportRequest, people: People, now: datetime) -> tuple[Account, Command]:
    """The support ends without a look back, and the last action goes on in the coalition."""
    return people.advisor, FinishSupport(hand_over_actions=True, reason="De coalitie kan het zelf.")


def planned(request: SupportRequest) -> str:
    """The meeting that has no report yet."""
    return next(one.id for one in request.meetings.values() if one.status is MeetingStatus.PLANNED)


STEPS: tuple[Step, ...] = (
    ask,
    answer,
    accept,
    take_on,
    plan_visit,
    report_visit,
    add_partner("Verloskundigen Venlo", Domain.MEDICAL),
    add_partner("Bibliotheek Venlo", Domain.INFORMAL),
    plan_kickoff,
    report_kickoff,
    set_seat,
    agree_ambition,
    agree_goal,
    agree_action("Folder maken"),
    agree_action("Ouders uitnodigen"),
    complete_action,
    settle_question,
    settle_question,
    finish,
)
