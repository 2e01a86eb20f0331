"""From a form to a command: give it, or say in the reader's words why it could not be given.

What the domain refuses comes back as the form with its mistakes, by the fields at fault. What was typed is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import structlog

from domain.command import Command
from domain.refusal import STALE, Refusal
from domain.submitting import Submit
from domain.timeline import timeline
from domain.words import Stage
from service.giving import Given, KeyReused, NotFound, NotKnown, OurMistake
from service.language import Tongue, message
from service.language.deeds import EVENTS
from service.pages.filled import Filled
from service.pages.forms import Form, Mistake
from service.pages.visit import Visit
from storage.accounts import Account
from storage.log import read_events
from storage.people import PersonCard
from storage.requests import Stored, load

log = structlog.get_logger(__name__)

ASK_AGAIN: Final = message(
    "We do not know yet whether this was recorded. Send it again: what was recorded is not recorded twice."
)
NOT_RECORDED: Final = message("Something went wrong on our side, and this was not recorded. Send it again later.")
USED_BEFORE: Final = message("This form was sent before with something else in it. Check it and send it again.")
CHANGED: Final = message("Somebody else changed this while you were typing. Check it and send it again.")
WORDED: Final = {"stage": Stage}

Fields = Mapping[str, str]
"""For a field of the command that is called otherwise in the form: its name there."""
People = Mapping[str, PersonCard]


async def give(
    visit: Visit,
    stored: Stored,
    command: Command,
    form: Filled,
    *,
    fields: Fields | None = None,
    people: People | None = None,
) -> Given | Form:
    """Give a command to a request; a Form when it was not, to be shown again.

    Raises: HTTPException 404 when the request is not theirs to see any more.
    """
    if form.mistakes:
        return form.again()
    try:
        return await visit.parts.giving.give(
            visit.account, stored.request.id, command, key=form.key, based_on=form.version, people=people
        )
    except NotFound:
        raise visit.not_found() from None
    except Refusal as refusal:
        if refusal.reason is STALE:
            return await _changed_meanwhile(visit, stored.request.id, form)
        return _refused(form, refusal, fields or {})
    except (NotKnown, OurMistake, KeyReused) as error:
        return _unclear(form, error)


async def submit(
    visit: Visit,
    account: Account,
    command: Submit,
    form: Filled,
    *,
    fields: Fields | None = None,
    people: People | None = None,
) -> Given | Form:
    """Submit a new request; a Form when it was not, to be shown again."""
    if form.mistakes:
        return form.again()
    try:
        return await visit.parts.giving.submit(account, command, key=form.key, people=people)
    except Refusal as refusal:
        return _refused(form, refusal, fields or {})
    except (NotKnown, OurMistake, KeyReused) as error:
        return _unclear(form, error)


def said(refusal: Refusal, tongue: Tongue) -> str:
    """A refusal in the reader's language; codes among its parameters are said as words."""
    worded = {name: _worded(name, value, tongue) for name, value in refusal.parameters.items()}
    return (refusal.reason.nl if tongue.language == "nl" else refusal.reason.en).format(**worded)


def _worded(name: str, value: object, tongue: Tongue) -> object:
    kind = WORDED.get(name)
    return tongue.word(kind(str(value))) if kind else value


def _refused(form: Filled, refusal: Refusal, fields: Fields) -> Form:
    """The form with every mistake at its field; one that the form does not have is told on top."""
    log.info("form_refused", code=refusal.code)
    again = form.again_as_new()
    mistakes = tuple(_mistakes(form, (refusal, *refusal.others), fields))
    return replace(again, mistakes=mistakes)


def _mistakes(form: Filled, refusals: tuple[Refusal, ...], fields: Fields) -> Iterator[Mistake]:
    for one in refusals:
        name = fields.get(one.field or "", one.field)
        yield Mistake(field=name if name in form.sent else None, text=said(one, form.tongue))


def _unclear(form: Filled, error: NotKnown | OurMistake | KeyReused) -> Form:
    """Under a new id when it was used for something else; else under the same: sending again gives the one answer."""
    again = form.again_as_new() if isinstance(error, KeyReused) else form.again()
    match error:
        case NotKnown():
            text = ASK_AGAIN
        case OurMistake():
            text = NOT_RECORDED
        case KeyReused():
            text = USED_BEFORE
    return replace(again, mistakes=(Mistake(field=None, text=form.tongue.say(text)),))


async def _changed_meanwhile(visit: Visit, request_id: str, form: Filled) -> Form:
    """The form on the version of now, with what others did since; sending it again goes through."""
    async with visit.reading.connect() as connection:
        stored = await load(connection, request_id)
        events = await read_events(connection, request_id)
    if stored is None:
        raise visit.not_found()
    seen = timeline(events, stored.request, visit.account.actor)
    changed = [visit.say(EVENTS[one.type]) for one in seen if one.seq > (form.version or 0) and one.type in EVENTS]
    return replace(
        form.again_as_new(),
        version=stored.request.version,
        mistakes=(Mistake(field=None, text=visit.say(CHANGED)),),
        changed=tuple(dict.fromkeys(changed)),
    )
