"""Eligibility: may this municipality use the programme? Rules are dated data; the rule of the day it asked decides.

A later change of rules or lists never changes an old decision: the outcome is kept in the event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from domain.command import Apply, Command, Decide, Facts
from domain.event import Event, Fact
from domain.request import SupportRequest
from domain.text import MunicipalityCode, Text
from domain.words import Audience, Eligibility, Ground


@dataclass(frozen=True, kw_only=True)
class EligibilityDetermined(Fact):
    """The rule of the day the request was received was applied to each municipality."""

    received_on: date
    ground: Ground | None
    outcomes: Mapping[MunicipalityCode, Eligibility]


@dataclass(frozen=True, kw_only=True)
class ExceptionMade(Fact):
    """Staff accept a municipality that is not eligible by the rule, and why."""

    audience: ClassVar[Audience] = Audience.PROGRAMME
    reason: Text


def determined(codes: tuple[MunicipalityCode, ...], received_on: date, facts: Facts) -> EligibilityDetermined:
    """Apply the rule of that day to each municipality; a day without a rule leaves it undetermined."""
    ground = ground_on(received_on, facts)
    outcomes = {code: _outcome(code, ground, facts) for code in codes}
    return EligibilityDetermined(received_on=received_on, ground=ground, outcomes=outcomes)


def ground_on(day: date, facts: Facts) -> Ground | None:
    """The ground of the rule in force on that day, if there was one."""
    for rule in facts.eligibility_rules:
        if rule.valid_from <= day and (rule.valid_until is None or day < rule.valid_until):
            return rule.ground
    return None


def _outcome(code: MunicipalityCode, ground: Ground | None, facts: Facts) -> Eligibility:
    if ground is Ground.ANY:
        return Eligibility.ELIGIBLE
    if ground is None or ground not in facts.lists:
        return Eligibility.UNDETERMINED
    return Eligibility.ELIGIBLE if code in facts.lists[ground] else Eligibility.NOT_ELIGIBLE


def on_eligibility_determined(request: SupportRequest, event: Event, fact: EligibilityDetermined) -> SupportRequest:
    """The outcome per municipality is known."""
    return replace(request, eligibility={**request.eligibility, **fact.outcomes})


def on_exception_made(request: SupportRequest, event: Event, fact: ExceptionMade) -> SupportRequest:
    """The reason is in the log; the request goes on like any other."""
    return request


DECIDES: Mapping[type[Command], Decide] = {}
APPLIES: Mapping[type[Fact], Apply] = {
    EligibilityDetermined: on_eligibility_determined,
    ExceptionMade: on_exception_made,
}
