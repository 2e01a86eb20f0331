"""What can be wrong with the form of what is sent, each with a code and a sentence, as the domain's refusals have.

pydantic finds the faults; here is said what to call them. Whether a sound command may be given is the domain's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from pydantic_core import ErrorDetails

from domain.refusal import Kind, Parameter, Reason, Refusal


class FormFault(Reason):
    """A fault of form: known at the door alone, and not among the refusals of the domain."""

    known: ClassVar[dict[str, Reason]] = {}

    def __init__(self, code: str, *, nl: str, en: str) -> None:
        self.code, self.nl, self.en, self.kind = code, nl, en, Kind.INVALID
        FormFault.known[code] = self


INVALID_JSON = FormFault(
    "INVALID_JSON",
    nl="Dit is geen geldige JSON in UTF-8. Controleer haakjes, komma's en aanhalingstekens.",
    en="This is no valid JSON in UTF-8. Check brackets, commas and quotes.",
)
MISSING = FormFault("MISSING", nl="Dit ontbreekt. Vul het in.", en="This is missing. Fill it in.")
UNKNOWN_FIELD = FormFault(
    "UNKNOWN_FIELD",
    nl="Dit veld bestaat hier niet. Laat het weg, of controleer de naam.",
    en="There is no such field here. Leave it out, or check its name.",
)
UNKNOWN_COMMAND = FormFault(
    "UNKNOWN_COMMAND",
    nl="Deze opdracht bestaat niet. Kies een type uit de documentatie.",
    en="There is no such command. Choose a type from the documentation.",
)
WRONG_TYPE = FormFault(
    "WRONG_TYPE",
    nl="Dit is niet de goede soort waarde. Zie de documentatie van dit veld.",
    en="This is not the right kind of value. See the documentation of this field.",
)
NO_CHOICE = FormFault("NO_CHOICE", nl="Kies een van: {choices}.", en="Choose one of: {choices}.")
EMPTY = FormFault(
    "EMPTY", nl="Dit is leeg. Vul het in of laat het veld weg.", en="This is empty. Fill it in or omit it."
)
TOO_LONG = FormFault(
    "TOO_LONG", nl="Dit is te lang. Houd het bij {most} tekens.", en="This is too long. Keep it to {most} characters."
)
CONTROL_CHARACTER = FormFault(
    "CONTROL_CHARACTER",
    nl="Hier staat een onzichtbaar teken in dat niet mag. Typ de tekst opnieuw.",
    en="This holds an invisible character that is not allowed. Type the text again.",
)
WRONG_FORM = FormFault(
    "WRONG_FORM",
    nl="Dit heeft niet de goede vorm. Zie de documentatie van dit veld.",
    en="This does not have the right form. See the documentation of this field.",
)
NO_DATE = FormFault("NO_DATE", nl="Schrijf een dag als 2026-03-31.", en="Write a day as 2026-03-31.")
NO_MOMENT = FormFault(
    "NO_MOMENT",
    nl="Schrijf een moment met tijdzone, als 2026-03-31T09:00:00Z.",
    en="Write a moment with its time zone, as 2026-03-31T09:00:00Z.",
)
UNKNOWN_CURSOR = FormFault(
    "UNKNOWN_CURSOR",
    nl="Deze cursor kennen we niet. Begin weer bij de eerste bladzijde.",
    en="This cursor is not known. Begin again at the first page.",
)
OUT_OF_RANGE = FormFault(
    "OUT_OF_RANGE",
    nl="Deze waarde is te klein of te groot. Kies een gewone waarde.",
    en="This value is too small or too large. Choose an ordinary one.",
)

BY_PYDANTIC_TYPE: Mapping[str, Reason] = MappingProxyType(
    {
        "json_invalid": INVALID_JSON,
        "missing": MISSING,
        "union_tag_not_found": MISSING,
        "unexpected_keyword_argument": UNKNOWN_FIELD,
        "extra_forbidden": UNKNOWN_FIELD,
        "union_tag_invalid": UNKNOWN_COMMAND,
        "enum": NO_CHOICE,
        "literal_error": NO_CHOICE,
        "string_too_short": EMPTY,
        "string_too_long": TOO_LONG,
        "string_pattern_mismatch": WRONG_FORM,
        "date_type": NO_DATE,
        "date_parsing": NO_DATE,
        "date_from_datetime_parsing": NO_DATE,
        "datetime_type": NO_MOMENT,
        "datetime_parsing": NO_MOMENT,
        "datetime_from_date_parsing": NO_MOMENT,
        "timezone_aware": NO_MOMENT,
        "greater_than_equal": OUT_OF_RANGE,
        "less_than_equal": OUT_OF_RANGE,
        "finite_number": OUT_OF_RANGE,
        "int_parsing_size": OUT_OF_RANGE,
    }
)
NOT_PRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def faults(found: Iterable[ErrorDetails], *, prefix: int = 0) -> tuple[Refusal, ...]:
    """Name each fault that pydantic found. `prefix` counts the places of its path that are no field of the sender's."""
    return tuple(_named(one, prefix) for one in found)


def _named(found: ErrorDetails, prefix: int) -> Refusal:
    reason = BY_PYDANTIC_TYPE.get(found["type"], WRONG_TYPE)
    if reason is WRONG_FORM and NOT_PRINTED.search(str(found["input"])):
        reason = CONTROL_CHARACTER
    path = [str(place) for place in found["loc"][prefix:]]
    if found["type"].startswith("union_tag"):
        path.append("type")
    return reason(".".join(path) or None, **_parameters(reason, found.get("ctx", {})))


def _parameters(reason: Reason, context: Mapping[str, Any]) -> dict[str, Parameter]:
    if reason is NO_CHOICE:
        return {"choices": str(context["expected"]).replace("'", "").replace(" or ", ", ")}
    return {"most": int(context["max_length"])} if reason is TOO_LONG else {}
