"""The way into PostgreSQL: one driver, one dialect, UTC on every connection.

What a connection is used for stands in the file of its subject; who opens and closes engines is up to the caller.
"""

from __future__ import annotations

from datetime import timedelta

from psycopg.errors import UniqueViolation
from sqlalchemy import MetaData
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlmodel import SQLModel

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


def open_engine(url: str, *, pool_size: int, patience: timedelta | None = None) -> AsyncEngine:
    """Open a pool of connections that holds at most `pool_size`.

    With `patience` no statement, nor the wait for a lock, takes longer: whoever asked hears that it failed, in time to
    ask again.
    """
    options = "-c timezone=UTC"
    if patience is not None:
        options += f" -c statement_timeout={patience // timedelta(milliseconds=1)}"
    return create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=CONNECT_SECONDS,
        pool_pre_ping=False,
        hide_parameters=True,
        connect_args={"connect_timeout": CONNECT_SECONDS, "options": options},
    )


def one_by_one(engine: AsyncEngine) -> AsyncEngine:
    """The same pool, without beginning and ending a transaction: each statement is one of its own.

    Each sees what is committed when it begins, as it does within a transaction of PostgreSQL.
    """
    return engine.execution_options(isolation_level="AUTOCOMMIT")


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
]
