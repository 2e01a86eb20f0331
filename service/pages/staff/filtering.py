"""Which requests a list shows, as the address says it: so a list can be kept, sent on, and downloaded as it is seen.

What an address says that nobody could have chosen is left out of account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from domain.terms import Waiting
from domain.words import Stage
from service.language import message
from storage.listing import Position, RequestQuery
from storage.references import REFERENCE

ADDRESS: Final = "/aanvragen"
YES: Final = "ja"
NO: Final = "nee"
OPEN: Final = "lopend"
BETWEEN: Final = "~"
STAGES: Final[Mapping[str, Stage]] = MappingProxyType(
    {
        "aanvraag": Stage.INTAKE,
        "adviseur-zoeken": Stage.ASSIGNMENT,
        "adviesgesprek": Stage.VISIT,
        "startbijeenkomst": Stage.KICKOFF,
        "vervolgacties": Stage.FOLLOW_UP,
        "hoe-gaat-het-verder": Stage.EMBEDDING,
        "gesloten": Stage.CLOSED,
    }
)
SLUGS: Final[Mapping[Stage, str]] = MappingProxyType({stage: slug for slug, stage in STAGES.items()})
SORTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "gewijzigd": "changedAt",
        "ingediend": "submittedAt",
        "kenmerk": "reference",
        "eerstvolgende-dag": "nextDue",
    }
)
HEADS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kenmerk": message("Request"),
        "ingediend": message("Submitted"),
        "gewijzigd": message("Last changed"),
        "eerstvolgende-dag": message("Next day"),
    }
)
NEWEST: Final = "-gewijzigd"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an address asks for. Words are as in the address; empty ones ask for nothing."""

    words: str = ""
    stage: str = ""
    province: str = ""
    municipality: str = ""
    advisor: str = ""
    waiting: str = ""
    late: str = ""
    resting: str = ""
    order: str = NEWEST
    after: str = ""

    @property
    def narrows(self) -> bool:
        """Whether it asks for less than everything."""
        return replace(self, order=NEWEST, after="") != Wanted()

    @property
    def address(self) -> str:
        """The list that shows this."""
        return _address(self, ADDRESS)

    def download(self, kind: str) -> str:
        """The file with all of this: `xlsx` or `csv`."""
        return _address(self.first, f"{ADDRESS}.{kind}")

    @property
    def first(self) -> Wanted:
        """Its first page."""
        return replace(self, after="")

    def sorted_by(self, name: str) -> Wanted:
        """The same in another order; in the same order turned round."""
        turned = f"-{name}" if self.order == name else name
        return replace(self, order=turned, after="")

    def sorts(self, name: str) -> str | None:
        """How it is sorted by this, in the words of `aria-sort`; None when it is not."""
        if self.order.removeprefix("-") != name:
            return None
        return "descending" if self.order.startswith("-") else "ascending"

    def query(self, limit: int) -> RequestQuery:
        """What storage is asked."""
        down, name = self.order.startswith("-"), self.order.removeprefix("-")
        sort = ("-" if down else "") + SORTS[name]
        return RequestQuery(
            stage=STAGES[self.stage].value if self.stage in STAGES else None,
            is_open=True if self.stage == OPEN else None,
            province=self.province or None,
            municipality=self.municipality or None,
            advisor=self.advisor or None,
            waiting=self.waiting or None,
            late=bool(self.waiting and self.late),
            overdue=True if self.late and not self.waiting else None,
            paused=self.resting == YES if self.resting else None,
            text=self.words or None,
            sort=sort,
            after=_position(self.after, SORTS[name]),
            limit=limit,
        )

    def from_here(self, position: Position | None) -> Wanted | None:
        """The page after this one, if there is one."""
        return replace(self, after=BETWEEN.join(position)) if position else None


NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "zoek": "words",
        "fase": "stage",
        "provincie": "province",
        "gemeente": "municipality",
        "adviseur": "advisor",
        "wacht": "waiting",
        "voorbij": "late",
        "rust": "resting",
        "volgorde": "order",
        "na": "after",
    }
)
"""How the address names what is asked."""
LONGEST: Final = 120


def wanted(asked: Mapping[str, str]) -> Wanted:
    """Read what an address asks for."""
    said = {field: _plain(asked.get(name, "")) for name, field in NAMES.items()}
    return Wanted(
        **{
            **said,
            "stage": said["stage"] if said["stage"] in {*STAGES, OPEN} else "",
            "waiting": said["waiting"] if said["waiting"] in set(Waiting) else "",
            "late": YES if said["late"] == YES else "",
            "resting": said["resting"] if said["resting"] in (YES, NO) else "",
            "order": said["order"] if said["order"].removeprefix("-") in SORTS else NEWEST,
        }
    )


def _address(asked: Wanted, path: str) -> str:
    values = {name: getattr(asked, field) for name, field in NAMES.items()}
    said = {name: value for name, value in values.items() if value and (name, value) != ("volgorde", NEWEST)}
    return f"{path}?{urlencode(said)}" if said else path


def _plain(said: str) -> str:
    return said.strip()[:LONGEST] if said.isprintable() else ""


def _position(after: str, sort: str) -> Position | None:
    """Where the page before ended; None for the first page, and for what no page ever ended with."""
    value, between, request_id = after.partition(BETWEEN)
    if not between:
        return None
    try:
        UUID(request_id)
        match sort:
            case "reference":
                return (value, request_id) if REFERENCE.fullmatch(value) else None
            case "nextDue":
                date.fromisoformat("9999-12-31" if value == "infinity" else value)
                return value, request_id
            case _:
                datetime.fromisoformat(value)
                return value, request_id
    except ValueError:
        return None
