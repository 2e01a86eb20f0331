"""What can be chosen in a form: words of the journey, parts of a request, and who takes something upon them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TypeVar

from domain.parts import Action, Ambition, Goal, Kickoff, Meeting, Owner, Partner, Seat
from domain.text import PartId
from domain.view_parts import RequestView
from domain.words import Desk, QuestionStatus
from service.language import Tongue
from service.pages.deed_page import At, HasId
from service.pages.filled import Filled
from service.pages.requests import Shown

Options = list[tuple[str, str]]
Part = TypeVar("Part", bound=HasId)


def words(tongue: Tongue, among: Iterable[StrEnum]) -> Options:
    """Members of an enumeration, as they are called."""
    return [(one.value, tongue.word(one)) for one in among]


def parts(among: Iterable[Part], name: Callable[[Part], str]) -> Options:
    """Parts of the request, as they are called."""
    return [(one.id, name(one)) for one in among]


def optional_part(form: Filled, name: str, among: Iterable[HasId]) -> PartId | None:
    """The part that was chosen, or None."""
    return form.one_of(name, [one.id for one in among], missing="") or None if form.typed(name) else None


def lines(form: Filled, name: str, *, most: int = 200) -> tuple[str, ...]:
    """What was typed with one thing on each line; each of them short enough."""
    typed = form.optional_text(name, most=20_000) or ""
    found = tuple(one.strip(" \t-•*") for one in typed.split("\n"))
    found = tuple(one for one in found if one)
    too_long = next((one for one in found if len(one) > most), None)
    if too_long is not None:
        text = form.tongue.say("One of these lines is too long: at most %(most)s characters fit.", most=most)
        return form.wrong(name, text, ())
    return found


def partners(view: RequestView) -> tuple[Partner, ...]:
    """The partners that take part now."""
    return tuple(one for one in view.coalition.partners if not one.removed) if view.coalition else ()


def seats(view: RequestView) -> tuple[Seat, ...]:
    """The places for parents that there are now."""
    return tuple(one for one in view.coalition.seats if not one.ended) if view.coalition else ()


def ambitions(view: RequestView) -> tuple[Ambition, ...]:
    """The ambitions that stand."""
    return tuple(one for one in view.ambitions if not one.dropped)


def goals(view: RequestView) -> tuple[Goal, ...]:
    """The goals that stand."""
    return tuple(one for one in view.goals if not one.dropped)


def open_questions(view: RequestView) -> int:
    """How many questions have no outcome yet."""
    return sum(one.status is QuestionStatus.OPEN for one in view.questions)


def kickoff_name(tongue: Tongue, kickoff: Kickoff) -> str:
    """A wanted kick-off: its levels and month."""
    levels = tongue.together([tongue.word(one) for one in kickoff.levels])
    return tongue.say(
        "Kick-off, %(levels)s, wanted in %(month)s", levels=levels, month=tongue.month(kickoff.target_month)
    )


def meeting_name(tongue: Tongue, meeting: Meeting) -> str:
    """A meeting: what, at which levels, on which day."""
    levels = tongue.together([tongue.word(one) for one in meeting.levels])
    kind = tongue.word(meeting.kind)
    what = f"{kind} ({levels})" if levels else kind
    return f"{what[:1].upper()}{what[1:]}, {tongue.weekday(meeting.starts_at)}"


def owners(at: At) -> Options:
    """Everybody who can take something upon them here: partners, municipalities, the advisor, supporting parties."""
    return [(key, name) for key, name, _ in _owners(at.shown, at.visit.tongue)]


def owner(at: At, form: Filled, name: str, *, missing: str) -> Owner:
    """The one who was chosen."""
    known = {key: one for key, _, one in _owners(at.shown, at.visit.tongue)}
    key = form.one_of(name, known, missing=missing)
    return known.get(key, Owner(desk=Desk.ADVISOR))


def owner_key(owner: Owner) -> str:
    """What stands in a form for this owner."""
    named = owner.partner or owner.municipality or owner.organisation
    return f"{owner.desk}:{named}" if named else str(owner.desk)


def owner_name(shown: Shown, owner: Owner, tongue: Tongue) -> str:
    """What an owner is called."""
    known = shown.view.coalition.partners if shown.view.coalition else ()
    match owner.desk:
        case Desk.PARTNER:
            return next((one.organisation for one in known if one.id == owner.partner), tongue.word(owner.desk))
        case Desk.MUNICIPALITY:
            return shown.municipality_name(owner.municipality or "")
        case Desk.SUPPORTING_PARTY:
            return owner.organisation or tongue.word(owner.desk)
        case _:
            return tongue.word(owner.desk)


def action_name(at: At, action: Action) -> str:
    """An action with its owner and day."""
    tongue = at.visit.tongue
    return f"{action.title} ({owner_name(at.shown, action.owner, tongue)}, {tongue.day(action.due)})"


def _owners(shown: Shown, tongue: Tongue) -> Iterator[tuple[str, str, Owner]]:
    for one in _possible(shown):
        yield owner_key(one), owner_name(shown, one, tongue), one


def _possible(shown: Shown) -> Iterator[Owner]:
    view = shown.view
    for partner in partners(view):
        yield Owner(desk=Desk.PARTNER, partner=partner.id)
    for code in (view.lead_municipality, *view.participating):
        yield Owner(desk=Desk.MUNICIPALITY, municipality=code)
    yield Owner(desk=Desk.ADVISOR)
    on_seats = (one.supported_by for one in seats(view) if one.supported_by)
    for name in dict.fromkeys((*view.supporting_parties, *on_seats)):
        yield Owner(desk=Desk.SUPPORTING_PARTY, organisation=name)
