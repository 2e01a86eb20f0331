"""Who may see what: the one table of what must happen, to whom, at every address of the API and the pages.

It is written from the design, not from the code, and `test_who_may_see_what` walks it. A new address needs a row here;
that of a deed, and every command, stands in `deeds_table`.

Rows are grouped by what must happen. In a group the first line that names somebody counts. Addresses on a request go by
what somebody is *on that request* (`ON_WHICH`), all others by the role they act in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

# --- Who there is ----------------------------------------------------------------------------------------------------

STRANGER: Final = "stranger"
STAFF: Final = frozenset({"staff"})
ADVISORS: Final = frozenset({"advisor", "other_advisor", "candidate"})
PROGRAMME: Final = STAFF | ADVISORS
MEMBERS: Final = frozenset({"venlo", "maastricht", "almere"})
MUNICIPALITIES: Final = MEMBERS | {"acts_for_venlo"}
OTHERS: Final = frozenset({"supporter", "newcomer", "nobody"})
SIGNED_IN: Final = PROGRAMME | MUNICIPALITIES | OTHERS
EVERYBODY: Final = SIGNED_IN | {STRANGER}
FOR_VENLO: Final = frozenset({"venlo", "acts_for_venlo"})

# What somebody is on one request, in the letters of the design: staff, advisor, candidate, municipality that asked,
# municipality that takes part (R), supporting party (U), partner by a personal link (P). Who is not named here is
# nothing on it, and must not learn that it exists.

_VENLO = {"staff": "S", "venlo": "M", "acts_for_venlo": "M", "maastricht": "R"}
_WITH_ADVISOR = {**_VENLO, "advisor": "A", "supporter": "U"}
ON_WHICH: Final[Mapping[str, Mapping[str, str]]] = {
    "new": _VENLO,
    "given": {**_VENLO, "candidate": "C"},
    "under_way": _WITH_ADVISOR,
    "finished": _WITH_ADVISOR,
    "withdrawn": _WITH_ADVISOR,
    "elsewhere": {"staff": "S", "almere": "M", "other_advisor": "A"},
}
STAGES: Final = ("INTAKE", "ASSIGNMENT", "VISIT", "KICKOFF", "FOLLOW_UP", "EMBEDDING", "CLOSED")
STAGE_OF: Final[Mapping[str, str]] = {
    "new": "INTAKE",
    "given": "ASSIGNMENT",
    "under_way": "VISIT",
    "finished": "EMBEDDING",
    "withdrawn": "CLOSED",
    "elsewhere": "VISIT",
}
RECORDS_FOR: Final[Mapping[str, str]] = {"S": "ACMRP", "A": "MRP", "M": "P"}
"""On behalf: staff for advisors and municipalities, advisors for municipalities, all of these for partners."""
WHOLE: Final = "SACMR"
"""Who reads a request as a whole; a supporting party reads what is shared, the coalition, and its own."""
IN_PROGRAMME: Final = "SAC"
"""Whom an event or a text of audience "programme" reaches."""


# --- What must happen ------------------------------------------------------------------------------------------------


class Must(Enum):
    """What an address answers."""

    SHOW = 200
    GO_ON = 303
    SIGN_IN_FIRST = 303.1
    FORM_AGAIN = 422
    """The form comes back with what is wrong: who sent it may do this."""
    REFUSE = 403
    HIDE = 404
    NOT_NOW = 409
    LINK_ENDED = 410
    ASK_WHO = 401
    DO = 503
    """It was judged and kept. Nothing records here, so that what may be done ends as "not known yet"."""
    TELL_NOT_READY = 503.1

    @property
    def status(self) -> int:
        """The status of HTTP."""
        return int(self.value)


Whom = tuple[tuple[frozenset[str], Must], ...]


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Addresses for which the same must happen; who is not named is refused."""

    whom: Whom
    routes: tuple[str, ...]

    def must(self, role: str) -> Must:
        """What must happen to somebody."""
        return next((must for roles, must in self.whom if role in roles), Must.REFUSE)


_STRANGER: Final = frozenset({STRANGER})
_SIGNS_IN: Final = (_STRANGER, Must.SIGN_IN_FIRST)


# --- Pages that are about no request ---------------------------------------------------------------------------------

