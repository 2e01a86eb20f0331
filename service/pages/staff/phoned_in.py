"""Recording a request that came by mail or phone, on one screen, with the day it was received.

That day decides under which rule the municipality may use the programme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from domain.event import OnBehalf
from domain.submitting import AskedQuestion, CoalitionChoice, Submit
from domain.text import MunicipalityCode
from domain.words import Capacity, CoalitionKind, Heard, Phase, QuestionKind
from service.giving import Given, person_id_of
from service.language import message
from service.pages.filled import Filled, filled
from service.pages.forms import Form, blank
from service.pages.giving import submit
from service.pages.guarding import Who, get, post
from service.pages.requests import address_of
from service.pages.visit import Visit
from storage.already_there import KnownCoalition, known_coalitions
from storage.municipalities import MunicipalityLine, list_municipalities
from storage.people import PersonCard
from storage.requests import load

ADDRESS: Final = "/aanvraag-vastleggen"
CONTACT: Final = "contact"
NOT_KNOWN: Final = message("We do not know a municipality called %(name)s. Choose one from the list.")
NOT_YET: Final = message("This day is still to come. Choose today or an earlier day.")
FIELDS: Final[Mapping[str, str]] = {
    "leadMunicipality": "municipality",
    "receivedOn": "receivedOn",
    "coalition.name": "coalition",
    "coalition.id": "coalition",
    **{f"participating.{place}": "participating" for place in range(40)},
}
"""For each field of the command its name in the form."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What can be chosen, looked up once."""

    municipalities: tuple[MunicipalityLine, ...]

    def code_of(self, said: str) -> MunicipalityCode | None:
        """The municipality that is called so, or has this code."""
        plain = said.casefold().strip()
        return next(
            (one.code for one in self.municipalities if plain in (one.name.casefold(), one.code.casefold())), None
        )

    def name_of(self, code: MunicipalityCode) -> str:
        """What a municipality is called."""
        return next((one.name for one in self.municipalities if one.code == code), code)


async def show_form(visit: Visit) -> Response:
    """Show the one screen."""
    start = blank(receivedOn=visit.tongue.short_day(visit.today), heard=Heard.PHONE, phase=Phase.UNKNOWN)
    return _show(visit, start, await _choices(visit))


def _show(visit: Visit, form: Form, choices: Choices) -> Response:
    tongue = visit.tongue
    return visit.page(
        "staff/phoned_in.html",
        title=visit.say("Record a request by phone or mail"),
        form=form,
        municipalities=[(one.code, one.name) for one in choices.municipalities],
        kinds=[(one.value, tongue.word(one)) for one in QuestionKind],
        phases=[(one.value, tongue.word(one)) for one in Phase],
        heard=[(one.value, tongue.word(one)) for one in Heard],
    )


async def _choices(visit: Visit) -> Choices:
    async with visit.reading.connect() as connection:
        return Choices(municipalities=await list_municipalities(connection))


async def record(visit: Visit) -> Response:
    """Submit it on behalf of the municipality, and go to the new request."""
    choices, form = await _choices(visit), filled(visit)
    told = _told(visit, form)
    lead = form.one_of(
        "municipality", (one.code for one in choices.municipalities), missing=visit.say("Choose the municipality.")
    )
    joining = tuple(dict.fromkeys(_participating(visit, form, choices)))
    card = _contact(visit, form)
    async with visit.reading.connect() as connection:
        known = await known_coalitions(connection, lead)
    command = Submit(
        on_behalf=told,
        received_on=told.heard_on,
        lead_municipality=lead,
        participating=joining,
        contact=person_id_of(visit.account, form.key, CONTACT),
        text=form.text("text", missing=visit.say("Write what the municipality asks.")),
        questions=_questions(visit, form),
        coalition=_coalition(form, choices.name_of(lead), known),
    )
    done = await submit(visit, visit.account, command, form, fields=FIELDS, people={command.contact: card})
    if isinstance(done, Form):
        return _show(visit, done, choices)
    return visit.see_other(await _address(visit, done), said=visit.say("The request was recorded."))


def _told(visit: Visit, form: Filled) -> OnBehalf:
    """How it came in, and on which day."""
    heard = form.choice("heard", Heard, missing=visit.say("Choose how it came in."))
    received = form.day("receivedOn", missing=visit.say("Write on which day it was received."))
    if received > visit.today:
        form.wrong("receivedOn", visit.say(NOT_YET), None)
    return OnBehalf(of=Capacity.MUNICIPALITY, heard=heard, heard_on=received)


def _questions(visit: Visit, form: Filled) -> tuple[AskedQuestion, ...]:
    kinds = form.choices("kinds", QuestionKind)
    if not kinds:
        form.wrong("kinds", visit.say("Tick at least one."), None)
    return tuple(AskedQuestion(kind=kind) for kind in kinds)


def _participating(visit: Visit, form: Filled, choices: Choices) -> Iterator[MunicipalityCode]:
    for line in filter(None, map(str.strip, (form.optional_text("participating") or "").splitlines())):
        code = choices.code_of(line)
        if code is None:
            form.wrong("participating", visit.say(NOT_KNOWN, name=line[:60]), None)
        else:
            yield code


def _coalition(form: Filled, municipality: str, known: Iterable[KnownCoalition]) -> CoalitionChoice:
    """The coalition that is meant: the known one of this name, the only one known, or a new one."""
    name, phase = form.optional_line("coalition"), form.optional_choice("phase", Phase) or Phase.UNKNOWN
    theirs = list(known)
    meant = [one for one in theirs if name is None or one.name.casefold() == name.casefold()]
    if len(meant) == 1:
        return CoalitionChoice(id=meant[0].id, phase=phase)
    if name is None and meant:
        named = form.tongue.together([one.name for one in meant])
        form.wrong("coalition", form.tongue.say("Which coalition? Known are %(names)s.", names=named), None)
    kind = CoalitionKind.REGIONAL if form.is_ticked("regional") else CoalitionKind.LOCAL
    return CoalitionChoice(name=name or f"Kansrijke Start {municipality}", kind=kind, phase=phase)


def _contact(visit: Visit, form: Filled) -> PersonCard:
    return PersonCard(
        name=form.line("contactName", missing=visit.say("Write who can be asked at the municipality.")),
        email=form.optional_mail_address("contactMail"),
        phone=form.optional_line("contactPhone", most=40),
        function=form.optional_line("contactFunction"),
    )


async def _address(visit: Visit, done: Given) -> str:
    async with visit.reading.connect() as connection:
        stored = await load(connection, done.request_id)
    return address_of(stored.reference) if stored else "/nieuwe-aanvragen"


routes = (
    get(ADDRESS, show_form, who=Who.STAFF),
    post(ADDRESS, record, who=Who.STAFF),
)
