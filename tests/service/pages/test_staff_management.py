"""What staff look after: accounts, invitations, tokens, rules, what did not arrive, and whose requests are whose."""

from __future__ import annotations

import html
import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from domain.assignment import AcceptAssignment
from domain.changing import ChangeContact
from domain.intake import Accept
from domain.planning import PlanMeeting
from domain.words import MeetingKind
from service.pages.staff import deliveries
from service.pages.staff.accounts import ON_A_PAGE
from storage.accounts import Account, Role, account_of_email, account_of_token, add_account
from storage.drafts import Draft, find_draft, save_draft
from storage.identities import Identity, couple, invite
from tests.pages import PagesHouse
from tests.service.pages.support import submitted

LONG_AGO = text("update api_token set created_at = created_at - interval '1 hour' where account_id = :id")
TOKEN = re.compile(r"<code>(ksl_[\w-]+)</code>")


async def somebody(pages: PagesHouse, role: Role = Role.ADVISOR, subject: str = "") -> Account:
    """Somebody with an account of their own."""
    async with pages.parts.engine.begin() as connection:
        email = f"{uuid.uuid4().hex[:8]}@startloket.test"
        return await add_account(
            connection, name="Ab Bos", email=email, grants=[(role, subject)], now=datetime.now(UTC)
        )


async def test_somebody_is_invited_by_mail_address_with_roles(pages: PagesHouse) -> None:
    staff, email = await pages.visitor("staff"), f"{uuid.uuid4().hex[:8]}@venlo.test"
    await staff.get("/accounts/uitnodigen")
    await staff.post("/accounts/uitnodigen", {"name": "Bo de Wit", "email": email})
    assert 'href="#roles"' in staff.shown
    await staff.post("/accounts/uitnodigen", {"name": "Bo de Wit", "email": email, "member": "GM0983"})
    assert email in staff.shown
    async with pages.parts.engine.begin() as connection:
        identity = Identity(issuer=pages.issuer, subject=email)
        account = await couple(connection, identity, verified_email=email, now=datetime.now(UTC))
    assert account
    assert account.actor.municipalities == {"GM0983"}


async def test_an_invitation_is_taken_back(pages: PagesHouse) -> None:
    staff, email = await pages.visitor("staff"), f"{uuid.uuid4().hex[:8]}@venlo.test"
    await staff.get("/accounts/uitnodigen")
    await staff.post("/accounts/uitnodigen", {"name": "Bo de Wit", "email": email, "roles": "STAFF"})
    withdraw = re.search(r'action="(/accounts/uitnodigingen/[^"]+)"', staff.shown)
    assert withdraw
    await staff.post(withdraw[1])
    assert email not in staff.shown


async def test_many_invitations_are_folded_and_found_as_accounts_are(pages: PagesHouse) -> None:
    staff, town = await pages.visitor("staff"), uuid.uuid4().hex[:8]
    async with pages.parts.engine.begin() as connection:
        for number in range(ON_A_PAGE + 1):
            email = f"{number}@{town}.test"
            await invite(connection, email=email, name="Bo", grants=[(Role.ADVISOR, "")], now=datetime.now(UTC))
    await staff.get("/accounts")
    assert re.search(r'<details class="fold"\s*>', staff.shown)
    assert "Zoek de andere op naam of mailadres." in staff.shown
    await staff.get(f"/accounts?zoek=17@{town}")
    assert re.search(r'<details class="fold"\s+open>', staff.shown)
    assert f"17@{town}.test" in staff.shown
    assert f"18@{town}.test" not in staff.shown
    await staff.get(f"/accounts?zoek=17@{town}&rol=STAFF")
    assert f"17@{town}.test" not in staff.shown


async def test_an_account_is_closed_once_nothing_waits_for_it(pages: PagesHouse) -> None:
    advisor, staff = await somebody(pages), await pages.visitor("staff")
    support = await submitted(pages)
    await support.give("staff", Accept(verified=True, lead_advisor=advisor.person))
    page = f"/accounts/{advisor.id}"
    await staff.get(page)
    assert f"/herverdelen?adviseur={advisor.person}" in staff.shown
    await staff.post(f"{page}/sluiten")
    assert "Er wacht nog iets op dit account." in staff.shown

    await staff.get(f"/herverdelen?adviseur={advisor.person}")
    other = pages.accounts["advisor2"].person
    sent = {"adviseur": advisor.person, "requests": support.id, "other": other, "reason": "LEFT"}
    await staff.post("/herverdelen", sent)
    assert "De andere adviseur is gevraagd." in staff.shown
    assert [one.advisor for one in (await support.request()).advisors] == [other]

    await staff.get(page)
    await staff.post(f"{page}/sluiten")
    async with pages.parts.engine.connect() as connection:
        assert await account_of_email(connection, advisor.email) is None


