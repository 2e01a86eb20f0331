"""Who may do what: every deed on a request, by the page on which it is done, and as a command over the API.

The second half of the one table of what must happen (`access_table`); `test_who_may_do_what` walks it. A new deed needs
a row here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tests.service.access_table import IN_PROGRAMME, ON_WHICH, RECORDS_FOR, REQUEST, STAGE_OF, STAGES, WHOLE, Must

_ANY, _OPEN = ("INTAKE", "CLOSED"), ("INTAKE", "EMBEDDING")
_INTAKE, _ASSIGNMENT = ("INTAKE", "INTAKE"), ("ASSIGNMENT", "ASSIGNMENT")
_UNDER_WAY, _GIVEN = ("VISIT", "EMBEDDING"), ("ASSIGNMENT", "EMBEDDING")
_EVERYONE, _OWNERS = "SACMRUP", "AMRUP"


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A deed: who may ever do it, from which stage up to which; `at` is a request on which it can be done now.

    `page` is the last part of its address, `about` the part of the request that it is about.
    """

    command: str
    who: str
    when: tuple[str, str]
    page: str | None = None
    about: str = ""
    at: str = "under_way"

    @property
    def routes(self) -> tuple[str, ...]:
        """The addresses of its page."""
        return (f"GET {REQUEST}/{self.page}", f"POST {REQUEST}/{self.page}") if self.page else ()

    def fits(self, request: str) -> bool:
        """Whether it can be done in the stage of this request."""
        first, last = map(STAGES.index, self.when)
        return first <= STAGES.index(STAGE_OF[request]) <= last

    def shown(self, request: str, role: str) -> Must:
        """What its page must do when somebody looks at it."""
        letter = ON_WHICH[request].get(role)
        return Must.HIDE if letter is None else self._as(letter, request)

    def recorded(self, request: str, role: str, behalf: str) -> Must:
        """The same when it is recorded for somebody else; one cannot speak for just anybody."""
        may = behalf in RECORDS_FOR.get(ON_WHICH[request].get(role, ""), "")
        return self._as(behalf, request) if may else Must.HIDE

    def _as(self, letter: str, request: str) -> Must:
        if letter not in self.who:
            return Must.REFUSE
        return Must.SHOW if self.fits(request) else Must.NOT_NOW

    def sent(self, request: str, role: str) -> Must:
        """What its page must do when the form is sent empty: what was typed comes back to who may ever do it."""
        shown = self.shown(request, role)
        return Must.FORM_AGAIN if shown in (Must.SHOW, Must.NOT_NOW) else shown

    def given(self, request: str, role: str) -> Must:
        """What the API must do with the command."""
        shown = self.shown(request, role)
        return Must.DO if shown is Must.SHOW else shown


def _deed(command: str, who: str, when: tuple[str, str], page: str | None = None, about: str = "") -> Deed:
    return Deed(command=command, who=who, when=when, page=page, about=about)


