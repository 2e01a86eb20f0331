"""Where it has been quiet for more than twenty working days, and who will phone whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from starlette.responses import Response

from domain.terms import Waiting
from domain.words import Stage
from service.pages.guarding import Who, get
from service.pages.requests import address_of
from service.pages.staff.filtering import BETWEEN, Wanted
from service.pages.visit import Visit
from service.pages.waiting import Item, near_day
from storage.people import PersonCard, names_of
from storage.silence import SILENT_AFTER, SilentLine, SilentPosition, list_silent
from storage.tasks import TaskLine, TaskQuery, list_tasks

MOST: Final = 20
"""Of each; the rest is one step further."""


async def show_silence(visit: Visit) -> Response:
    """Show the longest quiet first, and the phone calls that are to be made."""
    before = visit.parts.calendar.working_days_before(visit.today, SILENT_AFTER)
    after = _position(visit.request.query_params.get("na", ""))
    calls = TaskQuery(everyone=True, kind=Waiting.CALL, limit=MOST)
    async with visit.reading.connect() as connection:
        silent = await list_silent(connection, before, after=after, limit=MOST)
        phone = await list_tasks(connection, visit.account.actor, calls, visit.today)
        named = {one.lead_advisor for one in silent.rows} | {one.caller for one in silent.rows}
        people = await names_of(connection, {one for one in named | {one.person for one in phone.rows} if one})
    return visit.page(
        "staff/silence.html",
        title=visit.say("Quiet and to phone"),
        days=SILENT_AFTER,
        silent=[_silent(one, people, visit) for one in silent.rows],
        following=f"/stil?na={BETWEEN.join(silent.next)}" if silent.next else None,
        is_first=after is None,
        calls=[_call(one, people, visit) for one in phone.rows],
        all_calls=Wanted(waiting=Waiting.CALL).address if phone.next else None,
    )


def _silent(line: SilentLine, people: Mapping[str, PersonCard], visit: Visit) -> tuple[str, ...]:
    """Address, municipality, reference, stage, quiet since, advisor, and who will phone."""
    tongue = visit.tongue
    phones = tongue.say("nobody yet")
    if line.call_due:
        phones = (
            _name(line.caller, people, visit)
            + ", "
            + tongue.say("before %(day)s", day=near_day(tongue, line.call_due, visit.today))
        )
    return (
        address_of(line.reference),
        line.municipality_name,
        line.reference,
        tongue.word(Stage(line.stage)),
        near_day(tongue, line.quiet_since, visit.today),
        _name(line.lead_advisor, people, visit) if line.lead_advisor else "–",
        phones,
    )


def _name(person: str | None, people: Mapping[str, PersonCard], visit: Visit) -> str:
    card = people.get(person or "")
    return (card and (card.name or card.email)) or visit.say("the staff of the programme")


def _call(line: TaskLine, people: Mapping[str, PersonCard], visit: Visit) -> Item:
    tongue = visit.tongue
    kind = Waiting(line.about.partition(":")[0])
    has_passed = line.due < visit.today
    day = near_day(tongue, line.due, visit.today)
    return Item(
        title=tongue.say(
            "%(caller)s phones %(municipality)s",
            caller=_name(line.person, people, visit),
            municipality=line.municipality_name,
        ),
        address=address_of(line.reference),
        about=tongue.say("About: %(task)s (%(reference)s)", task=tongue.word(kind), reference=line.reference),
        state=tongue.say("the day was %(day)s", day=day) if has_passed else tongue.say("before %(day)s", day=day),
        tone="warning" if has_passed else "neutral",
    )


def _position(after: str) -> SilentPosition | None:
    day, between, request_id = after.partition(BETWEEN)
    try:
        return (date.fromisoformat(day).isoformat(), str(UUID(request_id))) if between else None
    except ValueError:
        return None


routes = (get("/stil", show_silence, who=Who.STAFF),)
