"""What goes wrong between people and forms: a wrong day, a second click, going back, two at once, a session's end."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.async_api import expect
from sqlalchemy import text

from domain.goals import AgreeGoal
from domain.proposing import ProposeMoments
from domain.words import MeetingKind
from tests.chromium import SignedIn
from tests.newcomer import Newcomer
from tests.pages import PagesHouse
from tests.service.pages.support import Support, under_way

BY = date(2027, 2, 1)
WRITTEN = ("1-2-2027", "1 februari 2027", "2027-02-01")
END_SESSIONS = text("update session set seen_at = seen_at - interval '3 hours' where account_id = :id")


async def test_a_day_is_understood_as_people_type_it(pages: PagesHouse, signed_in_page: SignedIn) -> None:
    support = await under_way(pages)
    person = await adding_an_action(support, signed_in_page)
    for typed in WRITTEN:
        await person.type("Wat moet er gebeuren?", "Uitnodiging maken")
        await person.select("Wie doet het?", "Venlo")
        await person.type("Wanneer is het klaar?", typed)
        await person.press("Toevoegen en nog een")
        await person.hears("De actie is toegevoegd.")
    assert [one.due for one in (await support.request()).actions.values()] == [BY] * len(WRITTEN)


async def test_a_wrong_day_is_explained_on_top_and_what_was_typed_stays(
    pages: PagesHouse, signed_in_page: SignedIn
) -> None:
    person = await adding_an_action(await under_way(pages), signed_in_page)
    await person.type("Wat moet er gebeuren?", "Uitnodiging maken")
    await person.select("Wie doet het?", "Venlo")
    await person.type("Wanneer is het klaar?", "31 februari")
    await person.press("Toevoegen")

    await person.is_told_of_a_mistake("Schrijf de dag, de maand en het jaar")
    await expect(person.page.get_by_label("Wat moet er gebeuren?")).to_have_value("Uitnodiging maken")
    await expect(person.page.get_by_label("Wie doet het?").locator("option:checked")).to_have_text("Venlo")
    await person.page.get_by_role("alert").get_by_role("link").click()
    await expect(person.field("Wanneer is het klaar?")).to_be_focused()
    await expect(person.field("Wanneer is het klaar?")).to_have_value("31 februari")


async def adding_an_action(support: Support, signed_in_page: SignedIn) -> Newcomer:
    """Somebody at the form of an action."""
    person = Newcomer(await signed_in_page("venlo"))
    await person.come(support.page("actie-toevoegen"))
    return person


@pytest.mark.parametrize("scripts", [True, False])
async def test_clicking_twice_is_once(pages: PagesHouse, signed_in_page: SignedIn, scripts: bool) -> None:
    support = await under_way(pages)
    person = Newcomer(await signed_in_page("venlo", java_script_enabled=scripts))
    await person.come(support.page("notitie"))
    await person.type("Uw notitie", "Wij bellen morgen.")
    await person.page.get_by_role("button", name="Vastleggen").dblclick()
    await expect(person.page).to_have_url(re.compile(f"{support.address}$"))  # The second click cut off the first.
    await expect(person.region("Berichten")).to_contain_text("Wij bellen morgen.")
    assert len((await support.request()).notes) == 1


async def test_going_back_and_sending_again_is_once_and_something_else_is_explained(
    pages: PagesHouse, signed_in_page: SignedIn
) -> None:
    support = await under_way(pages)
    person = Newcomer(await signed_in_page("venlo"))
    await person.come(support.page("notitie"))
    await person.type("Uw notitie", "Wij bellen morgen.")
    await person.press("Vastleggen")
    await person.page.go_back()
    await expect(person.field("Uw notitie")).to_have_value("Wij bellen morgen.")
    await person.press("Vastleggen")
    await person.hears("Uw notitie is vastgelegd.")
    assert len((await support.request()).notes) == 1

    await person.page.go_back()
    await person.type("Uw notitie", "Wij mailen morgen.")
    await person.press("Vastleggen")
    await person.is_told_of_a_mistake("Dit formulier is al eens verstuurd met iets anders erin.")
    await person.press("Vastleggen")
    await person.hears("Uw notitie is vastgelegd.")
    assert len((await support.request()).notes) == 2


async def test_going_back_to_what_is_settled_is_answered_kindly(pages: PagesHouse, signed_in_page: SignedIn) -> None:
    support = await under_way(pages)
    moments = tuple(datetime.now(UTC) + timedelta(days=days) for days in (9, 10))
    await support.give("advisor1", ProposeMoments(kind=MeetingKind.VISIT, moments=moments, place="Stadhuis"))
    person = Newcomer(await signed_in_page("venlo"))
    await person.come(support.address)
    await person.follow("Moment kiezen")
    await person.press_first("Welk moment past u?")
    await person.page.go_back()
    await person.reads("Dit voorstel staat niet meer open.")
    await person.follow("Terug naar de aanvraag")
    assert len((await support.request()).meetings) == 1


async def test_of_two_who_edit_at_once_the_second_hears_what_changed_and_loses_nothing(
    pages: PagesHouse, signed_in_page: SignedIn
) -> None:
    support = await under_way(pages)
    await support.give("advisor1", AgreeGoal(text="Eerst", shows="Iets", due=date(2028, 2, 1)))
    [goal] = (await support.request()).goals
    advisor, municipality = [Newcomer(await signed_in_page(who)) for who in ("advisor1", "venlo")]
    for one in (advisor, municipality):
        await one.come(support.page("doel-wijzigen", goal))
    await municipality.type("Wat wilt u bereiken?", "Van de gemeente")
    await municipality.press("Opslaan")
    await advisor.type("Wat wilt u bereiken?", "Van de adviseur")
    await advisor.press("Opslaan")

    await advisor.is_told_of_a_mistake("Iemand anders wijzigde dit")
    await expect(advisor.page.get_by_role("alert")).to_contain_text("Doel gewijzigd")
    await expect(advisor.field("Wat wilt u bereiken?")).to_have_value("Van de adviseur")
    await advisor.press("Opslaan")
    assert (await support.request()).goals[goal].text == "Van de adviseur"


async def test_a_session_that_ends_in_the_middle_of_a_long_form_loses_nothing(
    pages: PagesHouse, signed_in_page: SignedIn
) -> None:
    support = await under_way(pages)
    await support.visit_held()
    advisor = Newcomer(await signed_in_page("advisor1"))
    await advisor.come(support.address)
    await advisor.follow("Verslag maken")
    await advisor.type("Organisaties", "GGD Limburg-Noord\nWijkteam")
    await advisor.type("Hulp bij de start: Hoe beginnen we?", "Begin klein, <b>nu</b>.")
    async with pages.parts.engine.begin() as connection:
        await connection.execute(END_SESSIONS, {"id": pages.accounts["advisor1"].id})
    await advisor.press("Verslag vastleggen")
    await advisor.reads("Wat u typte is bewaard")

    await advisor.follow("Aanmelden met uw werkaccount")
    await advisor.press("advisor1@startloket.test")
    await advisor.press("Verder met mijn tekst")
    await advisor.hears("U was afgemeld voordat u dit verstuurde.")
    await expect(advisor.page).to_have_title(re.compile("^Verslag maken"))
    await expect(advisor.field("Organisaties")).to_have_value("GGD Limburg-Noord\nWijkteam")
    await expect(advisor.field("Hulp bij de start: Hoe beginnen we?")).to_have_value("Begin klein, <b>nu</b>.")
    await advisor.press("Verslag vastleggen")
    await advisor.hears("Het verslag is vastgelegd.")
