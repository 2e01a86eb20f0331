"""Moments: which starts of a meeting can be named, ahead or afterwards.

A moment is an aware datetime; what is kept of it is UTC. Which of the moments is chosen, and by whom, stands in
`proposing`; when a meeting is, in `planning`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from domain import refusal
from domain.command import YEARS_AHEAD, Context
from domain.refusal import Kind, Reason, Refusal

MOST_MOMENTS = 5
A_YEAR = timedelta(days=366)

MOMENT_WITHOUT_ZONE = Reason(
    "MOMENT_WITHOUT_ZONE",
    nl="Bij dit moment ontbreekt de tijdzone. Geef die erbij, bijvoorbeeld 2027-01-12T09:30+01:00.",
    en="This moment has no time zone. Give it one, as in 2027-01-12T09:30+01:00.",
    kind=Kind.INVALID,
)
MOMENT_PASSED = Reason(
    "MOMENT_PASSED",
    nl="Dit moment is voorbij. Kies een moment dat nog komt.",
    en="This moment has passed. Choose one that is still to come.",
    kind=Kind.INVALID,
)
MOMENT_TOO_LONG_AGO = Reason(
    "MOMENT_TOO_LONG_AGO",
    nl="Dit moment is meer dan een jaar geleden. Kies een later moment.",
    en="This moment is more than a year ago. Choose a later one.",
    kind=Kind.INVALID,
)
MOMENT_TWICE = Reason(
    "MOMENT_TWICE",
    nl="Hetzelfde moment staat er twee keer bij. Noem elk moment één keer.",
    en="The same moment is named twice. Name each moment once.",
    kind=Kind.INVALID,
)
NUMBER_OF_MOMENTS = Reason(
    "NUMBER_OF_MOMENTS",
    nl="Stel minstens één en hoogstens {most} momenten voor.",
    en="Propose at least one and at most {most} moments.",
    kind=Kind.INVALID,
)


def choice_mistakes(field: str, moments: tuple[datetime, ...], context: Context) -> Iterator[Refusal]:
    """Moments to choose from are one to five, each of them once and still to come."""
    if not 1 <= len(moments) <= MOST_MOMENTS:
        yield NUMBER_OF_MOMENTS(field, most=MOST_MOMENTS)
    if len({*moments}) < len(moments):
        yield MOMENT_TWICE(field)
    for place, moment in enumerate(moments):
        yield from coming_mistakes(f"{field}.{place}", moment, context)


def coming_mistakes(field: str, moment: datetime, context: Context) -> Iterator[Refusal]:
    """A moment to choose is still to come."""
    yield from _mistakes(field, moment, context, context.now, MOMENT_PASSED)


def agreed_mistakes(field: str, moment: datetime, context: Context) -> Iterator[Refusal]:
    """A moment that was agreed lies ahead, or, when it is recorded afterwards, at most a year back."""
    yield from _mistakes(field, moment, context, context.now - A_YEAR, MOMENT_TOO_LONG_AGO)


def _mistakes(field: str, moment: datetime, context: Context, after: datetime, early: Reason) -> Iterator[Refusal]:
    if moment.utcoffset() is None:
        yield MOMENT_WITHOUT_ZONE(field)
    elif moment <= after:
        yield early(field)
    elif moment.year > context.today.year + YEARS_AHEAD:
        yield refusal.DATE_TOO_FAR(field, years=YEARS_AHEAD)


def kept(moments: tuple[datetime, ...]) -> tuple[datetime, ...]:
    """Give the moments as they are kept: in UTC, soonest first."""
    return tuple(sorted(moment.astimezone(UTC) for moment in moments))