PAGES: Final[tuple[Rows, ...]] = (
    Rows(
        whom=((EVERYBODY, Must.SHOW),),
        routes=(
            "GET /over",
            "GET /privacy",
            "GET /toegankelijkheid",
            "GET /afgemeld",
            "GET /look/{name}",
            "GET /aanmelden/begin",  # There is no provider here to be sent to.
            "GET /vraag-ondersteuning",
        ),
    ),
    Rows(
        whom=((EVERYBODY, Must.GO_ON),),
        routes=("GET /aanmelden/terug", "POST /taal", "GET /vraag-ondersteuning/verstuurd"),
    ),
    Rows(whom=((_STRANGER, Must.SHOW), (SIGNED_IN, Must.GO_ON)), routes=("GET /aanmelden",)),
    Rows(  # Who is signed in for a municipality begins at once. No mail goes out yet, so that others read whom to ask.
        whom=((MUNICIPALITIES, Must.GO_ON), (EVERYBODY, Must.SHOW)), routes=("POST /vraag-ondersteuning",)
    ),
    Rows(  # Without the draft that a link gave, there is nothing here; with one, see OF_A_DRAFT.
        whom=((EVERYBODY, Must.LINK_ENDED),),
        routes=(
            "GET /vraag-ondersteuning/verder/{link}",
            "GET /vraag-ondersteuning/gemeente",
            "POST /vraag-ondersteuning/gemeente",
            "GET /vraag-ondersteuning/coalitie",
            "POST /vraag-ondersteuning/coalitie",
            "GET /vraag-ondersteuning/collega",
            "POST /vraag-ondersteuning/collega",
            "GET /vraag-ondersteuning/vraag",
            "POST /vraag-ondersteuning/vraag",
            "GET /vraag-ondersteuning/contact",
            "POST /vraag-ondersteuning/contact",
            "GET /vraag-ondersteuning/controleren",
            "POST /vraag-ondersteuning/controleren",
            "GET /vraag-ondersteuning/ontvangst",
        ),
    ),
    Rows(whom=((EVERYBODY, Must.HIDE),), routes=("GET /patronen", "POST /patronen")),  # See IN_DEVELOPMENT.
    Rows(
        whom=(_SIGNS_IN, (SIGNED_IN, Must.SHOW)),
        routes=("GET /", "GET /nieuws", "GET /account", "POST /account/koppelen"),  # Without a provider to be sent to.
    ),
    Rows(whom=(_SIGNS_IN, (SIGNED_IN, Must.GO_ON)), routes=("GET /verder", "POST /rol")),
    Rows(whom=(_SIGNS_IN, (MUNICIPALITIES, Must.SHOW)), routes=("GET /collegas",)),
    Rows(  # Who acts for a municipality is none of its people, and has no colleagues there.
        whom=(_SIGNS_IN, (MEMBERS, Must.SHOW), (MUNICIPALITIES, Must.HIDE)), routes=("GET /collegas/uitnodigen",)
    ),
    Rows(
        whom=(_SIGNS_IN, (MEMBERS, Must.FORM_AGAIN), (MUNICIPALITIES, Must.HIDE)), routes=("POST /collegas/uitnodigen",)
    ),
    Rows(  # The invitation is one of Venlo.
        whom=(_SIGNS_IN, (frozenset({"venlo"}), Must.GO_ON), (MUNICIPALITIES, Must.HIDE)),
        routes=("POST /collegas/uitnodigingen/{id}/intrekken",),
    ),
    Rows(whom=(_SIGNS_IN, (ADVISORS, Must.SHOW)), routes=("GET /agenda",)),
    Rows(
        whom=(_SIGNS_IN, (PROGRAMME, Must.SHOW)),
        routes=("GET /aanvragen", "GET /aanvragen.csv", "GET /aanvragen.xlsx"),
    ),
    Rows(
        whom=(_SIGNS_IN, (STAFF, Must.SHOW)),
        routes=(
            "GET /nieuwe-aanvragen",
            "GET /stil",
            "GET /doorlooptijd/{stage}",
            "GET /aanvraag-vastleggen",
            "GET /herverdelen",
            "GET /beheer",
            "GET /accounts",
            "GET /accounts/uitnodigen",
            "GET /accounts/{id}",
            "GET /accounts/{id}/rollen",
            "GET /accounts/{id}/token",
            "GET /accounts/{id}/werkgebied",
            "GET /wie-komt-in-aanmerking",
            "GET /wie-komt-in-aanmerking/regel",
            "GET /wie-komt-in-aanmerking/{ground}",
            "GET /bezorging",
        ),
    ),
    Rows(
        whom=(_SIGNS_IN, (STAFF, Must.FORM_AGAIN)),
        routes=(
            "POST /aanvraag-vastleggen",
            "POST /herverdelen",
            "POST /accounts/uitnodigen",
            "POST /accounts/{id}/rollen",
            "POST /accounts/{id}/token",
            "POST /accounts/{id}/werkgebied",
            "POST /wie-komt-in-aanmerking/regel",
            "POST /wie-komt-in-aanmerking/{ground}",
        ),
    ),
    Rows(
        whom=(_SIGNS_IN, (STAFF, Must.GO_ON)),
        routes=(
            "POST /overzicht/bijwerken",
            "POST /accounts/uitnodigingen/{id}/intrekken",
            "POST /accounts/{id}/rol-weg",
            "POST /accounts/{id}/sluiten",
            "POST /accounts/{id}/heropenen",
            "POST /accounts/{id}/loskoppelen",
            "POST /accounts/{id}/uitnodigen",
            "POST /accounts/{id}/token-intrekken",
            "POST /bezorging/{id}/opnieuw",
        ),
    ),
    Rows(whom=((EVERYBODY, Must.GO_ON),), routes=("POST /afmelden",)),  # The last: it ends the session.
)
OF_A_DRAFT: Final = Rows(
    whom=((frozenset({"venlo"}), Must.GO_ON), (EVERYBODY, Must.LINK_ENDED)),
    routes=("GET /vraag-ondersteuning/controleren",),
)
"""A draft that Venlo began while signed in is nobody else's, whoever holds its link."""
IN_DEVELOPMENT: Final = (
    Rows(whom=((EVERYBODY, Must.SHOW),), routes=("GET /patronen", "GET /vraag-ondersteuning/verstuurd")),
    Rows(whom=((EVERYBODY, Must.FORM_AGAIN),), routes=("POST /patronen", "POST /vraag-ondersteuning")),
)
"""What differs on a developer's own machine, for who is of no municipality."""

