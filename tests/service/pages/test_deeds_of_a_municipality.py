"""What a municipality does, each on a page of its own; or recorded by the advisor who had them on the phone."""

from __future__ import annotations

import re
from datetime import timedelta

from domain.actions import AgreeAction
from domain.intake import AskInformation
from domain.parts import ActionStatus, MeetingStatus, Owner
from domain.words import Desk, Outcome
from tests.pages import PagesHouse, Visitor
from tests.service.pages.case import VENLO, Case, a_moment, asked, under_way, with_moments, with_visit

MOMENT = re.compile(r'value="(20[^"]+T[^"]+)"')


async def sent(visitor: Visitor, case: Case, deed: str, **fields: object) -> None:
    """Look at the page of a deed and send its form."""
    address = f"{case.address}/{deed}"
    await visitor.get(address)
    await visitor.post(address.partition("?")[0], fields)


async def test_a_moment_is_chosen_in_one_tap(pages: PagesHouse) -> None:
    case, proposal = await with_moments(pages)
    venlo = await pages.visitor("venlo")
    address = f"{case.address}/moment-kiezen"
    await venlo.get(f"{address}?over={proposal}")
    form, moments = venlo.shown, MOMENT.findall(venlo.shown)
    await venlo.post(address, {"moment": moments[1]})
    assert "De bijeenkomst is gepland." in venlo.shown
    venlo.shown = form
    await venlo.post(address, {"moment": moments[1]})
    assert "De bijeenkomst is gepland." in venlo.shown
    meetings = (await case.stored()).request.meetings.values()
    assert [one.starts_at for one in meetings] == [a_moment(21)]


async def test_what_was_heard_by_phone_is_recorded_for_the_municipality(pages: PagesHouse) -> None:
    case, proposal = await with_moments(pages)
    advisor, venlo = await pages.visitor("advisor1"), await pages.visitor("venlo")
    await advisor.get(f"{case.address}/moment-kiezen?over={proposal}&namens=MUNICIPALITY")
    assert "U legt dit vast namens de aanvragende gemeente." in advisor.shown
    chosen = {"moment": MOMENT.findall(advisor.shown)[0], "heard": "PHONE", "heardOn": "1 november 2026"}
    await advisor.post(f"{case.address}/moment-kiezen", chosen)
    await venlo.get(case.address)
    assert "namens de aanvragende gemeente, gehoord per telefoon op 1 november 2026" in venlo.shown


async def test_a_day_that_is_still_to_come_was_not_heard_on(pages: PagesHouse) -> None:
    case = await under_way(pages)
    advisor = await pages.visitor("advisor1")
    ahead = (a_moment(5).date()).strftime("%d-%m-%Y")
    await sent(advisor, case, "intrekken?namens=MUNICIPALITY", reason="Geen tijd meer", heard="PHONE", heardOn=ahead)
    assert "<title>Fout: " in advisor.shown
    assert 'href="#heardOn"' in advisor.shown
    assert "Geen tijd meer" in advisor.shown
    assert (await case.stored()).request.is_open


async def test_withdrawing_asks_what_happens_to_each_meeting(pages: PagesHouse) -> None:
    case, visit = await with_visit(pages)
    venlo = await pages.visitor("venlo")
    await sent(venlo, case, "intrekken", reason="Wij stoppen.")
    assert "Kies wat er met deze bijeenkomst gebeurt." in venlo.shown
    await venlo.post(f"{case.address}/intrekken", {"reason": "Wij stoppen.", f"meeting-{visit}": "GO_ON"})
    request = (await case.stored()).request
    assert request.closing
    assert request.closing.outcome is Outcome.WITHDRAWN
    assert request.meetings[case.part(visit)].status is MeetingStatus.WITHOUT_PROGRAMME


async def test_only_what_is_different_is_changed(pages: PagesHouse) -> None:
    case = await under_way(pages)
    question = next(iter((await case.stored()).request.questions.values()))
    number = question.id.rpartition("/")[2]
    venlo = await pages.visitor("venlo")
    same = {f"kind-{number}": "START", f"text-{number}": "Hoe beginnen we?"}
    await sent(venlo, case, "wijzigen", **same)
    assert "Er is nog niets anders." in venlo.shown
    await venlo.post(f"{case.address}/wijzigen", {**same, "newKind": "ROLES", "periodStart": "1-2-2027"})
    assert "Schrijf de eerste en de laatste dag." in venlo.shown
    period = {"periodStart": "1 februari 2027", "periodEnd": "28-2-2027"}
    await venlo.post(f"{case.address}/wijzigen", {**same, "newKind": "ROLES", **period})
    request = (await case.stored()).request
    assert [one.kind for one in request.questions.values()] == ["START", "ROLES"]
    assert request.preferred_period
    assert request.preferred_period.end - request.preferred_period.start == timedelta(days=28)


