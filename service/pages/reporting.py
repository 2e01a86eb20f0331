"""Reporting a meeting: write the report in one go or leave it as a draft, and correct it later.

A draft is kept on the server for every advisor of the request: who takes over finds it. It goes when the report is
recorded, whoever records it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from starlette.responses import Response

from domain.command import Command
from domain.moves import capacities
from domain.parts import MeetingStatus, Proceedings
from domain.refusal import Refusal
from domain.reporting import (
    ALREADY_REPORTED,
    MEETING_NOT_BEGUN,
    MINUTES_ARE_THE_ADVISORS,
    NOT_REPORTED_YET,
    AmendReport,
    ReportMeeting,
)
from domain.text import PersonId
from domain.words import Capacity, MeetingKind, Side
from service.language import message
from service.pages.choosing import lines
from service.pages.deed_page import ABOUT, BEHALF, THEN, At, DeedPage, Start, address_of_deed, routes_of, segments_of
from service.pages.filled import OWN, Filled
from service.pages.forms import Form
from service.pages.report_form import (
    read_kickoffs,
    read_proceedings,
    reported,
    show_report,
    shown_figures,
    start_amending,
    start_report,
)
from storage.drafts import Draft, find_draft, save_draft
from storage.facts import gather
from storage.people import names_of

SEGMENT: Final = "verslag"
DRAFT: Final = "draft"
SEEN: Final = "draftSeen"
MOST_KEPT: Final = 20_000
ASIDE: Final = OWN | {ABOUT, BEHALF, THEN, SEEN}
KEPT: Final = message("Your draft is kept. The other advisors of this request see it too.")
NEWER: Final = message(
    "%(who)s kept a newer draft while you were writing. Below is your own text."
    " Keep it again to replace the newer draft."
)


def no_report_yet(at: At) -> Refusal | None:
    """Why there is nothing to report: it was done, it is not theirs to do, or the meeting has still to begin."""
    meeting = reported(at)
    if meeting.status is MeetingStatus.HELD:
        return ALREADY_REPORTED()
    return _other_writer(at) or (MEETING_NOT_BEGUN() if at.visit.now < meeting.starts_at else None)


def no_correction(at: At) -> Refusal | None:
    """Why there is nothing to correct: it was not reported, or somebody else writes it."""
    return _other_writer(at) if reported(at).report else NOT_REPORTED_YET()


def _other_writer(at: At) -> Refusal | None:
    acting = (at.behalf,) if at.behalf else capacities(at.shown.stored.request, at.visit.account.actor)
    is_theirs = Capacity.ADVISOR in acting or reported(at).minutes is Side.MUNICIPALITY
    return None if is_theirs else MINUTES_ARE_THE_ADVISORS()


async def find_kept(at: At) -> Start:
    """The draft that an advisor of this request left, to go on with."""
    draft = await _draft(at)
    if draft is None:
        return {}
    names = dict.fromkeys(name for name, _ in draft.fields)
    known = {name: tuple(value for one, value in draft.fields if one == name) for name in names}
    missing = {} if "figuresDiscussed" in known else {"figuresDiscussed": ""}
    return {**known, **missing, SEEN: draft.saved_at.isoformat()}


async def _draft(at: At) -> Draft | None:
    if not _shares_drafts(at):
        return None
    async with at.visit.reading.connect() as connection:
        return await find_draft(connection, at.shown.view.id, reported(at).id)


def _shares_drafts(at: At) -> bool:
    """Drafts are the advisors' own: whoever else keeps the minutes writes them in one go."""
    return Capacity.ADVISOR in capacities(at.shown.stored.request, at.visit.account.actor)


async def keep_draft(at: At, form: Filled) -> Response | Form | None:
    """Keep what was typed so far, when that button was pressed; never over a newer draft that nobody has seen."""
    if form.typed(THEN) != DRAFT or not _shares_drafts(at):
        return None
    before = await _draft(at)
    if before and before.saved_at.isoformat() != form.typed(SEEN):
        form.wrong(None, at.say(NEWER, who=await _who(at, before.saved_by)), None)
        again = form.again()
        return Form(
            key=again.key,
            version=again.version,
            values={**again.values, SEEN: (before.saved_at.isoformat(),)},
            mistakes=again.mistakes,
        )
    await _keep(at, form)
    return at.visit.see_other(
        address_of_deed(at.shown, SEGMENT, about=reported(at).id, behalf=at.behalf), said=at.say(KEPT)
    )


async def _keep(at: At, form: Filled) -> None:
    typed = tuple(
        (name, value[:MOST_KEPT].replace("\x00", ""))
        for name, value in form.sent.multi_items()
        if name not in ASIDE and isinstance(value, str)
    )
    draft = Draft(fields=typed, saved_by=at.visit.account.person, saved_at=at.visit.now)
    async with at.visit.parts.engine.begin() as connection:
        await save_draft(connection, at.shown.view.id, reported(at).id, draft)


async def show_reporting(at: At) -> Mapping[str, Any]:
    """What the form needs, whose draft it is, and the figures that would be kept."""
    known = await show_report(at)
    meeting, draft = reported(at), await _draft(at)
    figures: list[tuple[str, str, int, str]] = []
    if meeting.kind is MeetingKind.VISIT:
        async with at.visit.reading.connect() as connection:
            facts = await gather(connection, at.shown.stored.request, ReportMeeting(meeting=meeting.id), at.visit.today)
        figures = shown_figures(at, facts.figures)
    return {
        **known,
        "is_visit": meeting.kind is MeetingKind.VISIT,
        "keeps_drafts": _shares_drafts(at),
        "draft": (await _who(at, draft.saved_by), draft.saved_at) if draft else None,
        "figures": figures,
    }


async def _who(at: At, person: PersonId) -> str:
    """Who wrote a draft may take part no more: the request does not name them any longer."""
    async with at.visit.reading.connect() as connection:
        card = (await names_of(connection, [person])).get(person)
    return (card.name or card.email or "–") if card else "–"


def read_reporting(at: At, form: Filled) -> Command:
    """Report the meeting."""
    is_visit = reported(at).kind is MeetingKind.VISIT
    return ReportMeeting(
        meeting=reported(at).id,
        agenda=lines(form, "agenda"),
        figures_discussed=form.is_ticked("figuresDiscussed"),
        wanted_kickoffs=read_kickoffs(at, form) if is_visit else (),
        **_told(read_proceedings(at, form)),
    )


def read_amending(at: At, form: Filled) -> Command:
    """Give the report anew, as it should read."""
    return AmendReport(
        meeting=reported(at).id,
        agenda=lines(form, "agenda"),
        reason=form.text("reason", missing=at.say("Write what you correct.")),
        **_told(read_proceedings(at, form)),
    )


def _told(proceedings: Proceedings) -> dict[str, Any]:
    return {one.name: getattr(proceedings, one.name) for one in fields(Proceedings)}


PAGES: Final = (
    DeedPage(
        command="report_meeting",
        segment=SEGMENT,
        template="deeds/report_meeting.html",
        read=read_reporting,
        start=start_report,
        known=find_kept,
        instead=keep_draft,
        hindrance=no_report_yet,
        values=show_reporting,
        button=message("Record the report"),
        done=message("The report was recorded."),
    ),
    DeedPage(
        command="amend_report",
        segment="verslag-verbeteren",
        template="deeds/amend_report.html",
        read=read_amending,
        start=start_amending,
        hindrance=no_correction,
        values=show_report,
        button=message("Record the correction"),
        done=message("The report was corrected."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
