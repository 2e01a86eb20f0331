"""What the municipality asks, and what came of each question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.parts import Question
from domain.waits import local_day
from domain.words import Capacity, QuestionStatus
from service.pages.request_page.looking import Looking, Ways

TONES = {QuestionStatus.ANSWERED: "success", QuestionStatus.REFERRED: "success"}


@dataclass(frozen=True, kw_only=True)
class Came:
    """Something that came of a question: where it comes from, what it says, and a link when there is one."""

    source: str
    text: str
    address: str | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question."""

    kind: str
    text: str | None
    status: str
    tone: str
    came: tuple[Came, ...]
    ways: Ways


def questions(looking: Looking) -> tuple[Asked, ...]:
    """All questions, in the order in which they were asked."""
    return tuple(_asked(looking, one) for one in looking.shown.view.questions)


def ways_of_all(looking: Looking) -> Ways:
    """What can be done about the questions as a whole."""
    return looking.ways("amend")


def _asked(looking: Looking, question: Question) -> Asked:
    is_open = question.status is QuestionStatus.OPEN
    settle = ("settle_question",) if is_open else ()
    return Asked(
        kind=looking.word(question.kind),
        text=question.text,
        status=looking.word(question.status),
        tone=TONES.get(question.status, "neutral"),
        came=tuple(_came(looking, question)),
        ways=looking.ways(*settle, about=question.id, of=(Capacity.ADVISOR,)),
    )


def _came(looking: Looking, question: Question) -> Iterator[Came]:
    if question.result:
        yield Came(source=looking.say("What came of it"), text=question.result)
    for meeting in looking.shown.view.meetings:
        for finding in meeting.report.findings if meeting.report else ():
            if finding.question == question.id:
                source = f"{looking.word(meeting.kind)}, {looking.day(local_day(meeting.starts_at))}"
                yield Came(source=source, text=finding.text)
    for shared in looking.shown.view.shared:
        if shared.question == question.id:
            yield Came(source=looking.word(shared.kind), text=shared.title, address=shared.link)
