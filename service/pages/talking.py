"""Asking, replying and writing down: what people say to each other on a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from domain.command import Command
from domain.moves import capacities
from domain.parts import Message
from domain.talking import OF_THE_PROGRAMME, Ask, Reply, TakeNote
from domain.words import Capacity, Desk
from service.language import message
from service.pages.choosing import Options, partners, seats
from service.pages.deed_page import At, DeedPage, routes_of, segments_of
from service.pages.filled import Filled

SAY_SOMETHING: Final = message("Write what you want to say.")
TO_WHOM: Final = message("Choose whom you ask.")
INTERNAL: Final = "internal"


def _asked(at: At) -> Message:
    return at.part(at.shown.view.messages)


def _in_programme(at: At) -> bool:
    mine = capacities(at.shown.stored.request, at.visit.account.actor)
    return at.behalf is None and not OF_THE_PROGRAMME.isdisjoint(mine)


async def show_message(at: At) -> Mapping[str, Any]:
    """What was asked, and by whom."""
    asked = _asked(at)
    return {"asked": asked, "by": at.shown.name(asked.by)}


async def show_asking(at: At) -> Mapping[str, Any]:
    """Whom one can ask."""
    return {"whom": list(_whom(at)), "in_programme": _in_programme(at)}


async def show_note(at: At) -> Mapping[str, Any]:
    """Whether it can stay within the programme."""
    return {"in_programme": _in_programme(at)}


def _whom(at: At) -> Iterator[tuple[str, str]]:
    """The desks of others on this request, and each partner."""
    view, tongue = at.shown.view, at.visit.tongue
    mine = {at.behalf} if at.behalf else set(capacities(at.shown.stored.request, at.visit.account.actor))
    supported = view.supporting_parties or any(one.supported_by for one in seats(view))
    desks = {
        Desk.ADVISOR: Capacity.ADVISOR not in mine,
        Desk.MUNICIPALITY: Capacity.MUNICIPALITY not in mine,
        Desk.STAFF: Capacity.STAFF not in mine,
        Desk.SUPPORTING_PARTY: bool(supported) and Capacity.SUPPORTING_PARTY not in mine,
    }
    yield from ((desk.value, tongue.word(desk)) for desk, there in desks.items() if there)
    yield from ((f"{Desk.PARTNER}:{one.id}", one.organisation) for one in partners(view))


def read_asking(at: At, form: Filled) -> Command:
    """Ask a desk or a partner something."""
    options: Options = list(_whom(at))
    key = form.one_of("to", [value for value, _ in options], missing=at.say(TO_WHOM))
    desk, _, partner = key.partition(":")
    return Ask(
        to=Desk(desk) if desk else Desk.ADVISOR,
        partner=partner or None,
        text=form.text("text", missing=at.say(SAY_SOMETHING)),
        internal=form.is_ticked(INTERNAL),
    )


def read_reply(at: At, form: Filled) -> Command:
    """Answer a question."""
    return Reply(message=_asked(at).id, text=form.text("text", missing=at.say(SAY_SOMETHING)))


def read_note(at: At, form: Filled) -> Command:
    """Write something down."""
    text = form.text("text", missing=at.say(SAY_SOMETHING))
    return TakeNote(text=text, internal=form.is_ticked(INTERNAL))


PAGES: Final = (
    DeedPage(
        command="ask",
        segment="vraag-stellen",
        template="deeds/ask.html",
        read=read_asking,
        values=show_asking,
        button=message("Send"),
        done=message("Your question was sent."),
    ),
    DeedPage(
        command="reply",
        segment="antwoorden",
        template="deeds/reply.html",
        read=read_reply,
        values=show_message,
        title=message("Answer a message"),
        button=message("Send"),
        done=message("Your answer was sent."),
    ),
    DeedPage(
        command="note",
        segment="notitie",
        template="deeds/note.html",
        read=read_note,
        values=show_note,
        button=message("Record"),
        done=message("Your note was recorded."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
