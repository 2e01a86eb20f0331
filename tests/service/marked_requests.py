"""Requests in every stage, in which each typed text carries a mark, and it is known who may read it.

They are the people and requests of the walk past every address (`test_who_may_see_what`). A mark stands in HTML, so
that a page that does not show text as text is found out as well.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

from domain.actions import AgreeAction, CompleteAction
from domain.ambitions import AgreeAmbition
from domain.assignment import AcceptAssignment, Assign, DeclineAssignment, NotAcceptedReason
from domain.command import Command
from domain.embedding import Evaluate
from domain.ending import Withdraw
from domain.event import OnBehalf
from domain.finishing import FinishSupport, PlannedCheckIn
from domain.goals import AgreeGoal
from domain.handing_over import Reassign, ReplacedReason, ReturnAssignment
from domain.intake import Accept, AnswerInformation, AskInformation
from domain.inviting import Invite, Respond
from domain.kickoffs import AnsweredBy, SkipVisit, WantKickoff
from domain.partners import AddPartner
from domain.parts import Finding, Owner, SharedKind
from domain.passing import PassTime
from domain.planning import PlanMeeting
from domain.proposing import ProposeMoments
from domain.redaction import Redact
from domain.reporting import ReportMeeting
from domain.seats import SetSeat
from domain.submitting import AskedQuestion, CoalitionChoice, Submit
from domain.talking import Ask, Reply, Settlement, SettleQuestion, Share, TakeNote
from domain.words import Body, Capacity, Desk, Domain, Heard, Level, MeetingKind, QuestionKind, SeatForm, Side
from storage.drafts import Draft, save_draft
from storage.people import PersonCard, add_people
from storage.requests import load
from tests.office import BURGERKRACHT, Office
from tests.service.access_table import IN_PROGRAMME, ON_WHICH, WHOLE

ALL: Final = f"{WHOLE}U"
ADVISORS: Final = "A"
NOBODY: Final = ""


@dataclass
class Marks:
    """The words that were typed, each with the roles that may read it."""

    readers: dict[str, frozenset[str]] = field(default_factory=dict)

    def mark(self, readers: Iterable[str]) -> str:
        """A new mark, and who may read it."""
        mark = f"MERK{len(self.readers)}X"
        self.readers[mark] = frozenset(readers)
        return mark

    def of(self, role: str) -> frozenset[str]:
        """All that somebody may read."""
        return frozenset(mark for mark, readers in self.readers.items() if role in readers)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who does what on a request: accounts of the office."""

    municipality: str = "venlo"
    lead: str = "GM0983"
    participating: str = "GM0935"
    advisor: str = "advisor"
    supporter: str = BURGERKRACHT


