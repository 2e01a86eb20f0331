"""The way into PostgreSQL: one driver, one dialect, UTC on every connection.

What a connection is used for stands in the file of its subject; who opens and closes engines is up to the caller.
"""

from __future__ import annotations

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


def open_engine(url: str, *, pool_size: int) -> AsyncEngine:
    """Open a pool of connections that holds at most `pool_size`; broken ones are replaced unseen."""
    return create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=CONNECT_SECONDS,
        pool_pre_ping=False,
        hide_parameters=True,
        connect_args={"connect_timeout": CONNECT_SECONDS, "options": "-c timezone=UTC"},
    )


# What another attempt may find healed: a server that was away or restarted, a full pool, two who were first at once.
MAY_HEAL = (OperationalError, IntegrityError, InterfaceError, PoolTimeout)

__all__ = ["MAY_HEAL", "METADATA", "AsyncConnection", "AsyncEngine", "DBAPIError", "open_engine"]
