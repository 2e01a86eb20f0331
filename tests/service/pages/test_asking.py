"""Asking for support without an account, from a mail address to the receipt."""

from __future__ import annotations

import re
import uuid

import pytest

from storage.accounts import account_of_email
from tests.asking import CONTACT, QUESTION, START, an_address, answered, confirmed
from tests.pages import PagesHouse


async def test_a_newcomer_asks_and_gets_a_receipt_with_a_present(pages: PagesHouse) -> None:
    email = an_address()
    visitor = await answered(
        await confirmed(pages, email), "terneuzen", coalition={"name": "Kansrijke Start Terneuzen"}
    )

    await visitor.get(f"{START}/controleren")
    assert "Terneuzen" in visitor.shown
    assert "1 februari 2030 tot en met 1 maart 2030" in visitor.shown
    assert email in visitor.shown
    await visitor.post(f"{START}/controleren")

    assert "We hebben uw aanvraag ontvangen" in visitor.shown
    assert re.search(r"KS-\d{4}-\d{5}", visitor.shown)
    assert re.search(r"antwoordt uiterlijk op \w+dag \d+ \w+ \d{4}", visitor.shown)
    assert "De eerste cijfers van Terneuzen" in visitor.shown
    assert "Buurgemeenten samen" in visitor.shown
    assert "CC BY 4.0" in visitor.shown


async def test_sending_twice_is_sending_once_and_what_was_typed_is_let_go(pages: PagesHouse) -> None:
    visitor = await answered(await confirmed(pages, an_address()), "Hulst", coalition={"name": "Kansrijke Start Hulst"})
    await visitor.get(f"{START}/controleren")
    first = await visitor.post(f"{START}/controleren")
    again = await visitor.post(f"{START}/controleren")

    assert first.url == again.url
    assert first.text == again.text
    async with pages.parts.engine.connect() as connection:
        typed = await connection.exec_driver_sql(
            "select count(*) from request_draft where answers::text like '%%Hulst%%'"
        )
        assert typed.scalar_one() == 0


async def test_a_newcomer_has_no_account_to_sign_in_to(pages: PagesHouse) -> None:
    email = an_address()
    visitor = await answered(await confirmed(pages, email), "Sluis", coalition={"name": "Kansrijke Start Sluis"})
    await visitor.get(f"{START}/controleren")
    await visitor.post(f"{START}/controleren")

    async with pages.parts.engine.connect() as connection:
        account = await account_of_email(connection, email)
    assert account is not None
    assert account.actor.municipalities == frozenset()
    assert "Aanmelden" in (await visitor.get("/")).text


async def test_what_was_answered_is_there_when_somebody_asks_for_a_link_again(pages: PagesHouse) -> None:
    email = an_address()
    await answered(await confirmed(pages, email), "Goes", coalition={"name": "Kansrijke Start Goes"}, until="vraag")

    later = await confirmed(pages, email)

    assert "Waarbij wilt u hulp?" in later.shown
    assert 'value="Goes"' in (await later.get(f"{START}/gemeente")).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Vul uw gemeente in"),
        ("Bergen", "kan meer dan één gemeente zijn"),
        ("Terneusen", "Bedoelt u Terneuzen"),
        ("Nergenshuizen aan Zee", "kennen we niet"),
    ],
)
async def test_a_municipality_that_is_not_known_is_explained(pages: PagesHouse, typed: str, said: str) -> None:
    visitor = await confirmed(pages, an_address())
    answer = await visitor.post(f"{START}/gemeente", {"municipality": typed})

    assert answer.status_code == 422
    assert "<title>Fout: " in answer.text
    assert said in answer.text
    assert f'value="{typed}"' in answer.text


@pytest.mark.parametrize("typed", ["den haag", "GM0518", "'s-Gravenhage", "Gemeente Den Haag"])
async def test_a_municipality_is_known_by_any_of_its_names(pages: PagesHouse, typed: str) -> None:
    visitor = await confirmed(pages, an_address())
    answer = await visitor.post(f"{START}/gemeente", {"municipality": typed})

    assert "Voor welke coalitie?" in answer.text


