"""The doer `record`: which failure is which, and what is logged of it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from activities.recording import Recorder
from domain.command import Context
from domain.event import Fact
from domain.request import SupportRequest
from domain.subjects import DECIDE
from domain.talking import TakeNote
from storage.database import open_engine
from tests.domain.journey import MONDAY
from tests.office import GOOD_FOR, Office
from workflows.messages import CATCH_UP, PASS_TIME, UNAVAILABLE, Envelope, Record, Standing

NOTE = TakeNote(text="Over mevrouw De Vries.")


def message(request_id: str, kind: str, command_id: uuid.UUID | None = None) -> Record:
    """What the shell asks, as of a Monday morning."""
    envelope = Envelope(request_id=request_id, type=kind, command_id=str(command_id) if command_id else None)
    return Record(envelope=envelope, at=MONDAY)


async def failure(office: Office, asked: Record) -> ApplicationError:
    """How a record fails; nothing is changed by it."""
    before = await office.value("select jsonb_agg(event) from event")
    with pytest.raises(ApplicationError) as failed:
        await Recorder(office.engine).record(asked)
    assert await office.value("select jsonb_agg(event) from event") == before
    return failed.value


async def test_a_standing_says_where_a_request_is_and_no_more(office: Office) -> None:
    request_id = await office.submit()
    standing = await Recorder(office.engine).record(message(request_id, CATCH_UP))
    request = await office.request(request_id)
    assert (standing.version, standing.stage, standing.is_open) == (request.version, "INTAKE", True)
    assert standing == await Recorder(office.engine).record(message(request_id, PASS_TIME))
    assert "gemeente" not in json.dumps(str(standing))


async def test_a_request_that_was_never_recorded_stands_nowhere(office: Office) -> None:
    assert await Recorder(office.engine).record(message(str(uuid.uuid4()), CATCH_UP)) == Standing()


async def test_a_refusal_travels_as_its_code_and_is_not_tried_again(office: Office) -> None:
    request_id = await office.submit()
    command_id = await office.keep("advisor", request_id, NOTE)
    failed = await failure(office, message(request_id, "note", command_id))
    assert (failed.type, failed.non_retryable, failed.category) == ("NOT_YOURS", True, ApplicationErrorCategory.BENIGN)
    assert failed.details == ({"field": None, "parameters": {}},)


async def test_an_expired_command_is_refused(office: Office) -> None:
    request_id = await office.submit()
    command_id = await office.keep("venlo", request_id, NOTE, at=MONDAY - 2 * GOOD_FOR)
    assert (await failure(office, message(request_id, "note", command_id))).type == "EXPIRED"


async def test_what_a_newer_release_wrote_is_unavailable(office: Office) -> None:
    request_id = await office.submit()
    await office.execute("update support_request set state_schema = 99")
    failed = await failure(office, message(request_id, PASS_TIME))
    assert (failed.type, failed.non_retryable) == (UNAVAILABLE, True)


async def test_a_command_that_was_lost_is_unavailable(office: Office) -> None:
    request_id = await office.submit()
    failed = await failure(office, message(request_id, "note", uuid.uuid4()))
    assert (failed.type, failed.non_retryable) == (UNAVAILABLE, True)


async def test_a_database_that_is_away_is_tried_again() -> None:
    nowhere = open_engine("postgresql+psycopg://nobody@/nothing?host=/nowhere", pool_size=1)
    with pytest.raises(ApplicationError) as failed:
        await Recorder(nowhere).record(message(str(uuid.uuid4()), CATCH_UP))
    assert (failed.value.type, failed.value.non_retryable) == (UNAVAILABLE, False)
    await nowhere.dispose()


def mistaken(request: SupportRequest, command: TakeNote, context: Context) -> Iterator[Fact]:
    """A rule with a bug."""
    raise KeyError(command.text)


async def test_a_mistake_in_a_rule_ends_one_command_and_is_logged_without_words(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    request_id = await office.submit()
    command_id = await office.keep("venlo", request_id, NOTE)
    with monkeypatch.context() as planted, capture_logs() as logged:
        planted.setitem(DECIDE, TakeNote, mistaken)
        failed = await failure(office, message(request_id, "note", command_id))
    assert (failed.type, failed.non_retryable) == ("INTERNAL", True)
    assert "Vries" not in str(failed)
    assert [line["event"] for line in logged] == ["record_failed"]

    await Recorder(office.engine).record(message(request_id, "note", command_id))
    assert len((await office.request(request_id)).notes) == 1
