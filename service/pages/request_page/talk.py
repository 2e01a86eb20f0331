"""What people said to each other: messages with their answers, notes, and what was shared."""

from __future__ import annotations

from dataclasses import dataclass

from domain.parts import CheckIn, CheckInStatus, Message
from domain.words import Capacity, Desk
from service.pages.request_page.looking import DESKS, Looking, Ways


@dataclass(frozen=True, kw_only=True)
class Said:
    """Something that somebody said, to whom, and what was answered."""

    who: str
    to: str | None
    text: str
    reply: str | None
    is_internal: bool
    ways: Ways


@dataclass(frozen=True, kw_only=True)
class Given:
    """Something that was shared."""

    kind: str
    title: str
    address: str
    why: str | None


@dataclass(frozen=True, kw_only=True)
class LookBack:
    """A look back after the support, with what was answered."""

    when: str
    who: str
    status: str
    answers: tuple[tuple[str, str], ...]
    ways: Ways


def messages(looking: Looking) -> tuple[Said, ...]:
    """All messages, the latest first."""
    return tuple(_message(looking, one) for one in reversed(looking.shown.view.messages))


def notes(looking: Looking) -> tuple[Said, ...]:
    """All notes, the latest first."""
    return tuple(
        Said(
            who=looking.shown.name(one.by),
            to=None,
            text=one.text,
            reply=None,
            is_internal=one.internal,
            ways=Ways(),
        )
        for one in reversed(looking.shown.view.notes)
    )


def shared(looking: Looking) -> tuple[Given, ...]:
    """All that was shared, the latest first."""
    return tuple(
        Given(kind=looking.word(one.kind), title=one.title, address=one.link, why=one.why)
        for one in reversed(looking.shown.view.shared)
    )


def look_backs(looking: Looking) -> tuple[LookBack, ...]:
    """The look backs, in order."""
    return tuple(_look_back(looking, one) for one in sorted(looking.shown.view.check_ins, key=lambda one: one.opens_on))


def ways_to_talk(looking: Looking) -> Ways:
    """Asking, writing down and sharing."""
    return looking.ways("ask", "note", "share")


def _message(looking: Looking, message: Message) -> Said:
    return Said(
        who=looking.shown.name(message.by),
        to=_to(looking, message),
        text=message.text,
        reply=message.reply,
        is_internal=message.internal,
        ways=Ways() if message.reply else _ways(looking, message),
    )


def _ways(looking: Looking, message: Message) -> Ways:
    """Who was asked answers; for others the advisor can, as far as staff or the advisor were asked."""
    asked = DESKS[message.to]
    within = looking.in_programme and asked in (Capacity.ADVISOR, Capacity.STAFF)
    return looking.ways("reply", about=message.id, of=(asked,), own=within or asked in looking.mine)


def _to(looking: Looking, message: Message) -> str:
    named = looking.partners.get(message.partner or "") if message.to is Desk.PARTNER else None
    return named or looking.word(message.to)


def _look_back(looking: Looking, check_in: CheckIn) -> LookBack:
    opened = check_in.status is CheckInStatus.OPEN
    desk = DESKS[check_in.by]
    return LookBack(
        when=looking.visit.tongue.day(check_in.opens_on),
        who=looking.word(check_in.by),
        status=looking.word(check_in.status),
        answers=_answers(looking, check_in),
        ways=looking.ways("check_in", about=check_in.id, of=(desk,)) if opened else Ways(),
    )


def _answers(looking: Looking, check_in: CheckIn) -> tuple[tuple[str, str], ...]:
    answer = check_in.answer
    if answer is None:
        return ()
    known = {None: looking.say("not known"), True: looking.say("yes"), False: looking.say("no")}
    said = (
        (looking.say("The coalition still meets"), known[answer.coalition_meets]),
        (looking.say("Parents take part"), known[answer.parents_take_part]),
        (looking.say("Working with parents is a fixed item"), known[answer.parents_fixed_item]),
        (looking.say("It stands in plans and budgets"), known[answer.in_plans_and_budget]),
    )
    return (*said, (looking.say("What is needed"), answer.needed)) if answer.needed else said
