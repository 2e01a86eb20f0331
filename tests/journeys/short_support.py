"""Journey (b): a theme session and two examples for a coalition that is there already, without visit or kick-off."""

from __future__ import annotations

from temporalio.client import WorkflowExecutionStatus

from tests.journeys.to_embedding import AN_HOUR, VENLO, Callers, moment

NEVER_HAPPENED = {"KickoffWanted", "CheckInPlanned", "MomentsProposed"}


async def short_support(callers: Callers) -> None:
    """Walk the whole journey, and see that it ended as it should."""
    venlo, staff, advisor = callers["venlo"], callers["staff"], callers["advisor"]
    coalition = await known_coalition(callers)
    request = await venlo.submit(
        leadMunicipality=VENLO,
        coalition={"id": coalition},
        contact={"name": "Bo Peters"},
        text="Wij willen meer weten over armoede, en hoe anderen dat doen.",
        questions=[{"kind": "THEME", "text": "Een sessie over armoede."}, {"kind": "EXAMPLES"}],
    )
    assert [one["organisation"] for one in request["coalition"]["partners"]] == ["Wijkteam Blerick"]
    await staff.give(request, "accept", verified=True, leadAdvisor=advisor.person)
    now = await advisor.give(request, "accept_assignment", noOwnInterest=True)
    theme, examples = (one["id"] for one in now["questions"])

    now = await venlo.give(request, "plan_meeting", kind="SESSION", startsAt=moment(-AN_HOUR), agenda=["Armoede"])
    assert await advisor.inbox(request) == {"PROPOSE_VISIT", "REPORT_MEETING"}
    await advisor.give(
        request,
        "report_meeting",
        meeting=now["meetings"][0]["id"],
        present=["Wijkteam Blerick", "Gemeente Venlo"],
        findings=[{"question": theme, "text": "Begin bij de geboorteaangifte."}],
    )
    for title in ("Stap voor stap in Leudal", "Samen sterk in Weert"):
        link = "https://voorbeeld.test/" + title.split()[-1].lower()
        await advisor.give(request, "share", kind="EXAMPLE", title=title, link=link, question=examples)
    await advisor.give(request, "settle_question", question=theme, settlement="ANSWERED", result="In de sessie.")
    await advisor.give(request, "settle_question", question=examples, settlement="ANSWERED", result="Twee gedeeld.")
    assert await advisor.inbox(request) == {"PROPOSE_VISIT", "FINISH_SUPPORT"}
    now = await advisor.give(request, "skip_visit", answeredBy="SESSION", text="In de themasessie is alles besproken.")
    assert now["stage"] == "FOLLOW_UP"
    assert await advisor.inbox(request) == {"FINISH_SUPPORT"}
    now = await advisor.give(request, "finish_support")

    assert (now["stage"], now["outcome"]) == ("CLOSED", "COMPLETED")
    for caller in (venlo, staff, advisor):
        assert await caller.inbox(request) == set()
    told = await staff.timeline(request)
    assert [one["seq"] for one in told] == list(range(1, now["version"] + 1))
    assert NEVER_HAPPENED.isdisjoint(one["type"] for one in told)
    assert {one["data"]["kind"] for one in told if one["type"] == "MeetingPlanned"} == {"SESSION"}
    assert await staff.stack.outcome_of_workflow(request["id"]) == "COMPLETED"
    assert await staff.stack.workflow_status(request["id"]) is WorkflowExecutionStatus.COMPLETED

    now = await venlo.give(request, "note", text="Het werkt nog steeds, dank!")
    assert [one["text"] for one in now["notes"]] == ["Het werkt nog steeds, dank!"]
    assert (await staff.timeline(request))[-1]["type"] == "NoteWritten"
    assert await staff.stack.outcome_of_workflow(request["id"]) == "COMPLETED"


async def known_coalition(callers: Callers) -> str:
    """A coalition with a partner and a parent at its table, from an earlier request."""
    venlo, staff, advisor = callers["venlo"], callers["staff"], callers["advisor"]
    request = await venlo.submit(
        leadMunicipality=VENLO,
        coalition={"name": "Kansrijke Start Blerick", "phase": "WORKING"},
        contact={"name": "Bo Peters"},
        text="Wij willen onze coalitie versterken.",
        questions=[{"kind": "STRENGTHEN"}],
    )
    await staff.give(request, "accept", verified=True, leadAdvisor=advisor.person)
    await advisor.give(request, "accept_assignment", noOwnInterest=True)
    await venlo.give(request, "add_partner", organisation="Wijkteam Blerick", domain="SOCIAL")
    now = await venlo.give(request, "set_seat", body="LOCAL_COALITION", form="PARENT", training="YES")
    coalition: str = now["coalition"]["id"]
    return coalition
