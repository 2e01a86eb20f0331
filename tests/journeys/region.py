"""Journey (c): fourteen municipalities of Limburg-Noord; one leaves, and contact and lead advisor change halfway."""

from __future__ import annotations

from temporalio.client import WorkflowExecutionStatus

from storage import reference
from tests.journeys.stack import Json
from tests.journeys.to_embedding import AN_HOUR, VENLO, Callers, in_months, moment

REGION = "Limburg-Noord"
WEERT = "GM0988"
OWN_SHARE = {"change_municipalities", "complete_action", "note", "ask", "reply"}
NOT_ITS_SHARE = {"choose_moment", "change_contact", "withdraw", "amend", "agree_action"}
NEVER_HAPPENED = {"KickoffWanted", "CheckInPlanned", "RequestPaused", "SeatSet", "SteppedBack"}


def fourteen() -> list[str]:
    """The municipalities of the region that take part, the one that asks for all first."""
    codes = [one.code for one in reference.municipalities() if one.safety_region == REGION]
    return [VENLO, *(code for code in codes if code != VENLO)][:14]


async def regional_support(region: Callers) -> None:
    """Walk the whole journey, and see that it ended as it should."""
    request = await taken(region)
    meeting = await changed_halfway(region, request)
    await visited(region, request, meeting)
    await agreed(region, request)
    now = await finished(region, request)

    assert (now["stage"], now["outcome"]) == ("CLOSED", "COMPLETED")
    assert len(now["coalition"]["municipalities"]) == 13
    told = await region["staff"].timeline(request)
    assert [one["seq"] for one in told] == list(range(1, now["version"] + 1))
    assert NEVER_HAPPENED.isdisjoint(one["type"] for one in told)
    everybody = {region[who].person for who in ("venlo", "weert", "staff", "advisor", "other_advisor")}
    assert {one["by"] for one in told} == everybody
    assert await region["staff"].stack.outcome_of_workflow(request["id"]) == "COMPLETED"
    assert await region["staff"].stack.workflow_status(request["id"]) is WorkflowExecutionStatus.COMPLETED
    now = await region["venlo"].give(request, "note", text="De regio gaat door.")
    assert now["notes"][0]["text"] == "De regio gaat door."


async def taken(region: Callers) -> Json:
    """Asked for by Venlo for all, and taken by an advisor."""
    lead, *others = fourteen()
    request = await region["venlo"].submit(
        leadMunicipality=lead,
        participating=others,
        coalition={"name": "Kansrijke Start Limburg-Noord", "kind": "REGIONAL", "phase": "WORKING"},
        contact={"name": "Bo Peters", "function": "beleidsadviseur"},
        text="Wij willen als regio samen optrekken.",
        questions=[{"kind": "REGIONAL"}, {"kind": "ROLES", "text": "Wie doet wat?"}],
    )
    await region["staff"].give(request, "accept", verified=True, leadAdvisor=region["advisor"].person)
    await region["advisor"].give(request, "accept_assignment", noOwnInterest=True)
    seen = await region["weert"].look(request)
    assert seen["participating"] == others
    assert set(seen["allowedCommands"]) >= OWN_SHARE
    assert NOT_ITS_SHARE.isdisjoint(seen["allowedCommands"])
    return request


async def changed_halfway(region: Callers, request: Json) -> Json:
    """Another contact, a municipality less and another advisor, while a visit is being arranged; the planned visit."""
    venlo, advisor, other_advisor = region["venlo"], region["advisor"], region["other_advisor"]
    await advisor.give(request, "propose_moments", kind="VISIT", moments=[moment(20 * 24 * AN_HOUR)])
    now = await venlo.give(request, "change_contact", contact={"name": "Chris de Wit", "email": "c.dewit@venlo.test"})
    [task] = [one for one in now["tasks"] if one["kind"] == "CHOOSE_MOMENT"]
    assert now["people"][task["assignee"]["person"]]["name"] == "Chris de Wit"

    assert (await region["weert"].ask(request, "change_municipalities", leaves=[WEERT])).status_code == 204
    assert (await region["weert"].ask(request, "note", text="Nog iets.")).status_code == 404
    [proposal] = now["proposals"]
    await venlo.give(request, "choose_moment", proposal=proposal["id"], moment=proposal["moments"][0]["startsAt"])

    await region["staff"].give(request, "reassign", reason="WORKLOAD", leadAdvisor=other_advisor.person)
    assert await other_advisor.inbox(request) == {"ACCEPT_ASSIGNMENT"}
    assert (await advisor.ask(request, "note", text="Nog iets.")).status_code == 404
    now = await other_advisor.give(request, "accept_assignment", noOwnInterest=True)
    meeting: Json = now["meetings"][0]
    return meeting


async def visited(region: Callers, request: Json, meeting: Json) -> None:
    """The visit is brought forward, held and reported by the new advisor, with the figures of who still takes part."""
    advisor = region["other_advisor"]
    await advisor.give(
        request, "reschedule_meeting", meeting=meeting["id"], startsAt=moment(-AN_HOUR), reason="BETTER_MOMENT"
    )
    assert await advisor.inbox(request) == {"REPORT_MEETING"}
    now = await advisor.give(
        request, "report_meeting", meeting=meeting["id"], present=["Gemeente Venlo", "GGD Limburg-Noord"]
    )
    assert {one["municipality"] for one in now["meetings"][0]["report"]["figures"]} == {*fourteen()} - {WEERT}
    assert now["stage"] == "FOLLOW_UP"


async def agreed(region: Callers, request: Json) -> None:
    """One action, done by the municipality that took it upon itself; every question has an outcome."""
    venlo, advisor = region["venlo"], region["other_advisor"]
    owner = {"desk": "MUNICIPALITY", "municipality": VENLO}
    now = await venlo.give(request, "agree_action", title="Rolverdeling vastleggen", owner=owner, due=in_months(1))
    assert await venlo.inbox(request) == {"DO_ACTION"}
    await venlo.give(request, "complete_action", action=now["actions"][0]["id"], result="Staat in het convenant.")
    for question in now["questions"]:
        await advisor.give(
            request, "settle_question", question=question["id"], settlement="ANSWERED", result="Samen afgesproken."
        )


async def finished(region: Callers, request: Json) -> Json:
    """Finished with what is true: there is no seat for parents yet."""
    advisor = region["other_advisor"]
    refused = await advisor.ask(request, "finish_support")
    assert (refused.status_code, refused.json()["code"]) == (409, "NO_PARENT_SEAT")
    return await advisor.give(request, "finish_support", reason="Ouders praten lokaal mee, regionaal nog niet.")
