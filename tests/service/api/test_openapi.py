"""The OpenAPI document keeps the Dutch API design rules 2.2, and says the truth about what is sent and answered.

The rules are those of the linter of developer.overheid.nl that are errors, in our own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from service.api.app import openapi_document
from service.api.describing import API_VERSION, BASE, SHAPES
from service.api.problems import MEDIA_TYPE

Json = dict[str, Any]
DOCUMENT = openapi_document()
OPERATIONS: dict[str, Json] = {
    f"{method.upper()} {path}": operation
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
}
each_operation = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS.keys())
A_DATE = re.compile(r"^(date|datum)$|(\wD|_[dD])(ate|atum)")
KEBAB = re.compile(r"^(/([a-z0-9-]+|\{[^}]+\}))+$")
CAMEL = re.compile(r"^[a-z][a-zA-Z0-9]*$")
PASCAL = re.compile(r"^[A-Z][a-zA-Z0-9]*$")


def nodes(node: Any) -> Iterator[Json]:
    """Every object in the document, however deep."""
    if isinstance(node, dict):
        yield node
    for one in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(one)


def properties() -> Iterator[tuple[str, Json]]:
    for node in nodes(DOCUMENT["components"]["schemas"]):
        if isinstance(node.get("properties"), dict):
            yield from node["properties"].items()


def test_the_document_is_openapi_3_1_with_contact_version_and_server() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")
    assert DOCUMENT["info"]["contact"].keys() >= {"name", "email", "url"}
    assert re.fullmatch(r"\d+\.\d+\.\d+", DOCUMENT["info"]["version"])
    assert DOCUMENT["info"]["version"] == API_VERSION
    assert DOCUMENT["servers"] == [{"url": BASE}]


def test_operations_and_tags_are_unique() -> None:
    ids = [operation["operationId"] for operation in OPERATIONS.values()]
    tags = [tag["name"] for tag in DOCUMENT["tags"]]

    assert len({*ids}) == len(ids)
    assert len({*tags}) == len(tags)
    assert {tag for operation in OPERATIONS.values() for tag in operation["tags"]} == {*tags}


@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_paths_are_kebab_case_without_slash_at_the_end(path: str) -> None:
    assert KEBAB.fullmatch(path)


@pytest.mark.parametrize("name", OPERATIONS)
def test_path_and_query_parameters_are_described_in_camel_case(name: str) -> None:
    operation, path = OPERATIONS[name], name.split()[1]
    asked = {(one["in"], one["name"]) for one in operation.get("parameters", ())}

    assert {name for place, name in asked if place == "path"} == set(re.findall(r"\{(\w+)\}", path))
    assert all(CAMEL.fullmatch(name) for place, name in asked if place == "query")
    assert all(one["description"] for one in operation.get("parameters", ()))


@each_operation
def test_every_answer_tells_the_version(operation: Json) -> None:
    assert all("API-Version" in answer["headers"] for answer in operation["responses"].values())


@each_operation
def test_every_problem_is_problem_json_with_status_title_and_detail(operation: Json) -> None:
    problems = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
    shape = DOCUMENT["components"]["schemas"]["ProblemDetails"]

    assert {"400", "401", "500", "503"} <= problems.keys()
    assert {tuple(answer["content"]) for answer in problems.values()} == {(MEDIA_TYPE,)}
    assert {answer["content"][MEDIA_TYPE]["schema"]["$ref"] for answer in problems.values()} == {
        f"{SHAPES}ProblemDetails"
    }
    assert {"status", "title", "detail"} <= shape["properties"].keys()


@each_operation
def test_every_operation_is_guarded_and_explained(operation: Json) -> None:
    assert operation["security"] == [{"token": []}]
    assert operation["summary"]
    assert operation["description"]


def test_what_is_called_a_date_is_a_day_and_a_moment_is_not() -> None:
    dates = {name: schema for name, schema in properties() if A_DATE.search(name)}
    moments = {name for name, schema in properties() if schema.get("format") == "date-time"}

    assert {name for name, schema in dates.items() if schema.get("format") != "date"} == set()
    assert not any(A_DATE.search(name) for name in moments)
    assert {schema.get("format") for _, schema in properties()}.isdisjoint({"time", "date-time-local"})


def test_fields_are_camel_case_and_shapes_are_pascal_case() -> None:
    assert {name for name, _ in properties() if not CAMEL.fullmatch(name)} == set()
    assert {name for name in DOCUMENT["components"]["schemas"] if not PASCAL.fullmatch(name)} == set()


def test_every_reference_leads_somewhere_and_every_shape_is_used() -> None:
    used = {node["$ref"] for node in nodes(DOCUMENT) if isinstance(node.get("$ref"), str)}

    assert used == {SHAPES + name for name in DOCUMENT["components"]["schemas"]}


def test_a_day_that_may_be_unknown_keeps_its_format() -> None:
    day = DOCUMENT["components"]["schemas"]["SupportRequestAnswer"]["properties"]["acceptedOn"]

    assert (day["type"], day["format"]) == (["string", "null"], "date")


def test_nothing_promises_a_422_of_the_framework() -> None:
    assert "HTTPValidationError" not in str(DOCUMENT)


def test_what_is_sent_takes_nothing_unknown() -> None:
    shapes = DOCUMENT["components"]["schemas"]
    commands = [shapes[one["$ref"].removeprefix(SHAPES)] for one in shapes["Command"]["oneOf"]]

    assert [one["title"] for one in (*commands, shapes["Submit"]) if one.get("additionalProperties") is not False] == []
