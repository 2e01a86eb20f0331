"""The accounts of the demo: who they are, and what they may be. Nobody of this name exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.words import Theme
from storage.accounts import Account, Role, add_account
from storage.database import AsyncConnection
from storage.municipalities import save_advisor

STAFF = "staff@startloket.test"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody of the demo. An advisor works in GGD regions, on themes, for so many requests at a time."""

    name: str
    email: str
    grants: tuple[tuple[Role, str], ...]
    regions: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    capacity: int = 0


def _advisor(number: int, name: str, capacity: int, themes: tuple[Theme, ...], *regions: str) -> Person:
    email = f"advisor{number}@startloket.test"
    grants = ((Role.ADVISOR, ""),)
    return Person(name=name, email=email, grants=grants, regions=regions, themes=themes, capacity=capacity)


def _member(name: str, at: str, *codes: str) -> Person:
    return Person(name=name, email=f"{at}@startloket.test", grants=tuple((Role.MEMBER, code) for code in codes))


PEOPLE = (
    Person(name="Noor Bakhuis", email=STAFF, grants=((Role.STAFF, ""),)),
    Person(name="Teun Waterman", email="staff2@startloket.test", grants=((Role.STAFF, ""),)),
    _advisor(
        1,
        "Ilse Dronkers",
        10,
        (Theme.PARENT_PARTICIPATION, Theme.EMBEDDING),
        "GGD Limburg-Noord",
        "GGD Noord- en Oost-Gelderland",
    ),
    _advisor(2, "Ruben Sterk", 9, (Theme.POVERTY, Theme.MONITORING), "GGD Zuid-Limburg", "GGD Brabant-Zuidoost"),
    _advisor(3, "Merel Tuinstra", 8, (Theme.POVERTY,), "GGD Flevoland", "GGD Twente", "GGD West-Brabant"),
    _advisor(4, "Hidde Postma", 8, (Theme.EMBEDDING, Theme.OTHER), "GGD Groningen", "GGD Fryslân", "GGD Zeeland"),
    _member("Anna Verbeek", "venlo", "GM0983"),
    _member("Bram Coenen", "maastricht", "GM0935"),
    _member("Cato Rijnders", "almere", "GM0034"),
    _member("Ivo Smeets", "roermond", "GM0957"),
    _member("Otto Janssen", "peel-en-maas", "GM1894"),
    _member("Kiki Lemmens", "horst-aan-de-maas", "GM1507"),
    Person(
        name="Mats Ramaekers",
        email="burgerkracht@startloket.test",
        grants=((Role.SUPPORTING_PARTY, "Burgerkracht Limburg"),),
    ),
)


async def open_accounts(connection: AsyncConnection, now: datetime) -> Mapping[str, Account]:
    """Open the accounts that are not there yet; give all of them, by mail address."""
    accounts = {}
    for person in PEOPLE:
        account = await add_account(connection, name=person.name, email=person.email, grants=person.grants, now=now)
        accounts[person.email] = account
        if account.actor.is_advisor:
            await save_advisor(
                connection,
                account.person,
                regions=person.regions,
                themes=[theme.value for theme in person.themes],
                capacity=person.capacity,
            )
    return accounts
