"""Recording: the one transaction. What is judged under the lock counts; what is refused changes nothing."""

from __future__ import annotations

import asyncio
import uuid
from datetime import timedelta

import pytest

from domain.assignment import AcceptAssignment, Assign
from domain.intake import Accept
from domain.refusal import Refusal
from domain.submitting import CoalitionChoice
from domain.talking import TakeNote
from domain.words import Domain
from storage import codec
from storage.coalitions import load_coalition
from storage.recording import CommandLost, record
from storage.requests import Unreadable
from tests.domain.agreements import partner, searching
from tests.domain.journey import MONDAY
from tests.office import GOOD_FOR, Office

A_SECOND = timedelta(seconds=1)


EVERYTHING = """
    select jsonb_build_array(
        (select jsonb_agg(event) from event), (select jsonb_agg(support_request) from support_request),
        (select jsonb_agg(task) from task), (select jsonb_agg(outbox) from outbox),
        (select jsonb_agg(coalition) from coalition), (select jsonb_agg(command) from command))
"""
SOMEBODY_WAITS = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
POSITIONS_AFTER = "select coalesce(array_agg(position order by position), '{}') from event where position > :last"


async def everything(office: Office) -> object:
    """All that the tables hold about requests, to see that nothing changed."""
    return await office.value(EVERYTHING)


async def until_somebody_waits(office: Office) -> None:
    """Wait until PostgreSQL says that somebody waits for a lock."""
    while not await office.value(SOMEBODY_WAITS):  # noqa: ASYNC110 - a lock of PostgreSQL sets no event
        await asyncio.sleep(0)


async def test_a_submission_makes_log_row_tasks_and_coalition(office: Office) -> None:
    request_id = await office.submit()

    events = await office.events(request_id)
    request = await office.request(request_id)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert events[-1].seq == request.version == await office.value("select version from support_request")
    assert await office.value("select reference from support_request") == "KS-2026-00001"
    assert await office.value("select array_agg(kind) from task") == ["TRIAGE"]
    assert (await office.coalition(request_id)).name == "Kansrijke Start Venlo"


async def test_a_command_that_is_recorded_again_is_recorded_once(office: Office) -> None:
    request_id = await office.submit()
    command_id = await office.keep("venlo", request_id, TakeNote(text="Eén keer."))

    first = await office.record(request_id, command_id)
    again = await office.record(request_id, command_id)

    assert first == again
    assert [event.type for event in await office.events(request_id)].count("NoteWritten") == 1
    assert await office.value("select version from command where id = :id", id=command_id) == first.version


async def test_the_body_of_a_recorded_command_is_emptied_and_its_fingerprint_stays(office: Office) -> None:
    await office.submit()
    assert await office.value("select array_agg(body) from command") == [None]
    assert await office.value("select count(fingerprint) from command") == 1


async def test_two_commands_at_once_on_one_request_come_one_after_the_other(office: Office) -> None:
    request_id = await office.submit()
    kept = [await office.keep("venlo", request_id, TakeNote(text=f"Notitie {number}.")) for number in range(8)]

    versions = [bare.version for bare in await asyncio.gather(*(office.record(request_id, one) for one in kept))]

    assert sorted(versions) == list(range(min(versions), min(versions) + 8))
    assert len((await office.request(request_id)).notes) == 8


async def test_the_same_command_twice_at_once_is_recorded_once(office: Office) -> None:
    request_id = await office.submit()
    command_id = await office.keep("venlo", request_id, TakeNote(text="Eén keer."))

    await asyncio.gather(*(office.record(request_id, command_id) for _ in range(5)))

    assert len((await office.request(request_id)).notes) == 1


async def test_who_had_to_wait_judges_on_the_coalition_as_it_is_then(office: Office) -> None:
    request_id = await office.under_way()
    search = await office.keep("advisor", request_id, searching())
    note = await office.keep("venlo", request_id, TakeNote(text="Tegelijk."))

    async with office.engine.begin() as connection:
        await record(connection, request_id, search, MONDAY)
        waiting = asyncio.create_task(office.record(request_id, note))
        await until_somebody_waits(office)
    await waiting

    request = await office.request(request_id)
    [sought] = request.seats
    assert f"SEEK_PARENTS:{sought}" in request.terms
    assert await office.value("select count(*) from task where kind = 'SEEK_PARENTS'") == 1


