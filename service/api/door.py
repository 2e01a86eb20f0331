"""The door: who is it, may they see this request, and is what they send sound.

In this order, so that nobody learns of a request that is not theirs: 401, 404, then 400 with everything that is wrong
with key, version and body at once. What comes after (422, 403, 412, 409) is for the way of one command to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final, cast

import structlog
from fastapi import Depends, Path
from fastapi.security import HTTPBearer
from starlette.requests import Request

from domain.moves import capacities
from domain.refusal import Refusal
from service import errors
from service.api.bodies import Form
from service.api.faults import MISSING, UNKNOWN_FIELD, WRONG_FORM
from service.api.problems import Obstacle, all_at_once
from service.composition import Parts
from service.giving import command_id_of
from storage.accounts import Account, account_of_token
from storage.requests import Stored, load

MOST_BYTES: Final = 256 * 1024
MOST_BYTES_HEARD_OUT: Final = 64 * MOST_BYTES
KEY: Final = "Idempotency-Key"
KEY_PATTERN: Final = r"^[A-Za-z0-9_-]{1,64}$"
VERSION: Final = "If-Match"
VERSION_PATTERN: Final = r'^(\*|(W/)?"[0-9]{1,9}")$'
REQUEST_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOKEN: Final = re.compile(r"Bearer +(?P<token>ksl_[A-Za-z0-9_-]{1,200})", re.IGNORECASE)
CHALLENGE: Final = 'Bearer realm="startloket"'

bearer = HTTPBearer(auto_error=False, scheme_name="token", description="An API token: `startloket token EMAIL`.")


def parts_of(request: Request) -> Parts:
    """The parts this process was put together from."""
    return cast(Parts, request.state.parts)


async def account_at(request: Request, _: Annotated[object, Depends(bearer)]) -> Account:
    """Say who it is.

    Raises: Obstacle 401 when there is no token, or it is wrong, expired or revoked.
    """
    sent = request.headers.get("authorization")
    if sent is None:
        raise Obstacle(errors.NOT_SIGNED_IN, headers={"WWW-Authenticate": CHALLENGE})
    account = await _known(request, sent)
    if account is None:
        raise Obstacle(errors.NOT_SIGNED_IN, headers={"WWW-Authenticate": f'{CHALLENGE}, error="invalid_token"'})
    structlog.contextvars.bind_contextvars(role=_role(account))
    return account


async def _known(request: Request, sent: str) -> Account | None:
    found = TOKEN.fullmatch(sent)
    if found is None:
        return None
    async with parts_of(request).reading.connect() as connection:
        return await account_of_token(connection, found["token"], datetime.now(UTC))


def _role(account: Account) -> str:
    actor = account.actor
    held = {"staff": actor.is_staff, "advisor": actor.is_advisor, "municipality": bool(actor.municipalities)}
    return next((name for name, is_held in held.items() if is_held), "supporting_party")


Caller = Annotated[Account, Depends(account_at)]


async def request_at(
    request: Request,
    account: Caller,
    request_id: Annotated[str, Path(alias="id", description="The id of a request.")],
) -> Stored:
    """Give the request that this address names, as it stands in its row.

    Raises: Obstacle 404 when there is none, or it is not for this account to see.
    """
    if not REQUEST_ID.fullmatch(request_id):
        raise Obstacle(errors.NOT_FOUND)
    structlog.contextvars.bind_contextvars(request_id=request_id)
    async with parts_of(request).reading.connect() as connection:
        stored = await load(connection, request_id)
    if stored is None or not capacities(stored.request, account.actor):
        raise Obstacle(errors.NOT_FOUND)
    return stored


Seen = Annotated[Stored, Depends(request_at)]


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What somebody sent to have done: a sound body, the key it goes by, and the version it was based on."""

    body: Any
    key: str
    based_on: int | None


async def sent_with(request: Request, account: Account, form: Form) -> Sent:
    """Take in what is sent.

    Raises: Obstacle 415 or 413; Refusal with everything that is wrong with headers and body at once.
    """
    if not _is_json(request.headers.get("content-type", "")):
        raise Obstacle(errors.NOT_JSON)
    content = await _read(request)
    found = [*_faults_of_headers(request)]
    try:
        body = form.read(content)
    except Refusal as refusal:
        found.append(refusal)
    if wrong := all_at_once(found):
        raise wrong
    structlog.contextvars.bind_contextvars(command_id=str(command_id_of(account, request.headers[KEY])))
    return Sent(body=body, key=request.headers[KEY], based_on=_based_on(request))


def _is_json(content_type: str) -> bool:
    kind, _, parameters = content_type.lower().partition(";")
    charset = parameters.strip().removeprefix("charset=").strip('"')
    return kind.strip() == "application/json" and charset in ("", "utf-8")


async def _read(request: Request) -> bytes:
    """Read the body; what is too large is thrown away, but heard out for a while, so that its sender hears the answer.

    Raises: Obstacle 413.
    """
    content, size = bytearray(), 0
    async for piece in request.stream():
        size += len(piece)
        content += piece if size <= MOST_BYTES else b""
        if size > MOST_BYTES_HEARD_OUT:
            break
    if size > MOST_BYTES:
        raise Obstacle(errors.TOO_LARGE, headers={"Connection": "close"})
    return bytes(content)


def _faults_of_headers(request: Request) -> Iterator[Refusal]:
    key, version = request.headers.get(KEY), request.headers.get(VERSION)
    if key is None:
        yield MISSING(KEY)
    elif not re.fullmatch(KEY_PATTERN, key):
        yield WRONG_FORM(KEY)
    if version is not None and not re.fullmatch(VERSION_PATTERN, version):
        yield WRONG_FORM(VERSION)


def _based_on(request: Request) -> int | None:
    version = request.headers.get(VERSION, "*")
    return None if version == "*" else int(version.removeprefix("W/").strip('"'))


async def refuse_unknown_parameters(request: Request, _: Caller) -> None:
    """A parameter was meant to do something; here none is known.

    Raises: Refusal naming each of them.
    """
    if wrong := all_at_once(UNKNOWN_FIELD(name) for name in request.query_params):
        raise wrong
