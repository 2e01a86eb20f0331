"""Audiences: of every fact it is written down here who may read it, and of what never reaches outside, why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.command import Actor
from domain.event import Fact
from domain.reader import reader
from domain.subjects import APPLY
from domain.talking import InternalOrShared, MessageAsked, MessageReplied, NoteWritten
from domain.words import Audience, Desk
from tests.domain.journey import REQUEST_ID, advisor, staff, venlo
from tests.domain.readers import full_request, midwives, party

PROGRAMMES_OWN = {
    "AdvisorAssigned": "who was asked is known once they accept",
    "AdvisorReplaced": "absence and workload are nobody else's business",
    "AssignmentDeclined": "a declined assignment",
    "AssignmentReturned": "a returned assignment",
    "CallAsked": "an escalation",
    "EvaluationGiven": "an opinion, without whose it is",
    "EvaluationLapsed": "who did not answer",
    "ExceptionMade": "an exception reason",
    "RestOver": "a decision that staff have yet to take",
    "TaskEscalated": "an escalation",
    "TaskReminded": "a delivery",
    "TextRedacted": "what was blackened",
    "WithdrawalReasonGiven": "the municipality's reason for the programme",
}
EVERYONES = {
    "ActionAgreed", "ActionCompleted", "ActionDropped", "ActionExtended", "ActionHandedBack", "ActionHandedOver",
    "ActionReassigned", "ActionReopened", "AmbitionAgreed", "AmbitionDropped", "AssignmentAccepted", "CheckInLapsed",
    "CheckInOpened", "CheckInPlanned", "CheckedIn", "ContactChanged", "EligibilityDetermined", "EvaluationAnswered",
    "GoalAgreed", "GoalDropped", "GoalRevised", "InformationAnswered", "InformationAsked", "ItemShared",
    "KickoffDropped", "KickoffWanted", "LeadTakenOver", "MeetingCancelled", "MeetingGoesOn", "MeetingImported",
    "MeetingPlanned", "MeetingReported", "MeetingRescheduled", "MergedReceived", "MomentChosen", "MomentsPassed",
    "MomentsProposed", "MunicipalityJoined", "MunicipalityLeft", "MunicipalityMerged", "OtherMomentsAsked",
    "PartnerAdded", "PartnerInvited", "PartnerRemoved", "PartnerResponded", "PartnerUpdated", "PeriodChanged",
    "QuestionAsked", "QuestionChanged", "QuestionDropped", "QuestionSettled", "ReportAmended", "RequestAccepted",
    "RequestClosed", "RequestLinked", "RequestMerged", "RequestPaused", "RequestReopened", "RequestResumed",
    "RequestSubmitted", "RestAnnounced", "SeatEnded", "SeatSet", "StageEntered", "StandingImported", "SteppedBack",
    "SupportFinished", "TwinSeen", "VisitSkipped",
}  # fmt: skip
AS_IT_WAS_MEANT = {"MessageAsked", "MessageReplied", "NoteWritten"}


@pytest.mark.parametrize("kind", APPLY, ids=lambda kind: kind.__name__)
def test_rule_18_every_event_has_an_audience(kind: type[Fact]) -> None:
    name, always = kind.__name__, "heard_by" not in vars(kind) and not issubclass(kind, InternalOrShared)
    if name in AS_IT_WAS_MEANT:
        assert not always
    else:
        assert always
        assert kind.audience is (Audience.PROGRAMME if name in PROGRAMMES_OWN else Audience.EVERYONE)


def test_rule_18_of_every_event_it_is_decided_here() -> None:
    tables = (set(PROGRAMMES_OWN), EVERYONES, AS_IT_WAS_MEANT)
    assert {kind.__name__ for kind in APPLY} == set().union(*tables)
    assert sum(map(len, tables)) == len(APPLY)


@pytest.mark.parametrize(
    "said",
    [
        MessageAsked(to=Desk.STAFF, text="Mag dit?"),
        MessageReplied(message=f"{REQUEST_ID}/2", text="Ja."),
        NoteWritten(text="Afgesproken."),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_rule_18_what_is_internal_stays_within_the_programme(said: InternalOrShared) -> None:
    assert said.heard_by() is Audience.EVERYONE
    assert replace(said, internal=True).heard_by() is Audience.PROGRAMME


@pytest.mark.parametrize("actor", [staff, advisor], ids=["staff", "advisor"])
def test_rule_18_the_programme_hears_every_audience(actor: Actor) -> None:
    who = reader(full_request(), actor)
    assert who
    assert who.audiences == set(Audience)


@pytest.mark.parametrize("actor", [venlo, midwives, party], ids=["municipality", "partner", "supporting party"])
def test_rule_18_others_hear_only_what_is_for_everyone(actor: Actor) -> None:
    who = reader(full_request(), actor)
    assert who
    assert who.audiences == {Audience.EVERYONE}
