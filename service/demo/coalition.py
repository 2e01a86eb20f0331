"""A coalition of the demo: which organisations take part, where parents have a seat, and what they agree on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.actions import AgreeAction, CompleteAction
from domain.ambitions import AgreeAmbition
from domain.goals import AgreeGoal
from domain.inviting import Respond
from domain.partners import AddPartner
from domain.parts import Owner, Search
from domain.seats import SetSeat
from domain.text import PartId
from domain.words import Agreed, Body, Capacity, Desk, Domain, Level, SeatForm, Theme
from service.demo.tale import Tale

BURGERKRACHT = "Burgerkracht Limburg"
PARTNERS = (
    AddPartner(organisation="Verloskundigenpraktijk De Wieg", domain=Domain.MEDICAL),
    AddPartner(organisation="Jeugdgezondheidszorg", domain=Domain.MEDICAL, role_agreement="Nodigt ouders uit."),
    AddPartner(organisation="Wijkteam", domain=Domain.SOCIAL, champion_of="Geldzorgen rond de geboorte"),
    AddPartner(organisation="Bibliotheek", domain=Domain.SOCIAL),
    AddPartner(organisation="Buurthuis De Brug", domain=Domain.INFORMAL),
    AddPartner(organisation="Oudernetwerk", domain=Domain.PARENTS, role_agreement="Spreekt voor ouders in de wijk."),
)


async def bring_partners(tale: Tale, *, searching: bool = False) -> list[PartId]:
    """Bring partners together with a seat for parents, or somebody who looks for them; give the partners."""
    await tale.after(3)
    partners = [await tale.give(tale.advisor, partner) for partner in PARTNERS]
    await tale.give(tale.advisor, _search(tale) if searching else SEAT)
    if not searching:
        await tale.give(tale.advisor, CONSULTED)
    return partners


SEAT = SetSeat(
    body=Body.LOCAL_COALITION,
    form=SeatForm.REPRESENTATIVE,
    expenses=Agreed.YES,
    time=Agreed.YES,
    supported_by=BURGERKRACHT,
)
CONSULTED = SetSeat(body=Body.STEERING_GROUP, form=SeatForm.CONSULTED)


def _search(tale: Tale) -> SetSeat:
    """A seat for which the advisor looks for parents, four weeks from the day told."""
    search = Search(by=Owner(desk=Desk.ADVISOR), due=tale.day(20))
    return SetSeat(body=Body.LOCAL_COALITION, form=SeatForm.SEARCHING, search=search)


async def respond(tale: Tale, meeting: PartId, partners: Sequence[PartId]) -> None:
    """Have these partners answer: all come but the last."""
    for partner in partners:
        answer = Respond(meeting=meeting, partner=partner, coming=partner != partners[-1])
        await tale.give_for(Capacity.PARTNER, answer)


async def agree(tale: Tale) -> None:
    """Agree on what they want: two ambitions, two goals, three actions, of which one is done and one is late."""
    await tale.after(3)
    early = AgreeAmbition(text="Elke zwangere in een kwetsbare situatie kent de weg naar hulp.")
    ambition = await tale.give(tale.advisor, early)
    await tale.give(tale.advisor, replace(early, text="Geen kind begint met schulden.", theme=Theme.POVERTY))
    goal = AgreeGoal(
        text="Verloskundigen bespreken geldzorgen bij elke intake.",
        shows="Het aantal verwijzingen naar het wijkteam.",
        due=tale.ahead(120).date(),
        ambition=ambition,
        level=Level.OPERATIONAL,
    )
    first = await tale.give(tale.advisor, goal)
    await tale.give(tale.advisor, replace(goal, text="Het netwerk van ouders denkt mee over elke folder."))
    partner = Owner(desk=Desk.PARTNER, partner=next(iter(tale.request.partners)))
    municipality = Owner(desk=Desk.MUNICIPALITY, municipality=tale.request.lead_municipality)
    leaflet = AgreeAction(title="Gesprekskaart maken", owner=partner, due=tale.day(8), goal=first)
    done = await tale.give(tale.advisor, leaflet)
    await tale.give(tale.advisor, replace(leaflet, title="Wijkteam uitnodigen", owner=municipality, due=tale.day(6)))
    plan = replace(leaflet, title="Coalitie opnemen in het beleidsplan", owner=municipality, due=tale.ahead(25).date())
    await tale.give(tale.advisor, plan)
    await tale.after(5)
    await tale.give(tale.advisor, CompleteAction(action=done, result="De kaart ligt bij alle praktijken."))
