"""The way into PostgreSQL: one driver, one dialect, UTC on every connection.

What a connection is used for stands in the file of its subject; who opens and closes engines is up to the caller.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar

from psycopg.errors import UniqueViolation
from sqlalchemy import MetaData
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlmodel import SQLModel

Found = TypeVar("Found")
METADATA: MetaData = SQLModel.metadata
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA.naming_convention = NAMING
CONNECT_SECONDS = 3
IN_UTC = "-c timezone=UTC"


def open_engine(url: str, *, pool_size: int, patience: timedelta | None = None) -> AsyncEngine:
    """Open a pool of connections that holds at most `pool_size`.

    With `patience` no statement, nor the wait for a lock, takes longer: whoever asked hears that it failed, in time to
    ask again.
    """
    limit = "" if patience is None else f" -c statement_timeout={patience // timedelta(milliseconds=1)}"
    return _open(url, pool_size, f"{IN_UTC}{limit}")


def open_reading(url: str, *, pool_size: int) -> AsyncEngine:
    """Open a pool to look things up with, of at most `pool_size` connections.

    Each statement is a transaction of its own, so that nothing is begun or ended when a connection is lent.
    """
    return _open(url, pool_size, IN_UTC, isolation_level="AUTOCOMMIT", pool_reset_on_return=None)


def _open(url: str, pool_size: int, options: str, **more: Any) -> AsyncEngine:  # noqa: ANN401 - as SQLAlchemy takes them
    return create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=CONNECT_SECONDS,
        pool_pre_ping=False,
        pool_use_lifo=True,  # The connection used last has its statements prepared and planned.
        hide_parameters=True,
        connect_args={"connect_timeout": CONNECT_SECONDS, "options": options},
        **more,
    )


def one_by_one(engine: AsyncEngine) -> AsyncEngine:
    """The same pool, without beginning and ending a transaction: each statement is one of its own.

    Each sees what is committed when it begins, as it does within a transaction of PostgreSQL.
    """
    return engine.execution_options(isolation_level="AUTOCOMMIT")


async def surely(look: Callable[[], Awaitable[Found]]) -> Found:
    """Do something; once more when the connection turned out to be from before the database restarted.

    Raises: DBAPIError when that was not why it failed, or it failed again.
    """
    try:
        return await look()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    return await look()


MAY_HEAL = (OperationalError, InterfaceError, PoolTimeout)
"""What another attempt may find healed: a server that was away, slow or restarted, or a full pool."""


def may_heal(error: Exception) -> bool:
    """Say whether another attempt may go well; it also does when another was first."""
    if isinstance(error, IntegrityError):
        return isinstance(error.orig, UniqueViolation)
    return isinstance(error, MAY_HEAL)


__all__ = [
    "MAY_HEAL",
    "METADATA",
    "AsyncConnection",
    "AsyncEngine",
    "DBAPIError",
    "may_heal",
    "one_by_one",
    "open_engine",
    "open_reading",
    "surely",
]
