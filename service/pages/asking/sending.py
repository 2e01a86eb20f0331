"""Checking the answers, sending them, and the receipt: reference, who answers by which day, and a present."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from starlette.responses import Response

from domain.tasks import open_tasks
from domain.terms import Waiting
from domain.words import Phase
from service.giving import request_id_of
from service.pages.asking.beginning import has_account
from service.pages.asking.held import BEGIN, CHECK, RECEIPT, Step, with_draft
from service.pages.asking.understanding import Understanding, kept_form, places_on, understand
from service.pages.figures import first_figures
from service.pages.forms import Form
from service.pages.giving import submit
from service.pages.guarding import Who, get, post
from service.pages.requests import address_of
from service.pages.visit import Visit
from storage.accounts import Account
from storage.asking import Draft, empty_draft, note_sent
from storage.newcomers import open_newcomer
from storage.requests import load

A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One step as it was answered, and where to change it."""

    question: str
    facts: tuple[tuple[str, str], ...]
    address: str


async def show_check(visit: Visit, draft: Draft) -> Response:
    """Show all answers before they are sent; what is still to be answered is asked first."""
    async with visit.reading.connect() as connection:
        seen = await understand(connection, visit, draft)
    if seen.next_step:
        return visit.see_other(seen.next_step.address)
    return _show_check(visit, draft, seen, Form(key=_key(draft)))


def _show_check(visit: Visit, draft: Draft, seen: Understanding, form: Form) -> Response:
    return visit.page(
        "asking/check.html",
        title=visit.say("Check your answers"),
        form=form,
        answered=list(_answered(visit, draft, seen)),
        joins=seen.twin.reference if seen.twin and seen.joins else None,
        back=BEGIN,
        until=draft.leads_until,
    )


def _answered(visit: Visit, draft: Draft, seen: Understanding) -> Iterator[Answered]:
    where, wish, say, names = seen.where, seen.wish, visit.say, places_on(visit.today).names
    if where is None or wish is None or seen.coalition is None:
        return
    phase = seen.coalition.phase
    yield _step(
        Step.MUNICIPALITY,
        say("Municipality"),
        (say("Asks"), names[where.lead]),
        (say("Takes part"), visit.tongue.together([names[code] for code in where.participating])),
    )
    yield _step(
        Step.COALITION,
        say("Coalition"),
        (say("Name"), seen.coalition_name),
        (say("How far it is"), "" if phase is Phase.UNKNOWN else visit.tongue.word(phase)),
    )
    if seen.twin:
        joins = say("Join request %(reference)s", reference=seen.twin.reference) if seen.joins else say("On its own")
        yield _step(Step.COLLEAGUE, say("Your colleague’s request"), (say("Your choice"), joins))
    period = wish.period
    yield _step(
        Step.QUESTION,
        say("Your question"),
        (say("In your words"), wish.text),
        (say("It is about"), "\n".join(visit.tongue.word(kind) for kind in wish.kinds)),
        (say("When it fits"), _span(visit, period.start, period.end - A_DAY) if period else ""),
    )
    if seen.card:
        yield _step(
            Step.CONTACT,
            say("Contact"),
            (say("Name"), seen.card.name or ""),
            (say("Function"), seen.card.function or ""),
            (say("Phone number"), seen.card.phone or ""),
            (say("Mail address"), draft.email),
        )


def _step(step: Step, question: str, *facts: tuple[str, str]) -> Answered:
    return Answered(question=question, facts=tuple(one for one in facts if one[1]), address=step.address)


def _span(visit: Visit, first: date, last: date) -> str:
    return visit.say(
        "%(first)s up to and including %(last)s", first=visit.tongue.day(first), last=visit.tongue.day(last)
    )


async def send(visit: Visit, draft: Draft) -> Response:
    """Submit what was answered, once: the same answers of the same draft are the same request."""
    async with visit.reading.connect() as connection:
        seen = await understand(connection, visit, draft)
    if seen.next_step:
        return visit.see_other(seen.next_step.address)
    account = await _account(visit, draft, seen)
    if account is None:
        return has_account(visit)
    form = kept_form(visit, draft.answers, key=_key(draft))
    async with visit.parts.engine.begin() as connection:
        await note_sent(connection, draft, request_id_of(account, form.key), visit.now)
    done = await submit(visit, account, seen.command(account.person, _joining(visit, seen)), form)
    if isinstance(done, Form):
        return _show_check(visit, draft, seen, done)
    return visit.see_other(RECEIPT)


def _joining(visit: Visit, seen: Understanding) -> str:
    """What asks staff to put two requests together; it stands on top of the text, and was shown before sending."""
    reference = seen.twin.reference if seen.twin else ""
    return visit.say("Please put this with request %(reference)s of my colleague.", reference=reference)


async def _account(visit: Visit, draft: Draft, seen: Understanding) -> Account | None:
    """Their own account, or that of a newcomer."""
    if draft.account_id is not None:
        return visit.account
    if seen.where is None or seen.card is None:
        return None
    async with visit.parts.engine.begin() as connection:
        return await open_newcomer(connection, draft, municipality=seen.where.lead, card=seen.card, opened_at=visit.now)


def _key(draft: Draft) -> str:
    """What makes sending twice sending once, also from two windows."""
    said = json.dumps({name: list(values) for name, values in sorted(draft.answers.items())})
    return f"{draft.id.hex[:16]}-{hashlib.sha256(f'{draft.id}{said}'.encode()).hexdigest()[:32]}"


async def show_receipt(visit: Visit, draft: Draft) -> Response:
    """Say what was received, who answers by when, and give the first figures.

    Of the request only this leaves: a newcomer may not read it before it is taken in.
    """
    async with visit.parts.engine.begin() as connection:
        stored = await load(connection, draft.request_id or "")
        if stored is None:
            raise visit.not_found()
        if draft.answers:
            await empty_draft(connection, draft)
        code = stored.request.lead_municipality
        name = places_on(visit.today).names.get(code, code)
        figures = await first_figures(connection, visit, code, name)
    triage = (task.due for task in open_tasks(stored.request) if task.kind is Waiting.TRIAGE)
    return visit.page(
        "asking/receipt.html",
        title=visit.say("We received your request"),
        reference=stored.reference,
        answered_by=next(triage, None),
        municipality=name,
        email=draft.email,
        address=address_of(stored.reference) if draft.account_id else None,
        figures=figures,
    )


routes = (
    get(CHECK, with_draft(show_check), who=Who.EVERYBODY),
    post(CHECK, with_draft(send), who=Who.EVERYBODY),
    get(RECEIPT, with_draft(show_receipt, sent=True), who=Who.EVERYBODY),
)
