"""Letting a request rest, going on, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.command import Command
from domain.ending import ChosenForMeeting, MeetingChoice, Withdraw
from domain.parts import Meeting, MeetingStatus
from domain.resting import PauseReason, PauseRequest, Resume
from service.language import message
from service.pages.choosing import meeting_name, words
from service.pages.deed_page import At, DeedPage, routes_of, segments_of
from service.pages.filled import Filled

WHY_PAUSE: Final = message("Choose why the request rests.")
WHY_WITHDRAW: Final = message("Write briefly why you take the request back.")
WHICH: Final = message("Choose what happens to this meeting.")


async def show_pausing(at: At) -> Mapping[str, Any]:
    """Why somebody lets a request rest; that it was silent for long is time's own reason."""
    return {"reasons": words(at.visit.tongue, (one for one in PauseReason if one is not PauseReason.SILENCE))}


def read_pausing(at: At, form: Filled) -> Command:
    """Let it rest, if possible until a day."""
    return PauseRequest(
        reason=form.choice("reason", PauseReason, missing=at.say(WHY_PAUSE)),
        look_again=form.optional_day("lookAgain"),
        text=form.optional_text("text"),
    )


def read_resuming(_: At, __: Filled) -> Command:
    """Go on."""
    return Resume()


def _to_come(at: At) -> tuple[Meeting, ...]:
    """The planned meetings that have not begun."""
    planned = (one for one in at.shown.view.meetings if one.status is MeetingStatus.PLANNED)
    return tuple(one for one in planned if one.starts_at > at.visit.now)


def _field(meeting: Meeting) -> str:
    return f"meeting-{meeting.id.rpartition('/')[2]}"


async def show_withdrawing(at: At) -> Mapping[str, Any]:
    """A choice for each meeting that is still to come."""
    tongue = at.visit.tongue
    return {
        "meetings": [(_field(one), meeting_name(tongue, one)) for one in _to_come(at)],
        "choices": words(tongue, MeetingChoice),
    }


def read_withdrawing(at: At, form: Filled) -> Command:
    """Take it back, with a choice for each planned meeting."""
    reason = form.text("reason", missing=at.say(WHY_WITHDRAW))
    meetings = tuple(_chosen(at, form, one) for one in _to_come(at))
    return Withdraw(reason=reason, meetings=meetings, text=form.optional_text("text"))


def _chosen(at: At, form: Filled, meeting: Meeting) -> ChosenForMeeting:
    with form.within(meeting_name(at.visit.tongue, meeting)):
        choice = form.choice(_field(meeting), MeetingChoice, missing=at.say(WHICH))
    return ChosenForMeeting(meeting=meeting.id, choice=choice)


PAGES: Final = (
    DeedPage(
        command="pause",
        segment="pauzeren",
        template="deeds/pause.html",
        read=read_pausing,
        values=show_pausing,
        done=message("The request rests. You can go on whenever you like."),
    ),
    DeedPage(
        command="resume",
        segment="verdergaan",
        template="deeds/resume.html",
        read=read_resuming,
        title=message("Go on with the request"),
        button=message("Go on"),
        done=message("The request goes on."),
    ),
    DeedPage(
        command="withdraw",
        segment="intrekken",
        template="deeds/withdraw.html",
        read=read_withdrawing,
        values=show_withdrawing,
        done=message("The request was taken back. You are always welcome with another one."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
