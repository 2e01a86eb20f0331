"""Records the histories that every later release must be able to replay: once, from real runs, and never again.

    python -m tests.replay.record_histories

A file that exists is what some request out there has lived through: it is not overwritten. A new path through the
shell gets a new history with a new name. What a history holds besides ids (the places in our code where a refusal was
raised) is taken out.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import uuid
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from temporalio.client import Client, WorkflowUpdateFailedError

from tests.temporal import IDENTITY, start_dev_server
from tests.workflows.desk import Desk
from tests.workflows.log_in_memory import TERM, LogInMemory, Once, mistaken
from workflows.conversion import DATA_CONVERTER
from workflows.messages import Envelope, Record

FOLDER = Path(__file__).parent / "histories"
SUGGESTED_AFTER = 60


async def submit(desk: Desk) -> None:
    """A request is submitted and waits for its first waking moment."""
    async with desk.at_work():
        await desk.send("submit")


async def command(desk: Desk) -> None:
    """Commands are recorded, one is refused, one moves the waking moment, one takes it away."""
    async with desk.at_work():
        await desk.send("submit")
        await desk.send("note")
        await expect_refusal(desk, "submit")
        await desk.send("postpone")
        await desk.send("pause")


async def wake(desk: Desk) -> None:
    """Time passes at two waking moments; at the third the log is away, until a command shows that it is back."""
    log = desk.log
    log.term = timedelta(seconds=1)
    async with desk.at_work():
        await desk.send("submit")
        await log.until(lambda: log.count_asked("pass_time") == 2 and not log.at_work)
        log.before_commit = Once(mistaken)
        await log.until(lambda: log.count_asked("pass_time") == 3 and not log.at_work)
        log.term = TERM
        await desk.send("note")
        await log.until(lambda: log.count_asked("pass_time") == 4 and not log.at_work)
        await desk.send("postpone")


async def continue_as_new(desk: Desk) -> None:
    """A history is long enough: the shell goes on in another."""
    async with desk.at_work():
        await desk.send("submit")
        first = (await desk.handle.describe()).run_id
        while (await desk.handle.describe()).run_id == first:
            await desk.send("note")


async def crash_and_catch_up(desk: Desk) -> None:
    """A worker is killed after the commit and before Temporal hears of it; later the log goes on unheard."""
    async with desk.at_work():
        await desk.send("submit")
    mortal = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.replay.record_histories"),
        *(desk.client.service_client.config.target_host, desk.task_queue),
    )
    unheard = Envelope(request_id=desk.request_id, type="note", command_id=str(uuid.uuid4()))
    answer = asyncio.create_task(desk.send(unheard.type, unheard.command_id))
    if await mortal.wait() != -signal.SIGKILL:
        raise RuntimeError("the worker did not die while it recorded")
    desk.log.commit(Record(envelope=unheard, at=desk.log.recorded[0].at))
    async with desk.at_work():
        await answer
        desk.log.move_on(desk.request_id, "postpone", desk.log.recorded[0].at)
        await desk.look_again()
        await desk.log.until(lambda: desk.log.count_asked("catch_up") == 1 and not desk.log.at_work)
        await desk.send("note")


async def close_and_reopen(desk: Desk) -> None:
    """A request is withdrawn and reopened in one task, and in the end withdrawn for good."""
    async with desk.at_work():
        await desk.send("submit")
    together = []
    for kind in ("withdraw", "reopen"):
        together.append(asyncio.create_task(desk.send(kind)))
        await desk.handle.describe()
    async with desk.at_work():
        await asyncio.gather(*together)
        await desk.send("withdraw")
        await desk.result()


JOURNEYS: tuple[Callable[[Desk], Awaitable[None]], ...] = (
    submit,
    command,
    wake,
    continue_as_new,
    crash_and_catch_up,
    close_and_reopen,
)


async def expect_refusal(desk: Desk, kind: str) -> None:
    """Give a command that the log refuses."""
    try:
        await desk.send(kind)
    except WorkflowUpdateFailedError:
        return
    raise RuntimeError(f"{kind} was not refused")


async def record(client: Client, journey: Callable[[Desk], Awaitable[None]]) -> str:
    """Live through a journey and give the history of its first run."""
    desk = Desk(client=client, log=LogInMemory())
    await journey(desk)
    first = (await desk.handle.describe()).raw_description.workflow_execution_info.first_run_id
    history = await client.get_workflow_handle(desk.handle.id, run_id=first).fetch_history()
    await desk.clear()
    return json.dumps(without_places(json.loads(history.to_json())), indent=1) + "\n"


def without_places(part: Any) -> Any:
    """Take out the places in our code: they are no ids, and replaying does not look at them."""
    if isinstance(part, dict):
        return {name: without_places(value) for name, value in part.items() if name != "stackTrace"}
    return [without_places(item) for item in part] if isinstance(part, list) else part


def say(line: str) -> None:
    """Tell whoever runs this."""
    sys.stdout.write(f"{line}\n")


async def record_what_is_missing() -> None:
    """Record every journey that has no history yet."""
    settings = {"limit.historyCount.suggestContinueAsNew": SUGGESTED_AFTER}
    async with await start_dev_server(settings) as environment:
        FOLDER.mkdir(exist_ok=True)
        for journey in JOURNEYS:
            file = FOLDER / f"{journey.__name__}.json"
            if file.exists():
                say(f"{file.name} stays as it was recorded")
            else:
                history = await record(environment.client, journey)
                file.write_text(history, encoding="utf-8")
                say(f"{file.name} recorded")


async def die_recording(target: str, task_queue: str) -> None:
    """Be the worker that is killed in the middle of its work."""

    async def die(_: Record) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    log = LogInMemory()
    log.before_commit = die
    client = await Client.connect(target, data_converter=DATA_CONVERTER, identity=IDENTITY)
    async with Desk(client=client, log=log, task_queue=task_queue).at_work():
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(die_recording(*sys.argv[1:]) if sys.argv[1:] else record_what_is_missing())
