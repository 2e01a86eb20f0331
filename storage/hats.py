"""The role somebody acts in: an account may be several things, and is one of them at a time on the pages.

A command is kept with the role it was given in, and recorded as given in that role. Without one, as on the API, all
that the account may be counts.
"""

from __future__ import annotations

from enum import StrEnum

from domain.command import Actor


class Hat(StrEnum):
    """A role somebody can act in: as people of a municipality they act for all that they are of or act for."""

    STAFF = "STAFF"
    ADVISOR = "ADVISOR"
    MUNICIPALITY = "MUNICIPALITY"
    SUPPORTING_PARTY = "SUPPORTING_PARTY"


def as_worn(held: Actor, hat: Hat | None) -> Actor:
    """The actor as it acts in this role: what it is besides does not count, and what it is not it does not become."""
    return Actor(
        person=held.person,
        is_staff=held.is_staff and hat is Hat.STAFF,
        is_advisor=held.is_advisor and hat is Hat.ADVISOR,
        municipalities=held.municipalities if hat is Hat.MUNICIPALITY else frozenset(),
        organisations=held.organisations if hat is Hat.SUPPORTING_PARTY else frozenset(),
    )
