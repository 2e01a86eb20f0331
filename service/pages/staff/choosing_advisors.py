"""Choosing advisors in a form: one who leads and perhaps others who help, each with what speaks for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.text import PersonId
from service.pages.deed_page import At
from service.pages.filled import Filled
from service.pages.staff.suggesting import suggested
from storage.municipalities import list_advisors, list_municipalities

LEAD: Final = "leadAdvisor"
SUPPORTING: Final = "supportingAdvisors"


async def advisors_to_choose(at: At) -> Mapping[str, Any]:
    """The advisors, best fitting first, as options of a form: value, name, why."""
    async with at.visit.reading.connect() as connection:
        advisors = await list_advisors(connection)
        municipalities = await list_municipalities(connection)
    found = suggested(at.shown.view, advisors, municipalities)
    tongue = at.visit.tongue
    return {
        "leads": [(one.advisor.person, one.advisor.name, one.why(tongue)) for one in found],
        "supporters": [(one.advisor.person, one.advisor.name) for one in found],
    }


def read_lead(form: Filled) -> PersonId | None:
    """Who is to lead; whether it is an advisor at all is for the domain to say."""
    return form.optional_line(LEAD, most=80)


def read_advisors(form: Filled) -> tuple[PersonId, ...]:
    """Who is to help."""
    return tuple(one[:80] for one in form.ticked(SUPPORTING))
