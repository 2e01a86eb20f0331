"""Which municipality is meant: by CBS code or by any name it goes by; one that merged is followed by its successor."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from unicodedata import combining, normalize

from domain.text import MunicipalityCode
from service.importing.mistakes import Unclear
from storage import reference
from storage.reference import MergerStatus

CODE = re.compile(r"(?:GM)?(\d{4})", re.IGNORECASE)
BETWEEN = re.compile(r"[;|\n]")


class Places:
    """The municipalities as they are on one day."""

    def __init__(self, today: date) -> None:
        self.names: Mapping[MunicipalityCode, str] = {one.code: one.name for one in reference.municipalities()}
        done = [one for one in reference.mergers() if one.status is MergerStatus.DONE and one.on <= today]
        self._successors = {one.old_code: one.new_code for one in done}
        self._codes: dict[str, set[MunicipalityCode]] = defaultdict(set)
        for one in reference.municipalities():
            for name in filter(None, (one.name, one.also_known_as, _without_province(one.name))):
                self._codes[plain(name)].add(one.code)
        for old in done:
            self._codes[plain(old.old_name)].add(self._followed(old.old_code))

    def one(self, said: str) -> MunicipalityCode:
        """Give the code of the municipality that is meant.

        Raises: Unclear when there is none, or more than one.
        """
        found = self.meant(said)
        if not found:
            raise Unclear(f'"{said}" is no municipality that is known{self._meant(said)}')
        if len(found) > 1:
            either = " or ".join(f"{self.names[one]} ({one})" for one in sorted(found))
            raise Unclear(f'"{said}" can be {either}; write the code')
        return next(iter(found))

    def meant(self, said: str) -> frozenset[MunicipalityCode]:
        """Give every municipality that this code or name can stand for; none when it is not known."""
        code = CODE.fullmatch(said.strip())
        if code:
            return frozenset({self._followed(f"GM{code[1]}")} & self.names.keys())
        return frozenset(self._codes.get(plain(said), ()))

    def close_to(self, said: str, *, most: int = 3) -> tuple[str, ...]:
        """Give the names that look most like what was written."""
        close = get_close_matches(plain(said), self._codes, n=most, cutoff=0.75)
        return tuple(dict.fromkeys(self.names[code] for one in close for code in sorted(self._codes[one])))

    def several(self, said: str) -> tuple[MunicipalityCode, ...]:
        """Give the codes of all that are named, each once, separated by `|`, `;`, a new line or, mostly, a comma.

        Raises: Unclear naming the first that is not known.
        """
        parts = [one for one in BETWEEN.split(said) if one.strip()]
        whole = [[part] if plain(part) in self._codes else part.split(",") for part in parts]
        return tuple(dict.fromkeys(self.one(one.strip()) for some in whole for one in some if one.strip()))

    def _followed(self, code: MunicipalityCode) -> MunicipalityCode:
        while code in self._successors:
            code = self._successors[code]
        return code

    def _meant(self, said: str) -> str:
        close = get_close_matches(plain(said), self._codes, n=1, cutoff=0.75)
        return (
            "; is it " + self.names[min(self._codes[close[0]])] + "?" if close else "; write its name or its CBS code"
        )


@cache
def plain(name: str) -> str:
    """Write a name without what people write differently: accents, capitals, dashes, "gemeente" before it."""
    letters = "".join(one for one in normalize("NFKD", name) if not combining(one))
    words = re.sub(r"[^a-z0-9()]+", " ", letters.casefold().replace("'", "")).split()
    return " ".join(words[1:] if words[:1] == ["gemeente"] and len(words) > 1 else words)


def _without_province(name: str) -> str:
    return re.sub(r"\s*\([^)]*\)$", "", name)