async def test_a_colleagues_open_request_is_offered_to_join(pages: PagesHouse) -> None:
    first = await answered(await confirmed(pages, an_address()), "Tholen", coalition={"name": "Kansrijke Start Tholen"})
    await first.get(f"{START}/controleren")
    await first.post(f"{START}/controleren")
    found = re.search(r"KS-\d{4}-\d{5}", first.shown)
    assert found

    second = await confirmed(pages, an_address())
    await answered(second, "Tholen", coalition={"coalition": "new", "name": "kansrijke start  THOLEN"}, until="vraag")
    assert "Een collega vroeg al ondersteuning" in second.shown
    assert found[0] in second.shown
    await second.post(f"{START}/collega", {"joining": "join"})
    await second.post(f"{START}/vraag", QUESTION)
    await second.post(f"{START}/contact", CONTACT)
    assert f"Meedoen met aanvraag {found[0]}" in second.shown
    await second.post(f"{START}/controleren")

    assert "We hebben uw aanvraag ontvangen" in second.shown
    async with pages.parts.engine.connect() as connection:
        texts = await connection.exec_driver_sql(
            "select state->>'text' from support_request where lead_municipality = 'GM0716' order by submitted_at"
        )
        assert [text.partition("\n")[0] for (text,) in texts] == [
            QUESTION["text"],
            f"Graag toevoegen aan aanvraag {found[0]} van mijn collega.",
        ]


async def test_an_address_with_an_account_is_sent_to_signing_in_by_its_own_link_alone(pages: PagesHouse) -> None:
    stranger = await pages.visitor()
    await stranger.get(START)
    await stranger.post(START, {"email": "Venlo@startloket.test"})
    assert "Kijk in uw mail" in stranger.shown

    visitor = await confirmed(pages, "venlo@startloket.test")
    assert "U hebt al een account" in visitor.shown


async def test_somebody_signed_in_asks_for_their_own_municipality_without_a_mail(pages: PagesHouse) -> None:
    visitor = await pages.visitor("almere")
    await visitor.get(START)
    assert "mailadres" not in visitor.shown
    await visitor.post(START)
    assert 'value="Almere"' in visitor.shown

    answer = await visitor.post(f"{START}/gemeente", {"municipality": "Venlo"})
    assert "U vraagt voor uw eigen gemeente" in answer.text
    await visitor.post(f"{START}/gemeente", {"municipality": "Almere"})
    await visitor.post(f"{START}/coalitie", {"name": f"Kansrijke Start {uuid.uuid4().hex[:6]}", "coalition": "new"})
    await visitor.post(f"{START}/vraag", QUESTION)
    await visitor.post(f"{START}/controleren")
    assert "Naar de aanvraag" in visitor.shown

    stranger = await pages.visitor()
    stranger.client.cookies.update(visitor.client.cookies)
    stranger.client.cookies.delete("startloket-session")
    assert (await stranger.get(f"{START}/ontvangst")).status_code == 410


@pytest.mark.parametrize("path", ["gemeente", "controleren", "ontvangst", "verder/verzonnen"])
async def test_a_link_that_does_not_work_any_more_says_so_kindly(pages: PagesHouse, path: str) -> None:
    visitor = await pages.visitor()
    answer = await visitor.get(f"{START}/{path}")

    assert answer.status_code == 410
    assert "Deze link werkt niet meer" in answer.text


async def test_what_is_wrong_in_a_period_is_explained(pages: PagesHouse) -> None:
    visitor = await confirmed(pages, an_address())
    await answered(visitor, "Veere", coalition={"name": "Kansrijke Start Veere"}, until="vraag")

    for changed, said in (
        ({"from": "2030-03-01", "until": "1-2-2030"}, "Draai de dagen om"),
        ({"from": "", "until": "1-2-2030"}, "Vul beide dagen"),
        ({"from": "1-1-2020", "until": "1-2-2020"}, "Deze datum is voorbij"),
        ({"kinds": []}, "Kies er minstens één"),
    ):
        answer = await visitor.post(f"{START}/vraag", {**QUESTION, **changed})
        assert said in answer.text
