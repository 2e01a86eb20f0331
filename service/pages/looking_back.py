"""Looking back: how it goes on after the support, and what people thought of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.command import Command
from domain.embedding import HIGHEST_MARK, LOWEST_MARK, AnswerCheckIn, Evaluate, Mark, MarkedThing
from domain.parts import CheckIn, CheckInAnswer
from service.language import message
from service.pages.deed_page import At, DeedPage, routes_of, segments_of
from service.pages.filled import Filled

YES, NO = "yes", "no"
SOMETHING: Final = message("Give at least one mark, or write what you think.")


def _check_in(at: At) -> CheckIn:
    return at.part(at.shown.view.check_ins)


def _known(form: Filled, name: str) -> bool | None:
    """Yes, no, or not known: each is an ordinary answer."""
    return {YES: True, NO: False}.get(form.typed(name))


async def show_check_in(at: At) -> Mapping[str, Any]:
    """The answers that can be chosen."""
    return {"answers": [(YES, at.say("Yes")), (NO, at.say("No")), ("", at.say("I do not know"))]}


def read_check_in(at: At, form: Filled) -> Command:
    """Say how it goes on."""
    answer = CheckInAnswer(
        coalition_meets=_known(form, "coalitionMeets"),
        parents_take_part=_known(form, "parentsTakePart"),
        parents_fixed_item=_known(form, "parentsFixedItem"),
        in_plans_and_budget=_known(form, "inPlansAndBudget"),
        needed=form.optional_text("needed"),
    )
    return AnswerCheckIn(check_in=_check_in(at).id, answer=answer)


async def show_evaluation(at: At) -> Mapping[str, Any]:
    """What can be marked, and with which marks."""
    things = [(f"mark-{one}", at.visit.tongue.word(one)) for one in MarkedThing]
    marks = [(str(one), str(one)) for one in range(LOWEST_MARK, HIGHEST_MARK + 1)]
    return {"things": things, "marks": marks, "lowest": LOWEST_MARK, "highest": HIGHEST_MARK}


def read_evaluation(at: At, form: Filled) -> Command:
    """Give marks, words, or both."""
    given = ((one, form.optional_number(f"mark-{one}", most=HIGHEST_MARK)) for one in MarkedThing)
    marks = tuple(Mark(about=one, mark=mark) for one, mark in given if mark is not None)
    text = form.optional_text("text")
    if not marks and not text:
        form.wrong("text", at.say(SOMETHING), None)
    return Evaluate(marks=marks, text=text)


PAGES: Final = (
    DeedPage(
        command="check_in",
        segment="terugblik",
        template="deeds/check_in.html",
        read=read_check_in,
        values=show_check_in,
        title=message("How does it go on?"),
        button=message("Send"),
        done=message("Thank you: your answers were recorded."),
    ),
    DeedPage(
        command="evaluate",
        segment="evalueren",
        template="deeds/evaluate.html",
        read=read_evaluation,
        values=show_evaluation,
        title=message("What do you think of the support?"),
        button=message("Send"),
        done=message("Thank you for your opinion."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
