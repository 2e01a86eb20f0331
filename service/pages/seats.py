"""Places for parents: agreeing on one, changing it, ending it. A parent is never named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.command import Command
from domain.parts import Search, Seat
from domain.seats import EndSeat, SetSeat
from domain.words import Agreed, Body, SeatForm
from service.language import message
from service.pages.choosing import owner, owner_key, owners, seats, words
from service.pages.deed_page import At, DeedPage, Start, routes_of, segments_of
from service.pages.filled import Filled

BODY: Final = message("Choose where the place is.")
FORM: Final = message("Choose how parents take part.")
LOOKS: Final = message("Choose who looks for parents.")
BY_WHEN: Final = message("Write by which day parents are found.")


def _seat(at: At) -> Seat | None:
    return at.part(seats(at.shown.view)) if at.about else None


def start_setting(at: At) -> Start:
    """What is agreed on it, or that nothing is yet."""
    seat = _seat(at)
    if seat is None:
        return {"expenses": Agreed.NOT_YET, "time": Agreed.NOT_YET, "training": Agreed.NOT_YET}
    search = seat.search
    return {
        "body": seat.body,
        "form": seat.form,
        "expenses": seat.expenses,
        "time": seat.time,
        "training": seat.training,
        "supportedBy": seat.supported_by or "",
        "searchBy": owner_key(search.by) if search else "",
        "searchDue": at.visit.tongue.short_day(search.due) if search else "",
    }


async def show_setting(at: At) -> Mapping[str, Any]:
    """What can be chosen; each way in which parents can take part with what it means."""
    tongue = at.visit.tongue
    meant = {
        SeatForm.PARENT: at.say("A parent has a place of their own."),
        SeatForm.REPRESENTATIVE: at.say("Somebody speaks for parents, for example of a network of parents."),
        SeatForm.CONSULTED: at.say("Parents are asked before each meeting."),
        SeatForm.SEARCHING: at.say("The place is there; somebody looks for parents."),
    }
    return {
        "seat": _seat(at),
        "bodies": words(tongue, Body),
        "forms": [(value, said, meant[SeatForm(value)]) for value, said in words(tongue, SeatForm)],
        "agreed": words(tongue, Agreed),
        "owners": owners(at),
    }


def read_setting(at: At, form: Filled) -> Command:
    """Say how the place is from now on."""
    seat, body = _seat(at), form.choice("body", Body, missing=at.say(BODY))
    kind = form.choice("form", SeatForm, missing=at.say(FORM))
    return SetSeat(
        seat=seat.id if seat else None,
        body=body,
        form=kind,
        expenses=form.optional_choice("expenses", Agreed) or Agreed.NOT_YET,
        time=form.optional_choice("time", Agreed) or Agreed.NOT_YET,
        training=form.optional_choice("training", Agreed) or Agreed.NOT_YET,
        supported_by=form.optional_line("supportedBy"),
        search=_search(at, form) if kind is SeatForm.SEARCHING else None,
    )


def _search(at: At, form: Filled) -> Search:
    return Search(
        by=owner(at, form, "searchBy", missing=at.say(LOOKS)),
        due=form.day("searchDue", missing=at.say(BY_WHEN)),
    )


async def show_ending(at: At) -> Mapping[str, Any]:
    """Which place."""
    return {"seat": at.part(seats(at.shown.view))}


def read_ending(at: At, _: Filled) -> Command:
    """End it."""
    return EndSeat(seat=at.part(seats(at.shown.view)).id)


PAGES: Final = (
    DeedPage(
        command="set_seat",
        segment="plek-voor-ouders",
        template="deeds/set_seat.html",
        read=read_setting,
        start=start_setting,
        values=show_setting,
        fields={"search": "searchBy", "search.by": "searchBy", "search.due": "searchDue"},
        title=message("A place for parents"),
        button=message("Save"),
        done=message("The place for parents was recorded."),
    ),
    DeedPage(
        command="end_seat",
        segment="plek-voor-ouders-beeindigen",
        template="deeds/end_seat.html",
        read=read_ending,
        values=show_ending,
        done=message("The place for parents was ended."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
