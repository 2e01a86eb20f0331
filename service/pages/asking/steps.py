"""The steps: each asks one thing, keeps the answer on the server, and leads to what is still to be answered.

So somebody can stop at any time, go on from the link in the mail, or come back from the check to change one thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from starlette.responses import Response

from domain.words import Phase, QuestionKind
from service.language import message
from service.pages.asking.answers import NEW
from service.pages.asking.held import BEGIN, CHECK, Step, with_draft
from service.pages.asking.understanding import (
    FIELDS,
    Understanding,
    kept_form,
    own_municipalities,
    places_on,
    read_step,
    understand,
)
from service.pages.filled import filled
from service.pages.forms import Form, blank
from service.pages.guarding import Who, get, post
from service.pages.visit import Visit
from storage.asking import Draft, write_answers

TITLES: Final[Mapping[Step, str]] = {
    Step.MUNICIPALITY: message("Which municipality asks?"),
    Step.COALITION: message("For which coalition?"),
    Step.COLLEAGUE: message("A colleague asked already"),
    Step.QUESTION: message("What would you like help with?"),
    Step.CONTACT: message("Whom can we call?"),
}
COUNTED: Final = (Step.MUNICIPALITY, Step.COALITION, Step.QUESTION, Step.CONTACT)
IN_ORDER: Final = tuple(Step)


async def show_step(visit: Visit, draft: Draft, *, step: Step) -> Response:
    """Ask one thing, filled in with what was answered before."""
    async with visit.reading.connect() as connection:
        seen = await understand(connection, visit, draft)
    if not _is_reached(step, seen):
        return visit.see_other(CHECK)
    answers = {name: draft.answers[name] for name in FIELDS[step] if name in draft.answers}
    form = kept_form(visit, answers)
    if answers:
        read_step(visit, draft, step, form, seen)
        return _show(visit, draft, step, seen, form.again())
    return _show(visit, draft, step, seen, _first_form(visit, draft, step, seen))


def _is_reached(step: Step, seen: Understanding) -> bool:
    """Whether all before it is answered, and it is to be answered at all."""
    if step is Step.COLLEAGUE and seen.twin is None:
        return False
    return seen.next_step is None or IN_ORDER.index(step) <= IN_ORDER.index(seen.next_step)


def _first_form(visit: Visit, draft: Draft, step: Step, seen: Understanding) -> Form:
    """What is likely stands there already: one's only municipality, the usual name of a first coalition."""
    names = places_on(visit.today).names
    if step is Step.MUNICIPALITY and len(own := own_municipalities(visit, draft)) == 1:
        return blank(municipality=names[next(iter(own))])
    if step is Step.COALITION and seen.where and not seen.coalitions:
        return blank(name=f"Kansrijke Start {names[seen.where.lead]}")
    return blank()


async def answer_step(visit: Visit, draft: Draft, *, step: Step) -> Response:
    """Keep an answer, or say what is wrong with it."""
    async with visit.reading.connect() as connection:
        seen = await understand(connection, visit, draft)
    if not _is_reached(step, seen):
        return visit.see_other(CHECK)
    form = filled(visit)
    read_step(visit, draft, step, form, seen)
    if form.mistakes:
        return _show(visit, draft, step, seen, form.again())
    answers = {name: form.ticked(name) for name in FIELDS[step]}
    async with visit.parts.engine.begin() as connection:
        await write_answers(connection, draft, answers, visit.now)
    return visit.see_other(CHECK)


def _show(visit: Visit, draft: Draft, step: Step, seen: Understanding, form: Form) -> Response:
    tongue = visit.tongue
    counted = COUNTED[:-1] if draft.account_id else COUNTED
    return visit.page(
        f"asking/{step.name.lower()}.html",
        title=visit.say(TITLES[step]),
        form=form,
        number=counted.index(step) + 1 if step in counted else None,
        total=len(counted),
        back=BEGIN if seen.next_step else CHECK,
        until=draft.leads_until,
        is_known=draft.account_id is not None,
        email=draft.email,
        names=_names(visit, draft),
        coalitions=[*((one.id, one.name) for one in seen.coalitions), (NEW, visit.say("A new coalition"))],
        phases=[(one.value, tongue.word(one)) for one in Phase if one is not Phase.UNKNOWN],
        kinds=[(one.value, tongue.word(one)) for one in QuestionKind],
        twin=seen.twin,
        coalition=seen.coalition_name,
        choices=[
            ("join", visit.say("Join my colleague’s request"), visit.say("We put what you ask with it.")),
            ("own", visit.say("No, we ask for something else"), visit.say("Your request is handled on its own.")),
        ],
    )


def _names(visit: Visit, draft: Draft) -> list[str]:
    """The names to choose from: one's own, or all."""
    names, own = places_on(visit.today).names, own_municipalities(visit, draft)
    return sorted(names[code] for code in own or names)


routes = tuple(
    route
    for step in Step
    for route in (
        get(step.address, with_draft(partial(show_step, step=step)), who=Who.EVERYBODY),
        post(step.address, with_draft(partial(answer_step, step=step)), who=Who.EVERYBODY),
    )
)
