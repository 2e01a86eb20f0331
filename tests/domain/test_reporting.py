"""A meeting is reported after it began and corrected with a reason; a visit leads on to what it showed to be wanted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain import refusal
from domain.meetings import MEETING_SETTLED
from domain.parts import Figure, Finding, KickoffStatus, MeetingStatus, Report
from domain.planning import CancelMeeting, CancelReason
from domain.reporting import (
    ALREADY_REPORTED,
    MEETING_NOT_BEGUN,
    MINUTES_ARE_THE_ADVISORS,
    NOT_REPORTED_YET,
    NUMBER_OF_PARENTS,
    AmendReport,
    MeetingReported,
    ReportMeeting,
)
from domain.text import PartId
from domain.words import Capacity, MeetingKind, Side, Stage
from tests.domain.agreements import agreed, refused
from tests.domain.journey import FACTS, VENLO, Journey, advisor, behalf, other_advisor, under_way, venlo
from tests.domain.meetings import (
    NEXT_TUESDAY,
    NOBODY,
    begun,
    kickoff_of,
    meeting_of,
    plan,
    reported,
    wish,
    with_meeting,
    with_wanted_kickoff,
)

FIGURES = (Figure(municipality=VENLO, indicator="LOW_BIRTH_WEIGHT", year=2024, value=6.1, unit="%"),)


def report_of(journey: Journey, meeting: PartId) -> Report:
    """The report as it reads now."""
    report = meeting_of(journey, meeting).report
    assert report is not None
    return report


def amendment(meeting: PartId, **changes: Any) -> AmendReport:
    """A report anew."""
    return AmendReport(**{"meeting": meeting, "reason": "Een organisatie was vergeten.", **changes})


def test_rule_04_a_meeting_is_reported_after_it_began() -> None:
    journey, meeting = with_meeting()
    journey.now = NEXT_TUESDAY - timedelta(seconds=1)
    refused(journey, advisor, ReportMeeting(meeting=meeting), MEETING_NOT_BEGUN, "meeting")
    journey.now = NEXT_TUESDAY
    assert journey.give(advisor, ReportMeeting(meeting=meeting))


def test_rule_04_a_report_is_corrected_with_a_reason_and_never_overwritten() -> None:
    journey, meeting = with_meeting()
    reported(journey, meeting, present=("Gemeente Venlo",), parents_present=2)
    refused(journey, advisor, ReportMeeting(meeting=meeting), ALREADY_REPORTED, "meeting")
    journey.give(advisor, amendment(meeting, present=("Gemeente Venlo", "GGD"), parents_present=3))
    journey.give(advisor, amendment(meeting, present=("Gemeente Venlo", "GGD")))
    report = report_of(journey, meeting)
    assert (report.present, report.parents_present, report.amended) == (("Gemeente Venlo", "GGD"), None, 2)
    [before] = journey.facts_of(MeetingReported)
    assert (before.present, before.parents_present) == (("Gemeente Venlo",), 2)
    assert journey.request == journey.refolded()


def test_an_amendment_keeps_the_figures_and_the_moment_of_reporting() -> None:
    journey, meeting = with_meeting()
    journey.facts = replace(FACTS, figures=FIGURES)
    reported(journey, meeting)
    before = report_of(journey, meeting)
    journey.facts = replace(FACTS, figures=())
    journey.wait(days=1).give(advisor, amendment(meeting))
    assert report_of(journey, meeting) == replace(before, amended=1)


def test_what_is_not_reported_is_not_amended() -> None:
    journey, meeting = with_meeting()
    refused(journey, advisor, amendment(meeting), NOT_REPORTED_YET, "meeting")
    refused(journey, advisor, amendment(NOBODY), refusal.NO_SUCH_PART, "meeting")


def test_a_report_holds_organisations_findings_and_decisions_and_parents_as_a_number() -> None:
    journey, meeting = with_meeting(agenda=("Kennismaking",))
    [question] = journey.request.questions
    findings = (Finding(question=question, text="Eerst de huisartsen."),)
    told: dict[str, Any] = {
        "present": ("GGD",),
        "parents_present": 0,
        "findings": findings,
        "decisions": ("We gaan door.",),
    }
    reported(journey, meeting, parents_need="Een plek dichtbij.", **told)
    report = report_of(journey, meeting)
    assert {name: getattr(report, name) for name in told} == told
    assert report.parents_need == "Een plek dichtbij."
    assert meeting_of(journey, meeting).status is MeetingStatus.HELD
    assert meeting_of(journey, meeting).agenda == ("Kennismaking",)


def test_the_agenda_reads_as_it_was_held() -> None:
    journey, meeting = with_meeting(MeetingKind.SESSION, agenda=("Armoede",))
    reported(journey, meeting, agenda=("Armoede", "Borging"))
    assert meeting_of(journey, meeting).agenda == ("Armoede", "Borging")


def test_a_finding_is_about_a_question_that_was_asked() -> None:
    journey, meeting = with_meeting()
    stray = (Finding(question=NOBODY, text="Onbekend."),)
    begun(journey, meeting)
    wrong = ReportMeeting(meeting=meeting, findings=stray)
    refused(journey, advisor, wrong, refusal.NO_SUCH_PART, "findings.0.question")
    reported(journey, meeting)
    refused(journey, advisor, amendment(meeting, findings=stray), refusal.NO_SUCH_PART, "findings.0.question")


@pytest.mark.parametrize("number", [-1, 1001])
def test_a_number_of_parents_is_a_likely_one(number: int) -> None:
    journey, meeting = with_meeting()
    begun(journey, meeting)
    wrong = ReportMeeting(meeting=meeting, parents_present=number)
    refused(journey, advisor, wrong, NUMBER_OF_PARENTS, "parentsPresent")


@pytest.mark.parametrize(
    ("kind", "discussed", "kept"),
    [
        pytest.param(MeetingKind.VISIT, True, FIGURES, id="of a visit they are kept"),
        pytest.param(MeetingKind.VISIT, False, (), id="unless they were not discussed"),
        pytest.param(MeetingKind.SESSION, True, (), id="of another meeting there are none"),
    ],
)
def test_figures_are_frozen_as_they_were_discussed(
    kind: MeetingKind, discussed: bool, kept: tuple[Figure, ...]
) -> None:
    journey, meeting = with_meeting(kind)
    journey.facts = replace(FACTS, figures=FIGURES)
    reported(journey, meeting, figures_discussed=discussed)
    assert report_of(journey, meeting).figures == kept


def test_a_reported_visit_without_kickoffs_leads_past_them() -> None:
    journey, meeting = with_meeting()
    reported(journey, meeting)
    assert journey.request.stage is Stage.FOLLOW_UP
    assert "PROPOSE_VISIT" not in journey.tasks


def test_a_reported_visit_leads_to_the_kickoffs_it_showed_to_be_wanted() -> None:
    journey, meeting = with_meeting()
    reported(journey, meeting, wanted_kickoffs=(wish(), wish(organiser=Side.ADVISOR)))
    assert journey.request.stage is Stage.KICKOFF
    assert [one.organiser for one in journey.request.kickoffs.values()] == [Side.MUNICIPALITY, Side.ADVISOR]
    assert journey.tasks.count("PLAN_KICKOFF") == 2


def test_a_wish_in_a_report_is_looked_at_like_any_other() -> None:
    journey, meeting = with_meeting()
    wrong = ReportMeeting(meeting=meeting, wanted_kickoffs=(wish(), wish(levels=())))
    refused(begun(journey, meeting), advisor, wrong, refusal.REQUIRED_HERE, "wantedKickoffs.1.levels")


def test_a_reported_session_settles_no_visit() -> None:
    journey, meeting = with_meeting(MeetingKind.SESSION)
    reported(journey, meeting)
    assert journey.request.stage is Stage.VISIT


def test_a_reported_kickoff_is_held_and_the_last_one_leads_on() -> None:
    journey, first = with_wanted_kickoff()
    visit = agreed(journey, plan(starts_at=journey.now))
    reported(journey, visit, wanted_kickoffs=(wish(),))
    _, second = journey.request.kickoffs
    for kickoff, stage in ((first, Stage.KICKOFF), (second, Stage.FOLLOW_UP)):
        meeting = agreed(journey, plan(MeetingKind.KICKOFF, kickoff=kickoff, starts_at=journey.now))
        reported(journey, meeting)
        assert kickoff_of(journey, kickoff).status is KickoffStatus.HELD
        assert journey.request.stage is stage


def test_the_municipality_writes_the_report_when_it_keeps_the_minutes() -> None:
    journey, meeting = with_meeting(minutes=Side.MUNICIPALITY)
    reported(journey, meeting, venlo)
    assert journey.give(venlo, amendment(meeting))
    assert journey.give(advisor, amendment(meeting))


def test_the_municipality_does_not_write_the_advisors_report() -> None:
    journey, meeting = with_meeting()
    begun(journey, meeting)
    refused(journey, venlo, ReportMeeting(meeting=meeting), MINUTES_ARE_THE_ADVISORS, "meeting")
    heard = ReportMeeting(meeting=meeting, on_behalf=behalf(Capacity.MUNICIPALITY))
    refused(journey, advisor, heard, MINUTES_ARE_THE_ADVISORS, "meeting")
    reported(journey, meeting)
    refused(journey, venlo, amendment(meeting), MINUTES_ARE_THE_ADVISORS, "meeting")
    refused(journey, other_advisor, amendment(meeting), refusal.NOT_YOURS)


def test_what_was_called_off_is_not_reported() -> None:
    journey, meeting = with_meeting()
    journey.give(advisor, CancelMeeting(meeting=meeting, reason=CancelReason.NO_LONGER_NEEDED))
    begun(journey, meeting)
    refused(journey, advisor, ReportMeeting(meeting=meeting), MEETING_SETTLED, "meeting")
    refused(journey, advisor, ReportMeeting(meeting=NOBODY), refusal.NO_SUCH_PART, "meeting")


def test_a_report_that_was_amended_meanwhile_makes_an_older_amendment_stale() -> None:
    journey = under_way()
    meeting = agreed(journey, plan())
    seen = reported(journey, meeting).request.version
    journey.give(advisor, amendment(meeting))
    with pytest.raises(refusal.Refusal) as caught:
        journey.give(advisor, amendment(meeting), based_on=seen)
    assert caught.value.code == refusal.STALE.code
