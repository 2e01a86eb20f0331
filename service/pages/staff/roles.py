"""The roles of an account, as a form asks them and a page says them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from domain.text import MunicipalityCode
from service.language import Tongue
from service.pages.filled import Filled
from storage.accounts import Role

Grant = tuple[Role, str]

GIVEN: Final = "roles"
OFFICES: Final = (Role.STAFF, Role.ADVISOR)


def described(grants: Iterable[Grant], names: Mapping[MunicipalityCode, str], tongue: Tongue) -> str:
    """All that somebody may be, in words."""
    said = tongue.together([described_one(role, subject, names, tongue) for role, subject in grants])
    return said or tongue.say("no role")


def described_one(role: Role, subject: str, names: Mapping[MunicipalityCode, str], tongue: Tongue) -> str:
    """One role with what it is for."""
    word = tongue.word(role)
    return f"{word} {names.get(subject, subject)}" if subject else word


def read_grants(form: Filled, known: Collection[MunicipalityCode]) -> tuple[Grant, ...]:
    """The roles that were chosen; at least one."""
    grants = tuple(_grants(form, known))
    if not grants and not form.found(GIVEN):
        form.wrong(GIVEN, form.tongue.say("Choose at least one role."), None)
    return grants


def _grants(form: Filled, known: Collection[MunicipalityCode]) -> Iterator[Grant]:
    ticked = form.ticked(GIVEN)
    yield from ((role, "") for role in OFFICES if role.value in ticked)
    for role, field in ((Role.MEMBER, "member"), (Role.ACTING, "acting")):
        code = form.typed(field)
        if code and code not in known:
            form.wrong(field, form.tongue.say("Choose a municipality from the list."), None)
        elif code:
            yield role, code
    if organisation := form.optional_line("organisation"):
        yield Role.SUPPORTING_PARTY, organisation
