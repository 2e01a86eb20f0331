"""Going from door to door in each role: everything that is answered is held against what must happen, and read."""

from __future__ import annotations

import io
import json
import re
import uuid
import zipfile
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import structlog
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.types import ASGIApp
from temporalio.client import Client

from domain.words import Ground
from service.api.envelope import Envelope
from service.composition import parts_on
from service.doors import create_app
from service.look.files import FOLDER
from service.pages.app import PagesApp
from service.pages.guarding import SESSION
from service.settings import Settings
from storage.accounts import Account, Role, add_account, issue_token
from storage.database import AsyncEngine
from storage.eligibility import load_list
from storage.identities import invite
from storage.sessions import begin_session
from tests.in_process import Answer, Doors
from tests.office import BURGERKRACHT, Office
from tests.postgres import fresh_database
from tests.service.access_table import PROGRAMME, STRANGER, Must, Rows
from tests.service.marked_requests import Marked, Marks, write_requests

GRANTS: Final[Mapping[str, tuple[tuple[Role, str], ...]]] = {
    "staff": ((Role.STAFF, ""),),
    "advisor": ((Role.ADVISOR, ""),),
    "other_advisor": ((Role.ADVISOR, ""),),
    "candidate": ((Role.ADVISOR, ""),),
    "venlo": ((Role.MEMBER, "GM0983"),),
    "acts_for_venlo": ((Role.ACTING, "GM0983"),),
    "maastricht": ((Role.MEMBER, "GM0935"),),
    "almere": ((Role.MEMBER, "GM0034"),),
    "supporter": ((Role.SUPPORTING_PARTY, BURGERKRACHT),),
    "newcomer": ((Role.NEWCOMER, "GM0983"),),
    "nobody": (),
    "spare": (),
    "returned": ((Role.ADVISOR, ""),),
}
NEVER_NAMED: Final = ("declined", "replaced")
"""Advisors who were asked and never accepted: only the programme knows their names."""
CSRF: Final = re.compile(r'name="csrf"\s+value="(?P<token>[0-9a-f]{64})"')
MARK: Final = re.compile(rb"MERK[0-9]+X", re.IGNORECASE)
AS_HTML: Final = re.compile(rb"<b>MERK", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class House:
    """The doors, who may come, and the requests behind them."""

    doors: Doors
    office: Office
    tokens: Mapping[str, str]
    requests: Mapping[str, Marked]
    marks: Marks

    async def enter(self, role: str) -> Somebody:
        """Let somebody in, with a session and a token of their own; a stranger with neither."""
        if role == STRANGER:
            return Somebody(house=self, role=role)
        async with self.office.engine.begin() as connection:
            held = await begin_session(connection, self.office.accounts[role].id, now=datetime.now(UTC))
        cookie = "startloket" if self.doors.parts.settings.development else "__Host-startloket"
        somebody = Somebody(house=self, role=role, cookie=f"{cookie}-{SESSION}={held}", token=self.tokens[role])
        page = await somebody.look("/over")
        found = CSRF.search(page.text)
        assert found, "a page without its token"
        somebody.csrf = found["token"]
        return somebody

    async def add_account(self, role: str, grants: Iterable[tuple[Role, str]]) -> House:
        """The same house, in which somebody more may come in."""
        now, email = datetime.now(UTC), f"{role}@startloket.test"
        async with self.office.engine.begin() as connection:
            account = await add_account(connection, name=role, email=email, grants=grants, now=now)
        office = replace(self.office, accounts={**self.office.accounts, role: account})
        return replace(self, office=office, tokens={**self.tokens, role: ""})

    async def invite_colleague(self) -> str:
        """Have Venlo invite somebody; the id of the invitation."""
        grants, now = [(Role.MEMBER, "GM0983")], datetime.now(UTC)
        async with self.office.engine.begin() as connection:
            invitation = await invite(
                connection,
                email=f"{uuid.uuid4().hex}@startloket.test",
                name="<b>Genodigde</b>",
                grants=grants,
                now=now,
                invited_by=self.office.accounts["venlo"].id,
            )
        return str(invitation)


@dataclass
class Somebody:
    """One of the roles, going from door to door; `found` tells what should not have happened on the way."""

    house: House
    role: str
    cookie: str = ""
    token: str = ""
    csrf: str = ""
    found: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set)

    async def look(self, path: str, must: Must | None = None) -> Answer:
        """Look at a page."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        return self._noted(f"GET {path}", await self.house.doors.ask("GET", path, headers=headers), must)

    async def send(self, path: str, must: Must, fields: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """Send a form with the token of the session; `csrf` among the fields is another one."""
        sent = {"csrf": self.csrf, "key": uuid.uuid4().hex, **(fields or {})}
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookie:
            told["Cookie"] = self.cookie
        return self._noted(f"POST {path}", await self.house.doors.send_form(path, sent, told), must)

    async def call(self, method: str, path: str, must: Must | None, body: object = None) -> Answer:
        """Call the API."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if body is not None:
            headers |= {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        content = json.dumps(body).encode() if body is not None else b""
        answer = await self.house.doors.ask(method, path, headers=headers, content=content)
        return self._noted(f"{method} {path}", answer, must)

    def _noted(self, what: str, answer: Answer, must: Must | None) -> Answer:
        """Note what differs from the table, and what was read that is not for this reader."""
        content = _unpacked(answer)
        if must is not None and not _is(answer, must):
            self.found.append(f"{what}: {answer.status} {answer.headers.get('location', '')}, and must {must.name}")
        seen = {one.decode().upper() for one in MARK.findall(content)}
        self.read |= seen
        if leaked := seen - self.house.marks.of(self.role):
            self.found.append(f"{what}: shows {', '.join(sorted(leaked))}")
        if answer.kind == "text/html" and AS_HTML.search(content):
            self.found.append(f"{what}: shows a text as HTML")
        return answer


def _is(answer: Answer, must: Must) -> bool:
    to_sign_in = answer.headers.get("location", "").startswith("/aanmelden?naar=")
    return answer.status == must.status and to_sign_in is (must is Must.SIGN_IN_FIRST)


def _unpacked(answer: Answer) -> bytes:
    """What was answered, as it can be read: a workbook is packed."""
    if not answer.kind.endswith("spreadsheetml.sheet"):
        return answer.content
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


@asynccontextmanager
async def open_house(server: Path) -> AsyncIterator[House]:
    """The house as it is in production, on a database of its own; nothing records, so what is given is kept."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("critical"))
    with fresh_database(server) as url:
        settings = Settings(database_url=url, public_url="https://startloket.test")
        away = await Client.connect("127.0.0.1:9", lazy=True)
        async with parts_on(settings, away) as parts:
            marks = Marks()
            office, tokens = await _people(parts.engine, marks)
            requests = await write_requests(office, marks)
            doors = Doors(create_app(), parts)
            yield House(doors=doors, office=office, tokens=tokens, requests=requests, marks=marks)
    structlog.reset_defaults()


async def _people(engine: AsyncEngine, marks: Marks) -> tuple[Office, dict[str, str]]:
    """Everybody's account, their names in HTML; Venlo is not on the list of who is eligible."""
    accounts: dict[str, Account] = {}
    tokens, now = {}, datetime.now(UTC)
    named = {role: f"<b>{role}</b>" for role in GRANTS}
    named |= {role: f"<b>{marks.mark(PROGRAMME)}</b>" for role in NEVER_NAMED}
    async with engine.begin() as connection:
        for role, name in named.items():
            grants = GRANTS.get(role, ((Role.ADVISOR, ""),))
            accounts[role] = await add_account(
                connection, name=name, email=f"{role}@startloket.test", grants=grants, now=now
            )
            tokens[role] = await issue_token(connection, accounts[role].id, now=now, label="walk")
        await load_list(connection, Ground.REGISTERED, ["GM0995"], now)
    return Office(engine=engine, accounts=accounts), tokens


def addresses(app: ASGIApp, prefix: str = "") -> Iterator[str]:
    """Every address of an application, with its method; of what is mounted in it too."""
    match app:
        case Envelope() | PagesApp():
            yield from addresses(app.app, prefix)
        case FastAPI():
            for found in iter_route_contexts(app.routes):
                yield from (f"{method} {prefix}{found.path}" for method in found.methods or ())
        case Starlette():
            for route in app.routes:
                if isinstance(route, Mount):
                    yield from addresses(route.app, prefix + route.path)
                else:
                    assert isinstance(route, Route), f"{route}: teach the walk to go there"
                    yield from (f"{method} {prefix}{route.path}" for method in (route.methods or {"GET"}) - {"HEAD"})
        case _:
            raise AssertionError(f"{app}: teach the walk to go there")


async def at(house: House, route: str) -> tuple[str, str, Mapping[str, str]]:
    """Method, address and what is sent, of a route that is about no request."""
    method, _, path = route.partition(" ")
    spare = str(house.office.accounts["spare"].id)
    known = {
        "stage": "adviseur-zoeken",
        "ground": "registered",
        "name": next(one.name for one in FOLDER.iterdir() if one.suffix == ".css"),
        "link": "made-up",
        "id": await house.invite_colleague() if "{id}" in path and "/collegas/" in path else spare,
    }
    sent = {"adviseur": house.office.person("advisor")} if path == "/herverdelen" else {}
    return method, path.format(**known), sent


async def walk(house: House, role: str, rows: tuple[Rows, ...]) -> list[str]:
    """Go to all of these; tell what should not have happened."""
    somebody = await house.enter(role)
    for one in rows:
        for route in one.routes:
            method, path, sent = await at(house, route)
            if method == "POST":
                await somebody.send(path, one.must(role), sent)
            else:
                await somebody.look(path, one.must(role))
    return somebody.found


def nothing(found: Iterable[str]) -> None:
    """Nothing happened that should not have."""
    told = list(found)
    assert told == [], "\n".join(("", *told))