DEEDS: Final[tuple[Deed, ...]] = (
    # Staff decide, assign, correct.
    Deed(command="accept", who="S", when=_INTAKE, page="in-behandeling-nemen", at="new"),
    Deed(command="decline", who="S", when=_INTAKE, page="niet-in-behandeling-nemen", at="new"),
    Deed(command="ask_information", who="S", when=_INTAKE, page="informatie-vragen", at="new"),
    Deed(command="answer_information", who="M", when=_INTAKE, page="vraag-beantwoorden", at="new"),
    Deed(command="merge", who="S", when=("INTAKE", "VISIT"), page="samenvoegen", at="new"),
    Deed(command="assign", who="S", when=_ASSIGNMENT, page="adviseur-toewijzen", at="given"),
    _deed("reassign", "S", _GIVEN, "andere-adviseur"),
    _deed("stop", "S", _GIVEN, "stoppen"),
    _deed("step_back", "S", _GIVEN, "fase-terug"),
    _deed("redact", "S", _ANY, "zwart-maken", "event"),
    Deed(command="reopen", who="S", when=("CLOSED", "CLOSED"), page="heropenen", at="withdrawn"),
    _deed("link_request", "SA", _ANY, "koppelen"),
    _deed("change_municipalities", "SR", _OPEN, "gemeenten-wijzigen"),
    # An advisor takes it on, and leads.
    Deed(command="accept_assignment", who="C", when=_GIVEN, page="aanvraag-aannemen", at="given"),
    Deed(command="decline_assignment", who="C", when=_GIVEN, page="aanvraag-niet-aannemen", at="given"),
    _deed("return_assignment", "A", _UNDER_WAY, "aanvraag-teruggeven"),
    _deed("skip_visit", "A", ("VISIT", "VISIT"), "geen-adviesgesprek"),
    _deed("want_kickoff", "A", _UNDER_WAY, "startbijeenkomst-toevoegen"),
    _deed("drop_kickoff", "A", _UNDER_WAY, "startbijeenkomst-vervalt", "kickoff"),
    _deed("settle_question", "A", ("ASSIGNMENT", "FOLLOW_UP"), "uitkomst-van-vraag", "question"),
    _deed("finish_support", "A", ("VISIT", "FOLLOW_UP"), "ondersteuning-afronden"),
    # The municipality that asked.
    _deed("amend", "M", ("INTAKE", "FOLLOW_UP"), "wijzigen"),
    _deed("withdraw", "M", _OPEN, "intrekken"),
    _deed("change_contact", "MA", _OPEN, "contactpersoon"),
    _deed("pause", "ASM", _OPEN, "pauzeren"),
    _deed("resume", "ASM", _OPEN, "verdergaan"),
    # Advisor and municipality arrange and agree.
    _deed("propose_moments", "AM", _UNDER_WAY, "momenten-voorstellen"),
    _deed("choose_moment", "AM", _UNDER_WAY, "moment-kiezen", "proposal"),
    _deed("ask_other_moments", "AM", _UNDER_WAY, "andere-momenten", "proposal"),
    _deed("plan_meeting", "AM", _UNDER_WAY, "bijeenkomst-plannen"),
    _deed("reschedule_meeting", "AM", _UNDER_WAY, "bijeenkomst-verzetten", "planned"),
    _deed("cancel_meeting", "AM", _UNDER_WAY, "bijeenkomst-afzeggen", "planned"),
    _deed("invite", "AM", _UNDER_WAY, "uitnodigen", "planned"),
    _deed("report_meeting", "AM", _UNDER_WAY, "verslag", "begun"),
    _deed("amend_report", "AM", _UNDER_WAY, "verslag-verbeteren", "reported"),
    _deed("add_partner", "AM", _UNDER_WAY, "partner-toevoegen"),
    _deed("update_partner", "AM", _UNDER_WAY, "partner-wijzigen", "partner"),
    _deed("remove_partner", "AM", _UNDER_WAY, "partner-verwijderen", "partner"),
    _deed("agree_ambition", "AM", _UNDER_WAY, "ambitie-toevoegen"),
    _deed("drop_ambition", "AM", _UNDER_WAY, "ambitie-vervalt", "ambition"),
    _deed("agree_goal", "AM", _UNDER_WAY, "doel-toevoegen"),
    _deed("revise_goal", "AM", _UNDER_WAY, "doel-wijzigen", "goal"),
    _deed("drop_goal", "AM", _UNDER_WAY, "doel-vervalt", "goal"),
    _deed("agree_action", "AM", _UNDER_WAY, "actie-toevoegen"),
    _deed("reassign_action", "AM", _UNDER_WAY, "actie-aan-een-ander", "action"),
    _deed("hand_over_action", "AM", _UNDER_WAY, "actie-overdragen", "action"),
    # Supporting parties too, for what is theirs.
    _deed("set_seat", "AMU", _UNDER_WAY, "plek-voor-ouders", "seat"),
    _deed("end_seat", "AMU", _UNDER_WAY, "plek-voor-ouders-beeindigen", "seat"),
    _deed("share", "ASU", _GIVEN, "delen"),
    # Whoever owns an action; whoever was invited; whoever takes part.
    _deed("complete_action", _OWNERS, _UNDER_WAY, "actie-gedaan", "action"),
    _deed("extend_action", _OWNERS, _UNDER_WAY, "actie-andere-datum", "action"),
    _deed("drop_action", _OWNERS, _UNDER_WAY, "actie-vervalt", "action"),
    _deed("hand_back_action", _OWNERS, _UNDER_WAY, "actie-niet-van-mij", "action"),
    _deed("reopen_action", _OWNERS, _UNDER_WAY, "actie-heropenen", "action"),
    _deed("respond", "P", _UNDER_WAY, "uitnodiging-beantwoorden", "invitation"),
    Deed(
        command="check_in",
        who="MRA",
        when=("EMBEDDING", "EMBEDDING"),
        page="terugblik",
        about="check_in",
        at="finished",
    ),
    Deed(command="evaluate", who=_EVERYONE, when=("FOLLOW_UP", "CLOSED"), page="evalueren", at="finished"),
    _deed("ask", _EVERYONE, _ANY, "vraag-stellen"),
    _deed("reply", _EVERYONE, _ANY, "antwoorden", "message"),
    _deed("note", _EVERYONE, _ANY, "notitie"),
)
PARTS_THAT_ARE_HIDDEN: Final = (
    ("antwoorden", "internal_message", IN_PROGRAMME),
    ("actie-gedaan", "partners_action", WHOLE),
)
"""The page of a deed about a part that only these may read: for all others that part is not there."""
