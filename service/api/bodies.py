"""What is sent: commands in camelCase, read straight into the domain's dataclasses, with all faults at once.

The limits of each field stand with the field, in the domain. The door adds what JSON leaves open: nothing unknown,
nothing of another type, moments with their zone, ordinary numbers; and people as details instead of ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, make_dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Annotated, Any, Final, Union, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic import Field as Described
from pydantic.alias_generators import to_camel
from pydantic_core import SchemaValidator, core_schema

from domain.command import Command
from domain.moves import EVER
from domain.subjects import DECIDE
from domain.submitting import Submit
from domain.text import PersonId
from domain.words import Capacity
from service.api.faults import EMPTY, faults
from service.api.people import PersonDetails
from service.api.problems import all_at_once
from service.giving import person_id_of
from storage.accounts import Account
from storage.people import PersonCard

Body = Any
"""A sound body: one of the shapes that are sent."""
Node = Any
"""A place somewhere in a schema."""
AT_THE_DOOR: Final = ConfigDict(alias_generator=to_camel, extra="forbid", strict=True)
NAMED: Final = "contact"
"""The field of a command in which somebody is named who may be new here."""
NOT_ASKED: Final = frozenset({"imported"})
"""Fields that only an import fills in."""
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
FIRST_MOMENT, LAST_MOMENT = datetime(1900, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC)
LARGEST: Final = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Given:
    """A sound command, and the people it names who may be new here."""

    command: Command
    people: Mapping[PersonId, PersonCard]


class Form:
    """One shape of body: how it is read, and what may be sent."""

    def __init__(self, adapter: TypeAdapter[Any], *, is_tagged: bool) -> None:
        self.adapter = adapter
        self._validator = SchemaValidator(_strict(adapter.core_schema))
        self._prefix = 1 if is_tagged else 0

    def read(self, sent: bytes) -> Body:
        """Read what was sent.

        Raises: Refusal of kind INVALID with everything that is wrong with its form.
        """
        try:
            return self._validator.validate_json(sent)
        except ValidationError as error:
            refusal = all_at_once(faults(error.errors(include_url=False), prefix=self._prefix))
            raise refusal or error from None


def to_command(body: Body, account: Account, key: str) -> Given:
    """Make the command of a body; who is named in it gets an id.

    Raises: Refusal when somebody is named of whom nothing is said.
    """
    kind = _OF_BODY.get(type(body))
    if kind is None:
        return Given(command=body, people={})
    values = {one.name: getattr(body, one.name) for one in fields(body)}
    named = values.get(NAMED)
    if not isinstance(named, PersonDetails):
        return Given(command=kind(**values), people={})
    if named.says_nothing:
        raise EMPTY(NAMED)
    person = person_id_of(account, key, NAMED)
    return Given(command=kind(**{**values, NAMED: person}), people={person: named.card})


def _strict(node: Node) -> Node:
    """Make a schema say what JSON leaves open, wherever it speaks of moments, days and numbers."""
    if isinstance(node, list | tuple):
        return type(node)(_strict(one) for one in node)
    if not isinstance(node, dict):
        return node
    stricter = {name: one if name in ("config", "metadata") else _strict(one) for name, one in node.items()}
    match stricter.get("type"):
        case "datetime":
            bounds = {"tz_constraint": "aware", "ge": FIRST_MOMENT, "le": LAST_MOMENT}
            return core_schema.no_info_after_validator_function(_in_utc, {**stricter, **bounds})
        case "date":
            return {**stricter, "ge": FIRST_DAY, "le": LAST_DAY}
        case "int":
            return {"ge": -LARGEST, "le": LARGEST, **stricter}
        case "float":
            return {**stricter, "allow_inf_nan": False}
        case _:
            return stricter


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _as_sent(kind: type[Command]) -> type:
    """The shape in which a command is sent: itself, unless it names somebody or has fields that are not asked."""
    hints = get_type_hints(kind, include_extras=True)
    if NAMED not in hints and NOT_ASKED.isdisjoint(hints):
        return kind
    if NAMED in hints:
        hints[NAMED] = PersonDetails if hints[NAMED] is PersonId else PersonDetails | None
    asked = [one for one in fields(kind) if one.name not in NOT_ASKED]
    shape = make_dataclass(
        kind.__name__,
        [(one.name, hints[one.name], field(default=one.default)) for one in asked],
        frozen=True,
        kw_only=True,
        namespace={"__doc__": kind.__doc__, "__pydantic_config__": AT_THE_DOOR},
    )
    _OF_BODY[shape] = kind
    return shape


def by_people() -> tuple[type[Command], ...]:
    """The commands that people give on a request that there is already; submitting has an address of its own."""
    names = frozenset().union(*(EVER[one] for one in Capacity if one is not Capacity.TIME))
    return tuple(kind for kind in DECIDE if kind is not Submit and str(getattr(kind, "type")) in names)  # noqa: B009


_OF_BODY: dict[type, type[Command]] = {}


@cache
def submission() -> Form:
    """The body with which support is asked for."""
    return Form(TypeAdapter(_as_sent(Submit)), is_tagged=False)


@cache
def commands() -> Form:
    """The body of any other command, told apart by its `type`."""
    shapes: Any = Union[tuple(_as_sent(kind) for kind in by_people())]  # noqa: UP007 - made of what there is
    tagged: Any = Annotated[shapes, Described(discriminator="type")]
    return Form(TypeAdapter(tagged, config=AT_THE_DOOR), is_tagged=True)
