"""How the domain says no: a stable code and a sentence that says what to do, in Dutch and in English.

A `Reason` is declared beside the rule it belongs to and raised by calling it. Every reason is known here by its code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import ClassVar

Parameter = str | int | float | None


class Kind(StrEnum):
    """What sort of no it is; the door turns it into a status."""

    INVALID = "INVALID"
    FORBIDDEN = "FORBIDDEN"
    STALE = "STALE"
    NOT_NOW = "NOT_NOW"


class Reason:
    """One way to be refused. Sentences may name parameters in braces."""

    known: ClassVar[dict[str, Reason]] = {}

    def __init__(self, code: str, *, nl: str, en: str, kind: Kind = Kind.NOT_NOW) -> None:
        if code in Reason.known:
            raise ValueError(f"the refusal {code} is declared twice")
        self.code, self.nl, self.en, self.kind = code, nl, en, kind
        Reason.known[code] = self

    def __call__(self, field: str | None = None, **parameters: Parameter) -> Refusal:
        """Make the refusal; `field` names the part of the command that is at fault."""
        return Refusal(self, field=field, parameters=parameters)

    def __repr__(self) -> str:
        return f"Reason({self.code})"


class Refusal(Exception):
    """A command that may not be carried out, and why."""

    def __init__(
        self,
        reason: Reason,
        *,
        field: str | None = None,
        parameters: Mapping[str, Parameter] | None = None,
        others: tuple[Refusal, ...] = (),
    ) -> None:
        super().__init__(reason.code)
        self.reason, self.field, self.parameters, self.others = reason, field, dict(parameters or {}), others

    @property
    def code(self) -> str:
        """The stable code."""
        return self.reason.code

    def sentence(self, language: str = "nl") -> str:
        """What to do, in Dutch (`nl`) or English (`en`)."""
        return (self.reason.nl if language == "nl" else self.reason.en).format(**self.parameters)


def first_of(refusals: Sequence[Refusal]) -> Refusal:
    """Make one refusal of several: the first, with the others beside it."""
    first, *others = refusals
    return Refusal(first.reason, field=first.field, parameters=first.parameters, others=tuple(others))


NOT_YOURS = Reason(
    "NOT_YOURS",
    nl="U kunt dit bij deze aanvraag niet doen. Vraag het aan uw contactpersoon bij het programma.",
    en="You may not do this on this request. Ask your contact at the programme.",
    kind=Kind.FORBIDDEN,
)
NOT_ON_BEHALF = Reason(
    "NOT_ON_BEHALF",
    nl="U kunt dit niet namens een ander vastleggen. Vraag de ander om het zelf te doen.",
    en="You may not record this for somebody else. Ask them to do it themselves.",
    kind=Kind.FORBIDDEN,
)
STALE = Reason(
    "STALE",
    nl="Iemand anders heeft dit intussen gewijzigd. Bekijk de nieuwe stand en probeer het opnieuw.",
    en="Somebody else has changed this meanwhile. Look at the new state and try again.",
    kind=Kind.STALE,
)
NOT_IN_THIS_STAGE = Reason(
    "NOT_IN_THIS_STAGE",
    nl="Dit kan niet in de fase waarin deze aanvraag nu is ({stage}). Kijk op de aanvraag wat nu wel kan.",
    en="This is not possible in the stage this request is in now ({stage}). See the request for what is possible now.",
)
NO_SUCH_PART = Reason(
    "NO_SUCH_PART",
    nl="Dit onderdeel is er niet (meer) op deze aanvraag. Ververs de pagina en kies opnieuw.",
    en="This part is not (or no longer) on this request. Refresh the page and choose again.",
)
ALREADY_SUBMITTED = Reason(
    "ALREADY_SUBMITTED",
    nl="Deze aanvraag is al ingediend. Ga naar de aanvraag om verder te gaan.",
    en="This request has been submitted already. Open the request to go on.",
)
NOT_SUBMITTED = Reason(
    "NOT_SUBMITTED",
    nl="Deze aanvraag is nog niet ingediend. Dien de aanvraag eerst in.",
    en="This request has not been submitted yet. Submit it first.",
)
DATE_PASSED = Reason(
    "DATE_PASSED",
    nl="Deze datum is voorbij. Kies een datum vanaf vandaag.",
    en="This date has passed. Choose a date from today on.",
    kind=Kind.INVALID,
)
DATE_IN_FUTURE = Reason(
    "DATE_IN_FUTURE",
    nl="Deze datum ligt in de toekomst. Kies vandaag of een eerdere dag.",
    en="This date is in the future. Choose today or an earlier day.",
    kind=Kind.INVALID,
)
DATE_TOO_FAR = Reason(
    "DATE_TOO_FAR",
    nl="Deze datum ligt te ver weg. Kies een datum binnen {years} jaar.",
    en="This date is too far away. Choose a date within {years} years.",
    kind=Kind.INVALID,
)
DATE_TOO_LONG_AGO = Reason(
    "DATE_TOO_LONG_AGO",
    nl="Deze datum is te lang geleden. Kies een datum vanaf 2018.",
    en="This date is too long ago. Choose a date from 2018 on.",
    kind=Kind.INVALID,
)
REQUIRED_HERE = Reason(
    "REQUIRED_HERE",
    nl="Vul dit in: zonder dit kunnen we het niet vastleggen.",
    en="Fill this in: it cannot be recorded without it.",
    kind=Kind.INVALID,
)
EXPIRED = Reason(
    "EXPIRED",
    nl="Dit bleef te lang liggen en is niet uitgevoerd. Bekijk de aanvraag en doe het zo nodig opnieuw.",
    en="This waited too long and was not carried out. Look at the request and do it again if needed.",
)
ROLE_LOST = Reason(
    "ROLE_LOST",
    nl="Uw account mag dit niet meer. Vraag het programma om hulp.",
    en="Your account may no longer do this. Ask the programme for help.",
    kind=Kind.FORBIDDEN,
)
