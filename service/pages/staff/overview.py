"""The home of staff: how the whole programme stands. Every figure leads to the list behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from domain.terms import Waiting
from domain.words import Stage
from service.language import Tongue
from service.pages.guarding import Who, get, post
from service.pages.requests import address_of
from service.pages.staff.drawing import Bar, Value, bars
from service.pages.staff.filtering import OPEN, SLUGS, STAGES, YES, Wanted
from service.pages.visit import Visit
from service.pages.waiting import near_day
from storage.overview import AdvisorCount, LeadTime, Overview, Standing, WaitCount, read_overview, renew_overview
from storage.silence import SILENT_AFTER


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number as it is said, and the list behind it."""

    said: str
    address: str | None = None
    stands_out: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a table: its name, its bar, its figures."""

    name: str
    bar: Bar
    figures: tuple[Figure, ...]
    about: str | None = None


@dataclass(frozen=True, kw_only=True)
class Tile:
    """Something that may need somebody now: how many, of what, and where to go."""

    number: int
    text: str
    address: str


async def show(visit: Visit) -> Response:
    """Show the overview as it was last counted; count it when nobody has for a while."""
    overview = await _overview(visit)
    tongue, standing = visit.tongue, overview.standing
    return visit.page(
        "staff/overview.html",
        title=visit.say("Overview"),
        made_at=tongue.time(overview.made_at),
        tiles=list(_tiles(standing, tongue)),
        stages=_stages(standing, tongue),
        waits=_waits(standing, visit),
        advisors=_advisors(standing, tongue),
        lead_times=_lead_times(overview.lead_times, tongue),
        provinces=_provinces(standing, tongue),
        closed=Figure(said=tongue.number(standing.closed), address=_list(stage="gesloten")),
    )


async def _overview(visit: Visit) -> Overview:
    async with visit.reading.connect() as connection:
        known = await read_overview(connection, visit.now)
    return known or await _counted(visit)


async def _counted(visit: Visit) -> Overview:
    calendar = visit.parts.calendar
    silent_before = calendar.working_days_before(visit.today, SILENT_AFTER)
    async with visit.parts.engine.begin() as connection:
        await renew_overview(connection, now=visit.now, today=visit.today, silent_before=silent_before, at_once=True)
        known = await read_overview(connection, visit.now)
    return known or Overview(made_at=visit.now, standing=Standing(), lead_times=())


async def count_now(visit: Visit) -> Response:
    """Count anew what is there now."""
    await _counted(visit)
    return visit.see_other("/")


async def show_longest(visit: Visit) -> Response:
    """Show the requests that took longest for a stage."""
    stage = STAGES.get(visit.at("stage"))
    overview = await _overview(visit)
    found = next((one for one in overview.lead_times if one.stage is stage), None)
    if found is None:
        raise visit.not_found()
    return visit.page(
        "staff/longest.html",
        title=visit.say("How long did this take: %(stage)s", stage=visit.tongue.word(found.stage)),
        median=visit.tongue.number(found.median),
        ninety=visit.tongue.number(found.ninety),
        number=found.number,
        lines=[(one.municipality, one.reference, address_of(one.reference), one.days) for one in found.longest],
    )


def _list(**asked: str) -> str:
    return Wanted(**asked).address


def _tiles(standing: Standing, tongue: Tongue) -> Iterator[Tile]:
    waiting = {one.kind: one.number for one in standing.waits}
    number = waiting.get(Waiting.TRIAGE, 0)
    text = tongue.say_many("request to judge", "requests to judge", number)
    yield Tile(number=number, text=text, address="/nieuwe-aanvragen")
    number = waiting.get(Waiting.ASSIGN, 0)
    text = tongue.say_many("request without an advisor", "requests without an advisor", number)
    yield Tile(number=number, text=text, address=_list(waiting=Waiting.ASSIGN))
    number = standing.silent
    text = tongue.say_many("request where it is quiet", "requests where it is quiet", number)
    yield Tile(number=number, text=text, address="/stil")
    number = waiting.get(Waiting.CALL, 0)
    text = tongue.say_many("municipality to phone", "municipalities to phone", number)
    yield Tile(number=number, text=text, address="/stil#bellen")
    if number := standing.failed_deliveries:
        text = tongue.say_many("message that did not arrive", "messages that did not arrive", number)
        yield Tile(number=number, text=text, address="/bezorging")


def _stages(standing: Standing, tongue: Tongue) -> list[Row]:
    known = {one.stage: one for one in standing.stages}
    shown = [(stage, known.get(stage)) for stage in Stage if stage is not Stage.CLOSED]
    drawn = bars([Value(number=one.number if one else 0, stands_out=one.overdue if one else 0) for _, one in shown])
    return [
        Row(
            name=tongue.word(stage),
            bar=bar,
            figures=(
                _figure(one.number if one else 0, tongue, stage=SLUGS[stage]),
                _figure(one.overdue if one else 0, tongue, late=True, stage=SLUGS[stage]),
                _figure(one.paused if one else 0, tongue, stage=SLUGS[stage], resting=YES),
            ),
        )
        for (stage, one), bar in zip(shown, drawn, strict=True)
    ]


def _figure(number: int, tongue: Tongue, *, late: bool = False, **asked: str) -> Figure:
    """A number with its list; nothing is behind a nought. What is past its day stands out."""
    address = _list(**asked, **({"late": YES} if late else {})) if number else None
    return Figure(said=tongue.number(number), address=address, stands_out=late and number > 0)


def _waits(standing: Standing, visit: Visit) -> list[Row]:
    shown = sorted(standing.waits, key=lambda one: (-one.late, -one.number))
    drawn = bars([Value(number=one.number, stands_out=one.late) for one in shown])
    return [_wait(one, bar, visit) for one, bar in zip(shown, drawn, strict=True)]


def _wait(one: WaitCount, bar: Bar, visit: Visit) -> Row:
    tongue = visit.tongue
    desks = tongue.together([tongue.word(desk) for desk in one.desks])
    return Row(
        name=tongue.word(one.kind),
        about=tongue.say(
            "by %(whom)s, the first since %(day)s", whom=desks, day=near_day(tongue, one.longest, visit.today)
        ),
        bar=bar,
        figures=(
            _figure(one.number, tongue, waiting=one.kind),
            _figure(one.late, tongue, late=True, waiting=one.kind),
        ),
    )


def _advisors(standing: Standing, tongue: Tongue) -> list[Row]:
    shown = sorted(standing.advisors, key=lambda one: (-one.led, one.name))
    drawn = bars([Value(number=one.led, stands_out=one.overdue, mark=one.capacity) for one in shown])
    return [_advisor(one, bar, tongue) for one, bar in zip(shown, drawn, strict=True)]


def _advisor(one: AdvisorCount, bar: Bar, tongue: Tongue) -> Row:
    room = tongue.number(one.capacity - one.led) if one.capacity is not None else "–"
    return Row(
        name=one.name or tongue.say("somebody without a name"),
        bar=bar,
        figures=(
            _figure(one.led, tongue, advisor=one.person, stage=OPEN),
            _figure(one.overdue, tongue, late=True, advisor=one.person, stage=OPEN),
            Figure(said=room),
        ),
    )


def _lead_times(lead_times: Sequence[LeadTime], tongue: Tongue) -> list[Row]:
    shown = sorted(lead_times, key=lambda one: list(Stage).index(one.stage))
    drawn = bars([Value(number=one.ninety, stands_out=one.median) for one in shown])
    return [
        Row(
            name=tongue.word(one.stage),
            bar=bar,
            figures=tuple(
                Figure(said=tongue.number(round(number)), address=f"/doorlooptijd/{SLUGS[one.stage]}")
                for number in (one.number, one.median, one.ninety)
            ),
        )
        for one, bar in zip(shown, drawn, strict=True)
    ]


def _provinces(standing: Standing, tongue: Tongue) -> list[Row]:
    drawn = bars([Value(number=one.ever, stands_out=one.open) for one in standing.provinces])
    return [
        Row(
            name=one.province,
            bar=bar,
            figures=(
                _figure(one.open, tongue, province=one.province, stage=OPEN),
                _figure(one.ever, tongue, province=one.province),
            ),
        )
        for one, bar in zip(standing.provinces, drawn, strict=True)
    ]


routes = (
    post("/overzicht/bijwerken", count_now, who=Who.STAFF),
    get("/doorlooptijd/{stage}", show_longest, who=Who.STAFF),
)