async def test_rule_19_a_second_request_begins_with_the_partners_of_the_first(office: Office) -> None:
    first = await office.under_way()
    await office.give("advisor", first, partner())
    coalition = await office.coalition(first)

    second = await office.submit(coalition=CoalitionChoice(id=coalition.id))

    assert (await office.request(second)).partners == coalition.partners
    assert await office.value("select count(*) from coalition") == 1


async def test_rule_19_what_two_requests_change_at_once_in_their_coalition_is_all_there(office: Office) -> None:
    first, second = await office.two_for_one_coalition()
    asked = [
        (request_id, await office.keep("advisor", request_id, partner(organisation=f"Organisatie {number}")))
        for number in range(4)
        for request_id in (first, second)
        if (number % 2 == 0) == (request_id == first)
    ]

    await asyncio.gather(*(office.record(request_id, command_id) for request_id, command_id in asked))

    names = {one.organisation for one in (await office.coalition(first)).partners.values()}
    assert names == {f"Organisatie {number}" for number in range(4)}


async def test_the_same_partner_added_by_two_requests_at_once_is_refused_to_the_second(office: Office) -> None:
    first, second = await office.two_for_one_coalition()
    kept = {one: await office.keep("advisor", one, partner(domain=Domain.MEDICAL)) for one in (first, second)}

    ended = await asyncio.gather(*(office.record(*one) for one in kept.items()), return_exceptions=True)

    [refused] = [one for one in ended if isinstance(one, Refusal)]
    assert refused.code == "PARTNER_TWICE"
    assert len((await office.coalition(first)).partners) == 1


async def test_a_request_can_begin_with_a_coalition_that_another_is_changing(office: Office) -> None:
    coalition = await office.coalition(await office.under_way())

    async with office.engine.begin() as connection:
        await load_coalition(connection, coalition.id, lock=True)
        second = await asyncio.wait_for(office.submit(coalition=CoalitionChoice(id=coalition.id)), timeout=5)

    assert (await office.request(second)).coalition == coalition


async def test_positions_follow_the_order_of_commits(office: Office) -> None:
    requests = [await office.submit() for _ in range(4)]
    kept = [(one, await office.keep("venlo", one, TakeNote(text="Tegelijk."))) for one in requests * 3]
    last = await office.value("select max(position) from event")
    seen: list[object] = []

    async def follow() -> None:
        """Read on from the last position, as a system that follows along does."""
        while len(seen) < len(kept):
            found = await office.value(POSITIONS_AFTER, last=seen[-1] if seen else last)
            assert isinstance(found, list)
            seen.extend(found)

    await asyncio.gather(follow(), *(office.record(*one) for one in kept))

    assert seen == await office.value(POSITIONS_AFTER, last=last)


async def test_a_command_that_waited_too_long_is_not_carried_out(office: Office) -> None:
    request_id = await office.submit()
    command_id = await office.keep("venlo", request_id, TakeNote(text="Te lang."))
    before = await everything(office)

    with pytest.raises(Refusal) as refused:
        await office.record(request_id, command_id, MONDAY + GOOD_FOR + A_SECOND)

    assert refused.value.code == "EXPIRED"
    assert await everything(office) == before


@pytest.mark.parametrize(
    ("lost", "code"),
    [
        ("delete from account_grant where account_id = :account", "NOT_YOURS"),
        ("update account set closed_at = now() where id = :account", "ROLE_LOST"),
    ],
)
async def test_a_role_that_was_lost_after_the_door_is_lost(office: Office, lost: str, code: str) -> None:
    request_id = await office.submit()
    command_id = await office.keep("venlo", request_id, TakeNote(text="Nog net."))
    await office.execute(lost, account=office.accounts["venlo"].id)
    before = await everything(office)

    with pytest.raises(Refusal) as refused:
        await office.record(request_id, command_id)

    assert refused.value.code == code
    assert await everything(office) == before


async def test_what_was_stale_at_the_record_is_refused_although_the_door_let_it_in(office: Office) -> None:
    request_id = await office.submit()
    seen = (await office.request(request_id)).version
    accepting = Accept(verified=True)
    late = await office.keep("staff", request_id, accepting, based_on=seen)
    await office.give("staff", request_id, accepting)

    with pytest.raises(Refusal) as refused:
        await office.record(request_id, late)
    assert refused.value.code == "STALE"


