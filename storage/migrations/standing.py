"""Where the tables of a database stand. Every start asks, and does so without Alembic, which takes long to read in."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, text

STEPS = Path(__file__).parent / "versions"
HAS_TABLES = text("select to_regclass('alembic_version') is not null")
STANDS_AT = text("select version_num from alembic_version")


def is_migrated(connection: Connection) -> bool:
    """Tell whether the tables are those of this release, or of a later one, which this one can bear as well."""
    if not connection.execute(HAS_TABLES).scalar_one():
        return False
    stands_at = connection.execute(STANDS_AT).scalar_one_or_none()
    return stands_at is not None and stands_at not in steps()[:-1]


@cache
def steps() -> tuple[str, ...]:
    """The revisions of this release in their order; each is what the name of its file begins with."""
    return tuple(sorted(file.name.partition("_")[0] for file in STEPS.glob("[0-9]*_*.py")))
