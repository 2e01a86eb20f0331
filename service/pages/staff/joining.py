"""Requests that belong together, and who takes part: merge, link, and change the municipalities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from domain.changing import ChangeMunicipalities
from domain.command import Command
from domain.joining import LinkRequest, Merge
from domain.text import MunicipalityCode
from domain.words import Stage
from service.language import message
from service.pages.deed_page import At, DeedPage, Start, routes_of, segments_of
from service.pages.filled import CHOOSE_AGAIN, Filled
from storage.listing import RequestLine, RequestQuery, list_requests

OTHER: Final = "other"
SEARCH: Final = "zoek"
MOST: Final = 20
AN_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOWHERE: Final = "00000000-0000-0000-0000-000000000000"
NOT_KNOWN: Final = message("We do not know a municipality called %(name)s. Choose one from the list.")


async def show_others(at: At) -> Mapping[str, Any]:
    """Open requests that it may belong to: those that were searched for, or else of the same municipality."""
    words = at.visit.request.query_params.get(SEARCH, "").strip()[:100].replace("\x00", "")
    wanted = RequestQuery(text=words, is_open=True, limit=MOST) if words else _of_the_same(at)
    async with at.visit.reading.connect() as connection:
        found = await list_requests(connection, at.visit.account.actor, wanted, at.visit.today)
    others = [one for one in found.rows if one.id != at.shown.view.id]
    return {"others": [_option(at, one) for one in others], "searched": words}


def _of_the_same(at: At) -> RequestQuery:
    return RequestQuery(municipality=at.shown.view.lead_municipality, is_open=True, limit=MOST)


def _option(at: At, one: RequestLine) -> tuple[str, str, str]:
    tongue = at.visit.tongue
    about = at.say("%(stage)s, asked on %(day)s", stage=tongue.word(Stage(one.stage)), day=tongue.day(one.submitted_at))
    return one.id, f"{one.municipality_name} {one.reference}", about


def _other(at: At, form: Filled) -> str:
    typed = form.typed(OTHER)
    if typed and not AN_ID.fullmatch(typed):
        return form.wrong(OTHER, at.say(CHOOSE_AGAIN), NOWHERE)
    return typed or form.wrong(OTHER, at.say("Choose a request."), NOWHERE)


def read_merging(at: At, form: Filled) -> Command:
    """Let this request go on in the other one."""
    return Merge(into=_other(at, form), text=form.optional_text("text"))


def read_linking(at: At, form: Filled) -> Command:
    """Say that the two belong together."""
    return LinkRequest(other=_other(at, form))


async def show_municipalities(at: At) -> Mapping[str, Any]:
    """Who takes part now; a participating municipality lets nobody go but itself."""
    taking_part, actor = _taking_part(at), at.visit.account.actor
    own = [one for one in taking_part[1:] if one[0] in actor.municipalities]
    return {
        "taking_part": taking_part,
        "leaving": taking_part if actor.is_staff else own,
        "is_staff": actor.is_staff,
    }


def _taking_part(at: At) -> list[tuple[MunicipalityCode, str]]:
    view = at.shown.view
    return [(code, at.shown.municipality_name(code)) for code in (view.lead_municipality, *view.participating)]


def start_municipalities(at: At) -> Start:
    """As it is now."""
    return {"lead": at.shown.view.lead_municipality}


def read_municipalities(at: At, form: Filled) -> Command:
    """Who joins, who leaves, and who asks for all."""
    lead = form.optional_line("lead", most=6) or at.shown.view.lead_municipality
    return ChangeMunicipalities(
        joins=tuple(dict.fromkeys(_joining(at, form))),
        leaves=tuple(one[:6] for one in form.ticked("leaves")),
        lead=lead if lead != at.shown.view.lead_municipality else None,
    )


def _joining(at: At, form: Filled) -> Iterator[MunicipalityCode]:
    """The municipalities that were written, one on a line, by name or code."""
    codes = {name.casefold(): code for code, name in at.shown.municipalities.items()}
    for line in filter(None, map(str.strip, (form.optional_text("joins") or "").splitlines())):
        code = codes.get(line.casefold(), line if line in at.shown.municipalities else None)
        if code is None:
            form.wrong("joins", at.say(NOT_KNOWN, name=line[:60]), None)
        else:
            yield code


PAGES: Final = (
    DeedPage(
        command="merge",
        segment="samenvoegen",
        template="staff/merge.html",
        read=read_merging,
        fields={"into": OTHER},
        values=show_others,
        done=message("The request goes on in the other one. Its questions and people moved along."),
    ),
    DeedPage(
        command="link_request",
        segment="koppelen",
        template="staff/link.html",
        read=read_linking,
        values=show_others,
        done=message("The requests are linked."),
    ),
    DeedPage(
        command="change_municipalities",
        segment="gemeenten-wijzigen",
        template="staff/municipalities.html",
        read=read_municipalities,
        start=start_municipalities,
        values=show_municipalities,
        fields={f"joins.{place}": "joins" for place in range(40)}
        | {f"leaves.{place}": "leaves" for place in range(40)},
        done=message("The municipalities were changed."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