async def test_no_two_mistakes_are_said_alike(pages: PagesHouse) -> None:
    case = await under_way(pages)
    number = next(iter((await case.stored()).request.questions)).rpartition("/")[2]
    venlo = await pages.visitor("venlo")
    wrong = {
        f"kind-{number}": "",
        f"text-{number}": "Hoe?",
        "newText": "En dan?",
        "periodStart": "ooit",
        "periodEnd": "ooit",
    }
    await sent(venlo, case, "wijzigen", **wrong)
    summary = venlo.shown.partition('id="mistakes"')[2].partition("</ul>")[0]
    assert re.findall(r">([^<:]+): [A-Z]", summary) == ["Vraag 1", "Een nieuwe vraag", "Eerste dag", "Laatste dag"]


async def test_the_contact_is_somebody_else_from_now_on(pages: PagesHouse) -> None:
    case = await under_way(pages)
    venlo = await pages.visitor("venlo")
    await sent(venlo, case, "contactpersoon", who="other", name="Bo de Wit", email="bo.dewit")
    assert "Schrijf een heel mailadres" in venlo.shown
    await venlo.post(f"{case.address}/contactpersoon", {"who": "other", "name": "Bo de Wit", "email": "bo@venlo.test"})
    assert "De contactpersoon is gewijzigd." in venlo.shown
    assert "bo@venlo.test" in venlo.shown


async def test_what_staff_asked_is_answered(pages: PagesHouse) -> None:
    case = await asked(pages)
    await case.give("staff", AskInformation(text="Wie is de kartrekker?"))
    venlo = await pages.visitor("venlo")
    await venlo.get(f"{case.address}/vraag-beantwoorden")
    assert "Wie is de kartrekker?" in venlo.shown
    await venlo.post(f"{case.address}/vraag-beantwoorden", {"text": "De GGD."})
    assert "Uw antwoord is verstuurd." in venlo.shown


async def test_an_action_takes_longer_is_done_or_is_not_theirs(pages: PagesHouse) -> None:
    case = await under_way(pages)
    owner = Owner(desk=Desk.MUNICIPALITY, municipality=VENLO)
    agreed = AgreeAction(title="Beleid schrijven", owner=owner, due=a_moment(30).date())
    first, second = await case.give("advisor1", agreed), await case.give("advisor1", agreed)
    venlo = await pages.visitor("venlo")
    await sent(venlo, case, f"actie-andere-datum?over={first}", due="31 februari 2027", reason="Vakantie")
    assert "Fout: " in venlo.shown
    await venlo.post(f"{case.address}/actie-andere-datum", {"due": "1 maart 2027", "reason": "Vakantie"})
    await sent(venlo, case, f"actie-gedaan?over={first}", result="Vastgesteld.")
    await sent(venlo, case, f"actie-niet-van-mij?over={second}", reason="Dit is van de GGD.")
    actions = (await case.stored()).request.actions
    assert actions[case.part(first)].status is ActionStatus.DONE
    assert actions[case.part(first)].due.isoformat() == "2027-03-01"
    assert actions[case.part(second)].handed_back


async def test_people_ask_answer_and_write_down(pages: PagesHouse) -> None:
    case = await under_way(pages)
    venlo, advisor = await pages.visitor("venlo"), await pages.visitor("advisor1")
    await sent(venlo, case, "vraag-stellen", to="ADVISOR", text="Mag de wethouder mee?")
    message = next(iter((await case.stored()).request.messages)).rpartition("/")[2]
    await advisor.get(case.address)
    assert f'href="{case.address}/antwoorden?over={message}"' in advisor.shown
    await sent(advisor, case, f"antwoorden?over={message}", text="Graag zelfs.")
    await sent(venlo, case, "notitie", text="De wethouder komt mee.")
    await venlo.get(case.address)
    assert "Graag zelfs." in venlo.shown
    assert "De wethouder komt mee." in venlo.shown


async def test_a_request_rests_and_goes_on(pages: PagesHouse) -> None:
    case = await under_way(pages)
    venlo = await pages.visitor("venlo")
    await venlo.get(f"{case.address}/pauzeren")
    assert 'value="SUMMER"' in venlo.shown
    assert 'value="SILENCE"' not in venlo.shown, "that is for time to say"
    await sent(venlo, case, "pauzeren", reason="SUMMER", lookAgain="")
    assert (await case.stored()).request.pause
    assert f"{case.address}/verdergaan" in venlo.shown
    assert f"{case.address}/pauzeren" not in venlo.shown
    await sent(venlo, case, "verdergaan")
    assert (await case.stored()).request.pause is None
