"""Partners of the coalition: adding one, changing what is known of it, and taking it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.command import Command
from domain.partners import AddPartner, RemovePartner, UpdatePartner
from domain.parts import ActionStatus, Owner, Partner
from domain.text import PersonId
from domain.words import Desk, Domain
from service.giving import person_id_of
from service.language import message
from service.pages.choosing import owner, owner_key, owners, partners, words
from service.pages.deed_page import At, DeedPage, Start, routes_of, segments_of
from service.pages.filled import Filled
from service.pages.giving import People
from storage.people import PersonCard

NAME: Final = message("Write the name of the organisation.")
DOMAIN: Final = message("Choose the domain.")
TAKER: Final = message("Choose who takes over the open actions.")
CONTACT: Final = "contactEmail"


async def show_domains(at: At) -> Mapping[str, Any]:
    """The domains, and how many partners each has."""
    tongue, known = at.visit.tongue, partners(at.shown.view)
    counted = {domain: sum(one.domain is domain for one in known) for domain in Domain}
    return {"domains": words(tongue, Domain), "missing": [one for one, count in counted.items() if not count]}


def read_adding(at: At, form: Filled) -> Command:
    """Add an organisation."""
    return AddPartner(
        organisation=form.line("organisation", missing=at.say(NAME)),
        domain=form.choice("domain", Domain, missing=at.say(DOMAIN)),
        role_agreement=form.optional_text("roleAgreement"),
        champion_of=form.optional_line("championOf"),
        contact=_contact(at, form),
    )


def _contact(at: At, form: Filled) -> PersonId | None:
    """Who has the working address that was typed: the one that is known by it here, or somebody new."""
    address = form.optional_mail_address(CONTACT)
    if address is None or form.found(CONTACT):
        return None
    known = _known_contact(at, address)
    return known or person_id_of(at.visit.account, form.key, CONTACT)


def _known_contact(at: At, address: str) -> PersonId | None:
    """The contact of the partner that is changed, when the address stayed the same."""
    before = next((one.contact for one in partners(at.shown.view) if one.id == _about(at)), None)
    card = at.shown.people.get(before) if before else None
    return before if card and card.email and card.email.casefold() == address.casefold() else None


def _about(at: At) -> str:
    return at.part(partners(at.shown.view)).id if at.about else ""


def people_of_form(at: At, form: Filled) -> People:
    """The working address, as a card of its own, so that it can be erased."""
    address = form.optional_mail_address(CONTACT)
    if address is None or _known_contact(at, address):
        return {}
    return {person_id_of(at.visit.account, form.key, CONTACT): PersonCard(email=address)}


def _partner(at: At) -> Partner:
    return at.part(partners(at.shown.view))


def start_changing(at: At) -> Start:
    """What is known of it."""
    known = _partner(at)
    card = at.shown.people.get(known.contact) if known.contact else None
    return {
        "organisation": known.organisation,
        "domain": known.domain,
        "roleAgreement": known.role_agreement or "",
        "championOf": known.champion_of or "",
        CONTACT: (card.email or "") if card else "",
    }


def read_changing(at: At, form: Filled) -> Command:
    """Say how it is from now on."""
    return UpdatePartner(
        partner=_partner(at).id,
        organisation=form.line("organisation", missing=at.say(NAME)),
        domain=form.choice("domain", Domain, missing=at.say(DOMAIN)),
        role_agreement=form.optional_text("roleAgreement"),
        champion_of=form.optional_line("championOf"),
        contact=_contact(at, form),
    )


async def show_removing(at: At) -> Mapping[str, Any]:
    """Which partner, its open actions, and who could take them over."""
    gone = _partner(at)
    theirs = Owner(desk=Desk.PARTNER, partner=gone.id)
    open_ones = [one for one in at.shown.view.actions if one.status is ActionStatus.OPEN and one.owner == theirs]
    others = [(key, name) for key, name in owners(at) if key != owner_key(theirs)]
    return {"partner": gone, "actions": open_ones, "takers": others}


def read_removing(at: At, form: Filled) -> Command:
    """Take it out; somebody takes over what it had still to do."""
    taker = owner(at, form, "actionsTo", missing=at.say(TAKER)) if "actionsTo" in form.sent else None
    return RemovePartner(partner=_partner(at).id, actions_to=taker)


PAGES: Final = (
    DeedPage(
        command="add_partner",
        segment="partner-toevoegen",
        template="deeds/add_partner.html",
        read=read_adding,
        values=show_domains,
        people=people_of_form,
        another=message("Add, and one more"),
        button=message("Add"),
        done=message("The partner was added."),
    ),
    DeedPage(
        command="update_partner",
        segment="partner-wijzigen",
        template="deeds/update_partner.html",
        read=read_changing,
        start=start_changing,
        values=show_domains,
        people=people_of_form,
        button=message("Save"),
        done=message("The partner was changed."),
    ),
    DeedPage(
        command="remove_partner",
        segment="partner-verwijderen",
        template="deeds/remove_partner.html",
        read=read_removing,
        values=show_removing,
        done=message("The partner takes part no more."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
