"""The one table of what can go wrong at a door: which sort of problem it is, and which HTTP status says so.

API and pages both read it. What exactly was wrong is said by the refusal itself; its sort stands here. A 503 never
says that something was not done: it is not known, and asking again with the same key gives the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from domain.refusal import Kind, Refusal

RETRY_AFTER = 5
"""Seconds after which asking again makes sense."""


class Language(StrEnum):
    """The languages in which a door answers."""

    DUTCH = "nl"
    ENGLISH = "en"


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """The same sentence in each language."""

    nl: str
    en: str

    def in_language(self, language: Language) -> str:
        """The sentence in this language."""
        return self.nl if language is Language.DUTCH else self.en


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One sort of problem: a stable code, the status that goes with it, its title, and what to do about it."""

    code: str
    status: int
    title: Sentence
    detail: Sentence
    retry_after: int | None = None

    @property
    def slug(self) -> str:
        """The code as it stands in an address."""
        return self.code.lower().replace("_", "-")


INVALID_INPUT = Problem(
    code="INVALID_INPUT",
    status=400,
    title=Sentence(nl="Niet goed ingevuld", en="Invalid input"),
    detail=Sentence(
        nl="Er is iets niet goed ingevuld. Kijk bij errors wat u per veld kunt doen.",
        en="Something was not filled in correctly. See errors for what to do about each field.",
    ),
)
NOT_SIGNED_IN = Problem(
    code="NOT_SIGNED_IN",
    status=401,
    title=Sentence(nl="Niet aangemeld", en="Not signed in"),
    detail=Sentence(
        nl="Stuur een geldig token mee: Authorization: Bearer ksl_… Is het verlopen of ingetrokken, vraag een nieuw.",
        en="Send a valid token: Authorization: Bearer ksl_… If it expired or was revoked, ask for a new one.",
    ),
)
FORBIDDEN = Problem(
    code="FORBIDDEN",
    status=403,
    title=Sentence(nl="Niet aan u", en="Not yours to do"),
    detail=Sentence(
        nl="U mag dit niet doen of bekijken. Vraag het aan uw contactpersoon bij het programma.",
        en="You may not do or see this. Ask your contact at the programme.",
    ),
)
NOT_FOUND = Problem(
    code="NOT_FOUND",
    status=404,
    title=Sentence(nl="Niet gevonden", en="Not found"),
    detail=Sentence(
        nl="Dit bestaat niet, of u mag het niet zien. Controleer het adres.",
        en="This does not exist, or you may not see it. Check the address.",
    ),
)
METHOD_NOT_ALLOWED = Problem(
    code="METHOD_NOT_ALLOWED",
    status=405,
    title=Sentence(nl="Kan niet op dit adres", en="Not possible at this address"),
    detail=Sentence(
        nl="Dit adres kent deze methode niet. De kop Allow noemt welke wel kunnen.",
        en="This address does not know this method. The header Allow names those that it does.",
    ),
)
NOT_NOW = Problem(
    code="NOT_NOW",
    status=409,
    title=Sentence(nl="Kan nu niet", en="Not possible now"),
    detail=Sentence(
        nl="Dit kan nu niet. Bekijk de aanvraag om te zien wat wel kan.",
        en="This is not possible now. See the request for what is.",
    ),
)
STALE = Problem(
    code="STALE",
    status=412,
    title=Sentence(nl="Intussen gewijzigd", en="Changed in the meantime"),
    detail=Sentence(
        nl="Iemand anders heeft dit intussen gewijzigd. Bekijk de nieuwe stand en probeer het opnieuw.",
        en="Somebody else changed this in the meantime. Look at the new state and try again.",
    ),
)
TOO_LARGE = Problem(
    code="TOO_LARGE",
    status=413,
    title=Sentence(nl="Te groot", en="Too large"),
    detail=Sentence(
        nl="Dit bericht is groter dan 256 KiB. Maak de tekst korter.",
        en="This message is larger than 256 KiB. Make the text shorter.",
    ),
)
NOT_JSON = Problem(
    code="NOT_JSON",
    status=415,
    title=Sentence(nl="Geen JSON", en="Not JSON"),
    detail=Sentence(
        nl="Stuur JSON in UTF-8, met de kop Content-Type: application/json.",
        en="Send JSON in UTF-8, with the header Content-Type: application/json.",
    ),
)
KEY_REUSED = Problem(
    code="KEY_REUSED",
    status=422,
    title=Sentence(nl="Sleutel al gebruikt", en="Key already used"),
    detail=Sentence(
        nl="Deze Idempotency-Key hoort al bij iets anders. Gebruik voor iets nieuws een nieuwe sleutel.",
        en="This Idempotency-Key belongs to something else. Use a new key for something new.",
    ),
)
INTERNAL = Problem(
    code="INTERNAL",
    status=500,
    title=Sentence(nl="Fout bij ons", en="Our mistake"),
    detail=Sentence(
        nl="Er ging bij ons iets mis. Probeer het later opnieuw; blijft het zo, laat het ons weten.",
        en="Something went wrong on our side. Try again later; if it stays so, let us know.",
    ),
)
NOT_KNOWN = Problem(
    code="NOT_KNOWN",
    status=503,
    title=Sentence(nl="Nog niet bekend", en="Not known yet"),
    detail=Sentence(
        nl="Het is niet bekend of dit gelukt is. Vraag het opnieuw met dezelfde sleutel.",
        en="It is not known whether this was done. Ask again with the same key.",
    ),
    retry_after=RETRY_AFTER,
)
NOT_READY = Problem(
    code="NOT_READY",
    status=503,
    title=Sentence(nl="Even niet bereikbaar", en="Not reachable for a moment"),
    detail=Sentence(
        nl="Startloket is nu niet helemaal bereikbaar. Probeer het zo opnieuw.",
        en="Startloket is not fully reachable now. Try again in a moment.",
    ),
    retry_after=RETRY_AFTER,
)

PROBLEMS: tuple[Problem, ...] = (
    INVALID_INPUT,
    NOT_SIGNED_IN,
    FORBIDDEN,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    NOT_NOW,
    STALE,
    TOO_LARGE,
    NOT_JSON,
    KEY_REUSED,
    INTERNAL,
    NOT_KNOWN,
    NOT_READY,
)
OF_A_REFUSAL: Mapping[Kind, Problem] = MappingProxyType(
    {Kind.INVALID: INVALID_INPUT, Kind.FORBIDDEN: FORBIDDEN, Kind.STALE: STALE, Kind.NOT_NOW: NOT_NOW}
)


def problem_of(refusal: Refusal) -> Problem:
    """Say which sort of problem a refusal of the domain is."""
    return OF_A_REFUSAL[refusal.reason.kind]
