"""The doors of a process, asked without a network: as quick as a walk past every address needs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.types import ASGIApp, Message

from service.composition import Parts

FORM = "application/x-www-form-urlencoded"
STREAM = "text/event-stream"


@dataclass
class Answer:
    """What came back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""

    @property
    def kind(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        """The body, in words."""
        return self.content.decode()

    def json(self) -> Any:
        """The body, as data."""
        return json.loads(self.content)


class Left(BaseException):
    """Whoever asked went away while more was still to come."""


class Doors:
    """An application that is asked one thing after the other, on parts that are open already."""

    def __init__(self, app: ASGIApp, parts: Parts) -> None:
        self.app, self.parts = app, parts

    async def ask(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, content: bytes = b""
    ) -> Answer:
        """Ask for something; what streams for ever is left when it has begun."""
        address, _, query = path.partition("?")
        scope: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": method,
            "scheme": "https",
            "path": address,
            "raw_path": address.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
            "client": ("127.0.0.1", 1),
            "server": ("startloket.test", 443),
            "state": {"parts": self.parts},
        }
        answer, sent = Answer(), [content]

        async def receive() -> Message:
            if sent:
                return {"type": "http.request", "body": sent.pop(), "more_body": False}
            raise Left

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            elif message["type"] == "http.response.body":
                answer.content += message.get("body", b"")
                if answer.kind == STREAM:
                    raise Left

        with suppress(Left):
            await self.app(scope, receive, send)
        return answer

    async def send_form(self, path: str, fields: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """Send a form, as a browser does from a page of ours."""
        sent = urlencode(fields).encode()
        told = {"Content-Type": FORM, "Sec-Fetch-Site": "same-origin", **headers}
        return await self.ask("POST", path, headers=told, content=sent)
