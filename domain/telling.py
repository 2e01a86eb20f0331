"""Which fact tells whom what, besides those who get a task by it: one table.

Who its hearers are on a request stands in `hearers`, what becomes of it in `notices`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from domain import hearers as to
from domain.action_owners import ActionHandedBack, ActionHandedOver, ActionReassigned
from domain.actions import ActionCompleted, ActionDropped
from domain.assignment import AssignmentAccepted, AssignmentDeclined
from domain.changing import (
    ContactChanged,
    LeadTakenOver,
    MunicipalityJoined,
    MunicipalityLeft,
    QuestionChanged,
    QuestionDropped,
)
from domain.embedding import CheckedIn
from domain.ending import MeetingGoesOn, RequestReopened, SteppedBack
from domain.event import Fact
from domain.finishing import SupportFinished
from domain.handing_over import AdvisorReplaced, AssignmentReturned
from domain.hearers import Hearers
from domain.intake import InformationAnswered, RequestAccepted
from domain.inviting import PartnerInvited, PartnerResponded
from domain.joining import MergedReceived, MunicipalityMerged
from domain.kickoffs import KickoffDropped, VisitSkipped
from domain.partners import PartnerAdded
from domain.passing import TaskEscalated, TaskReminded
from domain.planning import MeetingCancelled, MeetingPlanned, MeetingRescheduled
from domain.progress import RequestClosed
from domain.proposing import OtherMomentsAsked
from domain.reporting import MeetingReported, ReportAmended
from domain.resting import RequestPaused, RequestResumed, RestAnnounced
from domain.submitting import QuestionAsked, RequestSubmitted
from domain.talking import ItemShared, MessageReplied, QuestionSettled


class NoticeKind(StrEnum):
    """What somebody is told."""

    SUBMITTED = "SUBMITTED"
    ACCEPTED = "ACCEPTED"
    INFORMATION_ANSWERED = "INFORMATION_ANSWERED"
    ADVISOR_KNOWN = "ADVISOR_KNOWN"
    ASSIGNMENT_DECLINED = "ASSIGNMENT_DECLINED"
    ASSIGNMENT_RETURNED = "ASSIGNMENT_RETURNED"
    ADVISOR_REPLACED = "ADVISOR_REPLACED"
    QUESTIONS_CHANGED = "QUESTIONS_CHANGED"
    CONTACT_CHANGED = "CONTACT_CHANGED"
    MUNICIPALITY_JOINED = "MUNICIPALITY_JOINED"
    MUNICIPALITY_LEFT = "MUNICIPALITY_LEFT"
    LEAD_TAKEN_OVER = "LEAD_TAKEN_OVER"
    MUNICIPALITY_MERGED = "MUNICIPALITY_MERGED"
    REQUEST_MERGED = "REQUEST_MERGED"
    OTHER_MOMENTS_ASKED = "OTHER_MOMENTS_ASKED"
    MEETING_PLANNED = "MEETING_PLANNED"
    MEETING_RESCHEDULED = "MEETING_RESCHEDULED"
    MEETING_CANCELLED = "MEETING_CANCELLED"
    MEETING_GOES_ON = "MEETING_GOES_ON"
    PARTNER_ADDED = "PARTNER_ADDED"
    PARTNER_INVITED = "PARTNER_INVITED"
    PARTNER_RESPONDED = "PARTNER_RESPONDED"
    REPORT_THERE = "REPORT_THERE"
    REPORT_AMENDED = "REPORT_AMENDED"
    VISIT_SKIPPED = "VISIT_SKIPPED"
    KICKOFF_DROPPED = "KICKOFF_DROPPED"
    QUESTION_SETTLED = "QUESTION_SETTLED"
    SHARED = "SHARED"
    REPLIED = "REPLIED"
    ACTION_COMPLETED = "ACTION_COMPLETED"
    ACTION_DROPPED = "ACTION_DROPPED"
    ACTION_HANDED_BACK = "ACTION_HANDED_BACK"
    ACTION_HANDED_OVER = "ACTION_HANDED_OVER"
    ACTION_REASSIGNED = "ACTION_REASSIGNED"
    CHECKED_IN = "CHECKED_IN"
    REST_ANNOUNCED = "REST_ANNOUNCED"
    PAUSED = "PAUSED"
    RESUMED = "RESUMED"
    SUPPORT_FINISHED = "SUPPORT_FINISHED"
    CLOSED = "CLOSED"
    REOPENED = "REOPENED"
    STEPPED_BACK = "STEPPED_BACK"
    TASK_GIVEN = "TASK_GIVEN"
    TASK_REMINDED = "TASK_REMINDED"
    TASK_ESCALATED = "TASK_ESCALATED"
    RECORDED_FOR_YOU = "RECORDED_FOR_YOU"


TELLS: Mapping[type[Fact], tuple[NoticeKind, Hearers]] = {
    RequestSubmitted: (NoticeKind.SUBMITTED, to.municipalities),
    RequestAccepted: (NoticeKind.ACCEPTED, to.the_municipality),
    InformationAnswered: (NoticeKind.INFORMATION_ANSWERED, to.the_staff),
    AssignmentAccepted: (NoticeKind.ADVISOR_KNOWN, to.the_municipality),
    AssignmentDeclined: (NoticeKind.ASSIGNMENT_DECLINED, to.the_staff),
    AssignmentReturned: (NoticeKind.ASSIGNMENT_RETURNED, to.the_staff),
    AdvisorReplaced: (NoticeKind.ADVISOR_REPLACED, to.the_replaced),
    QuestionAsked: (NoticeKind.QUESTIONS_CHANGED, to.advisor_at_work),
    QuestionChanged: (NoticeKind.QUESTIONS_CHANGED, to.advisor_at_work),
    QuestionDropped: (NoticeKind.QUESTIONS_CHANGED, to.advisor_at_work),
    ContactChanged: (NoticeKind.CONTACT_CHANGED, to.the_municipality),
    MunicipalityJoined: (NoticeKind.MUNICIPALITY_JOINED, to.that_municipality),
    MunicipalityLeft: (NoticeKind.MUNICIPALITY_LEFT, to.that_municipality),
    LeadTakenOver: (NoticeKind.LEAD_TAKEN_OVER, to.municipalities),
    MunicipalityMerged: (NoticeKind.MUNICIPALITY_MERGED, to.the_successor),
    MergedReceived: (NoticeKind.REQUEST_MERGED, to.everybody),
    OtherMomentsAsked: (NoticeKind.OTHER_MOMENTS_ASKED, to.the_proposer),
    MeetingPlanned: (NoticeKind.MEETING_PLANNED, to.both_sides),
    MeetingRescheduled: (NoticeKind.MEETING_RESCHEDULED, to.those_invited),
    MeetingCancelled: (NoticeKind.MEETING_CANCELLED, to.those_invited),
    MeetingGoesOn: (NoticeKind.MEETING_GOES_ON, to.those_invited),
    PartnerAdded: (NoticeKind.PARTNER_ADDED, to.the_added),
    PartnerInvited: (NoticeKind.PARTNER_INVITED, to.the_invited),
    PartnerResponded: (NoticeKind.PARTNER_RESPONDED, to.the_organiser),
    MeetingReported: (NoticeKind.REPORT_THERE, to.those_invited),
    ReportAmended: (NoticeKind.REPORT_AMENDED, to.those_invited),
    VisitSkipped: (NoticeKind.VISIT_SKIPPED, to.the_municipality),
    KickoffDropped: (NoticeKind.KICKOFF_DROPPED, to.both_sides),
    QuestionSettled: (NoticeKind.QUESTION_SETTLED, to.the_municipality),
    ItemShared: (NoticeKind.SHARED, to.both_sides),
    MessageReplied: (NoticeKind.REPLIED, to.the_asker),
    ActionCompleted: (NoticeKind.ACTION_COMPLETED, to.both_sides),
    ActionDropped: (NoticeKind.ACTION_DROPPED, to.the_owner),
    ActionHandedBack: (NoticeKind.ACTION_HANDED_BACK, to.the_advisor),
    ActionHandedOver: (NoticeKind.ACTION_HANDED_OVER, to.the_owner),
    ActionReassigned: (NoticeKind.ACTION_REASSIGNED, to.the_owner),
    CheckedIn: (NoticeKind.CHECKED_IN, to.the_advisor),
    RestAnnounced: (NoticeKind.REST_ANNOUNCED, to.both_sides),
    RequestPaused: (NoticeKind.PAUSED, to.everybody),
    RequestResumed: (NoticeKind.RESUMED, to.everybody),
    SupportFinished: (NoticeKind.SUPPORT_FINISHED, to.municipalities),
    RequestClosed: (NoticeKind.CLOSED, to.everybody),
    RequestReopened: (NoticeKind.REOPENED, to.everybody),
    SteppedBack: (NoticeKind.STEPPED_BACK, to.both_sides),
    TaskReminded: (NoticeKind.TASK_REMINDED, to.whose_task),
    TaskEscalated: (NoticeKind.TASK_ESCALATED, to.the_desk_told),
}
