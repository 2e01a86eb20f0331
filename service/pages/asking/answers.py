"""What was answered so far, understood: each step reads its own fields, and together they make the command.

The same readers read a form that was just sent and the answers that were kept: what was right last week and is not any
more (a day that passed, a coalition that is gone) is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.parts import Period
from domain.refusal import DATE_PASSED
from domain.submitting import CoalitionChoice
from domain.text import CoalitionId, MunicipalityCode, known_as
from domain.words import CoalitionKind, Phase, QuestionKind
from service.importing.places import Places
from service.pages.filled import Filled
from storage.already_there import KnownCoalition
from storage.people import PersonCard

NEW: Final = "new"
BETWEEN: Final = re.compile(r"[,;|\n]")
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Where:
    """Which municipality asks, and which take part."""

    lead: MunicipalityCode
    participating: tuple[MunicipalityCode, ...]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked, and when it would fit."""

    text: str
    kinds: tuple[QuestionKind, ...]
    period: Period | None


def read_where(form: Filled, places: Places, own: frozenset[MunicipalityCode]) -> Where:
    """Which municipalities; `own` are the only ones that somebody who is signed in may ask for, if they are."""
    said = form.line("municipality", missing=form.tongue.say("Write or choose your municipality."))
    lead = "" if form.found("municipality") else _municipality(form, "municipality", said, places)
    if own and lead and lead not in own:
        form.wrong("municipality", form.tongue.say("You ask for your own municipality. Choose that one."), None)
    others = BETWEEN.split(form.optional_text("participating") or "")
    codes = dict.fromkeys(_municipality(form, "participating", one, places) for one in others if one.strip())
    return Where(lead=lead, participating=tuple(code for code in codes if code and code != lead))


def _municipality(form: Filled, name: str, said: str, places: Places) -> MunicipalityCode:
    """The municipality that is meant; otherwise what it could be."""
    found, named = sorted(places.meant(said)), said.strip()
    if len(found) == 1:
        return found[0]
    say, either = form.tongue.say, form.tongue.either
    if found:
        options = either([places.names[code] for code in found])
        text = say("“%(said)s” can be more than one. Choose one of these: %(options)s.", said=named, options=options)
    elif close := places.close_to(said):
        text = say("We do not know “%(said)s”. Do you mean %(options)s?", said=named, options=either(close))
    else:
        text = say("We do not know “%(said)s”. Write the name as it stands on a map.", said=named)
    return form.wrong(name, text, "")


def read_coalition(form: Filled, known: Sequence[KnownCoalition], where: Where | None) -> CoalitionChoice:
    """Which coalition: one that is known, or a new one; a new one with a known name is that one."""
    phase = form.optional_choice("phase", Phase) or Phase.UNKNOWN
    ids = [one.id for one in known]
    chosen = NEW
    if known:
        missing = form.tongue.say("Choose the coalition, or choose that it is a new one.")
        chosen = form.one_of("coalition", [*ids, NEW], missing=missing)
    if chosen != NEW:
        return CoalitionChoice(id=chosen or None, phase=phase)
    name = form.line("name", missing=form.tongue.say("Write what your coalition is called, or will be called."))
    if same := _called(name, known):
        return CoalitionChoice(id=same, phase=phase)
    kind = CoalitionKind.REGIONAL if where and where.participating else CoalitionKind.LOCAL
    return CoalitionChoice(name=name, kind=kind, phase=phase)


def _called(name: str, known: Iterable[KnownCoalition]) -> CoalitionId | None:
    return next((one.id for one in known if known_as(one.name) == known_as(name)), None)


def read_joining(form: Filled) -> bool:
    """Whether to join a colleague's request, or to ask for something else."""
    missing = form.tongue.say("Choose whether you want to join your colleague’s request.")
    return form.one_of("joining", ("join", "own"), missing=missing) == "join"


def read_wish(form: Filled, today: date) -> Wish:
    """What is asked: one text, at least one tick, and perhaps a period (typed up to and including its last day)."""
    text = form.text("text", missing=form.tongue.say("Write what you would like help with."))
    kinds = form.choices("kinds", QuestionKind)
    if not kinds:
        form.wrong("kinds", form.tongue.say("Choose at least one. “We do not know yet” is fine too."), None)
    return Wish(text=text, kinds=kinds, period=_period(form, today))


def _period(form: Filled, today: date) -> Period | None:
    with form.within(form.tongue.say("First day")):
        start = form.optional_day("from")
    with form.within(form.tongue.say("Last day")):
        last = form.optional_day("until")
    if form.found("from") or form.found("until") or (start is None and last is None):
        return None
    if start is None or last is None:
        missing = form.tongue.say("Write both days of the period, or neither.")
        return form.wrong("until" if last is None else "from", missing, None)
    if last < start:
        return form.wrong("until", form.tongue.say("The period ends before it starts. Swap the days."), None)
    if last < today:
        return form.wrong("until", DATE_PASSED().sentence(form.tongue.language), None)
    return Period(start=start, end=last + A_DAY)


def read_contact(form: Filled) -> PersonCard:
    """Whom we can call; the mail address was confirmed."""
    return PersonCard(
        name=form.line("contact_name", missing=form.tongue.say("Write your name.")),
        function=form.optional_line("contact_function"),
        phone=form.optional_line("contact_phone", most=40),
    )
