"""Rebuild: rows are copies of the log, and can be made anew from it at any time."""

from __future__ import annotations

import asyncio

import pytest

from domain.changing import ChangeMunicipalities
from domain.partners import UpdatePartner
from domain.redaction import Redact
from domain.talking import TakeNote
from domain.text import BLACKENED
from domain.words import Domain
from storage import codec, rebuild
from storage.refreshing import follow_coalition
from tests.domain.agreements import action, owned_by_partner, partner, searching, seat
from tests.domain.journey import PEEL_EN_MAAS
from tests.office import BURGERKRACHT, Office

FOLLOWING = "select count(*) from outbox where kind = 'follow_coalition' and request_id = :id"


async def rebuilt(office: Office) -> list[str]:
    """Make all rows anew; say what was different."""
    lines: list[str] = []
    url = office.engine.url.render_as_string(hide_password=False)
    is_same = await asyncio.to_thread(rebuild.rebuild, url, lines.append)
    assert is_same is not bool(lines)
    return [line.split(": ", 1)[1] for line in lines]


async def test_what_was_recorded_is_what_the_log_says(office: Office) -> None:
    first, second = await office.two_for_one_coalition()
    await office.give("advisor", first, partner())
    await office.give("advisor", second, searching(supported_by=BURGERKRACHT))
    await office.give("staff", first, ChangeMunicipalities(joins=(PEEL_EN_MAAS,)))
    for request_id in (first, second):
        async with office.engine.begin() as connection:
            await follow_coalition(connection, request_id)

    assert await rebuilt(office) == []


async def test_what_another_request_changes_in_the_coalition_reaches_the_rows_of_this_one(office: Office) -> None:
    first, second = await office.two_for_one_coalition()
    await office.give("advisor", first, seat(supported_by=BURGERKRACHT))
    assert await office.value(FOLLOWING, id=second) == 1
    assert await office.value(FOLLOWING, id=first) == 0

    async with office.engine.begin() as connection:
        assert await follow_coalition(connection, second)

    supporters = "select supporters from support_request where id = :id"
    assert await office.value(supporters, id=second) == await office.value(supporters, id=first)
    assert await office.value(supporters, id=second) != []
    assert await rebuilt(office) == []


async def test_a_task_of_a_partner_whose_contact_another_request_changed_goes_to_the_new_one(office: Office) -> None:
    first, second = await office.two_for_one_coalition()
    await office.give("advisor", first, partner(contact="person:before"))
    [midwives] = (await office.coalition(first)).partners
    await office.give("advisor", second, action(owner=owned_by_partner(midwives)))
    change = UpdatePartner(
        partner=midwives, organisation="Verloskundigen Venlo", domain=Domain.MEDICAL, contact="person:after"
    )
    await office.give("advisor", first, change)

    async with office.engine.begin() as connection:
        await follow_coalition(connection, second)

    assert await office.value("select person from task where kind = 'DO_ACTION'") == "person:after"
    assert await rebuilt(office) == []


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("update support_request set stage = 'FOLLOW_UP'", "stage was 'FOLLOW_UP', is 'VISIT'"),
        ("update support_request set supporters = '{somebody}'", "supporters was ['somebody'], is []"),
        ('update support_request set state = state || \'{"text": "anders"}\'', "the state was not what the log says"),
        ("update support_request set state = '{}'", "the state was not what the log says"),
        ("update support_request set state_schema = 0", "state_schema was 0, is 1"),
        ("delete from task", "task PROPOSE_VISIT was missing"),
        ("update task set person = 'somebody'", "task PROPOSE_VISIT was not what the log says"),
        ("update task set key = 'DANCE'", "task DANCE was no longer open"),
        ('update coalition set state = state || \'{"name": "anders"}\'', "the row was not what the log says"),
    ],
)
async def test_drift_that_was_planted_is_mended_and_said(office: Office, planted: str, said: str) -> None:
    await office.under_way()
    await office.tamper(planted)
    assert said in await rebuilt(office)
    assert await rebuilt(office) == []


async def test_rows_that_are_gone_come_back_and_a_row_without_a_log_goes(office: Office) -> None:
    kept, lost = await office.under_way(), await office.submit()
    before = await office.request(kept)
    await office.tamper("delete from support_request where id = :id", id=kept)
    await office.tamper("delete from coalition")
    await office.tamper("delete from event where request_id = :id", id=lost)

    assert sorted(await rebuilt(office)) == [
        "the row was not what the log says",
        "there was a row without a log",
        "there was no row",
    ]
    assert await office.request(kept) == before
    assert await office.value("select count(*) from support_request") == 1
    assert await rebuilt(office) == []


async def test_a_row_of_a_newer_release_is_left_alone(office: Office) -> None:
    await office.submit()
    await office.tamper("update support_request set state_schema = :newer, state = '{}'", newer=codec.STATE_SCHEMA + 1)
    assert await rebuilt(office) == ["a newer release wrote the row; it is left as it is"]
    assert await office.value("select state from support_request") == {}


async def test_a_redacted_text_is_black_in_log_row_and_coalition(office: Office) -> None:
    request_id = await office.under_way()
    await office.give("advisor", request_id, partner(role_agreement="Mevrouw De Vries regelt dit."))
    await office.give("venlo", request_id, TakeNote(text="Over mevrouw De Vries."))
    version = (await office.request(request_id)).version

    for seq in (version, version - 1):
        await office.give("staff", request_id, Redact(seq=seq))

    request = await office.request(request_id)
    assert [one.text for one in request.notes.values()] == [BLACKENED]
    assert [one.role_agreement for one in request.partners.values()] == [BLACKENED]
    assert (await office.coalition(request_id)).partners == request.partners
    everywhere = "select count(*) from (select texts::text as said from event union all select state::text"
    everywhere += " from support_request union all select state::text from coalition union all"
    everywhere += " select coalesce(body, '') from command) as one where said like '%Vries%'"
    assert await office.value(everywhere) == 0
    assert await rebuilt(office) == []
