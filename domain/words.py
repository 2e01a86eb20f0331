"""The words of the journey: one meaning, one word, as in the glossary.

Code, API and logs use these identifiers; pages and mails use the Dutch words of `docs/glossary.md`.
"""

from enum import StrEnum


class Stage(StrEnum):
    """How far the support is, not what may be talked about."""

    INTAKE = "INTAKE"
    ASSIGNMENT = "ASSIGNMENT"
    VISIT = "VISIT"
    KICKOFF = "KICKOFF"
    FOLLOW_UP = "FOLLOW_UP"
    EMBEDDING = "EMBEDDING"
    CLOSED = "CLOSED"


class Outcome(StrEnum):
    """How a closed request ended."""

    COMPLETED = "COMPLETED"
    DECLINED = "DECLINED"
    MERGED = "MERGED"
    WITHDRAWN = "WITHDRAWN"
    STOPPED = "STOPPED"


class Capacity(StrEnum):
    """In what quality somebody acts on one request."""

    STAFF = "STAFF"
    ADVISOR = "ADVISOR"
    CANDIDATE = "CANDIDATE"
    MUNICIPALITY = "MUNICIPALITY"
    PARTICIPANT = "PARTICIPANT"
    SUPPORTING_PARTY = "SUPPORTING_PARTY"
    PARTNER = "PARTNER"
    NEWCOMER = "NEWCOMER"
    TIME = "TIME"


class Audience(StrEnum):
    """Who may read an event: everyone on the request, or the programme alone."""

    EVERYONE = "EVERYONE"
    PROGRAMME = "PROGRAMME"


class QuestionKind(StrEnum):
    """What a municipality can ask help with."""

    START = "START"
    STRENGTHEN = "STRENGTHEN"
    MEETING = "MEETING"
    ROLES = "ROLES"
    THEME = "THEME"
    EXAMPLES = "EXAMPLES"
    REGIONAL = "REGIONAL"
    UNSURE = "UNSURE"


class QuestionStatus(StrEnum):
    """What came of a question."""

    OPEN = "OPEN"
    ANSWERED = "ANSWERED"
    REFERRED = "REFERRED"
    DROPPED = "DROPPED"


class Eligibility(StrEnum):
    """May this municipality use the programme, under the rule of the day it asked."""

    ELIGIBLE = "ELIGIBLE"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    UNDETERMINED = "UNDETERMINED"


class Ground(StrEnum):
    """On what a rule of eligibility rests."""

    REGISTERED = "REGISTERED"
    GIDS_LIST = "GIDS_LIST"
    ANY = "ANY"


class Phase(StrEnum):
    """How far a coalition is when it asks."""

    NEW = "NEW"
    STARTING = "STARTING"
    WORKING = "WORKING"
    UNKNOWN = "UNKNOWN"


class CoalitionKind(StrEnum):
    """One municipality's partnership, or a region's."""

    LOCAL = "LOCAL"
    REGIONAL = "REGIONAL"


class MeetingKind(StrEnum):
    """A visit, a kick-off, or any other meeting."""

    VISIT = "VISIT"
    KICKOFF = "KICKOFF"
    SESSION = "SESSION"


class Level(StrEnum):
    """Aldermen and directors, or professionals."""

    GOVERNANCE = "GOVERNANCE"
    OPERATIONAL = "OPERATIONAL"


class Side(StrEnum):
    """The two who arrange a meeting with each other."""

    ADVISOR = "ADVISOR"
    MUNICIPALITY = "MUNICIPALITY"


class Domain(StrEnum):
    """The domains of a coalition."""

    MEDICAL = "MEDICAL"
    SOCIAL = "SOCIAL"
    INFORMAL = "INFORMAL"
    PARENTS = "PARENTS"
    MUNICIPAL = "MUNICIPAL"


class Theme(StrEnum):
    """What support is about."""

    POVERTY = "POVERTY"
    PARENT_PARTICIPATION = "PARENT_PARTICIPATION"
    EMBEDDING = "EMBEDDING"
    MONITORING = "MONITORING"
    OTHER = "OTHER"


class Body(StrEnum):
    """Where a seat for parents is."""

    LOCAL_COALITION = "LOCAL_COALITION"
    REGIONAL_COALITION = "REGIONAL_COALITION"
    STEERING_GROUP = "STEERING_GROUP"
    WORKING_GROUP = "WORKING_GROUP"
    PROJECT = "PROJECT"


class SeatForm(StrEnum):
    """How parents take part."""

    PARENT = "PARENT"
    REPRESENTATIVE = "REPRESENTATIVE"
    CONSULTED = "CONSULTED"
    SEARCHING = "SEARCHING"


class Agreed(StrEnum):
    """Agreed or not; not yet is an ordinary answer."""

    YES = "YES"
    NO = "NO"
    NOT_YET = "NOT_YET"


class Heard(StrEnum):
    """How somebody's wish reached the one who records it."""

    PHONE = "PHONE"
    MAIL = "MAIL"
    TALK = "TALK"


class Desk(StrEnum):
    """Who a task is for, when it is not one person."""

    STAFF = "STAFF"
    ADVISOR = "ADVISOR"
    MUNICIPALITY = "MUNICIPALITY"
    PARTNER = "PARTNER"
    SUPPORTING_PARTY = "SUPPORTING_PARTY"
