"""The columns of the programme's list: their Dutch names, as such a list has them, and other ways they are written."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from domain.text import known_as


class Column(StrEnum):
    """A column, by the name at its head. Only the first two and the stage (or the outcome) have to be filled in."""

    MUNICIPALITY = "gemeente"
    SUBMITTED_ON = "ingediend op"
    STAGE = "fase"
    CONTACT = "contactpersoon"
    FUNCTION = "functie"
    MAIL = "e-mail"
    PHONE = "telefoon"
    PARTICIPATING = "meedoende gemeenten"
    COALITION = "coalitie"
    COALITION_KIND = "soort coalitie"
    KINDS = "soort vraag"
    QUESTION = "vraag"
    ADVISOR = "adviseur"
    VISIT = "adviesgesprek"
    GOVERNANCE = "startbijeenkomst bestuurlijk"
    OPERATIONAL = "startbijeenkomst uitvoerend"
    LAST_CONTACT = "laatste contact"
    PAUSED_UNTIL = "rust tot"
    CHECK_IN = "terugblik op"
    OUTCOME = "afloop"
    CLOSED_ON = "gesloten op"
    REMARKS = "opmerkingen"


REQUIRED = (Column.MUNICIPALITY, Column.SUBMITTED_ON, Column.STAGE)
ALSO: Mapping[str, Column] = MappingProxyType(
    {
        "aanvragende gemeente": Column.MUNICIPALITY,
        "gemeentecode": Column.MUNICIPALITY,
        "datum aanvraag": Column.SUBMITTED_ON,
        "ingediend": Column.SUBMITTED_ON,
        "contact": Column.CONTACT,
        "naam": Column.CONTACT,
        "email": Column.MAIL,
        "mail": Column.MAIL,
        "e-mailadres": Column.MAIL,
        "telefoonnummer": Column.PHONE,
        "deelnemende gemeenten": Column.PARTICIPATING,
        "soorten vraag": Column.KINDS,
        "vragen": Column.QUESTION,
        "toelichting": Column.QUESTION,
        "stand": Column.STAGE,
        "datum adviesgesprek": Column.VISIT,
        "gepauzeerd tot": Column.PAUSED_UNTIL,
        "uitkomst": Column.OUTCOME,
        "opmerking": Column.REMARKS,
    }
)


def column_called(head: str) -> Column | None:
    """Give the column with this name, whatever its capitals, spaces and underscores; None when there is none."""
    name = known_as(head.replace("_", " "))
    return ALSO.get(name) or next((column for column in Column if column == name), None)