@dataclass
class Marked:
    """A request that is written, command by command, with marks in all that is typed."""

    office: Office
    marks: Marks
    name: str
    cast: Cast
    now: datetime
    reference: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    parts: dict[str, str] = field(default_factory=dict)
    drafted: list[str] = field(default_factory=list)

    def said(self, letters: str) -> str:
        """Words with a mark, for who is one of these on this request."""
        readers = (role for role, letter in ON_WHICH[self.name].items() if letter in letters)
        return f"<b>{self.marks.mark(readers)}</b>"

    async def give(self, who: str | None, command: Command, part: str = "", *, ago: int = 6) -> None:
        """Have somebody do something, so many days ago; the part that it makes gets a name."""
        before = 0 if isinstance(command, Submit) else (await self.office.request(self.id)).version
        await self.office.give(who, self.id, command, at=self.now - timedelta(days=ago))
        if part:
            self.parts[part] = f"{self.id}/{before + 1}"

    @property
    def page(self) -> str:
        """Its page."""
        return f"/aanvragen/{self.reference}"

    def number(self, part: str) -> str:
        """How an address names a part."""
        numbers = (one.rpartition("/")[2] for one in self.parts[part].split(":"))
        return ":".join(numbers)

    # --- How far it comes -------------------------------------------------------------------------------------------

    async def asked(self) -> None:
        """The municipality asks; staff write something down among themselves."""
        contact = f"person:{uuid.uuid4()}"
        card = PersonCard(name=self.said(WHOLE), function=self.said(WHOLE), phone="077 123 45 67")
        async with self.office.engine.begin() as connection:
            await add_people(connection, {contact: card})
        submission = Submit(
            lead_municipality=self.cast.lead,
            participating=(self.cast.participating,),
            coalition=CoalitionChoice(name=f"Kansrijke Start {self.said(ALL)}"),
            contact=contact,
            text=self.said(WHOLE),
            questions=(AskedQuestion(kind=QuestionKind.START, text=self.said(ALL)),),
        )
        await self.give(self.cast.municipality, submission, ago=60)
        stored = await self.office.request(self.id)
        self.parts["question"] = next(iter(stored.questions))
        async with self.office.engine.connect() as connection:
            found = await load(connection, self.id)
        self.reference = found.reference if found else ""
        await self.give("staff", AskInformation(text=self.said(WHOLE)), ago=60)
        await self.give("staff", TakeNote(text=self.said(IN_PROGRAMME), internal=True), ago=60)
        await self.give("staff", TakeNote(text=self.said(ALL)), "event", ago=60)
        await self.give("staff", Ask(to=Desk.MUNICIPALITY, text=self.said(WHOLE)), "message", ago=60)

    async def accepted(self, *, by: str | None = None) -> None:
        """Staff take it in as an exception; an advisor declines, and one is replaced before they answered."""
        give = partial(self.give, ago=39)
        await give(self.cast.municipality, AnswerInformation(text=self.said(WHOLE)))
        first = self.office.person("declined")
        await give("staff", Accept(exception_reason=self.said(IN_PROGRAMME), lead_advisor=first))
        no = DeclineAssignment(reason=NotAcceptedReason.OWN_INTEREST, text=self.said(IN_PROGRAMME))
        await give("declined", no)
        supporting = (self.office.person("returned"),)
        lead = self.office.person(by or self.cast.advisor)
        await give("staff", Assign(lead_advisor=lead, supporting_advisors=supporting))
        for others in ((*supporting, self.office.person("replaced")), supporting):
            await give("staff", Reassign(reason=ReplacedReason.ABSENT, supporting_advisors=others))

    async def taken_on(self) -> None:
        """The advisor takes it on; one who would help hands it back."""
        give = partial(self.give, ago=38)
        await give(self.cast.advisor, AcceptAssignment(no_own_interest=True))
        await give("returned", AcceptAssignment(no_own_interest=True))
        back = ReturnAssignment(reason=NotAcceptedReason.NO_TIME, text=self.said(IN_PROGRAMME))
        await give("returned", back)
        seat = SetSeat(body=Body.LOCAL_COALITION, form=SeatForm.PARENT, supported_by=self.cast.supporter)
        await give(self.cast.advisor, seat, "seat")

    async def under_way(self) -> None:
        """Weeks go by in which nobody does anything; then everything that can be there comes to be there."""
        await self.give(None, PassTime(), ago=10)
        await self._arranged()
        await self._agreed()
        await self._talked()

    async def _arranged(self) -> None:
        give, advisor, ours = self.give, self.cast.advisor, self.cast.municipality
        moments = (self.now + timedelta(days=20), self.now + timedelta(days=21))
        plan: dict[str, Any] = {"kind": MeetingKind.SESSION, "minutes": Side.MUNICIPALITY}
        visit = ProposeMoments(kind=MeetingKind.VISIT, moments=moments, place=self.said(WHOLE))
        await give(advisor, visit, "proposal")
        await give(ours, ProposeMoments(**plan, moments=moments, agenda=(self.said(WHOLE),)))
        partner = AddPartner(
            organisation=self.said(ALL),
            domain=Domain.MEDICAL,
            role_agreement=self.said(ALL),
            champion_of=self.said(ALL),
            contact=await self._person(self.said(WHOLE)),
        )
        await give(advisor, partner, "partner")
        planned = PlanMeeting(**plan, starts_at=moments[0], place=self.said(WHOLE), agenda=(self.said(WHOLE),))
        await give(advisor, planned, "planned")
        await give(ours, Invite(meeting=self.parts["planned"], everybody=True))
        self.parts["invitation"] = f"{self.parts['planned']}:{self.parts['partner']}"
        by_phone = OnBehalf(of=Capacity.PARTNER, heard=Heard.PHONE, heard_on=(self.now - timedelta(days=6)).date())
        answer = partial(Respond, meeting=self.parts["planned"], partner=self.parts["partner"], on_behalf=by_phone)
        await give(advisor, answer(coming=False, text=self.said(WHOLE)))
        await give(
            advisor, PlanMeeting(**plan, starts_at=self.now - timedelta(days=4), inside=self.said(WHOLE)), "begun"
        )
        await give(advisor, PlanMeeting(**plan, starts_at=self.now - timedelta(days=5)), "reported")
        report = ReportMeeting(
            meeting=self.parts["reported"],
            present=(self.said(WHOLE),),
            findings=(Finding(question=self.parts["question"], text=self.said(WHOLE)),),
            decisions=(self.said(WHOLE),),
            parents_need=self.said(WHOLE),
        )
        await give(advisor, report, ago=4)
        month = (self.now + timedelta(days=95)).date().replace(day=1)
        wish = WantKickoff(levels=(Level.GOVERNANCE,), target_month=month, organiser=Side.MUNICIPALITY)
        await give(advisor, wish, "kickoff")
        text = self.said(ADVISORS)
        self.drafted.append(text.removeprefix("<b>").removesuffix("</b>"))
        draft = Draft(fields=(("decisions", text),), saved_by=self.office.person(advisor), saved_at=self.now)
        async with self.office.engine.begin() as connection:
            await save_draft(connection, self.id, self.parts["begun"], draft)

    async def _person(self, name: str) -> str:
        person = f"person:{uuid.uuid4()}"
        async with self.office.engine.begin() as connection:
            await add_people(connection, {person: PersonCard(name=name, email=f"{uuid.uuid4().hex}@partner.test")})
        return person

    async def _agreed(self) -> None:
        give, advisor = self.give, self.cast.advisor
        due = (self.now + timedelta(days=120)).date()
        await give(advisor, AgreeAmbition(text=self.said(WHOLE)), "ambition")
        goal = AgreeGoal(
            text=self.said(WHOLE),
            shows=self.said(WHOLE),
            means=self.said(WHOLE),
            champion=self.said(WHOLE),
            due=due,
            ambition=self.parts["ambition"],
        )
        await give(advisor, goal, "goal")
        supporter = Owner(desk=Desk.SUPPORTING_PARTY, organisation=self.cast.supporter)
        partner = Owner(desk=Desk.PARTNER, partner=self.parts["partner"])
        goal_id = self.parts["goal"]
        await give(advisor, AgreeAction(title=self.said(ALL), owner=supporter, due=due, goal=goal_id), "action")
        await give(advisor, AgreeAction(title=self.said(WHOLE), owner=partner, due=due), "partners_action")
        await give(advisor, AgreeAction(title=self.said(WHOLE), owner=Owner(desk=Desk.ADVISOR), due=due), "done")
        await give(advisor, CompleteAction(action=self.parts["done"], result=self.said(WHOLE)))

    async def _talked(self) -> None:
        give, advisor = self.give, self.cast.advisor
        await give(self.cast.municipality, Ask(to=Desk.ADVISOR, text=self.said(WHOLE)))
        await give(advisor, Ask(to=Desk.SUPPORTING_PARTY, text=self.said(ALL)), "message")
        await give("staff", Ask(to=Desk.ADVISOR, text=self.said(IN_PROGRAMME), internal=True), "internal_message")
        await give("staff", Ask(to=Desk.ADVISOR, text=self.said(IN_PROGRAMME), internal=True), "internal_answered")
        await give(advisor, Reply(message=self.parts["internal_answered"], text=self.said(IN_PROGRAMME)))
        await give("staff", TakeNote(text=self.said(IN_PROGRAMME), internal=True))
        await give(advisor, TakeNote(text=self.said(ALL)), "event")
        await give(advisor, TakeNote(text=self.said(NOBODY)), "blackened")
        await give("staff", Redact(seq=int(self.number("blackened"))))
        mark = self.said(ALL).removeprefix("<b>").removesuffix("</b>")
        example = Share(
            kind=SharedKind.EXAMPLE, title=self.said(ALL), link=f"https://example.org/{mark}", why=self.said(ALL)
        )
        await give(advisor, example)

    async def finished(self) -> None:
        """The support is over: a look back is to come, and somebody said what they thought of it."""
        give, advisor = partial(self.give, ago=5), self.cast.advisor
        await give(advisor, SkipVisit(answered_by=AnsweredBy.PHONE, text=self.said(WHOLE)))
        question = self.parts["question"]
        settled = SettleQuestion(question=question, settlement=Settlement.ANSWERED, result=self.said(WHOLE))
        await give(advisor, settled)
        check_ins = (PlannedCheckIn(opens_on=(self.now + timedelta(days=180)).date()),)
        await give(advisor, FinishSupport(check_ins=check_ins, reason=self.said(WHOLE)))
        self.parts["check_in"] = next(iter((await self.office.request(self.id)).check_ins))
        await give(self.cast.municipality, Evaluate(text=self.said(IN_PROGRAMME)))

    async def withdrawn(self) -> None:
        """The municipality takes it back, and says why to the programme."""
        await self.give(self.cast.municipality, Withdraw(reason=self.said(IN_PROGRAMME)))


async def write_requests(office: Office, marks: Marks) -> dict[str, Marked]:
    """Write one request in each stage that the table knows, and one of others; by their names in the table."""
    now = datetime.now(UTC)
    other = Cast(
        municipality="almere",
        lead="GM0034",
        participating="GM0995",
        advisor="other_advisor",
        supporter="Steunpunt Flevoland",
    )
    written = {name: Marked(office, marks, name, other if name == "elsewhere" else Cast(), now) for name in ON_WHICH}
    for one in written.values():
        await one.asked()
    for name in ("given", "under_way", "finished", "withdrawn", "elsewhere"):
        await written[name].accepted(by="candidate" if name == "given" else None)
    for name in ("under_way", "finished", "withdrawn", "elsewhere"):
        await written[name].taken_on()
    for name in ("under_way", "elsewhere"):
        await written[name].under_way()
    await written["finished"].finished()
    await written["withdrawn"].withdrawn()
    return written
