"""The way of one command: judged at the door, recorded by its workflow, answered by its key."""

from __future__ import annotations

import asyncio
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs
from temporalio.testing import WorkflowEnvironment

from domain.assignment import AcceptAssignment
from domain.command import Command
from domain.intake import Accept
from domain.refusal import Refusal
from domain.talking import NoteWritten, TakeNote
from domain.words import Capacity
from service import giving
from service.giving import Given, KeyReused, NotFound, NotKnown, OurMistake, person_id_of, request_id_of
from service.sign_in.hats import Hat, wearing
from storage.accounts import Account, Role, add_account
from storage.people import PersonCard
from tests.domain.journey import submission
from tests.office import Office
from tests.shell import Shell

NOTE = TakeNote(text="Goed nieuws.")
IN_A_MOMENT = timedelta(milliseconds=300)
PLANT = """
    create function mistake() returns trigger language plpgsql as $$ begin raise exception 'planted'; end $$;
    create trigger planted before insert on event for each row when (new.type = 'NoteWritten')
        execute function mistake()
"""


def key() -> str:
    """A key that was not used before."""
    return uuid.uuid4().hex


async def submitted(shell: Shell) -> str:
    """A request that Venlo submitted by the door."""
    return (await shell.giving.submit(shell.office.accounts["venlo"], submission(), key=key())).request_id


async def noted(shell: Shell, request_id: str, note_key: str, *, who: str = "venlo", **given: object) -> Given:
    """A note that was given."""
    command = given.pop("command", NOTE)
    return await shell.giving.give(shell.office.accounts[who], request_id, command, key=note_key, **given)  # type: ignore[arg-type]  # of all sorts


async def test_a_submission_makes_a_request_whose_id_follows_from_account_and_key(shell: Shell) -> None:
    venlo, sent = shell.office.accounts["venlo"], key()
    given = await shell.giving.submit(venlo, submission(), key=sent)
    assert given.created
    assert given.request_id == request_id_of(venlo, sent)
    assert (await shell.office.request(given.request_id)).version == given.version


async def test_rule_13_the_same_command_twice_is_one_command(shell: Shell) -> None:
    request_id, sent = await submitted(shell), key()
    first = await noted(shell, request_id, sent)
    assert await noted(shell, request_id, sent) == first
    assert len((await shell.office.request(request_id)).notes) == 1


async def test_rule_13_a_double_click_is_one_command(shell: Shell) -> None:
    venlo, sent = shell.office.accounts["venlo"], key()
    twice = await asyncio.gather(*(shell.giving.submit(venlo, submission(), key=sent) for _ in range(3)))
    assert len({one.request_id for one in twice}) == 1
    assert await shell.office.value("select count(*) from support_request") == 1


async def test_rule_13_a_key_with_another_content_is_refused(shell: Shell) -> None:
    request_id, other, sent = await submitted(shell), await submitted(shell), key()
    await noted(shell, request_id, sent)
    for changed in ({"command": TakeNote(text="Iets anders.")}, {"request_id": other}):
        with pytest.raises(KeyReused):
            await noted(shell, **{"request_id": request_id, "note_key": sent, **changed})  # type: ignore[arg-type]  # as above


async def test_rule_13_a_key_that_another_account_used_reveals_nothing(shell: Shell) -> None:
    request_id, sent = await submitted(shell), key()
    await noted(shell, request_id, sent)
    await noted(shell, request_id, sent, who="staff", command=TakeNote(text="Van ons."))
    assert len((await shell.office.request(request_id)).notes) == 2


async def test_who_may_not_see_a_request_does_not_find_it(shell: Shell) -> None:
    request_id = await submitted(shell)
    for who, wanted in (("maastricht", request_id), ("advisor", request_id), ("venlo", str(uuid.uuid4()))):
        with pytest.raises(NotFound):
            await noted(shell, wanted, key(), who=who)


async def test_rule_12_what_changed_since_is_stale_and_what_did_not_is_not(shell: Shell) -> None:
    request_id = await submitted(shell)
    seen = (await shell.office.request(request_id)).version
    await noted(shell, request_id, key())
    await noted(shell, request_id, key(), who="staff", command=Accept(verified=True), based_on=seen)
    with pytest.raises(Refusal) as refused:
        await noted(shell, request_id, key(), who="staff", command=Accept(verified=True), based_on=seen)
    assert refused.value.code == "STALE"


