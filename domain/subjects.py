"""Which file decides what: every command with its rule, every fact with its effect."""

from __future__ import annotations

from collections.abc import Mapping

from domain import (
    action_owners,
    actions,
    ambitions,
    assignment,
    changing,
    coalitions,
    eligibility,
    embedding,
    ending,
    finishing,
    goals,
    handing_over,
    importing,
    intake,
    inviting,
    joining,
    kickoffs,
    partners,
    passing,
    planning,
    progress,
    proposing,
    redaction,
    reporting,
    resting,
    seats,
    submitting,
    talking,
)
from domain.command import Apply, Command, Decide
from domain.event import Fact

SUBJECTS = (
    submitting,
    importing,
    eligibility,
    intake,
    assignment,
    proposing,
    planning,
    inviting,
    reporting,
    kickoffs,
    coalitions,
    partners,
    seats,
    ambitions,
    goals,
    actions,
    action_owners,
    talking,
    changing,
    joining,
    handing_over,
    resting,
    finishing,
    embedding,
    ending,
    passing,
    progress,
    redaction,
)

DECIDE: Mapping[type[Command], Decide] = {kind: rule for one in SUBJECTS for kind, rule in one.DECIDES.items()}
APPLY: Mapping[type[Fact], Apply] = {kind: effect for one in SUBJECTS for kind, effect in one.APPLIES.items()}
