"""Brings a database to the tables and reference data of this release. Safe to run again, and by two at once."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text

from storage.municipalities import load_reference

MIGRATION_LOCK = 0x4D49_4752
MIGRATIONS = str(Path(__file__).parent)


def migrate(url: str) -> None:
    """Bring the database at this URL up to date and load the reference data."""
    engine = create_engine(url, connect_args={"options": "-c timezone=UTC"})
    with engine.connect() as connection:
        connection.execute(text(f"select pg_advisory_lock({MIGRATION_LOCK})"))
        connection.commit()
        try:
            _upgrade(connection)
            with connection.begin():
                load_reference(connection)
        finally:
            connection.rollback()
            connection.execute(text(f"select pg_advisory_unlock({MIGRATION_LOCK})"))
            connection.commit()
    engine.dispose()


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    config.set_main_option("path_separator", "os")
    return config
