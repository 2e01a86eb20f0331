"""What happened to some requests of the demo after they were imported, told through the same commands as any other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from domain.ending import Stop, StopReason, Withdraw
from domain.finishing import FinishSupport, proposed_check_ins
from domain.intake import AskInformation
from domain.inviting import Invite
from domain.kickoffs import WantedKickoff
from domain.parts import SharedKind
from domain.planning import PlanMeeting
from domain.proposing import ChooseMoment, ProposeMoments
from domain.reporting import ReportMeeting
from domain.resting import PauseReason, PauseRequest
from domain.talking import Ask, Settlement, SettleQuestion, Share, TakeNote
from domain.words import Capacity, Desk, Level, MeetingKind, Side
from service.demo.coalition import agree, bring_partners, respond
from service.demo.tale import Tale
from storage.calendar import build_calendar

Story = Callable[[Tale], Awaitable[None]]
EXAMPLES = "https://www.kansrijkestartnl.nl/lokale-coalities"
BOTH = (Level.GOVERNANCE, Level.OPERATIONAL)


async def information_asked(tale: Tale) -> None:
    """Staff miss something and ask for it."""
    await tale.after(2)
    await tale.give(tale.staff, AskInformation(text="Welke partners doen nu al mee, en wie is de kartrekker?"))


async def moments_proposed(tale: Tale) -> None:
    """The advisor names moments; the municipality has still to choose."""
    await tale.after(8)
    moments = tuple(tale.ahead(days, hour) for days, hour in ((6, 10), (8, 14), (9, 9)))
    await tale.give(tale.advisor, ProposeMoments(kind=MeetingKind.VISIT, moments=moments, place="Gemeentehuis"))
    await tale.give(tale.municipality, Ask(to=Desk.ADVISOR, text="Mag onze wethouder bij het gesprek aansluiten?"))


async def visit_planned(tale: Tale) -> None:
    """A moment was named and chosen; the visit is still to come."""
    await tale.after(3)
    moments = (tale.ahead(4, 13), tale.ahead(7, 10))
    proposal = await tale.give(tale.advisor, ProposeMoments(kind=MeetingKind.VISIT, moments=moments, place="Stadhuis"))
    await tale.after(1)
    await tale.give(tale.municipality, ChooseMoment(proposal=proposal, moment=moments[0]))
    link = f"{EXAMPLES}/stimuleringsprogramma"
    await tale.give(tale.advisor, Share(kind=SharedKind.DOCUMENT, title="Wat het programma biedt", link=link))


async def visited(tale: Tale) -> None:
    """A visit was held and reported; one joint kick-off is wanted, which nobody has planned yet."""
    await tale.after(2)
    visit = await tale.give(tale.advisor, _visit(tale))
    await tale.after(7)
    wanted = WantedKickoff(levels=BOTH, target_month=tale.day(30), organiser=Side.MUNICIPALITY)
    report = ReportMeeting(
        meeting=visit,
        present=("Gemeente", "GGD", "Verloskundigen"),
        decisions=("Er komt een gezamenlijke startbijeenkomst.", "De gemeente nodigt de wethouder uit."),
        parents_need="Ouders vinden het aanbod onoverzichtelijk.",
        wanted_kickoffs=(wanted,),
    )
    await tale.give(tale.advisor, report)
    await tale.give(tale.advisor, TakeNote(text="De vragen komen terug op de startbijeenkomst."))


def _visit(tale: Tale) -> PlanMeeting:
    """A visit on the fourth working day after the day told."""
    return PlanMeeting(kind=MeetingKind.VISIT, starts_at=tale.at(4, 10), place="Gemeentehuis")


async def kickoff_to_come(tale: Tale) -> None:
    """Visited, with partners invited to a kick-off; some come, some have not answered, parents are looked for."""
    await visited(tale)
    partners = await bring_partners(tale, searching=True)
    await tale.after(3)
    kickoff = next(iter(tale.request.kickoffs))
    moment = tale.ahead(16, 13)
    planned = PlanMeeting(kind=MeetingKind.KICKOFF, kickoff=kickoff, starts_at=moment, place="De Bibliotheek")
    meeting = await tale.give(tale.advisor, planned)
    await tale.give(tale.advisor, Invite(meeting=meeting, everybody=True))
    await tale.after(2)
    await respond(tale, meeting, partners[:3])


async def agreed(tale: Tale) -> None:
    """The coalition is at work: partners, seats for parents, ambitions, goals and actions."""
    await bring_partners(tale)
    await agree(tale)


async def only_examples(tale: Tale) -> None:
    """Only examples were asked for: they were shared, and the question has its answer."""
    question = next(iter(tale.request.questions))
    await tale.after(2)
    for title in ("Aanpak voor jonge ouders", "Werkvorm: de ouderreis in kaart"):
        await tale.give(tale.advisor, Share(kind=SharedKind.EXAMPLE, title=title, link=EXAMPLES, question=question))
    await _answer_all(tale)


async def finished(tale: Tale) -> None:
    """The coalition agreed, every question has its answer, and the support was finished; look-backs follow."""
    await agreed(tale)
    await tale.after(10)
    await _answer_all(tale)
    check_ins = proposed_check_ins(tale.request, build_calendar(), tale.day(0))
    reason = "De coalitie pakt dit zelf op."
    await tale.give(tale.advisor, FinishSupport(check_ins=check_ins, hand_over_actions=True, reason=reason))


async def _answer_all(tale: Tale) -> None:
    for question in tale.request.unsettled:
        answered = SettleQuestion(
            question=question.id, settlement=Settlement.ANSWERED, result="Samen besproken en afgesproken."
        )
        await tale.give(tale.advisor, answered)


async def withdrawn(tale: Tale) -> None:
    """The municipality phoned that it takes its request back."""
    await tale.after(20)
    await tale.give_for(Capacity.MUNICIPALITY, Withdraw(reason="Er is dit jaar geen ruimte voor."))


async def stopped(tale: Tale) -> None:
    """Nobody answered any more, so staff stopped."""
    await tale.after(25)
    text = "We hebben u een paar keer gebeld en geen antwoord gekregen. U kunt altijd opnieuw vragen."
    await tale.give(tale.staff, Stop(reason=StopReason.NO_RESPONSE, text=text))


async def resting(tale: Tale) -> None:
    """The coalition agreed, then the request was laid to rest for a while."""
    await agreed(tale)
    await tale.after(1)
    look_again = tale.ahead(30).date()
    await tale.give(tale.advisor, PauseRequest(reason=PauseReason.CAPACITY, look_again=look_again))


STORIES: Mapping[str, Story] = {
    "Deventer": information_asked,
    "Venlo": moments_proposed,
    "Maastricht": visit_planned,
    "Roermond": kickoff_to_come,
    "Amersfoort": kickoff_to_come,
    "Beesel": visited,
    "Peel en Maas": agreed,
    "Sittard-Geleen": agreed,
    "Enschede": agreed,
    "Haarlem": resting,
    "Breda": agreed,
    "Lelystad": only_examples,
    "Weert": finished,
    "Ede": finished,
    "Purmerend": withdrawn,
    "Zoetermeer": stopped,
}
