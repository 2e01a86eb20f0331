"""How far somebody is with a draft: what is understood of it, and which step comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, assert_never

from starlette.datastructures import FormData

from domain.submitting import AskedQuestion, CoalitionChoice, Submit
from domain.text import MunicipalityCode, PersonId
from service.importing.places import Places
from service.pages.asking.answers import (
    Where,
    Wish,
    read_coalition,
    read_contact,
    read_joining,
    read_where,
    read_wish,
)
from service.pages.asking.held import Step
from service.pages.filled import Filled
from service.pages.forms import Form
from service.pages.visit import Visit
from storage.already_there import KnownCoalition, Twin, find_twin, known_coalitions
from storage.asking import Answers, Draft
from storage.database import AsyncConnection
from storage.people import PersonCard

FIELDS: Final[Mapping[Step, tuple[str, ...]]] = {
    Step.MUNICIPALITY: ("municipality", "participating"),
    Step.COALITION: ("coalition", "name", "phase"),
    Step.COLLEAGUE: ("joining",),
    Step.QUESTION: ("text", "kinds", "from", "until"),
    Step.CONTACT: ("contact_name", "contact_function", "contact_phone"),
}


@dataclass(kw_only=True)
class Understanding:
    """What is known after the steps so far; `next_step` is the first that is still to be answered, None after all."""

    next_step: Step | None = None
    where: Where | None = None
    coalitions: tuple[KnownCoalition, ...] = ()
    coalition: CoalitionChoice | None = None
    twin: Twin | None = None
    joins: bool = False
    wish: Wish | None = None
    card: PersonCard | None = None

    @property
    def coalition_name(self) -> str:
        """What the coalition is called."""
        if self.coalition is None:
            return ""
        return self.coalition.name or next((one.name for one in self.coalitions if one.id == self.coalition.id), "")

    def command(self, contact: PersonId, joining: str) -> Submit:
        """The command, once every step is answered; `joining` is the line that asks staff to put requests together."""
        if self.where is None or self.coalition is None or self.wish is None:
            raise ValueError(f"step {self.next_step} is still to be answered")
        return Submit(
            lead_municipality=self.where.lead,
            participating=self.where.participating,
            coalition=self.coalition,
            contact=contact,
            text=f"{joining}\n\n{self.wish.text}" if self.joins else self.wish.text,
            questions=tuple(AskedQuestion(kind=kind) for kind in self.wish.kinds),
            preferred_period=self.wish.period,
        )


@cache
def places_on(day: date) -> Places:
    """The municipalities as they are on a day."""
    return Places(day)


def own_municipalities(visit: Visit, draft: Draft) -> frozenset[MunicipalityCode]:
    """The municipalities that somebody who is signed in may ask for; empty for who is not, who may name any."""
    return visit.account.actor.municipalities if draft.account_id else frozenset()


def kept_form(visit: Visit, answers: Answers, *, key: str = "") -> Filled:
    """The kept answers as a form to be read."""
    sent = FormData([(name, value) for name, values in answers.items() for value in values])
    return Filled(tongue=visit.tongue, sent=sent, key=key or Form().key, version=None)


async def understand(connection: AsyncConnection, visit: Visit, draft: Draft) -> Understanding:
    """Read what was kept, step by step, up to the first that is still to be answered."""
    form, seen = kept_form(visit, draft.answers), Understanding()
    for step in Step:
        if step is Step.CONTACT and draft.account_id:
            continue
        seen.next_step = step
        read_step(visit, draft, step, form, seen)
        if form.mistakes:
            return seen
        await _look_up(connection, step, seen)
    seen.next_step = None
    return seen


def read_step(visit: Visit, draft: Draft, step: Step, form: Filled, seen: Understanding) -> None:
    """Read one step into what is known; the form has its mistakes. What is not to be answered is not read."""
    match step:
        case Step.MUNICIPALITY:
            seen.where = read_where(form, places_on(visit.today), own_municipalities(visit, draft))
        case Step.COALITION:
            seen.coalition = read_coalition(form, seen.coalitions, seen.where)
        case Step.COLLEAGUE:
            seen.joins = seen.twin is not None and read_joining(form)
        case Step.QUESTION:
            seen.wish = read_wish(form, visit.today)
        case Step.CONTACT:
            seen.card = read_contact(form)
        case _:
            assert_never(step)


async def _look_up(connection: AsyncConnection, step: Step, seen: Understanding) -> None:
    """Look up what the next steps depend on."""
    if step is Step.MUNICIPALITY and seen.where:
        seen.coalitions = await known_coalitions(connection, seen.where.lead)
    if step is Step.COALITION and seen.where and seen.coalition and seen.coalition.id:
        seen.twin = await find_twin(connection, seen.where.lead, seen.coalition.id)
