"""Whatever the OpenAPI document allows, and what it does not, is answered as the document says, and never by a 5xx.

A short run on every operation; `SCHEMATHESIS_EXAMPLES=500` makes it a long one.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from service.api.app import openapi_document
from tests.service.api.builders import under_way
from tests.service.api.conftest import House

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "8"))
DOCUMENT = openapi_document()
OPERATIONS = [(path, method) for path, operations in DOCUMENT["paths"].items() for method in operations]
PROMISES = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
BOUNDED = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def run_on(house: House, path: str, method: str, existing: str, mode: GenerationMode) -> Callable[[], None]:
    """Make the run of one operation, with staff's token, on requests that are there and that are not."""
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    headers = {"Authorization": f"Bearer {house.tokens['staff']}"}

    @given(case=schema[path][method].as_strategy(generation_mode=mode), is_there=st.booleans())
    @BOUNDED
    def run(case: Any, is_there: bool) -> None:
        if is_there and "id" in case.path_parameters:
            case.path_parameters["id"] = existing
        answer = case.call(base_url=f"{house.url}/api/v1", headers=headers)
        case.validate_response(answer, checks=PROMISES)

    return run


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["sound", "unsound"])
@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=[f"{method} {path}" for path, method in OPERATIONS])
async def test_every_answer_is_as_documented(house: House, path: str, method: str, mode: GenerationMode) -> None:
    existing = (await under_way(house))["id"]

    await asyncio.to_thread(run_on(house, path, method, existing, mode))
