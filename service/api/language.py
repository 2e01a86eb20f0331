"""In which language a caller is answered: Dutch, unless English is asked for first (RFC 9110, 12.5.4)."""

from __future__ import annotations

from starlette.requests import Request

from service.errors import Language


def language_of(request: Request) -> Language:
    """Say in which language to answer this caller."""
    return preferred(request.headers.get("accept-language", ""))


def preferred(accepted: str) -> Language:
    """Choose from the weighted list that a caller accepts; what cannot be read counts for nothing."""
    weights = {Language.DUTCH: 0.0, Language.ENGLISH: 0.0}
    for choice in accepted.split(","):
        tag, _, parameter = choice.partition(";")
        spoken = tag.strip().lower().partition("-")[0]
        if spoken in (Language.DUTCH, Language.ENGLISH):
            known = Language(spoken)
            weights[known] = max(weights[known], _weight(parameter))
    return Language.ENGLISH if weights[Language.ENGLISH] > weights[Language.DUTCH] else Language.DUTCH


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0
