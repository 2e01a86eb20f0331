"""Every route asks who it is, but for those that say why not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from service.api.app import OPEN_TO_ALL, build_api, openapi_document
from service.api.door import account_at
from tests.service.api.conftest import House

ROUTES: dict[str, APIRoute] = {
    f"{min(found.methods or ())} {found.path}": found.route
    for found in iter_route_contexts(build_api().routes)
    if isinstance(found.route, APIRoute)
}


def called_by(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for one in dependant.dependencies:
        yield from called_by(one)


@pytest.mark.parametrize("name", ROUTES)
def test_every_route_is_guarded_or_open_on_purpose(name: str) -> None:
    is_guarded = account_at in called_by(ROUTES[name].dependant)

    assert is_guarded != (ROUTES[name].path in OPEN_TO_ALL)


def test_all_routes_are_looked_at() -> None:
    assert len(ROUTES) == len(openapi_document()["paths"]) + 1 + len(OPEN_TO_ALL)


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer ksl_wrong", "Basic c3RhZmY6eA==", "Bearer ksl_a b", "ksl_x"])
async def test_a_wrong_token_is_a_401_that_says_how_to_sign_in(house: House, token: str) -> None:
    answer = await house.door(None).get("/api/v1/me", Authorization=token)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="startloket"')
    assert answer.json()["code"] == "NOT_SIGNED_IN"
