"""Who is eligible: the rules by their days, and for each ground the list of municipalities, loaded from a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from starlette.datastructures import UploadFile
from starlette.responses import Response

from domain.text import MunicipalityCode
from domain.words import Ground
from service.language import message
from service.pages.filled import Filled, filled
from service.pages.forms import Form, Mistake, blank
from service.pages.guarding import Who, get, post
from service.pages.visit import Visit
from storage.eligibility import RuleLine, begin_rule, list_lists, list_rules, load_list
from storage.municipalities import MunicipalityLine, list_municipalities

ADDRESS: Final = "/wie-komt-in-aanmerking"
FILE: Final = "file"
MOST: Final = 20
SEPARATORS: Final = ";,\t"
CODE_HEADS: Final = frozenset({"code", "gemeentecode", "cbs-code", "gm", "gemeente", "naam", "municipality", "name"})
NOT_TEXT: Final = message("This is no text file. Save the list as CSV and choose it again.")
NOTHING: Final = message("There is no municipality in this file.")
LINE_WRONG: Final = message("Line %(line)s: we do not know the municipality %(name)s.")
MORE_WRONG: Final = message("And %(number)s more lines that we do not understand.")
LISTED: Final = (Ground.REGISTERED, Ground.GIDS_LIST)


async def show_rules(visit: Visit) -> Response:
    """Show the rules and the lists."""
    async with visit.reading.connect() as connection:
        rules, lists = await list_rules(connection), await list_lists(connection)
    loaded, tongue = {one.ground: one for one in lists}, visit.tongue
    return visit.page(
        "staff/eligibility.html",
        title=visit.say("Who is eligible"),
        rules=[_rule(one, visit) for one in rules],
        lists=[
            (
                tongue.word(ground),
                f"{ADDRESS}/{ground.lower().replace('_', '-')}",
                tongue.number(len(loaded[ground].municipalities)) if ground in loaded else None,
                tongue.moment(loaded[ground].loaded_at) if ground in loaded else None,
            )
            for ground in LISTED
        ],
    )


def _rule(one: RuleLine, visit: Visit) -> tuple[str, str, bool]:
    tongue, since = visit.tongue, visit.tongue.day(one.valid_from)
    days = visit.say("from %(start)s on", start=since)
    if one.valid_until:
        days = visit.say("%(start)s to %(end)s", start=since, end=tongue.day(one.valid_until))
    in_force = one.valid_from <= visit.today and (one.valid_until is None or visit.today < one.valid_until)
    return tongue.word(one.ground), days, in_force


async def show_new_rule(visit: Visit) -> Response:
    """Show the form for another rule."""
    return _show_new_rule(visit, blank())


def _show_new_rule(visit: Visit, form: Form) -> Response:
    grounds = [(one.value, visit.tongue.word(one)) for one in Ground]
    return visit.page("staff/new_rule.html", title=visit.say("Change the rule"), form=form, grounds=grounds)


async def change_rule(visit: Visit) -> Response:
    """Let another rule begin on a day to come."""
    form = filled(visit)
    ground = form.choice("ground", Ground, missing=visit.say("Choose who is eligible."))
    day = form.day("day", missing=visit.say("Write from which day on."))
    async with visit.parts.engine.begin() as connection:
        latest = max((one.valid_from for one in await list_rules(connection)), default=None)
        if day < visit.today:
            form.wrong("day", visit.say("Choose today or a day to come: what was decided stays as it was."), None)
        elif latest and day <= latest:
            form.wrong("day", visit.say("Choose a day after %(day)s.", day=visit.tongue.day(latest)), None)
        if form.mistakes:
            return _show_new_rule(visit, form.again())
        await begin_rule(connection, ground, day)
    return visit.see_other(ADDRESS, said=visit.say("The rule was changed."))


async def show_loading(visit: Visit) -> Response:
    """Show the form for the list of a ground."""
    return _show_loading(visit, blank())


def _ground(visit: Visit) -> Ground:
    said = visit.at("ground").upper().replace("-", "_")
    found = next((one for one in LISTED if one == said), None)
    if found is None:
        raise visit.not_found()
    return found


def _show_loading(visit: Visit, form: Form) -> Response:
    ground = visit.tongue.word(_ground(visit))
    return visit.page("staff/load_list.html", title=visit.say("Load the list: %(ground)s", ground=ground), form=form)


async def load_file(visit: Visit) -> Response:
    """Put what is in the file in the place of the list before; nothing changes when a line is not understood."""
    ground, form = _ground(visit), filled(visit)
    async with visit.parts.engine.begin() as connection:
        municipalities = await list_municipalities(connection)
        codes = tuple(_codes(form, await _read(visit, form), municipalities))
        if not codes and not form.mistakes:
            form.wrong(FILE, visit.say(NOTHING), None)
        if form.mistakes:
            return _show_loading(visit, form.again())
        await load_list(connection, ground, codes, visit.now)
    number = visit.tongue.say_many(
        "%(count)s municipality was loaded.", "%(count)s municipalities were loaded.", len(codes)
    )
    return visit.see_other(ADDRESS, said=number)


async def _read(visit: Visit, form: Filled) -> str:
    """The text of the file that was sent, as spreadsheets write it."""
    sent, content = form.sent.get(FILE), b""
    if isinstance(sent, UploadFile):
        content = await sent.read()
        await sent.close()
    if not content:
        return form.wrong(FILE, visit.say("Choose a file."), "")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if "\x00" not in text else form.wrong(FILE, visit.say(NOT_TEXT), "")
    return form.wrong(FILE, visit.say(NOT_TEXT), "")


def _codes(form: Filled, content: str, municipalities: tuple[MunicipalityLine, ...]) -> Iterator[MunicipalityCode]:
    """The municipality of each line: the first cell that is a code or a name; mistakes by line, all at once."""
    known = {name.casefold(): one.code for one in municipalities for name in (one.code, one.name)}
    separator = max(SEPARATORS, key=content.partition("\n")[0].count)
    wrong = 0
    for number, cells in enumerate(csv.reader(io.StringIO(content, newline=""), delimiter=separator), start=1):
        said = [cell.strip() for cell in cells if cell.strip()]
        found = next((known[cell.casefold()] for cell in said if cell.casefold() in known), None)
        if found:
            yield found
        elif said and not (number == 1 and said[0].casefold() in CODE_HEADS):
            wrong += 1
            if wrong <= MOST:
                form.mistakes.append(_mistake(form, number, said[0]))
    if wrong > MOST:
        form.mistakes.append(Mistake(field=FILE, text=form.tongue.say(MORE_WRONG, number=wrong - MOST)))


def _mistake(form: Filled, number: int, said: str) -> Mistake:
    return Mistake(field=FILE, text=form.tongue.say(LINE_WRONG, line=number, name=said[:60]))


routes = (
    get(ADDRESS, show_rules, who=Who.STAFF),
    get(f"{ADDRESS}/regel", show_new_rule, who=Who.STAFF),
    post(f"{ADDRESS}/regel", change_rule, who=Who.STAFF),
    get(f"{ADDRESS}/{{ground}}", show_loading, who=Who.STAFF),
    post(f"{ADDRESS}/{{ground}}", load_file, who=Who.STAFF),
)
