"""Journeys over HTTP on the real stack, by tokens alone; and mishaps on one request, while all goes well elsewhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import uuid

from temporalio.client import WorkflowExecutionStatus

from storage.accounts import Role
from tests.journeys.callers import Caller
from tests.journeys.region import WEERT, regional_support
from tests.journeys.short_support import short_support
from tests.journeys.stack import REPOSITORY, REQUESTS, Json
from tests.journeys.to_embedding import has_got_there, in_months, submission, to_embedding
from workflows.messages import workflow_id

PLANT = """
    create function mistake() returns trigger language plpgsql as $$ begin raise exception 'planted'; end $$;
    create trigger planted before insert on event for each row when (new.type = 'PeriodChanged')
        execute function mistake()
"""


async def test_a_request_goes_from_submit_to_embedding(callers: dict[str, Caller]) -> None:
    await has_got_there(callers, await to_embedding(callers))


async def test_a_theme_session_and_two_examples_complete_a_request(callers: dict[str, Caller]) -> None:
    await short_support(callers)


async def test_a_region_gets_there_although_everything_changes(callers: dict[str, Caller]) -> None:
    stack = callers["staff"].stack
    await stack.open_account("weert", (Role.MEMBER, WEERT))
    await regional_support({**callers, "weert": Caller(stack=stack, who="weert")})


async def submitted(callers: dict[str, Caller]) -> Json:
    """A request of Venlo."""
    return await callers["venlo"].submit(**submission())


async def test_a_workflow_that_was_terminated_comes_back_with_the_next_command(callers: dict[str, Caller]) -> None:
    request, stack = await submitted(callers), callers["venlo"].stack
    await (await stack.temporal()).get_workflow_handle(workflow_id(request["id"])).terminate()

    now = await callers["venlo"].give(request, "note", text="Gaat het door?")

    assert len(now["notes"]) == 1
    assert await stack.workflow_status(request["id"]) is WorkflowExecutionStatus.RUNNING


async def test_a_closed_request_takes_a_note_and_refuses_the_rest(callers: dict[str, Caller]) -> None:
    request, venlo = await submitted(callers), callers["venlo"]
    now = await venlo.give(request, "withdraw", reason="Wij wachten nog een jaar.")
    assert (now["stage"], now["outcome"]) == ("CLOSED", "WITHDRAWN")

    refused = await venlo.ask(request, "amend", added=[{"kind": "ROLES"}])
    assert (refused.status_code, refused.json()["code"]) == (409, "NOT_IN_THIS_STAGE")
    await venlo.give(request, "note", text="Tot volgend jaar.")
    assert await venlo.stack.outcome_of_workflow(request["id"]) == "WITHDRAWN"


async def test_a_mistake_of_ours_ends_one_command_and_the_request_lives_on(callers: dict[str, Caller]) -> None:
    request, venlo, stack = await submitted(callers), callers["venlo"], callers["venlo"].stack
    path, key = f"{REQUESTS}/{request['id']}/commands", uuid.uuid4().hex
    period = {"start": in_months(1), "end": in_months(2)}
    body = {"type": "amend", "preferredPeriod": period}
    await stack.sql(PLANT)
    try:
        answer = await venlo.post(path, body, key=key)
        assert (answer.status_code, answer.json()["code"]) == (500, "INTERNAL")
        await venlo.give(request, "note", text="Dan later.")
    finally:
        await stack.sql("drop function mistake() cascade")

    mended = await venlo.post(path, body, key=key)
    assert (mended.status_code, mended.json()["preferredPeriod"]) == (200, period)
    types = [one["type"] for one in await callers["staff"].timeline(request)]
    assert types[-2:] == ["NoteWritten", "PeriodChanged"]
    assert await stack.workflow_status(request["id"]) is WorkflowExecutionStatus.RUNNING


def test_the_first_request_of_the_readme_is_submitted_once(callers: dict[str, Caller]) -> None:
    stack = callers["venlo"].stack
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    [typed] = [block for block in re.findall(r"```sh\n(.*?)```", readme, re.DOTALL) if "curl" in block]
    here = typed.replace(".venv/bin/startloket", f"{sys.executable} -m service.cli")
    command = ["/bin/bash", "-euc", here.replace("http://127.0.0.1:8000", f"http://127.0.0.1:{stack.port}")]
    first, again = [
        subprocess.run(command, cwd=REPOSITORY, env=stack.environment, text=True, capture_output=True, check=True)
        for _ in range(2)
    ]

    submitted = json.loads(first.stdout)
    assert (submitted["stage"], submitted["leadMunicipality"]) == ("INTAKE", "GM0983")
    assert json.loads(again.stdout) == submitted