async def test_people_who_are_named_are_written_down_apart(shell: Shell) -> None:
    venlo, sent = shell.office.accounts["venlo"], key()
    person = person_id_of(venlo, sent, "contact")
    named = {person: PersonCard(name="An Jansen", email="an@venlo.test")}
    await shell.giving.submit(venlo, submission(contact=person), key=sent, people=named)
    assert await shell.office.value("select name from person where id = :id", id=person) == "An Jansen"
    assert await shell.office.value("select count(*) from event where event::text like '%Jansen%'") == 0


async def test_without_a_worker_refusals_are_given_and_the_rest_is_not_known_until_one_comes(
    office: Office, dev_server: WorkflowEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell(office=office, client=dev_server.client)
    request_id, sent = await office.submit(), key()
    monkeypatch.setattr(giving, "LONGEST_WAIT", IN_A_MOMENT)
    with pytest.raises(Refusal):
        await noted(shell, request_id, key(), command=Accept())
    with pytest.raises(NotKnown):
        await noted(shell, request_id, sent)
    assert (await office.request(request_id)).notes == {}

    monkeypatch.undo()
    async with shell.at_work():
        given = await noted(shell, request_id, sent)
    [note] = [event for event in await office.events(request_id) if isinstance(event.fact, NoteWritten)]
    assert given.version >= note.seq, "time may have gone on before the second attempt was answered"


async def test_what_was_recorded_is_answered_by_its_key_also_without_a_worker(
    office: Office, dev_server: WorkflowEnvironment
) -> None:
    shell, sent = Shell(office=office, client=dev_server.client), key()
    async with shell.at_work():
        request_id = await submitted(shell)
        first = await noted(shell, request_id, sent)
    assert await noted(shell, request_id, sent) == first


async def test_a_mistake_of_ours_is_said_and_the_same_key_tries_again(shell: Shell) -> None:
    request_id, sent = await submitted(shell), key()
    await shell.office.execute(PLANT)
    try:
        with capture_logs() as logged, pytest.raises(OurMistake):
            await noted(shell, request_id, sent)
        assert [line["event"] for line in logged] == ["record_failed"]
    finally:
        await shell.office.execute("drop function mistake() cascade")
    await noted(shell, request_id, sent)
    assert len((await shell.office.request(request_id)).notes) == 1


async def test_no_word_that_somebody_typed_comes_into_temporal(shell: Shell) -> None:
    request_id = await submitted(shell)
    await noted(shell, request_id, key())
    history = await shell.workflow(request_id).fetch_history()
    written = history.to_json()
    assert request_id in written
    assert not any(word in written for word in ("coalitie", "Goed nieuws", "Venlo", "@"))


async def test_a_command_is_recorded_in_the_role_it_was_given_in(shell: Shell) -> None:
    request_id, staff = await submitted(shell), shell.office.accounts["staff"]
    async with shell.office.engine.begin() as connection:
        grants, now = ((Role.STAFF, ""), (Role.ADVISOR, "")), datetime.now(UTC)
        both = await add_account(connection, name="Ab", email="both@startloket.test", grants=grants, now=now)
    as_advisor, as_staff = wearing(both, Hat.ADVISOR), wearing(both, Hat.STAFF)
    steps: list[tuple[Account, Command]] = [
        (staff, Accept(verified=True, lead_advisor=both.person)),
        (as_advisor, AcceptAssignment(no_own_interest=True)),
        (as_advisor, NOTE),
        (as_staff, NOTE),
        (both, NOTE),
    ]
    for account, command in steps:
        await shell.giving.give(account, request_id, command, key=key())
    events = await shell.office.events(request_id)
    notes = [event.capacity for event in events if event.type == "NoteWritten"]
    assert notes == [Capacity.ADVISOR, Capacity.STAFF, Capacity.STAFF]


async def test_nobody_becomes_in_a_role_what_they_are_not(shell: Shell) -> None:
    request_id, staff = await submitted(shell), wearing(shell.office.accounts["staff"], Hat.ADVISOR)
    with pytest.raises(NotFound):
        await shell.giving.give(staff, request_id, NOTE, key=key())
