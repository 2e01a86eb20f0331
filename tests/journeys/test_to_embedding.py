"""Journey (a) on the real stack, over HTTP, by tokens alone."""

from __future__ import annotations

from temporalio.client import WorkflowExecutionStatus

from tests.journeys.callers import Caller
from tests.journeys.to_embedding import to_embedding

TOLD_TO_STAFF_ALONE = {"AdvisorAssigned"}


async def test_a_request_goes_from_submit_to_embedding(callers: dict[str, Caller]) -> None:
    venlo, staff, advisor = callers["venlo"], callers["staff"], callers["advisor"]
    request = await to_embedding(callers)

    assert request["stage"] == "EMBEDDING"
    assert [one["status"] for one in request["checkIns"]] == ["PLANNED"] * 3
    assert {one["status"] for one in request["actions"]} == {"HANDED_OVER", "DONE", "DROPPED"}
    assert [one["title"] for one in request["coalition"]["handedOver"]] == ["Folder in de praktijk"]
    assert await staff.stack.workflow_status(request["id"]) is WorkflowExecutionStatus.RUNNING

    told = await staff.timeline(request)
    assert [one["seq"] for one in told] == list(range(1, request["version"] + 1))
    assert {one["by"] for one in told} == {venlo.person, staff.person, advisor.person}
    assert all(one["at"].endswith("Z") for one in told)
    heard = {one["type"] for one in await venlo.timeline(request)}
    assert {one["type"] for one in told} - heard == TOLD_TO_STAFF_ALONE
