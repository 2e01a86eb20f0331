"""What holds for every page: who may come, what a form must show, what is kept, and what goes around an answer."""

from __future__ import annotations

from sqlalchemy import text
from starlette.routing import Route

from service.pages.app import ROUTES
from service.pages.guarding import PageRoute
from tests.pages import PagesHouse

END_SESSIONS = text("update session set seen_at = seen_at - interval '3 hours' where account_id = :id")


def test_every_address_says_for_whom_it_is() -> None:
    unguarded = [one.path for one in ROUTES if isinstance(one, Route) and not isinstance(one, PageRoute)]
    assert unguarded == ["/look/{name}"]


async def test_who_is_not_signed_in_signs_in_first_and_comes_back(pages: PagesHouse) -> None:
    visitor = await pages.visitor()
    answer = await visitor.client.get("/verder?deel=2")
    assert answer.headers["location"] == "/aanmelden?naar=/verder%3Fdeel%3D2"


async def test_pages_allow_no_script_and_style_but_ours_and_no_frame(pages: PagesHouse) -> None:
    answer = await (await pages.visitor()).client.get("/over")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


async def test_what_is_not_there_is_said_in_the_same_tone(pages: PagesHouse) -> None:
    visitor = await pages.visitor("venlo")
    answer = await visitor.get("/aanvragen/KS-1999-00001/nergens")
    assert answer.status_code == 404
    assert "Deze pagina is er niet" in visitor.shown
    assert "Anna Verbeek" in visitor.shown


async def test_the_files_of_the_look_are_kept_for_ever_and_nothing_else_is_given(pages: PagesHouse) -> None:
    visitor = await pages.visitor()
    await visitor.get("/over")
    start = visitor.shown.index("/look/startloket-")
    sheet = await visitor.client.get(visitor.shown[start : visitor.shown.index('"', start)])
    assert "immutable" in sheet.headers["cache-control"]
    assert sheet.headers["content-type"].startswith("text/css")
    assert sheet.headers["content-encoding"] == "gzip"
    assert int(sheet.headers["content-length"]) < 30_000
    assert len(sheet.content) < 150_000

    for name in ("look.json", "..%2fbridge.css", "nothing.css", "look.json.gz"):
        assert (await visitor.client.get(f"/look/{name}")).status_code == 404


async def test_a_form_without_the_token_of_its_session_is_not_carried_out(pages: PagesHouse) -> None:
    visitor = await pages.visitor("venlo")
    for token in ({}, {"csrf": "another"}):
        answer = await visitor.client.post("/rol", data={"role": "STAFF", **token})
        assert answer.status_code == 403
        assert "We hebben dit niet uitgevoerd" in answer.text


async def test_a_form_from_another_site_is_not_carried_out(pages: PagesHouse) -> None:
    visitor = await pages.visitor("venlo")
    await visitor.get("/over")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.test"}, {"Origin": "null"}):
        answer = await visitor.client.post("/taal", data={"language": "en"}, headers=headers)
        assert answer.status_code == 403


async def test_the_language_is_chosen_and_remembered(pages: PagesHouse) -> None:
    visitor = await pages.visitor()
    await visitor.get("/over")
    assert 'lang="nl"' in visitor.shown

    await visitor.post("/taal", {"language": "en"})
    assert "What is Startloket?</h1>" in visitor.shown
    await visitor.get("/privacy")
    assert 'lang="en"' in visitor.shown


async def test_a_browser_in_english_does_not_choose_for_its_reader(pages: PagesHouse) -> None:
    visitor = await pages.visitor()
    answer = await visitor.client.get("/over", headers={"Accept-Language": "en"})
    assert answer.headers["content-language"] == "nl"


async def test_a_wrong_form_keeps_what_was_typed_and_says_what_is_wrong_on_top_and_by_its_field(
    pages: PagesHouse,
) -> None:
    visitor = await pages.visitor("venlo")
    await visitor.get("/patronen")

    answer = await visitor.post(
        "/patronen", {"title": "<b>Mijn titel</b>", "day": "31-31-2027", "level": "OPERATIONAL"}
    )

    assert answer.status_code == 422
    assert "Fout: Patronenboek" in visitor.shown
    assert "Er zijn 2 dingen te verbeteren" in visitor.shown
    assert '<a class="nl-link" href="#day">' in visitor.shown
    assert 'id="day-mistake"' in visitor.shown
    assert 'value="31-31-2027"' in visitor.shown
    assert 'value="&lt;b&gt;Mijn titel&lt;/b&gt;"' in visitor.shown


async def test_what_was_done_is_said_once(pages: PagesHouse) -> None:
    visitor = await pages.visitor("venlo")
    await visitor.get("/patronen")
    sent = {"title": "Titel", "text": "Tekst", "day": "1 februari 2027", "level": "OPERATIONAL"}

    await visitor.post("/patronen", sent)
    assert "Het is vastgelegd." in visitor.shown
    await visitor.get("/patronen")
    assert "Het is vastgelegd." not in visitor.shown


async def test_a_form_that_is_sent_after_its_session_ended_is_kept_for_the_same_person(pages: PagesHouse) -> None:
    visitor = await pages.visitor("roermond")
    await visitor.get("/over")
    async with pages.parts.engine.begin() as connection:
        await connection.execute(END_SESSIONS, {"id": pages.accounts["roermond"].id})

    await visitor.post("/rol", {"text": "Een lang verhaal"})
    assert "Wat u typte is bewaard" in visitor.shown

    visitor.client.cookies.set("startloket-session", next(iter((await pages.session_of("venlo")).values())))
    await visitor.get("/verder")
    assert "Een lang verhaal" not in visitor.shown

    visitor.client.cookies.set("startloket-session", next(iter((await pages.session_of("roermond")).values())))
    await visitor.get("/verder")
    assert 'value="Een lang verhaal"' in visitor.shown
    assert 'action="/rol"' in visitor.shown


async def test_somebody_with_two_roles_acts_in_one_and_chooses_the_other(pages: PagesHouse) -> None:
    add = text(
        "insert into account_grant (account_id, role, subject) values (:id, 'ADVISOR', '') on conflict do nothing"
    )
    async with pages.parts.engine.begin() as connection:
        await connection.execute(add, {"id": pages.accounts["staff2"].id})
    visitor = await pages.visitor("staff2")

    await visitor.get("/")
    assert "Teun Waterman</a>, programmamedewerker" in visitor.shown
    await visitor.post("/rol", {"role": "ADVISOR"})
    assert "Teun Waterman</a>, adviseur" in visitor.shown
    await visitor.post("/rol", {"role": "MUNICIPALITY"})
    assert "Teun Waterman</a>, adviseur" in visitor.shown
