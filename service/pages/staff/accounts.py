"""Accounts and invitations: who may come in and as what. Staff invite by mail address, and see whom others invited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from starlette.responses import Response

from service.language import Tongue
from service.pages.filled import Filled, filled
from service.pages.forms import Form, blank
from service.pages.guarding import Who, get, post
from service.pages.staff.roles import described, read_grants
from service.pages.visit import Visit
from storage.accounts import Role, account_of_email
from storage.directory import AccountLine, add_grants, list_accounts
from storage.identities import Invitation, invite, standing_invitations, withdraw_invitation
from storage.municipalities import list_municipalities

ADDRESS: Final = "/accounts"
ON_A_PAGE: Final = 50
FEW: Final = 5
"""So many invitations do not stand in the way of the accounts."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """An account, or somebody who was invited, in the reader's language."""

    name: str
    email: str
    roles: str
    address: str
    state: str | None = None


async def show_accounts(visit: Visit) -> Response:
    """Show the accounts, and the invitations nobody has accepted yet."""
    asked = visit.request.query_params
    words, role, after = (_plain(asked.get(name, "")) for name in ("zoek", "rol", "na"))
    async with visit.reading.connect() as connection:
        names = {one.code: one.name for one in await list_municipalities(connection)}
        found = await list_accounts(connection, words=words, role=role, after=after, limit=ON_A_PAGE + 1)
        standing = await standing_invitations(connection)
    invited = [one for one in standing if _fits(one, words, role)]
    shown, tongue = found[:ON_A_PAGE], visit.tongue
    following = {"zoek": words, "rol": role, "na": shown[-1].email.lower()} if len(found) > ON_A_PAGE else None
    return visit.page(
        "staff/accounts.html",
        title=visit.say("Accounts and invitations"),
        accounts=[_line(one, names, tongue) for one in shown],
        invitations=[
            Line(
                name=one.name,
                email=one.email,
                roles=described(one.grants, names, tongue),
                address=f"{ADDRESS}/uitnodigingen/{one.id}/intrekken",
                state=_invited(one, tongue),
            )
            for one in invited[:ON_A_PAGE]
        ],
        invited=len(invited),
        has_few_invitations=len(invited) <= FEW or bool(words or role),
        words=words,
        role=role,
        roles=[(one.value, tongue.word(one)) for one in Role],
        following=f"{ADDRESS}?{urlencode(following)}" if following else None,
    )


def _plain(said: str) -> str:
    return said.strip()[:254] if said.isprintable() else ""


def _fits(one: Invitation, words: str, role: str) -> bool:
    """As accounts are searched: a part of the name or the address, and one of the roles."""
    return words.lower() in f"{one.name} {one.email}".lower() and (not role or role in [held for held, _ in one.grants])


def _invited(one: Invitation, tongue: Tongue) -> str:
    day = tongue.day(one.invited_at)
    if one.inviter:
        return tongue.say("since %(day)s, by %(name)s", day=day, name=one.inviter)
    return tongue.say("since %(day)s", day=day)


def _line(one: AccountLine, names: Mapping[str, str], tongue: Tongue) -> Line:
    state = None
    if one.closed_at:
        state = tongue.say("closed")
    elif not one.signs_in:
        state = tongue.say("never signed in")
    return Line(
        name=one.name or one.email,
        email=one.email,
        roles=described(one.grants, names, tongue),
        address=f"{ADDRESS}/{one.id}",
        state=state,
    )


async def show_inviting(visit: Visit) -> Response:
    """Show the form of an invitation."""
    return await _show_inviting(visit, blank())


async def _show_inviting(visit: Visit, form: Form) -> Response:
    async with visit.reading.connect() as connection:
        municipalities = await list_municipalities(connection)
    return visit.page(
        "staff/invite.html",
        title=visit.say("Invite somebody"),
        form=form,
        municipalities=[(one.code, one.name) for one in municipalities],
    )


async def send_invitation(visit: Visit) -> Response:
    """Invite by mail address; who has an account already gets the roles at once."""
    form = filled(visit)
    name = form.line("name", missing=visit.say("Write the name."))
    email = form.mail_address("email", missing=visit.say("Write the mail address."))
    async with visit.parts.engine.begin() as connection:
        codes = {one.code for one in await list_municipalities(connection)}
        grants = read_grants(form, codes)
        known = await account_of_email(connection, email)
        closed = known is None and await _is_closed(visit, form, email)
        if closed:
            form.wrong("email", visit.say("This account was closed. Reopen it in the list of accounts."), None)
        if form.mistakes:
            return await _show_inviting(visit, form.again())
        if known:
            await add_grants(connection, known.id, grants)
            return visit.see_other(f"{ADDRESS}/{known.id}", said=visit.say("This account has these roles now."))
        by = visit.guest.whole.id if visit.guest else None
        await invite(connection, email=email, name=name, grants=grants, now=visit.now, invited_by=by)
    return visit.see_other(ADDRESS, said=visit.say("%(name)s was invited.", name=name))


async def _is_closed(visit: Visit, form: Filled, email: str) -> bool:
    """Whether an account with exactly this address was closed."""
    if form.mistakes:
        return False
    async with visit.reading.connect() as connection:
        found = await list_accounts(connection, words=email)
    return any(one.email.lower() == email.lower() and one.closed_at for one in found)


async def take_back(visit: Visit) -> Response:
    """Take an invitation back."""
    try:
        invitation_id = UUID(visit.at("id"))
    except ValueError:
        raise visit.not_found() from None
    async with visit.parts.engine.begin() as connection:
        taken = await withdraw_invitation(connection, invitation_id, visit.now)
    return visit.see_other(ADDRESS, said=visit.say("The invitation was withdrawn.") if taken else None)


routes = (
    get(ADDRESS, show_accounts, who=Who.STAFF),
    get(f"{ADDRESS}/uitnodigen", show_inviting, who=Who.STAFF),
    post(f"{ADDRESS}/uitnodigen", send_invitation, who=Who.STAFF),
    post(f"{ADDRESS}/uitnodigingen/{{id}}/intrekken", take_back, who=Who.STAFF),
)
