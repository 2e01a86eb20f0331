"""How somebody is named at the door: with what is known of them, which becomes a person's id before it goes further.

A command carries ids of people only; names, addresses and numbers go straight to the one table they can be erased from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from domain.text import Line
from storage.people import PersonCard

MailAddress = Annotated[
    str,
    Field(
        max_length=254,
        pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](-*[A-Za-z0-9])*(\.[A-Za-z0-9](-*[A-Za-z0-9])*)+$",
        description="A mail address.",
    ),
]
PhoneNumber = Annotated[
    str, Field(max_length=30, pattern=r"^\+?[0-9(][0-9 ().-]{4,28}$", description="A phone number, as people write it.")
]


@dataclass(frozen=True, kw_only=True)
class PersonDetails:
    """Somebody who is named: only what is needed to reach them, and at least one of these."""

    name: Line | None = None
    email: MailAddress | None = None
    phone: PhoneNumber | None = None
    function: Line | None = None

    @property
    def says_nothing(self) -> bool:
        """Nothing at all is known of this person."""
        return not (self.name or self.email or self.phone or self.function)

    @property
    def card(self) -> PersonCard:
        """What goes to the table of people."""
        return PersonCard(name=self.name, email=self.email, phone=self.phone, function=self.function)
