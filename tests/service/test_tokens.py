"""Tokens from the command line: for an open account, and for nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.cli_failure import Failure
from service.database_verbs import with_database
from service.settings import Settings
from service.tokens import issue_token
from storage.accounts import Account, Role, account_of_token, add_account
from storage.database import AsyncEngine

EMAIL = "staff@startloket.test"


@pytest.fixture
def settings(fresh_database_url: str) -> Settings:
    """The settings of a process on a database with one account."""
    settings = Settings(database_url=fresh_database_url)

    async def open_account(engine: AsyncEngine) -> None:
        async with engine.begin() as connection:
            await add_account(connection, name="Staf", email=EMAIL, grants=[(Role.STAFF, "")], now=datetime.now(UTC))

    with_database(settings, open_account)
    return settings


def account_of(settings: Settings, token: str, *, after: timedelta = timedelta()) -> Account | None:
    """Whose token it is, some time from now."""

    async def find(engine: AsyncEngine) -> Account | None:
        async with engine.connect() as connection:
            return await account_of_token(connection, token, datetime.now(UTC) + after)

    return with_database(settings, find)


def test_a_token_lets_its_account_in_for_ninety_days(settings: Settings) -> None:
    token = issue_token(settings, "Staff@startloket.test")

    account = account_of(settings, token)
    assert account is not None
    assert (account.email, account.actor.is_staff) == (EMAIL, True)
    assert account_of(settings, token, after=timedelta(days=91)) is None


def test_every_token_is_another(settings: Settings) -> None:
    assert issue_token(settings, EMAIL) != issue_token(settings, EMAIL)


def test_nobody_else_gets_one_and_is_told_what_to_do(settings: Settings) -> None:
    with pytest.raises(Failure, match="There is no open account for nobody@") as caught:
        issue_token(settings, "nobody@startloket.test")

    assert "startloket seed" in (caught.value.advice or "")


def test_the_command_prints_the_token_alone(settings: Settings) -> None:
    answer = CliRunner().invoke(app, ["token", EMAIL], env={"STARTLOKET_DATABASE_URL": settings.database_url})

    assert answer.exit_code == 0
    assert account_of(settings, answer.stdout.strip()) is not None
