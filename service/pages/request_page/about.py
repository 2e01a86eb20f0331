"""Who stands by the request and where it stands: the advisor, the next step, the contact, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from domain.parts import AssignmentRole, Meeting, MeetingStatus
from domain.text import PersonId
from domain.waits import local_day
from domain.words import Eligibility, Stage
from service.pages.request_page.looking import Looking, Ways

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class SomebodyKnown:
    """Somebody to get in touch with, as far as the reader may know them."""

    name: str
    role: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What stands on top of the page besides what is asked."""

    advisors: tuple[SomebodyKnown, ...]
    contact: SomebodyKnown | None
    contact_ways: Ways
    next_step: str | None
    facts: tuple[tuple[str, str], ...]


def standing(looking: Looking) -> Standing:
    """Say who stands by it and what comes next."""
    view = looking.shown.view
    return Standing(
        advisors=tuple(_advisors(looking)),
        contact=_somebody(looking, view.contact) if view.contact else None,
        contact_ways=looking.ways("change_contact"),
        next_step=_next_step(looking),
        facts=tuple(_facts(looking)),
    )


def _advisors(looking: Looking) -> Iterator[SomebodyKnown]:
    for one in looking.shown.view.advisors:
        role = None if one.role is AssignmentRole.LEAD else looking.word(one.role)
        asked = looking.say("asked, has not answered yet")
        yield _somebody(looking, one.advisor, role if one.accepted_on else asked)


def _somebody(looking: Looking, person: PersonId, role: str | None = None) -> SomebodyKnown:
    card = looking.shown.people.get(person)
    if card is None:
        return SomebodyKnown(name="–", role=role)
    return SomebodyKnown(
        name=looking.shown.name(person), role=role or card.function, email=card.email, phone=card.phone
    )


def _next_step(looking: Looking) -> str | None:
    """What is due first; the next meeting, when that comes before it."""
    step, meeting = looking.shown.view.next_step, _next_meeting(looking)
    if meeting and (step is None or local_day(meeting.starts_at) <= step.due):
        what = looking.word(meeting.kind)
        return looking.say(
            "%(what)s on %(when)s", what=what[:1].upper() + what[1:], when=looking.when(meeting.starts_at)
        )
    if step is None:
        return _until_then(looking)
    what = looking.word(step.kind)
    who = looking.word(step.desk)
    if step.due < looking.visit.today:
        return looking.say("%(what)s (%(who)s)", what=what, who=who)
    return looking.say("%(what)s (%(who)s), before or on %(day)s", what=what, who=who, day=looking.day(step.due))


def _until_then(looking: Looking) -> str | None:
    """What ends the stage, where nobody is asked anything."""
    if looking.shown.view.stage is not Stage.FOLLOW_UP or looking.shown.view.is_paused:
        return None
    return looking.say("The advisor records what came of each question, and then finishes the support.")


def _next_meeting(looking: Looking) -> Meeting | None:
    planned = [one for one in looking.shown.view.meetings if one.status is MeetingStatus.PLANNED]
    coming = [one for one in planned if one.starts_at > looking.visit.now]
    return min(coming, key=lambda one: one.starts_at, default=None)


def _facts(looking: Looking) -> Iterator[tuple[str, str]]:
    view, shown, tongue = looking.shown.view, looking.shown, looking.visit.tongue
    if view.participating:
        names = [shown.municipality_name(one) for one in view.participating]
        yield looking.say("Takes part too"), tongue.together(names)
    if view.received_on:
        yield looking.say("Asked on"), tongue.day(view.received_on)
    if view.preferred_period:
        period = view.preferred_period
        yield looking.say("Preferred period"), f"{looking.day(period.start)} – {looking.day(period.end - ONE_DAY)}"
    if view.supporting_parties:
        yield looking.say("Supported by"), tongue.together(list(view.supporting_parties))
    if view.pause:
        yield looking.say("At rest"), _pause(looking)
    yield from _for_the_programme(looking)
    if view.closing and (view.closing.text or view.closing.help_elsewhere):
        texts = (view.closing.text, view.closing.help_elsewhere)
        yield looking.say("Why it was closed"), "\n".join(one for one in texts if one)


def _pause(looking: Looking) -> str:
    pause = looking.shown.view.pause
    if pause is None:
        return ""
    if pause.look_again:
        return looking.say(
            "since %(day)s, until %(last)s", day=looking.day(pause.since), last=looking.day(pause.look_again)
        )
    return looking.say("since %(day)s", day=looking.day(pause.since))


def _for_the_programme(looking: Looking) -> Iterator[tuple[str, str]]:
    view, shown = looking.shown.view, looking.shown
    if not looking.in_programme:
        return
    not_plain = [one for one in view.eligibility if one.eligibility is not Eligibility.ELIGIBLE]
    if not_plain:
        said = (f"{shown.municipality_name(one.municipality)}: {looking.word(one.eligibility)}" for one in not_plain)
        yield looking.say("Who is eligible?"), "\n".join(said)
    if view.own_interest:
        names = [shown.name(one) for one in view.own_interest]
        yield looking.say("Not to be asked"), looking.visit.tongue.together(names)
