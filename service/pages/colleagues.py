"""Colleagues: the people of a municipality see who of them can come in, and invite each other.

Who acts for a municipality without working there is not among them. Staff see every invitation, and by whom.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from domain.text import MunicipalityCode
from service.pages.filled import Filled, filled
from service.pages.forms import Form, blank
from service.pages.guarding import Who, get, post
from service.pages.visit import Visit
from storage.accounts import Role
from storage.database import AsyncConnection
from storage.directory import AccountLine, find_account, people_of
from storage.identities import Invitation, invite, standing_invitations, withdraw_invitation
from storage.municipalities import list_municipalities

ADDRESS: Final = "/collegas"


@dataclass(frozen=True, kw_only=True)
class Colleagues:
    """The municipalities somebody works for, by name; who else does, and who was invited and is not among them."""

    municipalities: Mapping[MunicipalityCode, str]
    people: tuple[AccountLine, ...]
    invited: tuple[Invitation, ...]

    def knows(self, email: str, municipality: MunicipalityCode) -> bool:
        """Whether somebody with this address is one of them already, or was invited."""
        grant = (Role.MEMBER, municipality)
        known = [(one.email, one.grants) for one in self.people] + [(one.email, one.grants) for one in self.invited]
        return any(address.lower() == email.lower() and grant in grants for address, grants in known)

    def may_take_back(self, one: Invitation) -> bool:
        """Whether an invitation says nothing else than that somebody is one of them."""
        return all(role is Role.MEMBER and subject in self.municipalities for role, subject in one.grants)


async def _colleagues(connection: AsyncConnection, visit: Visit) -> Colleagues:
    account = await find_account(connection, visit.account.id)
    mine = {subject for role, subject in account.grants if role is Role.MEMBER} if account else set()
    people = await people_of(connection, mine)
    here = {one.email.lower() for one in people}
    standing = [one for one in await standing_invitations(connection) if one.email.lower() not in here]
    return Colleagues(
        municipalities={one.code: one.name for one in await list_municipalities(connection) if one.code in mine},
        people=people,
        invited=tuple(one for one in standing if any((Role.MEMBER, code) in one.grants for code in mine)),
    )


async def show_colleagues(visit: Visit) -> Response:
    """Show who of the municipality can come in, and who was invited."""
    async with visit.reading.connect() as connection:
        found = await _colleagues(connection, visit)
    tongue = visit.tongue
    return visit.page(
        "colleagues/colleagues.html",
        title=visit.say("Your colleagues"),
        municipalities=tongue.together(sorted(found.municipalities.values())),
        people=[(one.name or one.email, one.email, one.signs_in) for one in found.people],
        invited=[
            (one.id, one.name, one.email, tongue.day(one.invited_at), found.may_take_back(one)) for one in found.invited
        ],
    )


async def show_inviting(visit: Visit) -> Response:
    """Show the form of an invitation."""
    async with visit.reading.connect() as connection:
        return _show(visit, await _colleagues(connection, visit), blank())


def _show(visit: Visit, found: Colleagues, form: Form) -> Response:
    if not found.municipalities:
        raise visit.not_found()
    return visit.page(
        "colleagues/invite.html",
        title=visit.say("Invite a colleague"),
        form=form,
        municipalities=sorted(found.municipalities.items(), key=lambda one: one[1]),
    )


async def send_invitation(visit: Visit) -> Response:
    """Invite a colleague; who signs in with this address is one of the municipality's people from then on."""
    form = filled(visit)
    name = form.line("name", missing=visit.say("Write the name."))
    email = form.mail_address("email", missing=visit.say("Write the mail address."))
    async with visit.parts.engine.begin() as connection:
        found = await _colleagues(connection, visit)
        code = _municipality(visit, form, found)
        if found.knows(email, code):
            form.wrong("email", visit.say("Somebody with this address is a colleague already, or was invited."), None)
        if form.mistakes:
            return _show(visit, found, form.again())
        grants = [(Role.MEMBER, code)]
        await invite(connection, email=email, name=name, grants=grants, now=visit.now, invited_by=visit.account.id)
    return visit.see_other(
        ADDRESS,
        said=visit.say("%(name)s was invited, and comes in by signing in as %(email)s.", name=name, email=email),
    )


def _municipality(visit: Visit, form: Filled, found: Colleagues) -> MunicipalityCode:
    """The one they work for, or the one that was chosen."""
    if len(found.municipalities) == 1:
        return next(iter(found.municipalities))
    return form.one_of("municipality", found.municipalities, missing=visit.say("Choose the municipality."))


async def take_back(visit: Visit) -> Response:
    """Take back an invitation of a colleague that says nothing else."""
    async with visit.parts.engine.begin() as connection:
        found = await _colleagues(connection, visit)
        asked = {str(one.id): one.id for one in found.invited if found.may_take_back(one)}.get(visit.at("id"))
        if asked is None:
            raise visit.not_found()
        taken = await withdraw_invitation(connection, asked, visit.now)
    return visit.see_other(ADDRESS, said=visit.say("The invitation was withdrawn.") if taken else None)


routes = (
    get(ADDRESS, show_colleagues, who=Who.MUNICIPALITY),
    get(f"{ADDRESS}/uitnodigen", show_inviting, who=Who.MUNICIPALITY),
    post(f"{ADDRESS}/uitnodigen", send_invitation, who=Who.MUNICIPALITY),
    post(f"{ADDRESS}/uitnodigingen/{{id}}/intrekken", take_back, who=Who.MUNICIPALITY),
)
