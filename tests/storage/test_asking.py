"""Drafts of requests, the newcomers who send them in, and what becomes of both."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.intake import Accept, Decline, DeclineReason
from domain.joining import Merge
from domain.refusal import Refusal
from domain.submitting import CoalitionChoice
from storage.accounts import Account, Role, account_of_email, add_account
from storage.already_there import find_twin, known_coalitions
from storage.asking import LINK_LEADS, Draft, begin_draft, empty_draft, find_draft, note_sent, write_answers
from storage.identities import Identity, couple, standing_invitations
from storage.newcomers import can_ask_as_newcomer, open_newcomer
from storage.people import PersonCard, names_of
from tests.domain.journey import MAASTRICHT, MONDAY, VENLO
from tests.office import Office

ADDRESS = "fenna.lubbers@venlo.test"
CARD = PersonCard(name="Fenna Lubbers", phone="077 123 45 67", function="beleidsadviseur")


async def begun(office: Office, *, email: str = ADDRESS) -> tuple[str, Draft]:
    """A draft, with the link that was sent to its address."""
    async with office.engine.begin() as connection:
        held = await begin_draft(connection, email=email, now=MONDAY)
        draft = await find_draft(connection, held, MONDAY)
    assert draft is not None
    return held, draft


async def newcomer(office: Office, *, municipality: str = VENLO) -> tuple[Office, Account]:
    """An office in which somebody without an account asks for this municipality."""
    _, draft = await begun(office)
    async with office.engine.begin() as connection:
        account = await open_newcomer(connection, draft, municipality=municipality, card=CARD, opened_at=MONDAY)
    assert account is not None
    return replace(office, accounts={**office.accounts, "newcomer": account}), account


async def test_a_draft_is_written_bit_by_bit_and_found_by_its_link(office: Office) -> None:
    held, draft = await begun(office)

    async with office.engine.begin() as connection:
        await write_answers(connection, draft, {"municipality": ("Venlo",)}, MONDAY)
        await write_answers(connection, draft, {"questions": ("START", "ROLES")}, MONDAY)
        found = await find_draft(connection, held, MONDAY + LINK_LEADS - timedelta(seconds=1))

    assert found is not None
    assert found.answers == {"municipality": ("Venlo",), "questions": ("START", "ROLES")}


@pytest.mark.parametrize("held", ["", "made-up", "\x00", None])
async def test_a_link_that_is_old_or_made_up_leads_nowhere(office: Office, held: str | None) -> None:
    own, _ = await begun(office)

    async with office.engine.begin() as connection:
        assert await find_draft(connection, own if held is None else held, MONDAY + LINK_LEADS) is None


async def test_asking_again_leads_to_the_same_draft_until_it_was_sent(office: Office) -> None:
    _, draft = await begun(office)
    assert (await begun(office, email=ADDRESS.upper()))[1].id == draft.id

    request_id = await office.submit()
    async with office.engine.begin() as connection:
        await note_sent(connection, draft, request_id, MONDAY)
        await empty_draft(connection, draft)

    assert (await begun(office))[1].id != draft.id


async def test_a_draft_is_forgotten_when_no_link_leads_to_it_any_more(office: Office) -> None:
    await begun(office)

    async with office.engine.begin() as connection:
        await begin_draft(connection, email="other@venlo.test", now=MONDAY + LINK_LEADS)

    assert await office.value("select count(*) from request_draft") == 1


async def test_a_newcomer_submits_for_one_municipality_and_sees_nothing(office: Office) -> None:
    office, account = await newcomer(office)

    request = await office.request(await office.submit(who="newcomer", contact=account.person))

    assert request.lead_municipality == VENLO
    assert account.actor.municipalities == frozenset()
    async with office.engine.begin() as connection:
        assert (await names_of(connection, [account.person]))[account.person] == replace(CARD, email=ADDRESS)


async def test_a_newcomer_of_one_municipality_does_not_submit_for_another(office: Office) -> None:
    office, _ = await newcomer(office, municipality=MAASTRICHT)

    with pytest.raises(Refusal, match="NOT_YOURS"):
        await office.submit(who="newcomer")


async def test_when_staff_accept_the_newcomer_becomes_one_of_the_municipalitys_people(office: Office) -> None:
    office, account = await newcomer(office)
    request_id = await office.submit(who="newcomer")

    await office.give("staff", request_id, Accept(verified=True))

    async with office.engine.begin() as connection:
        (invitation,) = await standing_invitations(connection)
        assert (invitation.email, invitation.name) == (ADDRESS, CARD.name)
        assert invitation.invited_by == office.accounts["staff"].id
        identity = Identity(issuer="https://provider.test", subject="fenna")
        signed_in = await couple(connection, identity, verified_email=ADDRESS, now=MONDAY)
    assert signed_in is not None
    assert (signed_in.id, signed_in.actor.municipalities) == (account.id, frozenset({VENLO}))
    assert signed_in.actor.newcomer_of == frozenset()


async def test_a_newcomer_whose_request_is_merged_goes_along(office: Office) -> None:
    office, _ = await newcomer(office)
    first = await office.submit()
    coalition = await office.coalition(first)
    second = await office.submit(who="newcomer", coalition=CoalitionChoice(id=coalition.id))

    await office.give("staff", second, Merge(into=first))

    async with office.engine.begin() as connection:
        joined = await account_of_email(connection, ADDRESS)
    assert joined is not None
    assert joined.actor.municipalities == frozenset({VENLO})


async def test_a_newcomer_whose_request_is_not_taken_on_stays_a_newcomer(office: Office) -> None:
    office, _ = await newcomer(office)
    request_id = await office.submit(who="newcomer")

    await office.give("staff", request_id, Decline(reason=DeclineReason.OUT_OF_SCOPE, text="Dit valt erbuiten."))

    async with office.engine.begin() as connection:
        assert await standing_invitations(connection) == ()
        assert await can_ask_as_newcomer(connection, ADDRESS)


async def test_an_address_with_an_account_is_no_newcomers(office: Office) -> None:
    _, draft = await begun(office, email="VENLO@startloket.test")

    async with office.engine.begin() as connection:
        assert not await can_ask_as_newcomer(connection, draft.email)
        assert await open_newcomer(connection, draft, municipality=VENLO, card=CARD, opened_at=MONDAY) is None


async def test_an_address_whose_account_was_closed_is_no_newcomers(office: Office) -> None:
    _, draft = await begun(office)
    async with office.engine.begin() as connection:
        await add_account(connection, name="", email=ADDRESS, grants=[(Role.MEMBER, VENLO)], now=MONDAY)
    await office.execute("update account set closed_at = :now where email = :email", now=MONDAY, email=ADDRESS)

    async with office.engine.begin() as connection:
        assert await open_newcomer(connection, draft, municipality=VENLO, card=CARD, opened_at=MONDAY) is None


async def test_a_coalition_and_the_open_request_of_a_colleague_are_found(office: Office) -> None:
    request_id = await office.submit()
    coalition = await office.coalition(request_id)

    async with office.engine.begin() as connection:
        assert [one.id for one in await known_coalitions(connection, VENLO)] == [coalition.id]
        assert await known_coalitions(connection, MAASTRICHT) == ()
        twin = await find_twin(connection, VENLO, coalition.id)
        assert await find_twin(connection, MAASTRICHT, coalition.id) is None
    assert twin is not None
    assert twin.reference == "KS-2026-00001"


async def test_a_coalition_that_was_only_made_up_is_not_offered(office: Office) -> None:
    request_id = await office.submit()
    await office.give("staff", request_id, Decline(reason=DeclineReason.OTHER, text="Dit bestaat niet."))

    async with office.engine.begin() as connection:
        assert await known_coalitions(connection, VENLO) == ()