# --- Pages of one request: by what somebody is on it -----------------------------------------------------------------

REQUEST: Final = "/aanvragen/{reference}"
REQUEST_PAGES: Final = (
    f"GET {REQUEST}",
    f"GET {REQUEST}/afdrukken",
    f"GET {REQUEST}/bestand",
    f"GET {REQUEST}/bestand/leesbaar",
    f"GET {REQUEST}/bestand/gegevens",
    f"GET {REQUEST}/nieuws",
    f"GET {REQUEST}/verloop",
)
"""Shown to who is anything on the request; hidden from all others."""
PROGRAMME_PAGES: Final = (f"GET {REQUEST}/overdrachtsblad",)
"""The same within the programme; whoever acts in another role is refused, whatever the request."""

# --- The API ---------------------------------------------------------------------------------------------------------

_ASKED_WHO: Final = (_STRANGER, Must.ASK_WHO)
API: Final[tuple[Rows, ...]] = (
    Rows(
        whom=((EVERYBODY, Must.SHOW),),
        routes=("GET /health/live", "GET /metrics", "GET /api/v1/openapi.json", "GET /api/v1/docs"),
    ),
    Rows(whom=((EVERYBODY, Must.TELL_NOT_READY),), routes=("GET /health/ready",)),  # Nothing records here.
    Rows(
        whom=(_ASKED_WHO, (SIGNED_IN, Must.SHOW)),
        routes=(
            "GET /api/v1/me",
            "GET /api/v1/municipalities",
            "GET /api/v1/support-requests",
            "GET /api/v1/tasks",
        ),
    ),
    Rows(whom=(_ASKED_WHO, (PROGRAMME, Must.SHOW)), routes=("GET /api/v1/advisors",)),
    Rows(  # What is sent is a request of Venlo; who confirmed a mail address there may ask for it too.
        whom=(_ASKED_WHO, (PROGRAMME | FOR_VENLO | {"newcomer"}, Must.DO)), routes=("POST /api/v1/support-requests",)
    ),
)
API_ON_A_REQUEST: Final = ("GET /api/v1/support-requests/{id}", "GET /api/v1/support-requests/{id}/events")
API_COMMANDS: Final = "POST /api/v1/support-requests/{id}/commands"
"""By `deeds_table`: over the API somebody may give what they may do on the pages, and nothing else."""


def on_a_request(request: str, role: str, *, without: Must) -> Must:
    """What must happen at an address of a request itself: `without` a name, who it is must be known first."""
    if role == STRANGER:
        return without
    return Must.SHOW if role in ON_WHICH[request] else Must.HIDE


def for_programme(request: str, role: str) -> Must:
    """What must happen at a page of a request that is for the programme."""
    return on_a_request(request, role, without=Must.SIGN_IN_FIRST) if role in PROGRAMME | {STRANGER} else Must.REFUSE
