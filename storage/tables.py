"""All tables together, so that migrations and tests see every one of them. Each is declared beside its own queries."""

from sqlmodel import SQLModel

from storage import (
    accounts,
    asking,
    coalitions,
    drafts,
    identities,
    kept,
    log,
    municipalities,
    outbox,
    overview,
    people,
    requests,
    sessions,
    tasks,
)

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "accounts",
    "asking",
    "coalitions",
    "drafts",
    "identities",
    "kept",
    "log",
    "municipalities",
    "outbox",
    "overview",
    "people",
    "requests",
    "sessions",
    "tasks",
]