async def test_each_request_that_is_given_to_another_has_a_result_of_its_own(pages: PagesHouse) -> None:
    advisor, staff = await somebody(pages), await pages.visitor("staff")
    supports = [await submitted(pages) for _ in range(2)]
    for support in supports:
        await support.give("staff", Accept(verified=True, lead_advisor=advisor.person))
    other = await somebody(pages)
    await pages.parts.giving.give(advisor, supports[0].id, AcceptAssignment(no_own_interest=True), key=uuid.uuid4().hex)
    await staff.get(f"/herverdelen?adviseur={advisor.person}")
    assert other.person not in staff.shown
    sent = {
        "adviseur": advisor.person,
        "requests": [one.id for one in supports],
        "other": pages.accounts["advisor3"].person,
        "reason": "ABSENT",
    }
    await staff.post("/herverdelen", sent)
    assert all(one.reference in staff.shown for one in supports)
    assert staff.shown.count("gedaan") >= 2


async def test_a_token_is_shown_once_and_revoked(pages: PagesHouse) -> None:
    account, staff = await somebody(pages, Role.STAFF), await pages.visitor("staff")
    page = f"/accounts/{account.id}"
    await staff.get(f"{page}/token")
    form, shown = staff.shown, None
    for _ in range(2):
        staff.shown, before = form, shown
        await staff.post(f"{page}/token", {"label": "Koppeling", "life": "30"})
        shown = TOKEN.search(staff.shown)
        assert shown
        assert before is None or before[1] == shown[1]
    assert shown
    async with pages.parts.engine.connect() as connection:
        assert await account_of_token(connection, shown[1], datetime.now(UTC))

    async with pages.parts.engine.begin() as connection:
        await connection.execute(LONG_AGO, {"id": account.id})
    staff.shown = form
    await staff.post(f"{page}/token", {"label": "Koppeling", "life": "30"})
    assert "Dit token is al eerder gemaakt" in staff.shown

    await staff.get(page)
    assert shown[1] not in staff.shown
    assert staff.shown.count("Koppeling") == 2  # The line, and what a screen reader says with its button.
    await staff.post(f"{page}/token-intrekken")
    async with pages.parts.engine.connect() as connection:
        assert await account_of_token(connection, shown[1], datetime.now(UTC)) is None


async def test_roles_are_given_and_taken_but_not_from_oneself(pages: PagesHouse) -> None:
    account, staff = await somebody(pages), await pages.visitor("staff")
    page = f"/accounts/{account.id}"
    await staff.get(f"{page}/rollen")
    await staff.post(f"{page}/rollen", {"roles": "STAFF"})
    await staff.post(f"{page}/rol-weg", {"role": "ADVISOR", "subject": ""})
    async with pages.parts.engine.connect() as connection:
        found = await account_of_email(connection, account.email)
    assert found
    assert (found.actor.is_staff, found.actor.is_advisor) == (True, False)

    own = f"/accounts/{pages.accounts['staff'].id}"
    await staff.get(own)
    await staff.post(f"{own}/rol-weg", {"role": "STAFF", "subject": ""})
    assert "Vraag een collega" in staff.shown


async def test_where_an_advisor_works_is_written_down(pages: PagesHouse) -> None:
    advisor, staff = await somebody(pages), await pages.visitor("staff")
    page = f"/accounts/{advisor.id}/werkgebied"
    await staff.get(page)
    await staff.post(page, {"capacity": "veel"})
    assert 'href="#capacity"' in staff.shown
    await staff.post(page, {"capacity": "6", "regions": "GGD Twente", "themes": "POVERTY"})
    await staff.get(page)
    assert re.search(r'value="GGD Twente"[^>]*checked', staff.shown)


async def test_a_list_with_a_wrong_line_changes_nothing(pages: PagesHouse) -> None:
    staff, page = await pages.visitor("staff"), "/wie-komt-in-aanmerking/gids-list"
    await staff.get(page)
    token = re.search(r'name="csrf"\s+value="([^"]+)"', staff.shown)
    assert token

    async def send(content: bytes) -> str:
        answer = await staff.client.post(
            page, data={"csrf": token[1]}, files={"file": ("lijst.csv", content)}, follow_redirects=True
        )
        return answer.text

    assert "Regel 3: we kennen de gemeente Atlantis niet." in await send(b"gemeente;datum\nVenlo;1\nAtlantis;2\n")
    assert "Kies een bestand." in await send(b"")
    assert "2 gemeenten zijn geladen." in await send("code;naam\nGM0983;Venlo\nGM0889;Beesel\n".encode("cp1252"))


async def test_a_rule_begins_on_a_day_to_come(pages: PagesHouse) -> None:
    staff, page = await pages.visitor("staff"), "/wie-komt-in-aanmerking/regel"
    await staff.get(page)
    await staff.post(page, {"ground": "ANY", "day": "1-1-2020"})
    assert 'href="#day"' in staff.shown
    day = datetime.now(UTC).date() + timedelta(days=400)
    await staff.post(page, {"ground": "ANY", "day": f"{day:%d-%m-%Y}"})
    assert "De regel is gewijzigd." in staff.shown


