"""The one table: in which stage, in which quality, which command may be given.

`allowed` reads it to draw the buttons and `decide` to refuse, so a screen and a rule cannot disagree. What a command
does and when its own rules stop it stands in the file of its subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from domain.command import Actor
from domain.event import OnBehalf
from domain.request import SupportRequest
from domain.text import known_as
from domain.words import Capacity, Stage

STAGES = tuple(Stage)
S, A, C, M, R = (
    Capacity.STAFF,
    Capacity.ADVISOR,
    Capacity.CANDIDATE,
    Capacity.MUNICIPALITY,
    Capacity.PARTICIPANT,
)
U, P, N, T = Capacity.SUPPORTING_PARTY, Capacity.PARTNER, Capacity.NEWCOMER, Capacity.TIME
EVERYONE = (S, A, C, M, R, U, P)


def _from(first: Stage, last: Stage) -> tuple[Stage, ...]:
    return STAGES[STAGES.index(first) : STAGES.index(last) + 1]


ANY = STAGES
ANY_OPEN = _from(Stage.INTAKE, Stage.EMBEDDING)
INTAKE = (Stage.INTAKE,)
ASSIGNMENT = (Stage.ASSIGNMENT,)
UNDER_WAY = _from(Stage.VISIT, Stage.EMBEDDING)
SUPPORT = _from(Stage.VISIT, Stage.FOLLOW_UP)

ROWS: tuple[tuple[str, tuple[Capacity, ...], tuple[Stage, ...]], ...] = (
    ("submit", (N, M, A, S), INTAKE),
    ("amend", (M,), _from(Stage.INTAKE, Stage.FOLLOW_UP)),
    ("change_contact", (M, A), ANY_OPEN),
    ("change_municipalities", (S, R), ANY_OPEN),
    ("ask_information", (S,), INTAKE),
    ("answer_information", (M,), INTAKE),
    ("accept", (S,), INTAKE),
    ("decline", (S,), INTAKE),
    ("merge", (S,), _from(Stage.INTAKE, Stage.VISIT)),
    ("link_request", (S, A), ANY),
    ("assign", (S,), ASSIGNMENT),
    ("accept_assignment", (C,), _from(Stage.ASSIGNMENT, Stage.EMBEDDING)),
    ("decline_assignment", (C,), _from(Stage.ASSIGNMENT, Stage.EMBEDDING)),
    ("return_assignment", (A,), UNDER_WAY),
    ("reassign", (S,), _from(Stage.ASSIGNMENT, Stage.EMBEDDING)),
    ("propose_moments", (A, M), UNDER_WAY),
    ("choose_moment", (A, M), UNDER_WAY),
    ("ask_other_moments", (A, M), UNDER_WAY),
    ("plan_meeting", (A, M), UNDER_WAY),
    ("reschedule_meeting", (A, M), UNDER_WAY),
    ("cancel_meeting", (A, M), UNDER_WAY),
    ("invite", (A, M), UNDER_WAY),
    ("respond", (P,), UNDER_WAY),
    ("report_meeting", (A, M), UNDER_WAY),
    ("amend_report", (A, M), UNDER_WAY),
    ("want_kickoff", (A,), UNDER_WAY),
    ("drop_kickoff", (A,), UNDER_WAY),
    ("skip_visit", (A,), (Stage.VISIT,)),
    ("share", (A, S, U), _from(Stage.ASSIGNMENT, Stage.EMBEDDING)),
    ("settle_question", (A,), _from(Stage.ASSIGNMENT, Stage.FOLLOW_UP)),
    ("add_partner", (A, M), UNDER_WAY),
    ("update_partner", (A, M), UNDER_WAY),
    ("remove_partner", (A, M), UNDER_WAY),
    ("set_seat", (A, M, U), UNDER_WAY),
    ("end_seat", (A, M, U), UNDER_WAY),
    ("agree_ambition", (A, M), UNDER_WAY),
    ("drop_ambition", (A, M), UNDER_WAY),
    ("agree_goal", (A, M), UNDER_WAY),
    ("revise_goal", (A, M), UNDER_WAY),
    ("drop_goal", (A, M), UNDER_WAY),
    ("agree_action", (A, M), UNDER_WAY),
    ("extend_action", (A, M, R, U, P), UNDER_WAY),
    ("complete_action", (A, M, R, U, P), UNDER_WAY),
    ("drop_action", (A, M, R, U, P), UNDER_WAY),
    ("reopen_action", (A, M, R, U, P), UNDER_WAY),
    ("hand_back_action", (A, M, R, U, P), UNDER_WAY),
    ("reassign_action", (A, M), UNDER_WAY),
    ("hand_over_action", (A, M), UNDER_WAY),
    ("finish_support", (A,), SUPPORT),
    ("check_in", (M, R, A), (Stage.EMBEDDING,)),
    ("evaluate", EVERYONE, _from(Stage.FOLLOW_UP, Stage.CLOSED)),
    ("ask", EVERYONE, ANY),
    ("reply", EVERYONE, ANY),
    ("note", EVERYONE, ANY),
    ("pause", (A, S, M), ANY_OPEN),
    ("resume", (A, S, M), ANY_OPEN),
    ("withdraw", (M,), ANY_OPEN),
    ("stop", (S,), _from(Stage.ASSIGNMENT, Stage.EMBEDDING)),
    ("reopen", (S,), (Stage.CLOSED,)),
    ("step_back", (S,), _from(Stage.ASSIGNMENT, Stage.EMBEDDING)),
    ("redact", (S,), ANY),
    ("follow_merger", (T,), ANY_OPEN),
    ("receive_merged", (T,), ANY_OPEN),
    ("import_meeting", (T,), INTAKE),
    ("import_standing", (T,), INTAKE),
    ("pass_time", (T,), ANY),
)

Moves = Mapping[tuple[Stage, Capacity], frozenset[str]]


def _table() -> Moves:
    def given(stage: Stage, capacity: Capacity) -> frozenset[str]:
        return frozenset(name for name, who, when in ROWS if stage in when and capacity in who)

    return MappingProxyType({(stage, capacity): given(stage, capacity) for stage in Stage for capacity in Capacity})


MOVES: Moves = _table()
EVER: Mapping[Capacity, frozenset[str]] = MappingProxyType(
    {capacity: frozenset(name for name, who, _ in ROWS if capacity in who) for capacity in Capacity}
)
MAY_RECORD_FOR: Mapping[Capacity, frozenset[Capacity]] = MappingProxyType(
    {S: frozenset({A, C, M, R, P}), A: frozenset({M, R, P}), M: frozenset({P})}
)


def capacities(request: SupportRequest, actor: Actor) -> tuple[Capacity, ...]:
    """Say in which qualities this actor meets this request, weightiest first; empty when it is none of theirs."""
    return tuple(capacity for capacity, holds in _qualities(request, actor) if holds)


def _qualities(request: SupportRequest, actor: Actor) -> Iterable[tuple[Capacity, bool]]:
    own = [one for one in request.advisors if actor.is_advisor and one.advisor == actor.person]
    yield T, actor.is_time
    yield S, actor.is_staff
    yield A, any(one.accepted_on for one in own)
    yield C, any(one.accepted_on is None for one in own)
    yield M, request.lead_municipality in actor.municipalities
    yield R, not actor.municipalities.isdisjoint(request.participating)
    yield U, any(known_as(name) in request.supporters for name in actor.organisations)
    yield P, not actor.partners.isdisjoint(request.partners)


def acting_as(request: SupportRequest, actor: Actor, on_behalf: OnBehalf | None) -> tuple[Capacity, ...]:
    """Say in which qualities something is done here: those of the actor, or of the one it is recorded for."""
    return (on_behalf.of,) if on_behalf else capacities(request, actor)


def allowed(request: SupportRequest, actor: Actor) -> frozenset[str]:
    """Say which commands this actor can give now, in their own name."""
    return allowed_as(request, capacities(request, actor))


def allowed_as(request: SupportRequest, mine: Iterable[Capacity]) -> frozenset[str]:
    """Say which commands can be given now in these qualities."""
    return frozenset().union(*(_now(request, capacity) for capacity in mine))


def allowed_on_behalf(request: SupportRequest, actor: Actor) -> Mapping[Capacity, frozenset[str]]:
    """Say which commands this actor can record for somebody else now, by the quality of the one it is for."""
    return allowed_on_behalf_as(request, capacities(request, actor))


def allowed_on_behalf_as(request: SupportRequest, mine: Iterable[Capacity]) -> Mapping[Capacity, frozenset[str]]:
    """Say which commands can be recorded for somebody else now in these qualities, by the quality it is for."""
    others = frozenset().union(*(MAY_RECORD_FOR.get(capacity, frozenset()) for capacity in mine))
    return {other: _now(request, other) for other in sorted(others)}


def _now(request: SupportRequest, capacity: Capacity) -> frozenset[str]:
    """The moves of this stage; a request begins by being submitted, once."""
    moves = MOVES[request.stage, capacity]
    return moves - {"submit"} if request.version else moves & {"submit"}


TO_CLOSED = (Stage.CLOSED,)
LEADS_TO: Mapping[str, Mapping[Stage, tuple[Stage, ...]]] = MappingProxyType(
    {
        "accept": {Stage.INTAKE: (Stage.ASSIGNMENT,)},
        "decline": dict.fromkeys(INTAKE, TO_CLOSED),
        "merge": dict.fromkeys(_from(Stage.INTAKE, Stage.VISIT), TO_CLOSED),
        "accept_assignment": {Stage.ASSIGNMENT: (Stage.VISIT,)},
        "skip_visit": {Stage.VISIT: (Stage.KICKOFF, Stage.FOLLOW_UP)},
        "report_meeting": {Stage.VISIT: (Stage.KICKOFF, Stage.FOLLOW_UP), Stage.KICKOFF: (Stage.FOLLOW_UP,)},
        "drop_kickoff": {Stage.KICKOFF: (Stage.FOLLOW_UP,)},
        "finish_support": dict.fromkeys(SUPPORT, (Stage.EMBEDDING, Stage.CLOSED)),
        "check_in": {Stage.EMBEDDING: TO_CLOSED},
        "pass_time": {Stage.EMBEDDING: TO_CLOSED},
        "withdraw": dict.fromkeys(ANY_OPEN, TO_CLOSED),
        "stop": dict.fromkeys(_from(Stage.ASSIGNMENT, Stage.EMBEDDING), TO_CLOSED),
        "reopen": {Stage.CLOSED: ANY_OPEN},
    }
)


def _steps() -> tuple[tuple[Stage, Stage, tuple[str, ...]], ...]:
    known: dict[tuple[Stage, Stage], tuple[str, ...]] = {}
    for name, ways in LEADS_TO.items():
        for pair in ((start, end) for start, ends in ways.items() for end in ends):
            known[pair] = (*known.get(pair, ()), name)
    in_order = sorted(known, key=lambda pair: (STAGES.index(pair[0]), STAGES.index(pair[1])))
    return tuple((start, end, known[start, end]) for start, end in in_order)


STEPS = _steps()
"""From which stage to which other one, and by which commands; staff can also step one stage back."""


def diagram() -> str:
    """Draw the stages and what leads from one to the next, as Mermaid; reopening and stepping back are left out."""
    arrows = (f"    {start} --> {end}: {', '.join(names)}" for start, end, names in STEPS if start is not Stage.CLOSED)
    return "\n".join(("stateDiagram-v2", "    [*] --> INTAKE: submit", *arrows, "    CLOSED --> [*]"))
