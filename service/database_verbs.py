"""How a verb of the command line works with the database: on a pool of its own, which it closes again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from service.cli_failure import Failure
from service.settings import Settings
from storage.database import MAY_HEAL, AsyncEngine, open_engine

Result = TypeVar("Result")


def with_database(settings: Settings, work: Callable[[AsyncEngine], Awaitable[Result]]) -> Result:
    """Do this work, whether or not a loop runs elsewhere.

    Raises: Failure when the database cannot be reached.
    """

    async def run() -> Result:
        engine = open_engine(settings.database_url, pool_size=1)
        try:
            return await work(engine)
        except MAY_HEAL as error:
            advice = "Is it running, and is STARTLOKET_DATABASE_URL right? On one machine: make run"
            raise Failure(f"The database could not be used ({type(error).__name__}).", advice) from error
        finally:
            await engine.dispose()

    return asyncio.run(run())
