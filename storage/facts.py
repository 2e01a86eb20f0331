"""What else a command needs to know, gathered in one query for each kind of command.

Which command needs what stands in one table; most need nothing and cost nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.command import Command, EligibilityRule, Facts, OpenRequest
from domain.deciding import command_name
from domain.parts import Figure
from domain.request import SupportRequest
from domain.submitting import Submit
from domain.words import Ground
from storage import codec

MUNICIPALITIES, ELIGIBILITY, ADVISORS = "known_municipalities", "eligibility", "advisors"
COALITION, OPEN_REQUESTS, FIGURES, SUCCESSORS = "coalition", "open_requests", "figures", "successors"

NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "submit": (MUNICIPALITIES, ELIGIBILITY, COALITION, OPEN_REQUESTS),
        "accept": (ADVISORS,),
        "assign": (ADVISORS,),
        "reassign": (ADVISORS,),
        "import_standing": (ADVISORS,),
        "change_municipalities": (MUNICIPALITIES, ELIGIBILITY),
        "report_meeting": (FIGURES,),
        "merge": (OPEN_REQUESTS,),
        "link_request": (OPEN_REQUESTS,),
        "follow_merger": (SUCCESSORS,),
    }
)

QUERIES: Mapping[str, str] = MappingProxyType(
    {
        MUNICIPALITIES: "select jsonb_agg(code) from municipality",
        ELIGIBILITY: "select jsonb_build_object("
        "'rules', (select jsonb_agg(jsonb_build_object('valid_from', valid_from, 'valid_until', valid_until,"
        " 'ground', ground) order by valid_from) from eligibility_rule),"
        "'lists', (select jsonb_object_agg(ground, to_jsonb(municipalities)) from eligibility_list))",
        ADVISORS: "select jsonb_agg(account.person_id) from account join account_grant"
        " on account_grant.account_id = account.id and role = 'ADVISOR' where closed_at is null",
        COALITION: "select state from coalition where id = :coalition",
        OPEN_REQUESTS: "select jsonb_agg(jsonb_build_object('id', id, 'lead_municipality', lead_municipality,"
        " 'coalition_id', coalition_id, 'reference', reference)) from support_request where is_open and id <> :id"
        " and (coalition_id = :coalition and stage <> 'EMBEDDING' or id = any(cast(:others as uuid[])))",
        FIGURES: "select jsonb_agg(to_jsonb(latest)) from (select distinct on (municipality, indicator)"
        " municipality, indicator, year, value, unit from key_figure where municipality = any(:codes)"
        " order by municipality, indicator, year desc) as latest",
        SUCCESSORS: "select jsonb_object_agg(old_code, new_code) from municipal_merger where done and on_day <= :day",
    }
)

RULES = TypeAdapter(tuple[EligibilityRule, ...])
OTHERS = TypeAdapter(tuple[OpenRequest, ...])
FROZEN = TypeAdapter(tuple[Figure, ...])


async def gather(connection: AsyncConnection, request: SupportRequest, command: Command, day: date) -> Facts:
    """Gather what this command needs to know, in one query; nothing when it needs nothing."""
    needed = NEEDS.get(command_name(command))
    if needed is None:
        return Facts()
    query = "select " + ", ".join(f"({QUERIES[name]}) as {name}" for name in needed)
    wanted = {name: value for name, value in _parameters(request, command, day).items() if f":{name}" in query}
    row = (await connection.execute(text(query), wanted)).mappings().one()
    return _facts(row)


def _parameters(request: SupportRequest, command: Command, day: date) -> dict[str, Any]:
    chosen = command.coalition.id if isinstance(command, Submit) else None
    known = request.coalition.id if request.coalition else None
    return {
        "id": UUID(request.id),
        "coalition": chosen or known or "",
        "others": _named_requests(command),
        "codes": list(request.municipalities),
        "day": day,
    }


def _named_requests(command: Command) -> list[UUID]:
    named = (getattr(command, name, None) for name in ("into", "other"))
    return [UUID(one) for one in named if one]


def _facts(row: Mapping[Any, Any]) -> Facts:
    eligibility = row.get(ELIGIBILITY) or {}
    coalition = row.get(COALITION)
    return Facts(
        known_municipalities=frozenset(row.get(MUNICIPALITIES) or ()),
        eligibility_rules=RULES.validate_python(eligibility.get("rules") or ()),
        lists={Ground(name): frozenset(codes) for name, codes in (eligibility.get("lists") or {}).items()},
        coalition=codec.COALITION.validate_python(coalition) if coalition else None,
        open_requests=OTHERS.validate_python(row.get(OPEN_REQUESTS) or ()),
        advisors=frozenset(row.get(ADVISORS) or ()),
        figures=FROZEN.validate_python(row.get(FIGURES) or ()),
        successors=row.get(SUCCESSORS) or {},
    )
