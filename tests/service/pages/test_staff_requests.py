"""What staff do with requests: watch, judge, assign, join, correct and record what was phoned in."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from sqlalchemy import text

from domain.intake import AskInformation
from domain.parts import AssignmentRole
from domain.words import Eligibility, Outcome, Stage
from storage.references import load_of_reference
from storage.requests import load
from tests.pages import PagesHouse
from tests.service.pages.support import VENLO, Support, asked, submitted, under_way

REFERENCE = re.compile(r"KS-\d{4}-\d{5}")
AN_OPTION = re.compile(r'name="leadAdvisor"\s+value="([^"]+)"')


async def found(pages: PagesHouse, reference: str) -> Support:
    """A request by its reference."""
    async with pages.parts.engine.connect() as connection:
        stored = await load_of_reference(connection, reference)
    assert stored
    return Support(house=pages, id=stored.request.id, reference=reference)


async def test_the_overview_leads_to_the_lists_behind_its_figures(pages: PagesHouse) -> None:
    support = await submitted(pages)
    staff = await pages.visitor("staff")
    await staff.get("/")
    await staff.post("/overzicht/bijwerken")
    assert "Waar staan de aanvragen?" in staff.shown
    assert 'href="/aanvragen?fase=aanvraag"' in staff.shown

    await staff.get("/aanvragen?fase=aanvraag&provincie=Limburg")
    assert support.reference in staff.shown
    await staff.get("/aanvragen?fase=aanvraag&provincie=Drenthe")
    assert support.reference not in staff.shown


@pytest.mark.parametrize("order", ["kenmerk", "-gewijzigd", "ingediend", "eerstvolgende-dag"])
async def test_pages_of_the_list_follow_each_other(pages: PagesHouse, order: str) -> None:
    made = {(await submitted(pages)).reference for _ in range(2)}
    staff = await pages.visitor("staff")
    seen: set[str] = set()
    address: str | None = f"/aanvragen?volgorde={order}"
    while address:
        await staff.get(address)
        seen |= set(REFERENCE.findall(staff.shown))
        following = re.search(r'href="([^"]+na=[^"]+)"', staff.shown)
        address = following[1].replace("&amp;", "&") if following else None
    assert made <= seen


@pytest.mark.parametrize("asked_for", ["na=x~y", "na=2020~z", "fase=nergens&volgorde=x", "wacht=X&zoek=%00"])
async def test_an_address_that_nobody_was_given_shows_a_list_all_the_same(pages: PagesHouse, asked_for: str) -> None:
    staff = await pages.visitor("staff")
    for order in ("kenmerk", "eerstvolgende-dag", "gewijzigd"):
        assert (await staff.get(f"/aanvragen?{asked_for}&volgorde={order}")).status_code == 200


async def test_a_download_holds_exactly_what_is_filtered(pages: PagesHouse) -> None:
    support = await submitted(pages)
    other = await under_way(pages)
    staff = await pages.visitor("staff")
    text = (await staff.get("/aanvragen.csv?fase=aanvraag")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    references = {row["Kenmerk"] for row in rows}
    assert support.reference in references
    assert other.reference not in references
    assert {row["Fase"] for row in rows} == {"Aanvraag"}

    book = (await staff.get("/aanvragen.xlsx?fase=aanvraag")).content
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        written = b"".join(parts.read(name) for name in parts.namelist() if name.startswith("xl/"))
    assert support.reference.encode() in written
    assert other.reference.encode() not in written


async def test_an_advisor_downloads_only_their_own(pages: PagesHouse) -> None:
    support = await submitted(pages)
    own = await asked(pages)
    advisor = await pages.visitor("advisor1")
    text = (await advisor.get("/aanvragen.csv")).text
    assert own.reference in text
    assert support.reference not in text


async def make_room(pages: PagesHouse, who: str) -> None:
    """Have an advisor who may lead more requests than other tests leave behind."""
    statement = text("update advisor set capacity = 1000 where person_id = :person")
    async with pages.parts.engine.begin() as connection:
        await connection.execute(statement, {"person": pages.accounts[who].person})


async def test_a_request_is_accepted_and_assigned_on_one_screen(pages: PagesHouse) -> None:
    support = await submitted(pages)
    await make_room(pages, "advisor1")
    staff = await pages.visitor("staff")
    await staff.get("/nieuwe-aanvragen")
    assert support.page("in-behandeling-nemen") in staff.shown
    await staff.get(support.page("in-behandeling-nemen"))
    assert "werkt in GGD Limburg-Noord" in staff.shown
    best = AN_OPTION.search(staff.shown)
    assert best
    assert best[1] == pages.accounts["advisor1"].person

    await staff.post(support.page("in-behandeling-nemen"), {"leadAdvisor": best[1]})
    assert 'href="#verified"' in staff.shown
    await staff.post(support.page("in-behandeling-nemen"), {"leadAdvisor": best[1], "verified": "yes"})
    request = await support.request()
    assert request.stage is Stage.ASSIGNMENT
    assert [one.advisor for one in request.advisors] == [best[1]]


async def test_what_is_missing_is_asked_and_what_does_not_fit_is_declined(pages: PagesHouse) -> None:
    support = await submitted(pages)
    staff = await pages.visitor("staff")
    await staff.get(support.page("informatie-vragen"))
    await staff.post(support.page("informatie-vragen"), {"text": "Voor welke coalitie is dit?"})
    assert (await support.request()).information_asked

    await staff.get(support.page("niet-in-behandeling-nemen"))
    sent = {"reason": "OUT_OF_SCOPE", "text": "Dit past niet bij het programma."}
    await staff.post(support.page("niet-in-behandeling-nemen"), sent)
    closing = (await support.request()).closing
    assert closing
    assert closing.outcome is Outcome.DECLINED


async def test_advisors_are_changed_as_the_form_says(pages: PagesHouse) -> None:
    support = await under_way(pages)
    staff = await pages.visitor("staff")
    first, other = pages.accounts["advisor1"].person, pages.accounts["advisor2"].person
    await staff.get(support.page("andere-adviseur"))
    assert re.search(rf'value="{first}"[^>]*checked', staff.shown)
    sent = {"leadAdvisor": other, "supportingAdvisors": first, "reason": "WORKLOAD"}
    await staff.post(support.page("andere-adviseur"), sent)
    roles = {one.advisor: one.role for one in (await support.request()).advisors}
    assert roles == {other: AssignmentRole.LEAD, first: AssignmentRole.SUPPORTING}


async def test_requests_are_merged_and_linked(pages: PagesHouse) -> None:
    support, other, third = await submitted(pages), await submitted(pages), await submitted(pages)
    staff = await pages.visitor("staff")
    await staff.get(f"{support.page('koppelen')}?zoek={other.reference}")
    assert other.reference in staff.shown
    await staff.post(support.page("koppelen"), {"other": other.id})
    assert (await support.request()).linked == (other.id,)

    await staff.get(support.page("samenvoegen"))
    refused = await staff.post(support.page("samenvoegen"), {"other": "geen nummer"})
    assert refused.status_code == 422
    await staff.post(support.page("samenvoegen"), {"other": third.id})
    assert (await support.request()).merged_into == third.id


async def test_municipalities_join_by_name_and_leave(pages: PagesHouse) -> None:
    support = await submitted(pages)
    staff = await pages.visitor("staff")
    await staff.get(support.page("gemeenten-wijzigen"))
    sent = {"joins": "Beesel\nAtlantis", "lead": VENLO}
    await staff.post(support.page("gemeenten-wijzigen"), sent)
    assert "geen gemeente met de naam Atlantis" in staff.shown
    await staff.post(support.page("gemeenten-wijzigen"), {"joins": "beesel", "lead": VENLO})
    assert (await support.request()).participating == ("GM0889",)


async def test_what_went_wrong_is_set_right(pages: PagesHouse) -> None:
    support = await under_way(pages)
    staff = await pages.visitor("staff")
    await staff.get(support.page("fase-terug"))
    assert "van Adviesgesprek naar Adviseur zoeken" in staff.shown
    await staff.post(support.page("fase-terug"))
    assert (await support.request()).stage is Stage.ASSIGNMENT

    await staff.get(support.page("stoppen"))
    await staff.post(support.page("stoppen"), {"reason": "NO_CAPACITY", "text": "Wij hebben nu geen ruimte."})
    await staff.get(support.page("heropenen"))
    await staff.post(support.page("heropenen"))
    assert (await support.request()).stage is Stage.ASSIGNMENT


async def test_a_text_is_blackened_from_the_history(pages: PagesHouse) -> None:
    support = await submitted(pages)
    await support.give("staff", AskInformation(text="Een naam die hier niet hoort"))
    seq = (await support.request()).version
    staff = await pages.visitor("staff")
    page = f"{support.address}/zwart-maken?over={seq}"
    await staff.get(page)
    await staff.post(support.page("zwart-maken"))
    assert 'href="#sure"' in staff.shown
    await staff.post(support.page("zwart-maken"), {"sure": "yes"})
    asked_for = (await support.request()).information_asked
    assert asked_for
    assert asked_for.text == "■■■"


async def test_what_was_phoned_in_is_recorded_on_one_screen(pages: PagesHouse) -> None:
    staff = await pages.visitor("staff")
    await staff.get("/aanvraag-vastleggen")
    sent: dict[str, object] = {
        "heard": "MAIL",
        "receivedOn": "3 oktober 2022",
        "municipality": "GM0014",
        "participating": "Venlo",
        "contactName": "An Jansen",
        "contactMail": "an",
        "text": "Wie helpt ons op weg?",
        "kinds": ["START", "ROLES"],
        "phase": "NEW",
    }
    await staff.post("/aanvraag-vastleggen", sent)
    assert 'href="#contactMail"' in staff.shown
    assert "Wie helpt ons op weg?" in staff.shown

    answer = await staff.post("/aanvraag-vastleggen", {**sent, "contactMail": "an@beesel.test"})
    support = await found(pages, answer.url.path.rpartition("/")[2])
    request = await support.request()
    assert request.received_on == date(2022, 10, 3)
    assert request.eligibility["GM0014"] is Eligibility.ELIGIBLE
    assert request.coalition
    assert request.coalition.name == "Kansrijke Start Groningen"
    async with pages.parts.engine.connect() as connection:
        assert await load(connection, support.id)


async def test_pages_of_staff_are_for_staff(pages: PagesHouse) -> None:
    for who, status in (("advisor1", 403), ("venlo", 403)):
        visitor = await pages.visitor(who)
        for page in ("/nieuwe-aanvragen", "/stil", "/accounts", "/herverdelen", "/wie-komt-in-aanmerking"):
            assert (await visitor.get(page)).status_code == status
