"""Asking, replying and writing down: what people say to each other on a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.command import Command
from domain.parts import Message
from domain.talking import Reply
from service.language import message
from service.pages.deed_page import At, DeedPage, routes_of, segments_of
from service.pages.filled import Filled

SAY_SOMETHING: Final = message("Write what you want to say.")


def _asked(at: At) -> Message:
    return at.part(at.shown.view.messages)


async def show_message(at: At) -> Mapping[str, Any]:
    """What was asked, and by whom."""
    asked = _asked(at)
    return {"asked": asked, "by": at.shown.name(asked.by)}


def read_reply(at: At, form: Filled) -> Command:
    """Answer a question."""
    return Reply(message=_asked(at).id, text=form.text("text", missing=at.say(SAY_SOMETHING)))


PAGES: Final = (
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
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
