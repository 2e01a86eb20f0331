"""Setting right what went wrong: stop, reopen, one stage back, and blacken a text. Nothing is erased."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.command import Command
from domain.ending import Reopen, StepBack, Stop, StopReason
from domain.redaction import Redact
from domain.timeline import TimelineItem, timeline
from service.language import message
from service.language.deeds import EVENTS
from service.pages.deed_page import At, DeedPage, routes_of, segments_of
from service.pages.filled import Filled
from storage.log import read_events


async def show_stopping(at: At) -> Mapping[str, Any]:
    """Why it can be."""
    return {"reasons": [(one.value, at.visit.tongue.word(one)) for one in StopReason]}


def read_stop(at: At, form: Filled) -> Command:
    """Stop the support, in words for the municipality."""
    return Stop(
        reason=form.choice("reason", StopReason, missing=at.say("Choose why.")),
        text=form.text("text", missing=at.say("Write what the municipality reads.")),
    )


def read_reopening(at: At, form: Filled) -> Command:
    """Go on with a closed request."""
    return Reopen(text=form.optional_text("text"))


async def show_reopening(at: At) -> Mapping[str, Any]:
    """Where it goes back to."""
    closing = at.shown.stored.request.closing
    return {"stage": at.visit.tongue.word(closing.stage_before) if closing else ""}


async def show_stepping_back(at: At) -> Mapping[str, Any]:
    """From where to where."""
    left = at.shown.stored.request.stages_left
    return {
        "now": at.visit.tongue.word(at.shown.view.stage),
        "before": at.visit.tongue.word(left[-1]) if left else "",
    }


def read_step_back(at: At, form: Filled) -> Command:
    """Go one stage back after a mistake."""
    return StepBack(text=form.optional_text("text"))


async def show_blackening(at: At) -> Mapping[str, Any]:
    """The event, when it happened, and the words that disappear."""
    item = await _item(at)
    return {
        "what": at.say(EVENTS.get(item.type, item.type)),
        "when": at.visit.tongue.moment(item.at),
        "who": at.shown.name(item.by),
    }


async def _item(at: At) -> TimelineItem:
    async with at.visit.reading.connect() as connection:
        events = await read_events(connection, at.shown.view.id)
    seen = timeline(events, at.shown.stored.request, at.visit.account.actor)
    found = next((one for one in seen if str(one.seq) == at.about), None)
    if found is None:
        raise at.visit.not_found()
    return found


def read_blackening(at: At, form: Filled) -> Command:
    """Blacken what was typed in one event."""
    if not form.is_ticked("sure"):
        form.wrong("sure", at.say("Tick that you are sure: a blackened text does not come back."), None)
    return Redact(seq=int(at.about) if at.about.isdigit() and len(at.about) < 7 else 0)


PAGES: Final = (
    DeedPage(
        command="stop",
        segment="stoppen",
        template="staff/stop.html",
        read=read_stop,
        values=show_stopping,
        done=message("The support was stopped. The municipality hears why."),
    ),
    DeedPage(
        command="reopen",
        segment="heropenen",
        template="staff/reopen.html",
        read=read_reopening,
        values=show_reopening,
        done=message("The request was reopened."),
    ),
    DeedPage(
        command="step_back",
        segment="fase-terug",
        template="staff/step_back.html",
        read=read_step_back,
        values=show_stepping_back,
        done=message("The request went one stage back."),
    ),
    DeedPage(
        command="redact",
        segment="zwart-maken",
        template="staff/redact.html",
        read=read_blackening,
        values=show_blackening,
        done=message("The text was blackened."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
