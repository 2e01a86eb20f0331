"""Accounts: who may come in with which token, and what they may be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.accounts import (
    LONGEST_LIFE,
    Account,
    Role,
    account_of_email,
    account_of_token,
    actor_of,
    add_account,
    issue_token,
    revoke_token,
)

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
A_DAY = timedelta(days=1)


async def opened(connection: AsyncConnection, *grants: tuple[Role, str], email: str = "an@venlo.test") -> Account:
    """An account."""
    return await add_account(connection, name="An Jansen", email=email, grants=grants, now=NOW)


async def test_a_token_lets_its_account_in(async_connection: AsyncConnection) -> None:
    account = await opened(async_connection, (Role.STAFF, ""))
    token = await issue_token(async_connection, account.id, now=NOW, label="test")
    assert token.startswith("ksl_")
    assert await account_of_token(async_connection, token, NOW) == account


async def test_a_token_is_kept_as_a_hash(async_connection: AsyncConnection) -> None:
    account = await opened(async_connection)
    token = await issue_token(async_connection, account.id, now=NOW, label="test")
    found = (await async_connection.exec_driver_sql("select api_token::text from api_token")).scalars().all()
    assert found
    assert not any(token in row or token.removeprefix("ksl_") in row for row in found)


async def test_a_token_that_expired_was_revoked_or_is_made_up_lets_nobody_in(async_connection: AsyncConnection) -> None:
    account = await opened(async_connection)
    short = await issue_token(async_connection, account.id, now=NOW, label="test", life=A_DAY)
    revoked = await issue_token(async_connection, account.id, now=NOW, label="test")
    await revoke_token(async_connection, revoked, NOW)

    assert await account_of_token(async_connection, short, NOW + A_DAY - timedelta(seconds=1)) == account
    assert await account_of_token(async_connection, short, NOW + A_DAY) is None
    for token in (revoked, "ksl_wrong", "ksl_\x00", "wrong", "", short.upper(), f"{short} "):
        assert await account_of_token(async_connection, token, NOW) is None


async def test_no_token_lives_longer_than_a_year(async_connection: AsyncConnection) -> None:
    account = await opened(async_connection)
    token = await issue_token(async_connection, account.id, now=NOW, label="test", life=timedelta(days=5000))
    assert await account_of_token(async_connection, token, NOW + LONGEST_LIFE) is None


async def test_a_closed_account_lets_nobody_in(async_connection: AsyncConnection) -> None:
    account = await opened(async_connection)
    token = await issue_token(async_connection, account.id, now=NOW, label="test")
    await async_connection.exec_driver_sql("update account set closed_at = now()")
    assert await account_of_token(async_connection, token, NOW) is None
    assert await account_of_email(async_connection, account.email) is None


async def test_an_address_is_one_account_whatever_its_capitals_and_gets_the_roles_it_lacks(
    async_connection: AsyncConnection,
) -> None:
    first = await opened(async_connection, (Role.MEMBER, "GM0983"))
    again = await opened(async_connection, (Role.MEMBER, "GM0983"), (Role.ACTING, "GM0935"), email="An@Venlo.test")
    assert again.id == first.id
    assert again.actor.municipalities == {"GM0983", "GM0935"}


@pytest.mark.parametrize(
    ("grants", "says"),
    [
        ([("STAFF", "")], {"is_staff": True}),
        ([("ADVISOR", "")], {"is_advisor": True}),
        ([("STAFF", "GM0983")], {"is_staff": False}),
        ([("MEMBER", "GM0983"), ("ACTING", "GM0935")], {"municipalities": {"GM0983", "GM0935"}}),
        ([("SUPPORTING_PARTY", "Burgerkracht")], {"organisations": {"Burgerkracht"}, "municipalities": set()}),
        ([], {"is_staff": False, "is_advisor": False, "is_time": False}),
    ],
)
def test_grants_make_an_actor(grants: list[tuple[str, str]], says: dict[str, object]) -> None:
    actor = actor_of("person:1", grants)
    assert {name: getattr(actor, name) for name in says} == says
