"""How the person of an account comes in: uncoupling an identity, and inviting them to sign in anew."""

from __future__ import annotations

from starlette.responses import Response

from service.pages.guarding import Who, post
from service.pages.staff.one_account import ADDRESS, account_at, address_of_account
from service.pages.visit import Visit
from storage.coupling import identities_of, uncouple
from storage.identities import Identity, invite, standing_invitations


async def uncouple_identity(visit: Visit) -> Response:
    """Let nobody come in by an identity any more; it may be coupled anew afterwards, also elsewhere."""
    identity = Identity(issuer=_plain(visit.field("issuer")), subject=_plain(visit.field("subject")))
    async with visit.parts.engine.begin() as connection:
        account = await account_at(connection, visit)
        if visit.guest and account.id == visit.guest.whole.id:
            said = visit.say("Ask a colleague to uncouple your own way of signing in.")
            return visit.see_other(address_of_account(account), said=said)
        gone = await uncouple(connection, account.id, identity, visit.now)
    said = visit.say("It was uncoupled. Who was signed in with this account is so no more.")
    return visit.see_other(address_of_account(account), said=said if gone else None)


def _plain(said: str) -> str:
    return said[:1000].replace("\x00", "")


async def invite_again(visit: Visit) -> Response:
    """Invite the person of an account that nobody comes in to; once, as long as the invitation stands."""
    async with visit.parts.engine.begin() as connection:
        account = await account_at(connection, visit)
        standing = {one.email.lower() for one in await standing_invitations(connection)}
        if account.closed_at or await identities_of(connection, account.id):
            return visit.see_other(address_of_account(account))
        if account.email.lower() not in standing:
            await invite(
                connection,
                email=account.email,
                name=account.name,
                grants=account.grants,
                now=visit.now,
                invited_by=visit.account.id,
            )
    said = visit.say("%(name)s was invited.", name=account.name or account.email)
    return visit.see_other(address_of_account(account), said=said)


routes = (
    post(f"{ADDRESS}/loskoppelen", uncouple_identity, who=Who.STAFF),
    post(f"{ADDRESS}/uitnodigen", invite_again, who=Who.STAFF),
)
