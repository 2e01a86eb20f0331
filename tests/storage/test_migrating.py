"""Which tables a process can work with: those of its own release, and of a later one."""

from __future__ import annotations

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.migrations.run import MIGRATIONS
from storage.migrations.standing import is_migrated, steps

STANDS_AT = text("update alembic_version set version_num = :revision")


@pytest.mark.parametrize(
    ("revision", "is_enough"), [("0001", False), ("of a later release", True)], ids=["earlier", "later"]
)
def test_a_process_bears_later_tables_and_no_earlier_ones(
    connection: Connection, revision: str, is_enough: bool
) -> None:
    assert is_migrated(connection)
    connection.execute(STANDS_AT, {"revision": revision})
    assert is_migrated(connection) is is_enough


def test_a_database_without_tables_is_not_migrated(connection: Connection) -> None:
    connection.execute(text("delete from alembic_version"))
    assert not is_migrated(connection)


def test_a_database_where_nobody_was_is_not_migrated(connection: Connection) -> None:
    connection.execute(text("drop table alembic_version"))
    assert not is_migrated(connection)


def test_a_step_is_what_the_name_of_its_file_begins_with() -> None:
    known = [one.revision for one in ScriptDirectory(MIGRATIONS).walk_revisions()]
    assert list(steps()) == known[::-1]
