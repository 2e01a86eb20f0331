"""A line of the log says on which request, by which command, in which role and in which trace; never what was typed."""

from __future__ import annotations

import uuid

from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from service.giving import command_id_of
from tests.service.api.builders import commands_of, submitted
from tests.service.api.conftest import House

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


async def test_who_and_what_stand_on_every_line(house: House) -> None:
    request, key = await submitted(house), uuid.uuid4().hex
    note = {"type": "note", "text": "Bel An Jansen op 06-12345678."}
    headers = {"Idempotency-Key": key, "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}
    with capture_logs(processors=[merge_contextvars]) as lines:
        await house.door("staff").send("POST", commands_of(request), json=note, headers=headers)
    [answered] = [line for line in lines if line["event"] == "request_answered"]

    assert answered["request_id"] == request["id"]
    assert answered["command_id"] == str(command_id_of(house.accounts["staff"], key))
    assert (answered["role"], answered["trace_id"]) == ("staff", TRACE)
    assert (answered["method"], answered["status"]) == ("POST", 200)
    assert answered["route"] == "/api/v1/support-requests/{id}/commands"
    assert "Jansen" not in str(lines)
