"""Finishing the support: what is still to be done first, what needs a reason, and which look-backs follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.command import Command
from domain.finishing import (
    ACTIONS_OPEN,
    LOOSE_AMBITIONS,
    NO_PARENT_SEAT,
    QUESTIONS_OPEN,
    FinishSupport,
    PlannedCheckIn,
    closing_gate,
    proposed_check_ins,
)
from domain.parts import ActionStatus, Meeting, MeetingStatus
from domain.words import QuestionStatus, Side
from service.language import message
from service.pages.choosing import ambitions, goals, meeting_name, open_questions, owner_name, words
from service.pages.deed_page import At, DeedPage, Start, address_of_deed, routes_of, segments_of
from service.pages.filled import Filled
from service.pages.giving import said
from service.pages.questions import question_name

MOST_CHECK_INS: Final = 4
WHO: Final = message("Choose who answers.")


def start_finishing(at: At) -> Start:
    """The look-backs that fit this support."""
    proposed = proposed_check_ins(at.shown.stored.request, at.visit.parts.calendar, at.visit.today)
    filled_in = {"handOver": "yes"}
    for number in range(1, MOST_CHECK_INS + 1):
        filled_in[f"by{number}"] = Side.MUNICIPALITY
    for number, one in enumerate(proposed[:MOST_CHECK_INS], start=1):
        filled_in[f"opensOn{number}"] = at.visit.tongue.short_day(one.opens_on)
    return filled_in


async def show_gate(at: At) -> Mapping[str, Any]:
    """What blocks, with the way to settle it; what needs a reason; the actions that would be handed over."""
    gate = closing_gate(at.shown.stored.request, at.visit.now)
    tongue, view = at.visit.tongue, at.shown.view
    blockers = [(_hindrance(at, one.code), _settled_at(at, one.code)) for one in gate.blockers]
    warnings = [(said(one, tongue), _mended_at(at, one.code)) for one in gate.warnings]
    open_ones = [one for one in view.actions if one.status is ActionStatus.OPEN]
    return {
        "blockers": blockers,
        "warnings": warnings,
        "needs_reason": any(one.code != ACTIONS_OPEN.code for one in gate.warnings),
        "actions": [(one.title, owner_name(at.shown, one.owner, tongue), one.due) for one in open_ones],
        "sides": words(tongue, Side),
        "numbers": range(1, MOST_CHECK_INS + 1),
    }


def _hindrance(at: At, code: str) -> str:
    """What is still to be done first, in words."""
    tongue, view = at.visit.tongue, at.shown.view
    if code == QUESTIONS_OPEN.code:
        return tongue.say_many(
            "One question has no outcome yet. Record what came of it.",
            "%(count)s questions have no outcome yet. Record what came of them.",
            open_questions(view),
        )
    return tongue.say_many(
        "One meeting has no report yet. Write it first.",
        "%(count)s meetings have no report yet. Write those first.",
        len(_unreported(at)),
    )


def _settled_at(at: At, code: str) -> list[tuple[str, str]]:
    """Where each thing that blocks is settled."""
    tongue, view = at.visit.tongue, at.shown.view
    if code == QUESTIONS_OPEN.code:
        open_ones = [one for one in view.questions if one.status is QuestionStatus.OPEN]
        return [
            (question_name(tongue, one), address_of_deed(at.shown, "uitkomst-van-vraag", about=one.id))
            for one in open_ones
        ]
    return [(meeting_name(tongue, one), address_of_deed(at.shown, "verslag", about=one.id)) for one in _unreported(at)]


def _unreported(at: At) -> list[Meeting]:
    planned = [one for one in at.shown.view.meetings if one.status is MeetingStatus.PLANNED]
    return [one for one in planned if one.starts_at <= at.visit.now]


def _mended_at(at: At, code: str) -> list[tuple[str, str]]:
    """Where something can still be made of what is left."""
    view = at.shown.view
    if code == NO_PARENT_SEAT.code:
        return [(at.say("Agree on a place for parents"), address_of_deed(at.shown, "plek-voor-ouders"))]
    if code == LOOSE_AMBITIONS.code:
        loose = set(view.loose_ends)
        wishes = [(one.text, "doel-toevoegen", one.id) for one in ambitions(view) if one.id in loose]
        aims = [(one.text, "actie-toevoegen", one.id) for one in goals(view) if one.id in loose]
        return [(text, address_of_deed(at.shown, segment, about=part)) for text, segment, part in (*wishes, *aims)]
    return []


def _read_check_in(at: At, form: Filled, number: int) -> PlannedCheckIn | None:
    opens_on = form.optional_day(f"opensOn{number}")
    if opens_on is None:
        return None
    if opens_on <= at.visit.today:
        form.wrong(f"opensOn{number}", at.say("Choose a day that is still to come."), None)
    return PlannedCheckIn(opens_on=opens_on, by=form.choice(f"by{number}", Side, missing=at.say(WHO)))


def read_finishing(at: At, form: Filled) -> Command:
    """Finish it."""
    check_ins = []
    for number in range(1, MOST_CHECK_INS + 1):
        with form.within(at.say("Look back %(number)s", number=number)):
            check_ins.append(_read_check_in(at, form, number))
    return FinishSupport(
        check_ins=tuple(filter(None, check_ins)),
        hand_over_actions=form.is_ticked("handOver"),
        reason=form.optional_text("reason"),
    )


PAGES: Final = (
    DeedPage(
        command="finish_support",
        segment="ondersteuning-afronden",
        template="deeds/finish_support.html",
        read=read_finishing,
        start=start_finishing,
        values=show_gate,
        done=message("The support is finished. Thank you for your work."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
