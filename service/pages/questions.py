"""Questions: sharing what fits them, and recording what came of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.command import Command
from domain.parts import Question, SharedKind
from domain.talking import Settlement, SettleQuestion, Share
from domain.words import QuestionStatus
from service.language import Tongue, message
from service.pages.choosing import optional_part, parts, words
from service.pages.deed_page import At, DeedPage, Start, part_id, routes_of, segments_of
from service.pages.filled import Filled

KIND: Final = message("Choose what you share.")
TITLE: Final = message("Write what it is called.")
LINK: Final = message("Give the address of the page, beginning with https://.")
OUTCOME: Final = message("Choose what came of it.")
RESULT: Final = message("Write what came of it.")


def question_name(tongue: Tongue, question: Question) -> str:
    """A question: its kind, and how it was asked when it was put into words."""
    kind = tongue.word(question.kind)
    return f"{kind[:1].upper()}{kind[1:]}" + (f": {_short(question.text)}" if question.text else "")


def _short(text: str, most: int = 80) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 2].rsplit(" ", 1)[0] + " …"


def start_sharing(at: At) -> Start:
    """The question that the address names."""
    return {"question": part_id(at.shown, at.about) if at.about else ""}


async def show_sharing(at: At) -> Mapping[str, Any]:
    """What can be shared, for which question."""
    tongue = at.visit.tongue
    return {
        "kinds": words(tongue, SharedKind),
        "questions": parts(at.shown.view.questions, lambda one: question_name(tongue, one)),
    }


def read_sharing(at: At, form: Filled) -> Command:
    """Share it."""
    return Share(
        kind=form.choice("kind", SharedKind, missing=at.say(KIND)),
        title=form.line("title", missing=at.say(TITLE)),
        link=form.link("link", missing=at.say(LINK)),
        why=form.optional_text("why"),
        question=optional_part(form, "question", at.shown.view.questions),
    )


def _question(at: At) -> Question:
    return at.part(at.shown.view.questions)


def start_settling(at: At) -> Start:
    """What was recorded before, if anything was."""
    known = _question(at)
    return {} if known.status is QuestionStatus.OPEN else {"settlement": known.status, "result": known.result or ""}


async def show_settling(at: At) -> Mapping[str, Any]:
    """Which question, what was shared for it, and what can come of it."""
    question, view, tongue = _question(at), at.shown.view, at.visit.tongue
    said = [
        (found.text, meeting.starts_at)
        for meeting in view.meetings
        if meeting.report
        for found in meeting.report.findings
        if found.question == question.id
    ]
    return {
        "question": question,
        "name": question_name(tongue, question),
        "settlements": words(tongue, Settlement),
        "findings": said,
        "shared": [one for one in view.shared if one.question == question.id],
    }


def read_settling(at: At, form: Filled) -> Command:
    """Record the outcome."""
    return SettleQuestion(
        question=_question(at).id,
        settlement=form.choice("settlement", Settlement, missing=at.say(OUTCOME)),
        result=form.text("result", missing=at.say(RESULT)),
    )


PAGES: Final = (
    DeedPage(
        command="share",
        segment="delen",
        template="deeds/share.html",
        read=read_sharing,
        start=start_sharing,
        values=show_sharing,
        button=message("Share"),
        another=message("Share, and one more"),
        done=message("It was shared."),
    ),
    DeedPage(
        command="settle_question",
        segment="uitkomst-van-vraag",
        template="deeds/settle_question.html",
        read=read_settling,
        start=start_settling,
        values=show_settling,
        title=message("What came of this question?"),
        button=message("Record"),
        done=message("What came of the question was recorded."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
