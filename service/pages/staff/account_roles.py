"""Giving an account another role: who is known here already needs no invitation."""

from __future__ import annotations

from starlette.responses import Response

from service.pages.filled import filled
from service.pages.forms import Form, blank
from service.pages.guarding import Who, get, post
from service.pages.staff.one_account import ADDRESS, account_at, address_of_account
from service.pages.staff.roles import read_grants
from service.pages.visit import Visit
from storage.directory import AccountLine, add_grants
from storage.municipalities import MunicipalityLine, list_municipalities


async def show_roles(visit: Visit) -> Response:
    """Show which roles there are."""
    async with visit.reading.connect() as connection:
        account = await account_at(connection, visit)
        municipalities = await list_municipalities(connection)
    return _show(visit, account, municipalities, blank())


def _show(visit: Visit, account: AccountLine, municipalities: tuple[MunicipalityLine, ...], form: Form) -> Response:
    return visit.page(
        "staff/account_roles.html",
        title=visit.say("Another role for %(name)s", name=account.name or account.email),
        form=form,
        account=account,
        address=address_of_account(account),
        municipalities=[(one.code, one.name) for one in municipalities],
    )


async def add_roles(visit: Visit) -> Response:
    """Let somebody be something besides."""
    form = filled(visit)
    async with visit.parts.engine.begin() as connection:
        account = await account_at(connection, visit)
        municipalities = await list_municipalities(connection)
        grants = read_grants(form, {one.code for one in municipalities})
        if form.mistakes:
            return _show(visit, account, municipalities, form.again())
        await add_grants(connection, account.id, grants)
    return visit.see_other(address_of_account(account), said=visit.say("This account has these roles now."))


routes = (
    get(f"{ADDRESS}/rollen", show_roles, who=Who.STAFF),
    post(f"{ADDRESS}/rollen", add_roles, who=Who.STAFF),
)
