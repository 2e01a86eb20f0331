"""Every field that may leave the house is named here, so that a new one never leaves unnoticed.

Parts of a request leave as they are (`view_parts`). Who adds a field to one decides whether everybody who sees the part
may see it; if so it is added here, if not it is left out in `views`.
"""

from __future__ import annotations

from dataclasses import fields

import pytest

from domain.tasks import Task
from domain.timeline import TimelineItem
from domain.view_parts import RequestView
from tests.domain.readers import dataclasses_in

LEAVING = {
    "Action": "id title owner due goal theme status result handed_back",
    "Ambition": "id text theme dropped",
    "AskedInformation": "text asked_on",
    "Assignee": "desk person municipality partner organisation",
    "Assignment": "advisor role assigned_on accepted_on",
    "CheckIn": "id opens_on by status answer",
    "CheckInAnswer": "coalition_meets parents_take_part parents_fixed_item in_plans_and_budget needed",
    "ClosingView": "outcome closed_at reason text help_elsewhere",
    "CoalitionView": "id name kind phase municipalities partners seats handed_over",
    "EligibilityView": "municipality eligibility",
    "Figure": "municipality indicator year value unit",
    "Finding": "question text",
    "Goal": "id text shows due ambition means champion level dropped",
    "Invitation": "partner invited_at answer moments text",
    "Kickoff": "id levels target_month organiser status",
    "Meeting": (
        "id kind levels starts_at organiser minutes place link inside agenda participation_on_agenda kickoff "
        "status invitations report"
    ),
    "Message": "id by to partner text internal reply",
    "Moment": "starts_at passed",
    "NextStep": "kind desk due",
    "Note": "id by text internal",
    "OnBehalf": "of heard heard_on person",
    "Owner": "desk partner municipality organisation",
    "Partner": "id organisation domain role_agreement champion_of contact removed",
    "Pause": "reason since look_again by_time rest_over",
    "Period": "start end",
    "Proposal": "id kind levels moments asked minutes place link agenda kickoff status wish",
    "Question": "id kind text status result",
    "Report": "present parents_present findings decisions parents_need reported_at figures amended",
    "RepresentationView": "meeting domain presence",
    "RequestView": (
        "id version stage outcome is_paused pause imported lead_municipality participating received_on "
        "submitted_at accepted_on finished_on contact also_told text preferred_period eligibility "
        "information_asked advisor_wanted advisors own_interest supporting_parties coalition questions "
        "proposals meetings representation kickoffs ambitions goals actions loose_ends check_ins messages "
        "notes shared linked merged_into merged_from has_evaluated closing next_step"
    ),
    "Search": "by due",
    "Seat": "id body form since set_in expenses time training supported_by search ended",
    "Shared": "id kind title link why question",
    "Task": "kind key about assignee since due fulfilled_by escalated",
    "TimelineItem": "id seq type at by capacity on_behalf data people",
}


KNOWN: set[type] = set()
SHOWN = {kind.__name__: kind for top in (RequestView, Task, TimelineItem) for kind in dataclasses_in(top, KNOWN)}


def test_every_shape_that_leaves_is_named() -> None:
    assert set(SHOWN) == set(LEAVING)


@pytest.mark.parametrize("name", sorted(LEAVING))
def test_every_field_that_leaves_is_named(name: str) -> None:
    assert [one.name for one in fields(SHOWN[name])] == LEAVING[name].split()