async def test_a_command_that_was_never_kept_is_lost_and_not_made_up(office: Office) -> None:
    request_id = await office.submit()
    with pytest.raises(CommandLost):
        await office.record(request_id, uuid.uuid4())
    with pytest.raises(CommandLost):
        await office.record(str(uuid.uuid4()), uuid.uuid4())


async def test_a_kept_command_of_another_request_is_not_recorded_here(office: Office) -> None:
    one, other = await office.submit(), await office.submit()
    command_id = await office.keep("venlo", one, TakeNote(text="Voor de ene."))
    with pytest.raises(CommandLost):
        await office.record(other, command_id)


async def test_a_row_of_a_newer_release_is_not_read_and_nothing_changes(office: Office) -> None:
    request_id = await office.submit()
    command_id = await office.keep("venlo", request_id, TakeNote(text="Straks."))
    await office.execute("update support_request set state_schema = :newer", newer=codec.STATE_SCHEMA + 1)
    before = await everything(office)

    for asked in (command_id, None):
        with pytest.raises(Unreadable):
            await office.record(request_id, asked)
    assert await everything(office) == before


async def test_a_command_of_a_newer_release_is_not_read_and_nothing_changes(office: Office) -> None:
    request_id = await office.submit()
    command_id = await office.keep("venlo", request_id, TakeNote(text="Straks."))
    await office.execute("update command set type = 'dance' where id = :id", id=command_id)
    before = await everything(office)

    with pytest.raises(codec.UnknownTag):
        await office.record(request_id, command_id)
    assert await everything(office) == before


async def test_an_older_state_is_folded_from_the_log_and_written_back(office: Office) -> None:
    request_id = await office.under_way()
    await office.give("advisor", request_id, partner())
    before = await office.request(request_id)
    await office.execute('update support_request set state_schema = 0, state = \'{"shape": "of before"}\'')

    assert await office.request(request_id) == before
    await office.give("venlo", request_id, TakeNote(text="Nieuwe vorm."))

    assert await office.value("select state_schema from support_request") == codec.STATE_SCHEMA
    after = await office.request(request_id)
    assert (after.version, after.partners, after.terms) == (before.version + 1, before.partners, before.terms)


async def test_an_older_state_is_not_folded_over_an_event_of_a_newer_release(office: Office) -> None:
    request_id = await office.submit()
    command_id = await office.keep("venlo", request_id, TakeNote(text="Straks."))
    await office.execute("update support_request set state_schema = 0")
    await office.tamper("update event set type = 'DanceDanced' where seq = 2")
    before = await everything(office)

    with pytest.raises(codec.UnknownTag):
        await office.record(request_id, command_id)
    assert await everything(office) == before


async def test_time_that_brings_nothing_changes_nothing(office: Office) -> None:
    request_id = await office.submit()
    before = await everything(office)
    bare = await office.record(request_id, None, MONDAY + A_SECOND)
    assert (bare.version, bare.is_open) == ((await office.request(request_id)).version, True)
    assert await everything(office) == before


async def test_time_brings_what_is_due_and_says_when_it_looks_again(office: Office) -> None:
    request_id = await office.submit()
    due = (await office.record(request_id, None, MONDAY)).wake_at
    assert due is not None

    after = await office.record(request_id, None, due)

    reminded = (await office.events(request_id))[-1]
    assert (reminded.type, reminded.at, reminded.by) == ("TaskReminded", due, "time")
    assert after.wake_at is None or after.wake_at > due


async def test_a_declined_assignment_leaves_no_task_behind(office: Office) -> None:
    request_id = await office.submit()
    await office.give("staff", request_id, Accept(verified=True))
    await office.give("staff", request_id, Assign(lead_advisor=office.person("advisor")))
    assert await office.value("select array_agg(kind) from task") == ["ACCEPT_ASSIGNMENT"]
    await office.give("advisor", request_id, AcceptAssignment(no_own_interest=True))
    assert await office.value("select array_agg(kind) from task") == ["PROPOSE_VISIT"]
