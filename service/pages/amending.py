"""Changing what was asked: the questions, the period, the contact, and answering what staff still need to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from domain.changing import Amend, ChangeContact, ChangedQuestion
from domain.command import Command
from domain.intake import AnswerInformation
from domain.parts import Period, Question
from domain.submitting import AskedQuestion
from domain.words import QuestionKind, QuestionStatus
from service.giving import person_id_of
from service.language import message
from service.pages.choosing import words
from service.pages.deed_page import At, DeedPage, Start, routes_of, segments_of
from service.pages.filled import Filled
from service.pages.giving import People
from storage.people import PersonCard

ONE_DAY: Final = timedelta(days=1)
BOTH_DAYS: Final = message("Write the first and the last day.")
NOTHING_NEW: Final = message("Nothing is different yet. Change something, or cancel.")
WHICH_KIND: Final = message("Choose what the question is about.")
ME, OTHER = "me", "other"


def _open(at: At) -> tuple[Question, ...]:
    return tuple(one for one in at.shown.view.questions if one.status is QuestionStatus.OPEN)


def _number(question: Question) -> str:
    return question.id.rpartition("/")[2]


def start_amending(at: At) -> Start:
    """The open questions and the period as they are."""
    return dict(_start(at))


def _start(at: At) -> Iterator[tuple[str, str]]:
    for one in _open(at):
        yield f"kind-{_number(one)}", one.kind
        yield f"text-{_number(one)}", one.text or ""
    if period := at.shown.view.preferred_period:
        yield "periodStart", at.visit.tongue.short_day(period.start)
        yield "periodEnd", at.visit.tongue.short_day(period.end - ONE_DAY)


async def show_amending(at: At) -> Mapping[str, Any]:
    """Which questions can be changed, and what one can be about."""
    return {
        "numbers": [_number(one) for one in _open(at)],
        "kinds": words(at.visit.tongue, QuestionKind),
    }


def read_amending(at: At, form: Filled) -> Command:
    """Take only what is different."""
    asked = _open(at)
    dropped = tuple(one.id for one in asked if form.is_ticked(f"drop-{_number(one)}"))
    changed = tuple(
        _changed(at, form, one, at.say("Question %(number)s", number=place))
        for place, one in enumerate(asked, start=1)
        if one.id not in dropped and _is_changed(at, form, one)
    )
    command = Amend(added=_added(at, form), changed=changed, dropped=dropped, preferred_period=_period(at, form))
    if command == Amend() and not form.mistakes:
        form.wrong(None, at.say(NOTHING_NEW), None)
    return command


def _is_changed(at: At, form: Filled, question: Question) -> bool:
    known = {f"kind-{_number(question)}": str(question.kind), f"text-{_number(question)}": question.text or ""}
    return any(form.typed(name) != value for name, value in known.items())


def _changed(at: At, form: Filled, question: Question, name: str) -> ChangedQuestion:
    number = _number(question)
    with form.within(name):
        kind = form.choice(f"kind-{number}", QuestionKind, missing=at.say(WHICH_KIND))
        return ChangedQuestion(question=question.id, kind=kind, text=form.optional_text(f"text-{number}"))


def _added(at: At, form: Filled) -> tuple[AskedQuestion, ...]:
    if not form.typed("newKind") and not form.typed("newText"):
        return ()
    with form.within(at.say("A new question")):
        kind = form.choice("newKind", QuestionKind, missing=at.say(WHICH_KIND))
        return (AskedQuestion(kind=kind, text=form.optional_text("newText")),)


def _period(at: At, form: Filled) -> Period | None:
    """People name the last day; a period ends before the day after it. None when it stays as it is."""
    if not form.typed("periodStart") and not form.typed("periodEnd"):
        return None
    with form.within(at.say("First day")):
        first = form.day("periodStart", missing=at.say(BOTH_DAYS))
    with form.within(at.say("Last day")):
        last = form.day("periodEnd", missing=at.say(BOTH_DAYS))
    period = Period(start=first, end=last + ONE_DAY)
    return None if period == at.shown.view.preferred_period else period


async def show_contact(at: At) -> Mapping[str, Any]:
    """Who it is now, and whether it can be who looks."""
    contact = at.shown.view.contact
    can_be_me = at.behalf is None and at.visit.account.actor.municipalities and contact != at.visit.account.person
    choices = [(ME, at.say("I am")), (OTHER, at.say("Somebody else"))] if can_be_me else []
    return {"now": at.shown.name(contact) if contact else None, "choices": choices}


def start_contact(_: At) -> Start:
    """Somebody else is the ordinary answer."""
    return {"who": OTHER}


def _new_contact(at: At, form: Filled) -> str:
    return person_id_of(at.visit.account, form.key, "contact")


def read_contact(at: At, form: Filled) -> Command:
    """Somebody else is asked and told from now on."""
    if form.typed("who") == ME:
        return ChangeContact(contact=at.visit.account.person)
    return ChangeContact(contact=_new_contact(at, form))


def read_contact_card(at: At, form: Filled) -> People:
    """How the new contact can be reached."""
    if form.typed("who") == ME:
        return {}
    card = PersonCard(
        name=form.line("name", missing=at.say("Write a name or a function.")),
        email=form.mail_address("email", missing=at.say("Write the mail address of the new contact.")),
        phone=form.optional_line("phone", most=30),
        function=form.optional_line("function"),
    )
    return {_new_contact(at, form): card}


async def show_information(at: At) -> Mapping[str, Any]:
    """What staff still need to know."""
    asked = at.shown.view.information_asked
    return {"asked": asked.text if asked else None}


def read_information(at: At, form: Filled) -> Command:
    """Answer it."""
    return AnswerInformation(text=form.text("text", missing=at.say("Write your answer.")))


PAGES: Final = (
    DeedPage(
        command="amend",
        segment="wijzigen",
        template="deeds/amend.html",
        read=read_amending,
        start=start_amending,
        values=show_amending,
        fields={"added": "newKind", "preferredPeriod.end": "periodEnd", "preferredPeriod.start": "periodStart"},
        title=message("Change the questions or the period"),
        button=message("Record"),
        done=message("The request was changed."),
    ),
    DeedPage(
        command="change_contact",
        segment="contactpersoon",
        template="deeds/change_contact.html",
        read=read_contact,
        start=start_contact,
        values=show_contact,
        people=read_contact_card,
        button=message("Record"),
        done=message("The contact was changed."),
    ),
    DeedPage(
        command="answer_information",
        segment="vraag-beantwoorden",
        template="deeds/answer_information.html",
        read=read_information,
        values=show_information,
        title=message("Answer the programme's question"),
        button=message("Send"),
        done=message("Your answer was sent."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
