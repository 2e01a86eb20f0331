"""API tokens of an account: made for a machine or a script, shown once, revoked at any time."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from starlette.responses import Response

from service.pages.filled import filled
from service.pages.forms import Form, blank
from service.pages.guarding import Who, get, post
from service.pages.staff.one_account import ADDRESS, account_at, address_of_account
from service.pages.visit import Visit
from storage.accounts import issue_token_once
from storage.directory import AccountLine, revoke_token_of

LIVES: Final = ("30", "90", "365")
"""For how many days a token may work."""


async def show_making(visit: Visit) -> Response:
    """Show the form of a new token."""
    async with visit.reading.connect() as connection:
        account = await account_at(connection, visit)
    return _show(visit, account, blank(life="90"))


def _show(visit: Visit, account: AccountLine, form: Form) -> Response:
    return visit.page(
        "staff/new_token.html",
        title=visit.say("Make a token"),
        form=form,
        account=account,
        address=address_of_account(account),
        lives=[(days, visit.say("%(days)s days", days=days)) for days in LIVES],
    )


async def make_token(visit: Visit) -> Response:
    """Make a token and show it, the only time that anybody sees it."""
    form = filled(visit)
    label = form.line("label", missing=visit.say("Write what the token is for."), most=80)
    days = form.one_of("life", LIVES, missing=visit.say("Choose how long it works."))
    async with visit.parts.engine.begin() as connection:
        account = await account_at(connection, visit)
        if form.mistakes:
            return _show(visit, account, form.again())
        life = timedelta(days=int(days))
        token = await issue_token_once(connection, account.id, now=visit.now, label=label, life=life, key=form.key)
    if token is None:
        said = visit.say("This token was made before, and is not shown again. Revoke it and make another one.")
        return visit.see_other(address_of_account(account), said=said)
    address = address_of_account(account)
    return visit.page(
        "staff/token.html", title=visit.say("This is the token"), token=token, label=label, address=address
    )


async def revoke(visit: Visit) -> Response:
    """Make a token useless from now on."""
    async with visit.parts.engine.begin() as connection:
        account = await account_at(connection, visit)
        await revoke_token_of(connection, account.id, visit.field("token")[:64].replace("\x00", ""), visit.now)
    return visit.see_other(address_of_account(account), said=visit.say("The token was revoked."))


routes = (
    get(f"{ADDRESS}/token", show_making, who=Who.STAFF),
    post(f"{ADDRESS}/token", make_token, who=Who.STAFF),
    post(f"{ADDRESS}/token-intrekken", revoke, who=Who.STAFF),
)
