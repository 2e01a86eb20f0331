"""The words of the journey: what each member of an enumeration is called on a page, one meaning one word.

The Dutch of each stands in the catalogue, as `docs/glossary.md` has it. What can be done and what happened have their
own file (`service.language.deeds`).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from domain.assignment import NotAcceptedReason
from domain.embedding import MarkedThing
from domain.ending import MeetingChoice, StopReason
from domain.handing_over import ReplacedReason
from domain.intake import DeclineReason
from domain.kickoffs import AnsweredBy, KickoffDropReason
from domain.parts import (
    ActionStatus,
    Answer,
    AssignmentRole,
    CheckInStatus,
    KickoffStatus,
    MeetingStatus,
    ProposalStatus,
    SharedKind,
)
from domain.planning import CancelReason, MoveReason
from domain.representation import Presence
from domain.resting import PauseReason
from domain.talking import Settlement
from domain.terms import Waiting
from domain.words import (
    Agreed,
    Audience,
    Body,
    Capacity,
    CoalitionKind,
    Desk,
    Domain,
    Eligibility,
    Ground,
    Heard,
    Level,
    MeetingKind,
    Outcome,
    Phase,
    QuestionKind,
    QuestionStatus,
    SeatForm,
    Side,
    Stage,
    Theme,
)
from service.language.tongue import message
from service.sign_in.hats import Hat
from storage.accounts import Role

WORDS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    Stage: {
        Stage.INTAKE: message("Request"),
        Stage.ASSIGNMENT: message("Finding an advisor"),
        Stage.VISIT: message("Visit"),
        Stage.KICKOFF: message("Kick-off"),
        Stage.FOLLOW_UP: message("Follow-up actions"),
        Stage.EMBEDDING: message("How it goes on"),
        Stage.CLOSED: message("Closed"),
    },
    Outcome: {
        Outcome.COMPLETED: message("completed"),
        Outcome.DECLINED: message("not taken on"),
        Outcome.MERGED: message("merged"),
        Outcome.WITHDRAWN: message("withdrawn"),
        Outcome.STOPPED: message("stopped"),
    },
    Capacity: {
        Capacity.STAFF: message("staff of the programme"),
        Capacity.ADVISOR: message("advisor"),
        Capacity.CANDIDATE: message("advisor who was asked"),
        Capacity.MUNICIPALITY: message("requesting municipality"),
        Capacity.PARTICIPANT: message("participating municipality"),
        Capacity.SUPPORTING_PARTY: message("supporting party"),
        Capacity.PARTNER: message("partner"),
        Capacity.NEWCOMER: message("new applicant"),
        Capacity.TIME: message("time"),
    },
    Audience: {
        Audience.EVERYONE: message("for everyone"),
        Audience.PROGRAMME: message("for the programme"),
    },
    QuestionKind: {
        QuestionKind.START: message("help to get started"),
        QuestionKind.STRENGTHEN: message("strengthening cooperation and making it last"),
        QuestionKind.MEETING: message("organising a (kick-off) meeting"),
        QuestionKind.ROLES: message("roles and agreements"),
        QuestionKind.THEME: message("advice about a theme"),
        QuestionKind.EXAMPLES: message("examples and news"),
        QuestionKind.REGIONAL: message("working together in the region"),
        QuestionKind.UNSURE: message("we do not know yet"),
    },
    QuestionStatus: {
        QuestionStatus.OPEN: message("open"),
        QuestionStatus.ANSWERED: message("answered"),
        QuestionStatus.REFERRED: message("referred"),
        QuestionStatus.DROPPED: message("no longer asked"),
    },
    Eligibility: {
        Eligibility.ELIGIBLE: message("is eligible"),
        Eligibility.NOT_ELIGIBLE: message("is not eligible"),
        Eligibility.UNDETERMINED: message("cannot be determined"),
    },
    Ground: {
        Ground.REGISTERED: message("registered with the Ministry of Health"),
        Ground.GIDS_LIST: message("is on the GIDS list"),
        Ground.ANY: message("every municipality"),
    },
    Phase: {
        Phase.NEW: message("new"),
        Phase.STARTING: message("just started"),
        Phase.WORKING: message("works together"),
        Phase.UNKNOWN: message("not known"),
    },
    CoalitionKind: {
        CoalitionKind.LOCAL: message("local"),
        CoalitionKind.REGIONAL: message("regional"),
    },
    MeetingKind: {
        MeetingKind.VISIT: message("visit"),
        MeetingKind.KICKOFF: message("kick-off"),
        MeetingKind.SESSION: message("working session"),
    },
    Level: {
        Level.GOVERNANCE: message("governance level"),
        Level.OPERATIONAL: message("operational level"),
    },
    Side: {
        Side.ADVISOR: message("the advisor"),
        Side.MUNICIPALITY: message("the municipality"),
    },
    Domain: {
        Domain.MEDICAL: message("medical"),
        Domain.SOCIAL: message("social"),
        Domain.INFORMAL: message("informal"),
        Domain.PARENTS: message("parents"),
        Domain.MUNICIPAL: message("municipal"),
    },
    Theme: {
        Theme.POVERTY: message("poverty and debts"),
        Theme.PARENT_PARTICIPATION: message("working together with (expectant) parents"),
        Theme.EMBEDDING: message("embedding"),
        Theme.MONITORING: message("monitoring and evaluation"),
        Theme.OTHER: message("something else"),
    },
    Body: {
        Body.LOCAL_COALITION: message("local coalition"),
        Body.REGIONAL_COALITION: message("regional coalition"),
        Body.STEERING_GROUP: message("steering group"),
        Body.WORKING_GROUP: message("working group"),
        Body.PROJECT: message("project"),
    },
    SeatForm: {
        SeatForm.PARENT: message("a parent"),
        SeatForm.REPRESENTATIVE: message("a representative"),
        SeatForm.CONSULTED: message("consulted beforehand"),
        SeatForm.SEARCHING: message("being searched for"),
    },
    Agreed: {
        Agreed.YES: message("yes"),
        Agreed.NO: message("no"),
        Agreed.NOT_YET: message("not yet"),
    },
    Heard: {
        Heard.PHONE: message("by phone"),
        Heard.MAIL: message("by mail"),
        Heard.TALK: message("in a talk"),
    },
    Desk: {
        Desk.STAFF: message("the programme"),
        Desk.ADVISOR: message("the advisor"),
        Desk.MUNICIPALITY: message("the municipality"),
        Desk.PARTNER: message("a partner"),
        Desk.SUPPORTING_PARTY: message("a supporting party"),
    },
    Waiting: {
        Waiting.TRIAGE: message("Judge the request"),
        Waiting.ANSWER_INFORMATION: message("Answer the programme's question"),
        Waiting.ASSIGN: message("Assign an advisor"),
        Waiting.ACCEPT_ASSIGNMENT: message("Take on the request"),
        Waiting.PROPOSE_VISIT: message("Propose a visit"),
        Waiting.CHOOSE_MOMENT: message("Choose a moment"),
        Waiting.REPORT_MEETING: message("Write the report"),
        Waiting.PLAN_KICKOFF: message("Plan the kick-off"),
        Waiting.RESPOND: message("Say whether you are coming"),
        Waiting.SEEK_PARENTS: message("Find parents"),
        Waiting.DO_ACTION: message("Do a follow-up action"),
        Waiting.ANSWER_MESSAGE: message("Answer a message"),
        Waiting.CALL: message("Phone the municipality"),
        Waiting.FINISH_SUPPORT: message("Finish the support"),
        Waiting.CHECK_IN: message("Answer the check-in"),
        Waiting.EVALUATE: message("Evaluate the support"),
        Waiting.DECIDE_REST: message("Decide about a long rest"),
        Waiting.MOMENT: message("A moment passes"),
        Waiting.CHECK_IN_OPENS: message("The check-in opens"),
        Waiting.SILENCE: message("It has been quiet for long"),
        Waiting.REST_COMES: message("The rest begins"),
        Waiting.PAUSE_ENDS: message("The pause ends"),
        Waiting.REST: message("The rest has been long"),
    },
    AssignmentRole: {
        AssignmentRole.LEAD: message("lead advisor"),
        AssignmentRole.SUPPORTING: message("supporting advisor"),
    },
    ProposalStatus: {
        ProposalStatus.OPEN: message("waiting for a choice"),
        ProposalStatus.CHOSEN: message("chosen"),
        ProposalStatus.TURNED_DOWN: message("other moments asked"),
        ProposalStatus.PASSED: message("passed"),
        ProposalStatus.REPLACED: message("replaced"),
    },
    MeetingStatus: {
        MeetingStatus.PLANNED: message("planned"),
        MeetingStatus.HELD: message("held"),
        MeetingStatus.CANCELLED: message("cancelled"),
        MeetingStatus.WITHOUT_PROGRAMME: message("goes on without the programme"),
    },
    Answer: {
        Answer.COMING: message("coming"),
        Answer.NOT_COMING: message("not coming"),
        Answer.NO_ANSWER: message("no answer yet"),
    },
    KickoffStatus: {
        KickoffStatus.WANTED: message("wanted"),
        KickoffStatus.PLANNED: message("planned"),
        KickoffStatus.HELD: message("held"),
        KickoffStatus.DROPPED: message("not needed any more"),
    },
    ActionStatus: {
        ActionStatus.OPEN: message("open"),
        ActionStatus.DONE: message("done"),
        ActionStatus.DROPPED: message("dropped"),
        ActionStatus.HANDED_OVER: message("handed over"),
    },
    CheckInStatus: {
        CheckInStatus.PLANNED: message("planned"),
        CheckInStatus.OPEN: message("open"),
        CheckInStatus.ANSWERED: message("answered"),
        CheckInStatus.LAPSED: message("not answered"),
    },
    SharedKind: {
        SharedKind.EXAMPLE: message("good example"),
        SharedKind.METHOD: message("method"),
        SharedKind.NEWS: message("news"),
        SharedKind.TRAINING: message("training"),
        SharedKind.DOCUMENT: message("document"),
    },
    NotAcceptedReason: {
        NotAcceptedReason.NO_TIME: message("no time"),
        NotAcceptedReason.OWN_INTEREST: message("an interest of one's own"),
        NotAcceptedReason.REGION: message("the region does not fit"),
        NotAcceptedReason.OTHER: message("another reason"),
    },
    MarkedThing: {
        MarkedThing.ADVICE: message("the advice"),
        MarkedThing.COOPERATION: message("the cooperation"),
        MarkedThing.RESULT: message("the result"),
    },
    MeetingChoice: {
        MeetingChoice.CANCEL: message("cancel it"),
        MeetingChoice.GO_ON: message("it goes on without the programme"),
    },
    StopReason: {
        StopReason.NO_RESPONSE: message("no response"),
        StopReason.NO_LONGER_NEEDED: message("no longer needed"),
        StopReason.OUT_OF_SCOPE: message("does not fit the programme"),
        StopReason.NO_CAPACITY: message("no capacity"),
    },
    ReplacedReason: {
        ReplacedReason.ABSENT: message("absent"),
        ReplacedReason.WORKLOAD: message("too much work"),
        ReplacedReason.REGION: message("the region does not fit"),
        ReplacedReason.LEFT: message("left"),
        ReplacedReason.AT_REQUEST: message("at their request"),
    },
    DeclineReason: {
        DeclineReason.NOT_ELIGIBLE: message("is not eligible"),
        DeclineReason.OUT_OF_SCOPE: message("does not fit the programme"),
        DeclineReason.NO_RESPONSE: message("no response"),
        DeclineReason.OTHER: message("another reason"),
    },
    KickoffDropReason: {
        KickoffDropReason.NOT_NEEDED: message("no longer needed"),
        KickoffDropReason.PUT_OFF: message("put off"),
        KickoffDropReason.JOINED: message("joined with another meeting"),
        KickoffDropReason.OTHER: message("another reason"),
    },
    AnsweredBy: {
        AnsweredBy.PHONE: message("by phone"),
        AnsweredBy.MAIL: message("by mail"),
        AnsweredBy.SESSION: message("in a working session"),
    },
    MoveReason: {
        MoveReason.SOMEBODY_CANNOT: message("somebody cannot come"),
        MoveReason.TOO_FEW_COMING: message("too few are coming"),
        MoveReason.BETTER_MOMENT: message("there is a better moment"),
        MoveReason.OTHER: message("another reason"),
    },
    CancelReason: {
        CancelReason.SOMEBODY_CANNOT: message("somebody cannot come"),
        CancelReason.TOO_FEW_COMING: message("too few are coming"),
        CancelReason.NO_LONGER_NEEDED: message("no longer needed"),
        CancelReason.OTHER: message("another reason"),
    },
    Presence: {
        Presence.COMES: message("comes"),
        Presence.INVITED: message("is invited"),
        Presence.NO_ANSWER: message("did not answer"),
        Presence.NONE: message("nobody yet"),
    },
    PauseReason: {
        PauseReason.SUMMER: message("summer"),
        PauseReason.CAPACITY: message("no time at the municipality"),
        PauseReason.ELECTIONS: message("elections"),
        PauseReason.REORGANISATION: message("reorganisation"),
        PauseReason.SILENCE: message("it was quiet for long"),
        PauseReason.OTHER: message("another reason"),
    },
    Settlement: {
        Settlement.ANSWERED: message("answered"),
        Settlement.REFERRED: message("referred"),
        Settlement.DROPPED: message("no longer asked"),
    },
    Hat: {
        Hat.STAFF: message("staff of the programme"),
        Hat.ADVISOR: message("advisor"),
        Hat.MUNICIPALITY: message("municipality"),
        Hat.SUPPORTING_PARTY: message("supporting party"),
    },
    Role: {
        Role.STAFF: message("staff of the programme"),
        Role.ADVISOR: message("advisor"),
        Role.MEMBER: message("works for the municipality"),
        Role.ACTING: message("acts for the municipality"),
        Role.SUPPORTING_PARTY: message("supporting party"),
        Role.NEWCOMER: message("new applicant"),
    },
}
