"""Journey (a): a request of Venlo, from its submission by way of a visit and one joint kick-off to the look back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from temporalio.client import WorkflowExecutionStatus

from tests.journeys.callers import Caller
from tests.journeys.stack import Json

VENLO = "GM0983"
BURGERKRACHT = "Burgerkracht Limburg"
BOTH_LEVELS = ["GOVERNANCE", "OPERATIONAL"]
PARTNERS = {"Verloskundigen Venlo": "MEDICAL", "Wijkteam": "SOCIAL", "Humanitas": "INFORMAL"}
AN_HOUR = timedelta(hours=1)
Callers = Mapping[str, Caller]
TOLD = [
    "RequestSubmitted",
    "QuestionAsked",
    "QuestionAsked",
    "EligibilityDetermined",
    "RequestAccepted",
    "AdvisorAssigned",
    "AssignmentAccepted",
    "MomentsProposed",
    "MomentChosen",
    "MeetingPlanned",
    "MeetingRescheduled",
    "KickoffWanted",
    "MeetingReported",
    "StageEntered",
    "PartnerAdded",
    "PartnerAdded",
    "PartnerAdded",
    "SeatSet",
    "SeatSet",
    "MeetingPlanned",
    "MeetingReported",
    "StageEntered",
    "AmbitionAgreed",
    "GoalAgreed",
    "ActionAgreed",
    "ActionAgreed",
    "ActionAgreed",
    "ActionHandedOver",
    "ActionCompleted",
    "ActionDropped",
    "QuestionSettled",
    "QuestionSettled",
    "CheckInPlanned",
    "CheckInPlanned",
    "CheckInPlanned",
    "SupportFinished",
    "StageEntered",
]
TOLD_TO_THE_PROGRAMME = {"AdvisorAssigned"}


def moment(distance: timedelta) -> str:
    """A moment this far from now, as the API takes it."""
    return (datetime.now(UTC) + distance).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_months(months: int) -> str:
    """About so many months from now."""
    return (date.today() + timedelta(days=30 * months)).isoformat()


async def to_embedding(callers: Callers) -> Json:
    """Walk the whole journey; the request in stage EMBEDDING, as staff see it."""
    request = await to_visit(callers)
    await visit(callers, request)
    await coalition(callers, request)
    await kickoff(callers, request)
    await agreements(callers, request)
    return await finish(callers, request)


def submission() -> Json:
    """What Venlo asks."""
    return {
        "leadMunicipality": VENLO,
        "coalition": {"name": "Kansrijke Start Venlo", "phase": "NEW"},
        "contact": {"name": "An Jansen", "email": "an.jansen@venlo.test"},
        "text": "Wij willen onze coalitie een goede start geven.",
        "questions": [{"kind": "START", "text": "Hoe beginnen we?"}, {"kind": "MEETING"}],
    }


async def to_visit(callers: Callers) -> Json:
    """Submitted, accepted, and taken by an advisor."""
    venlo, staff, advisor = callers["venlo"], callers["staff"], callers["advisor"]
    request = await venlo.submit(**submission())
    assert await staff.inbox(request) == {"TRIAGE"}
    await staff.give(request, "accept", verified=True, leadAdvisor=advisor.person)
    assert await advisor.inbox(request) == {"ACCEPT_ASSIGNMENT"}
    request = await advisor.give(request, "accept_assignment", noOwnInterest=True)
    assert request["stage"] == "VISIT"
    return request


async def visit(callers: Callers, request: Json) -> None:
    """Moments are proposed and chosen; the visit is brought forward, held and reported with the figures of the day."""
    venlo, advisor = callers["venlo"], callers["advisor"]
    assert await advisor.inbox(request) == {"PROPOSE_VISIT"}
    moments = [moment(timedelta(days=days)) for days in (15, 20, 22)]
    now = await advisor.give(request, "propose_moments", kind="VISIT", moments=moments, place="Stadskantoor")
    assert await venlo.inbox(request) == {"CHOOSE_MOMENT"}
    [proposal] = now["proposals"]
    now = await venlo.give(request, "choose_moment", proposal=proposal["id"], moment=moments[1])
    [meeting] = now["meetings"]
    assert await venlo.inbox(request) == set()
    await advisor.give(
        request, "reschedule_meeting", meeting=meeting["id"], startsAt=moment(-AN_HOUR), reason="BETTER_MOMENT"
    )
    assert await advisor.inbox(request) == {"REPORT_MEETING"}
    now = await advisor.give(
        request,
        "report_meeting",
        meeting=meeting["id"],
        present=["Gemeente Venlo"],
        findings=[{"question": now["questions"][0]["id"], "text": "Begin met de verloskundigen en de wijkteams."}],
        parentsNeed="Ouders willen één plek voor al hun vragen.",
        wantedKickoffs=[{"levels": BOTH_LEVELS, "targetMonth": in_months(2), "organiser": "MUNICIPALITY"}],
    )
    assert now["stage"] == "KICKOFF"
    assert {one["municipality"] for one in now["meetings"][0]["report"]["figures"]} == {VENLO}
    assert await venlo.inbox(request) == {"PLAN_KICKOFF"}


async def coalition(callers: Callers, request: Json) -> None:
    """Partners of every domain, parents consulted beforehand, and a seat for which a supporting party looks."""
    venlo, advisor, supporter = callers["venlo"], callers["advisor"], callers["supporter"]
    for organisation, domain in (
        ("Verloskundigen Venlo", "MEDICAL"),
        ("Wijkteam", "SOCIAL"),
        ("Humanitas", "INFORMAL"),
    ):
        await venlo.give(request, "add_partner", organisation=organisation, domain=domain)
    await venlo.give(request, "set_seat", body="LOCAL_COALITION", form="CONSULTED", expenses="YES")
    now = await advisor.give(
        request,
        "set_seat",
        body="STEERING_GROUP",
        form="SEARCHING",
        supportedBy=BURGERKRACHT,
        search={"by": {"desk": "SUPPORTING_PARTY", "organisation": BURGERKRACHT}, "due": in_months(3)},
    )
    assert {one["form"] for one in now["coalition"]["seats"]} == {"CONSULTED", "SEARCHING"}
    assert await supporter.inbox(request) == {"SEEK_PARENTS"}


async def kickoff(callers: Callers, request: Json) -> None:
    """One joint kick-off at both levels, already held when it is written down."""
    venlo, advisor = callers["venlo"], callers["advisor"]
    [wanted] = (await venlo.look(request))["kickoffs"]
    now = await venlo.give(
        request, "plan_meeting", kind="KICKOFF", kickoff=wanted["id"], startsAt=moment(-AN_HOUR), place="Domani"
    )
    assert await venlo.inbox(request) == set()
    assert await advisor.inbox(request) == {"REPORT_MEETING"}
    held = next(one for one in now["meetings"] if one["kind"] == "KICKOFF")
    assert held["levels"] == BOTH_LEVELS
    assert held["participationOnAgenda"]
    now = await advisor.give(
        request,
        "report_meeting",
        meeting=held["id"],
        present=["Verloskundigen Venlo", "Wijkteam", "Humanitas", "Gemeente Venlo"],
        parentsPresent=0,
        decisions=["We komen elk kwartaal bijeen."],
    )
    assert now["stage"] == "FOLLOW_UP"


async def agreements(callers: Callers, request: Json) -> None:
    """An ambition, a goal and three actions: one handed over, one done, one not needed after all."""
    venlo, advisor = callers["venlo"], callers["advisor"]
    now = await venlo.give(request, "agree_ambition", text="Elk kind begint kansrijk.", theme="PARENT_PARTICIPATION")
    ambition = now["ambitions"][0]["id"]
    now = await venlo.give(
        request,
        "agree_goal",
        text="Elke zwangere kent ons.",
        shows="Aanmeldingen.",
        due=in_months(12),
        ambition=ambition,
    )
    goal, partner = now["goals"][0]["id"], now["coalition"]["partners"][0]["id"]
    owners = (
        {"desk": "PARTNER", "partner": partner},
        {"desk": "MUNICIPALITY", "municipality": VENLO},
        {"desk": "ADVISOR"},
    )
    for owner, title in zip(owners, ("Folder in de praktijk", "Raad informeren", "Voorbeeld zoeken"), strict=True):
        now = await advisor.give(
            request, "agree_action", title=title, owner=owner, due=in_months(2), goal=goal, theme="PARENT_PARTICIPATION"
        )
    assert await venlo.inbox(request) == {"DO_ACTION"}
    folder, informing, example = (one["id"] for one in now["actions"])
    await advisor.give(request, "hand_over_action", action=folder)
    await venlo.give(request, "complete_action", action=informing, result="De raad weet ervan.")
    await advisor.give(request, "drop_action", action=example, reason="De coalitie vond er zelf een.")
    assert await venlo.inbox(request) == set()


async def finish(callers: Callers, request: Json) -> Json:
    """Every question has an outcome; three look-backs follow."""
    venlo, staff, advisor, supporter = (callers[who] for who in ("venlo", "staff", "advisor", "supporter"))
    for question in (await advisor.look(request))["questions"]:
        await advisor.give(
            request, "settle_question", question=question["id"], settlement="ANSWERED", result="Samen gedaan."
        )
    assert await advisor.inbox(request) == {"FINISH_SUPPORT"}
    await advisor.give(
        request,
        "finish_support",
        checkIns=[{"opensOn": in_months(months), "by": "MUNICIPALITY"} for months in (3, 6, 12)],
        reason="De ouders worden nu gezocht.",
    )
    assert await advisor.inbox(request) == {"EVALUATE"}
    assert await venlo.inbox(request) == {"EVALUATE"}
    assert await supporter.inbox(request) == {"SEEK_PARENTS"}
    assert await staff.inbox(request) == set()
    return await staff.look(request)


async def has_got_there(callers: Callers, request: Json) -> None:
    """See that the journey ended as it should: everything once, told to whom it is for, by whom and when."""
    venlo, staff, advisor = callers["venlo"], callers["staff"], callers["advisor"]
    assert request["stage"] == "EMBEDDING"
    assert [one["status"] for one in request["checkIns"]] == ["PLANNED"] * 3
    assert {one["status"] for one in request["actions"]} == {"HANDED_OVER", "DONE", "DROPPED"}
    assert [one["title"] for one in request["coalition"]["handedOver"]] == ["Folder in de praktijk"]
    told = await staff.timeline(request)
    assert [one["type"] for one in told] == TOLD
    assert [one["seq"] for one in told] == list(range(1, request["version"] + 1))
    assert {one["by"] for one in told} == {venlo.person, staff.person, advisor.person}
    moments = [one["at"] for one in told]
    assert moments == sorted(moments)
    heard = {one["type"] for one in await venlo.timeline(request)}
    assert {one["type"] for one in told} - heard == TOLD_TO_THE_PROGRAMME
    recorded = "select count(*) from command where version is not null and request_id = %(request)s"
    assert await staff.stack.sql(recorded, request=request["id"]) == [sum(one.acknowledged for one in callers.values())]
    assert await staff.stack.workflow_status(request["id"]) is WorkflowExecutionStatus.RUNNING
