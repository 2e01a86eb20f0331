"""The hand-over sheet: one page on one request for who takes over, on the screen or on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from starlette.responses import Response

from domain.parts import ActionStatus, Meeting, MeetingStatus
from domain.tasks import Task
from domain.words import Domain
from service.pages.choosing import meeting_name, owner_name, partners, seats
from service.pages.guarding import Who, get
from service.pages.questions import question_name
from service.pages.requests import Shown, request_at
from service.pages.visit import Visit
from service.pages.waiting import near_day
from storage.drafts import drafts_of

LATEST: Final = 3


async def show_sheet(visit: Visit) -> Response:
    """Show what somebody needs to know who stands in tomorrow."""
    request = await request_at(visit)
    view, tongue = request.view, visit.tongue
    async with visit.reading.connect() as connection:
        drafts = await drafts_of(connection, [view.id])
    held = [one for one in view.meetings if one.report]
    return visit.page(
        "advisor/hand_over.html",
        title=visit.say("Hand-over sheet of %(municipality)s", municipality=request.municipality),
        request=request,
        view=view,
        on=tongue.day(visit.today),
        contact=_card(request, view.contact),
        advisors=[(request.name(one.advisor), one.role) for one in view.advisors],
        tasks=[
            (tongue.word(one.kind), _whose(request, visit, one), near_day(tongue, one.due, visit.today))
            for one in request.tasks
        ],
        coming=[_meeting(visit, one) for one in view.meetings if one.status is MeetingStatus.PLANNED],
        drafts=[meeting_name(tongue, one) for one in view.meetings if one.id in drafts],
        questions=[(question_name(tongue, one), one.status) for one in view.questions],
        decisions=[(meeting_name(tongue, one), one.report.decisions) for one in held[-2:] if one.report],
        coalition=[(tongue.word(one), _of_domain(request, one)) for one in Domain],
        seats=[(tongue.word(one.body), tongue.word(one.form)) for one in seats(view)],
        actions=_actions(request, visit),
        messages=[(request.name(one.by), one.text, one.reply) for one in view.messages[-LATEST:]],
        notes=[(request.name(one.by), one.text) for one in view.notes[-LATEST:]],
    )


def _whose(request: Shown, visit: Visit, task: Task) -> str:
    """Whose task it is: the partner by its name, others by their desk."""
    names = {one.id: one.organisation for one in partners(request.view)}
    return names.get(task.assignee.partner or "", visit.tongue.word(task.assignee.desk))


def _card(request: Shown, person: str | None) -> str | None:
    card = request.people.get(person) if person else None
    return "\n".join(filter(None, (card.name, card.function, card.phone, card.email))) or None if card else None


def _meeting(visit: Visit, meeting: Meeting) -> tuple[str, str]:
    where = meeting.place or meeting.link or meeting.inside or "–"
    return meeting_name(visit.tongue, meeting), f"{visit.tongue.time(meeting.starts_at)}, {where}"


def _of_domain(request: Shown, domain: Domain) -> list[str]:
    return [one.organisation for one in partners(request.view) if one.domain is domain]


def _actions(request: Shown, visit: Visit) -> list[tuple[str, str, str]]:
    tongue = visit.tongue
    open_ones: Iterable[tuple[str, str, str]] = (
        (one.title, owner_name(request, one.owner, tongue), near_day(tongue, one.due, visit.today))
        for one in request.view.actions
        if one.status is ActionStatus.OPEN
    )
    return list(open_ones)


routes = (get("/aanvragen/{reference}/overdrachtsblad", show_sheet, who=Who.PROGRAMME),)