async def test_what_did_not_arrive_is_shown_and_tried_again(pages: PagesHouse) -> None:
    support, staff = await submitted(pages), await pages.visitor("staff")
    async with pages.parts.engine.begin() as connection:
        fail = "update outbox set status = 'FAILED', settled_at = now() where request_id = cast(:id as uuid)"
        await connection.execute(text(fail), {"id": support.id})
    await staff.get("/bezorging")
    assert support.reference in staff.shown
    again = re.search(r'action="(/bezorging/[^"]+)"', staff.shown)
    assert again
    await staff.post(again[1])
    assert "We proberen het opnieuw." in staff.shown


async def test_planned_meetings_and_drafts_move_with_their_requests(pages: PagesHouse) -> None:
    advisor, staff = await somebody(pages), await pages.visitor("staff")
    support = await submitted(pages)
    await support.give("staff", Accept(verified=True, lead_advisor=advisor.person))
    plan = PlanMeeting(kind=MeetingKind.VISIT, starts_at=datetime.now(UTC) + timedelta(days=9), place="Stadhuis")
    for command in (AcceptAssignment(no_own_interest=True), plan):
        await pages.parts.giving.give(advisor, support.id, command, key=uuid.uuid4().hex)
    [meeting] = (await support.request()).meetings
    async with pages.parts.engine.begin() as connection:
        draft = Draft(fields=(("place", "Stadhuis"),), saved_by=advisor.person, saved_at=datetime.now(UTC))
        await save_draft(connection, support.id, meeting, draft)

    page = f"/accounts/{advisor.id}"
    await staff.get(page)
    for held in ("1 lopende aanvraag", "1 geplande bijeenkomst", "1 verslag in concept"):
        assert held in staff.shown
    sent = {"adviseur": advisor.person, "requests": support.id, "other": pages.accounts["advisor2"].person}
    await staff.get(f"/herverdelen?adviseur={advisor.person}")
    await staff.post("/herverdelen", {**sent, "reason": "LEFT"})

    await staff.get(page)
    await staff.post(f"{page}/sluiten")
    assert "Het account is gesloten." in staff.shown
    async with pages.parts.engine.connect() as connection:
        assert await find_draft(connection, support.id, meeting)


async def test_the_contact_of_a_planned_meeting_is_replaced_first(pages: PagesHouse) -> None:
    contact, staff = await somebody(pages, Role.MEMBER, "GM0889"), await pages.visitor("staff")
    support = await submitted(pages, by=contact, municipality="GM0889")
    await support.give("staff", Accept(verified=True, lead_advisor=pages.accounts["advisor1"].person))
    plan = PlanMeeting(kind=MeetingKind.VISIT, starts_at=datetime.now(UTC) + timedelta(days=9), place="Stadhuis")
    for command in (AcceptAssignment(no_own_interest=True), plan):
        await support.give("advisor1", command)
    page = f"/accounts/{contact.id}"
    await staff.get(page)
    assert "1 geplande bijeenkomst" in staff.shown
    assert "Laat op de aanvragen van de gemeente" in staff.shown
    await staff.post(f"{page}/sluiten")
    assert "Er wacht nog iets op dit account." in staff.shown

    other = await somebody(pages, Role.MEMBER, "GM0889")
    change = ChangeContact(contact=other.person)
    await pages.parts.giving.give(other, support.id, change, key=uuid.uuid4().hex)
    await staff.post(f"{page}/sluiten")
    assert "Het account is gesloten." in staff.shown


async def test_all_that_did_not_arrive_is_shown_page_by_page(
    pages: PagesHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MOST", 1)
    made, staff = [await submitted(pages) for _ in range(2)], await pages.visitor("staff")
    async with pages.parts.engine.begin() as connection:
        fail = "update outbox set status = 'FAILED', settled_at = now() where request_id = any(cast(:ids as uuid[]))"
        await connection.execute(text(fail), {"ids": [one.id for one in made]})
    seen, address = "", "/bezorging"
    while address:
        await staff.get(address)
        seen += staff.shown
        following = re.search(r'href="(/bezorging[?]na=[^"]+)"', staff.shown)
        address = html.unescape(following[1]) if following else ""
    assert all(one.reference in seen for one in made)
    for asked in ("na=x~y", "na=2020-01-01~z", "na=9999-12-31T23:59:59-12:00~x"):
        assert (await staff.get(f"/bezorging?{asked}")).status_code == 200
    await staff.get(f"/bezorging?na=9000-01-01T00:00:00~{uuid.uuid4()}")
    assert "Er is niets meer." in staff.shown
