"""The OpenAPI document: what FastAPI knows of the routes, made to say all that the Dutch API design rules 2.2 ask.

A route names its answer and its problems with `answers` and its body with `takes`; the shapes come from the same
dataclasses that are read and written. Nothing here changes what the API does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from service import errors
from service.api.answers import ADAPTERS
from service.api.bodies import LARGEST, commands, submission
from service.api.door import KEY, KEY_PATTERN, VERSION, VERSION_PATTERN
from service.api.problems import MEDIA_TYPE, ProblemDetails
from service.errors import Language, Problem
from service.settings import Settings

Json = dict[str, Any]
Node = Any
"""A place somewhere in the document."""
API_VERSION: Final = "1.0.0"
BASE: Final = "/api/v1"
SHAPES: Final = "#/components/schemas/"
SUBMISSION: Final = "Submit"
COMMAND: Final = "Command"
CONTACT: Final = {
    "name": "Stimuleringsprogramma Kansrijke Start",
    "email": Settings.model_fields["contact_mail"].default,
    "url": "https://www.kansrijkestartnl.nl",
}
ABOUT: Final = (
    "Follow a municipality's request for support with its Kansrijke Start coalition, from question to embedding. "
    "Field names are English; the glossary gives the Dutch words. Errors are problem+json (RFC 9457), in Dutch unless "
    "`Accept-Language` asks for English. A command is sent with an `Idempotency-Key`: the same key is the same "
    "command, however often it is sent. Days are days in Amsterdam, moments are UTC."
)
TAGS: Final = [
    {"name": "support-requests", "description": "Requests for support, and everything that is done with them."},
    {"name": "tasks", "description": "What is waited for, by whom, until when."},
    {"name": "reference", "description": "What forms need to know, and who the caller is."},
]
VERSION_HEADER: Final = {
    "API-Version": {"description": "The full version of this API.", "schema": {"type": "string"}, "required": True}
}
HEADERS: Final[dict[str, Json]] = {
    "ETag": {"description": 'The version of the request, as `"7"`, for `If-Match` only.', "schema": {"type": "string"}},
    "Location": {"description": "The address of the new request.", "schema": {"type": "string"}},
    "Link": {"description": 'The next page, as `<…>; rel="next"`.', "schema": {"type": "string"}},
}
ANYWHERE: Final = (errors.NOT_SIGNED_IN, errors.INTERNAL, errors.NOT_READY)
ON_LOOKING: Final = (errors.INVALID_INPUT, *ANYWHERE)
ON_ACTING: Final = (
    errors.INVALID_INPUT,
    errors.NOT_SIGNED_IN,
    errors.FORBIDDEN,
    errors.NOT_NOW,
    errors.STALE,
    errors.TOO_LARGE,
    errors.NOT_JSON,
    errors.KEY_REUSED,
    errors.INTERNAL,
    errors.NOT_KNOWN,
)


def answers(kind: type, *problems: Problem, status: int = 200, headers: tuple[str, ...] = ()) -> dict[int | str, Json]:
    """Say what a route answers when all is well, with which headers, and which problems it knows."""
    content = {"application/json": {"schema": {"$ref": SHAPES + kind.__name__}}}
    well = {
        "description": (kind.__doc__ or "").split("\n")[0],
        "headers": {**VERSION_HEADER, **{name: HEADERS[name] for name in headers}},
        "content": content,
    }
    return {status: well, **{problem.status: _problem(problem) for problem in problems}}


def _problem(problem: Problem) -> Json:
    headers = dict(VERSION_HEADER)
    if problem.retry_after:
        headers["Retry-After"] = {"description": "Seconds to wait.", "schema": {"type": "integer"}, "required": True}
    if problem is errors.NOT_SIGNED_IN:
        headers["WWW-Authenticate"] = {"description": "How to sign in.", "schema": {"type": "string"}, "required": True}
    return {
        "description": problem.detail.in_language(Language.ENGLISH),
        "headers": headers,
        "content": {MEDIA_TYPE: {"schema": {"$ref": SHAPES + ProblemDetails.__name__}}},
    }


def takes(shape: str) -> Json:
    """Say which body a route takes, and the headers that go with everything that acts."""
    key = "Makes asking again safe: the same key of the same account is the same command."
    version = "The version the sender looked at, from `ETag`: refused when what the command touches changed since."
    return {
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": SHAPES + shape}}}},
        "parameters": [
            _header(KEY, key, KEY_PATTERN, required=True),
            *([_header(VERSION, version, VERSION_PATTERN, required=False)] if shape == COMMAND else []),
        ],
    }


def _header(name: str, description: str, pattern: str, *, required: bool) -> Json:
    schema = {"type": "string", "pattern": pattern}
    return {"name": name, "in": "header", "required": required, "description": description, "schema": schema}


def describe(api: FastAPI) -> Json:
    """Write the OpenAPI document of this API."""
    document: Json = get_openapi(
        title="Startloket",
        version=API_VERSION,
        description=ABOUT,
        routes=api.routes,
        contact=CONTACT,
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        tags=TAGS,
        servers=[{"url": BASE}],
    )
    document["components"]["schemas"] = shapes()
    for operation in _operations(document):
        _say_what_fastapi_gets_wrong(operation)
    plain: Json = _plainly(document)
    return plain


def reached_at(document: Json, contact_mail: str) -> Json:
    """The document with the address at which this installation is reached."""
    info = document["info"]
    return {**document, "info": {**info, "contact": {**info["contact"], "email": contact_mail}}}


def _operations(document: Json) -> Iterator[Json]:
    for path in document["paths"].values():
        yield from path.values()


def _say_what_fastapi_gets_wrong(operation: Json) -> None:
    """It promises a 422 for parameters, which are a 400 here, and cannot tell that an optional one is never null."""
    known = operation["responses"].get("422", {})
    if MEDIA_TYPE not in known.get("content", {}):
        operation["responses"].pop("422", None)
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        filled = [one for one in schema.pop("anyOf", ()) if one != {"type": "null"}]
        parameter["schema"] = {**schema, **filled[0]} if filled else schema


@cache
def shapes() -> Json:
    """All shapes that are sent or answered, by name."""
    written = [(kind.__name__, adapter) for kind, adapter in ADAPTERS.items()]
    problem = (ProblemDetails.__name__, TypeAdapter(ProblemDetails))
    sent = [(SUBMISSION, submission().adapter), (COMMAND, commands().adapter)]
    wanted: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        *((name, "serialization", adapter) for name, adapter in (*written, problem)),
        *((name, "validation", adapter) for name, adapter in sent),
    ]
    roots, defined = TypeAdapter.json_schemas(wanted, ref_template=SHAPES + "{model}")
    found: Json = defined["$defs"]
    for (name, _), schema in roots.items():
        if schema != {"$ref": f"{SHAPES}{name}"}:
            found[str(name)] = schema
    named = {_name(name): _renamed(schema) for name, schema in found.items()}
    return dict(sorted(named.items()))


def _name(written: str) -> str:
    """Of a shape that is sent otherwise than it is answered, the sent one says so in its name."""
    return written.replace("-Input", "Sent").replace("-Output", "")


def _renamed(node: Node) -> Node:
    if isinstance(node, list):
        return [_renamed(one) for one in node]
    if isinstance(node, dict):
        return {name: _renamed(one) for name, one in node.items()}
    return _name(node) if isinstance(node, str) and node.startswith(SHAPES) else node


def _plainly(node: Node) -> Node:
    """Write `X or null` as one type, so that a day keeps its format, and say the bounds of whole numbers."""
    if isinstance(node, list):
        return [_plainly(one) for one in node]
    if not isinstance(node, dict):
        return node
    plain = {name: _plainly(one) for name, one in node.items()}
    match plain.get("anyOf"):
        case [{"type": str(kind)} as filled, {"type": "null"}]:
            rest = {name: one for name, one in plain.items() if name != "anyOf"}
            plain = {**filled, **rest, "type": [kind, "null"]}
        case _:
            pass
    if plain.get("type") == "integer":
        return {"minimum": -LARGEST, "maximum": LARGEST, **plain}
    return plain
