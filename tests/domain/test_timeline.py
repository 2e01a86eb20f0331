"""The past of a request: everybody reads what is for everyone, or only what they have a share in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from domain.assignment import AcceptAssignment, Assign, DeclineAssignment, NotAcceptedReason
from domain.command import Actor
from domain.embedding import Evaluate
from domain.ending import Withdraw
from domain.handing_over import ReturnAssignment
from domain.intake import Accept, AnswerInformation, AskInformation
from domain.inviting import Invite
from domain.parts import SharedKind
from domain.redaction import Redact
from domain.resting import PauseReason, PauseRequest, Resume
from domain.talking import Ask, Reply, Share, TakeNote
from domain.text import BLACKENED, PartId
from domain.timeline import TimelineItem, plain, timeline
from domain.views import view
from domain.words import Audience, Capacity, Desk, Domain, MeetingKind
from tests.domain.agreements import (
    BURGERKRACHT,
    action,
    agreed,
    each_owner,
    owned_by_partner,
    partner,
    partner_person,
    seat,
    supporter,
)
from tests.domain.journey import (
    ADVISOR_PERSON,
    MAASTRICHT,
    OTHER_ADVISOR,
    PEEL_EN_MAAS,
    Journey,
    advisor,
    behalf,
    maastricht,
    other_advisor,
    peel_en_maas,
    staff,
    submission,
    submitted,
    under_way,
    venlo,
)
from tests.domain.leaks import leaks
from tests.domain.meetings import plan, reported, responds, with_invited

SECRET = "alleen-voor-het-programma"


def told(journey: Journey, actor: Actor) -> tuple[TimelineItem, ...]:
    """The past as this actor may read it."""
    return timeline(journey.log, journey.request, actor)


def types(items: tuple[TimelineItem, ...]) -> list[str]:
    """What happened, by name."""
    return [item.type for item in items]


def eventful() -> tuple[Journey, PartId]:
    """A life with something secret in everything that is the programme's, up to the withdrawal; and a partner in it."""
    journey = Journey()
    journey.give(maastricht, submission(lead_municipality=MAASTRICHT, participating=(PEEL_EN_MAAS,)))
    journey.give(staff, Accept(exception_reason=SECRET, lead_advisor=OTHER_ADVISOR))
    journey.give(other_advisor, DeclineAssignment(reason=NotAcceptedReason.OWN_INTEREST, text=SECRET))
    journey.give(staff, Assign(lead_advisor=ADVISOR_PERSON))
    journey.give(advisor, AcceptAssignment(no_own_interest=True))
    journey.give(advisor, TakeNote(text=SECRET, internal=True))
    question = agreed(journey, Ask(to=Desk.STAFF, text=SECRET, internal=True))
    journey.give(staff, Reply(message=question, text=SECRET))
    midwives = agreed(journey, partner(contact="p:midwife"))
    agreed(journey, seat(supported_by=BURGERKRACHT))
    meeting = agreed(journey, plan(MeetingKind.SESSION))
    journey.give(advisor, Invite(meeting=meeting, partners=(midwives,)))
    agreed(journey, action(owner=owned_by_partner(midwives)))
    reported(journey, meeting)
    journey.until(datetime(2027, 1, 25, 9, tzinfo=journey.now.tzinfo))
    journey.give(advisor, ReturnAssignment(reason=NotAcceptedReason.NO_TIME, text=SECRET))
    journey.give(maastricht, Withdraw(reason=SECRET))
    journey.give(maastricht, Evaluate(text=SECRET))
    return journey, midwives


OUTSIDE = ("lead", "participant", "partner", "supporter")


def outsider(which: str, midwives: PartId) -> Actor:
    """Somebody on the request who is not of the programme."""
    return {
        "lead": maastricht,
        "participant": peel_en_maas,
        "partner": partner_person(midwives),
        "supporter": supporter,
    }[which]


@pytest.mark.parametrize("which", OUTSIDE)
def test_rule_18_every_event_has_an_audience_and_reaches_nobody_else(which: str) -> None:
    journey, midwives = eventful()
    actor = outsider(which, midwives)
    of_the_programme = {event.seq for event in journey.log if event.fact.heard_by() is Audience.PROGRAMME}

    items = told(journey, actor)

    assert items
    assert of_the_programme.isdisjoint(item.seq for item in items)
    assert SECRET not in repr((items, view(journey.request, actor)))
    assert leaks(journey.request, journey.log, actor) == []


@pytest.mark.parametrize("which", OUTSIDE)
def test_rule_18_an_advisor_who_declined_is_never_named_outside_the_programme(which: str) -> None:
    journey, midwives = eventful()
    actor = outsider(which, midwives)

    assert OTHER_ADVISOR not in repr((told(journey, actor), view(journey.request, actor)))


def test_a_leak_would_be_seen() -> None:
    journey, _ = eventful()
    note = next(one for one in journey.request.notes.values() if one.internal)
    open_by_mistake = replace(journey.request, notes={note.id: replace(note, internal=False)})

    assert leaks(open_by_mistake, journey.log, peel_en_maas) == [f"the words {SECRET!r}"]
    assert leaks(open_by_mistake, journey.log, staff) == []


def test_the_programme_reads_every_event_in_order() -> None:
    journey, _ = eventful()

    assert [item.seq for item in told(journey, staff)] == list(range(1, journey.request.version + 1))
    assert repr(told(journey, staff)).count(SECRET) == 8


def test_a_stranger_reads_nothing() -> None:
    assert told(submitted(), maastricht) == ()


def test_an_item_says_who_for_whom_and_when() -> None:
    journey = submitted()
    journey.give(staff, AskInformation(text="Welke wijken?"))
    journey.give(staff, AnswerInformation(text="Alle.", on_behalf=behalf(Capacity.MUNICIPALITY, person="p:colleague")))

    item = told(journey, venlo)[-1]

    assert (item.type, item.by, item.capacity) == ("InformationAnswered", "p:staff", Capacity.STAFF)
    assert item.on_behalf
    assert item.on_behalf.of is Capacity.MUNICIPALITY
    assert item.at == journey.now
    assert item.data == {"text": "Alle."}
    assert item.people == ("p:colleague", "p:staff")


def test_data_are_plain_json() -> None:
    first, question, determined = told(submitted(), venlo)

    assert first.data["received_on"] == "2026-11-02"
    assert first.data["participating"] == []
    assert first.data["preferred_period"] is None
    assert first.data["new_coalition"] is True
    assert question.data == {"kind": "START", "text": None}
    assert determined.data["outcomes"] == {"GM0983": "ELIGIBLE"}


def test_times_are_in_utc_and_terms_stay_inside() -> None:
    journey = under_way()
    meeting = agreed(journey, plan())
    journey.give(staff, PauseRequest(reason=PauseReason.ELECTIONS))
    journey.give(staff, Resume())

    items = {item.type: item for item in told(journey, staff)}

    assert items["MeetingPlanned"].id == meeting
    assert items["MeetingPlanned"].data["starts_at"] == "2026-11-10T09:00:00Z"
    assert items["RequestResumed"].data == {}


def test_redacted_words_are_blackened() -> None:
    journey = submitted()
    journey.give(staff, Redact(seq=1))

    assert told(journey, venlo)[0].data["text"] == BLACKENED


def test_a_partner_reads_what_is_about_itself() -> None:
    journey, meeting, (own, other) = with_invited(Domain.MEDICAL, Domain.SOCIAL)
    for one in (own, other):
        journey.give(partner_person(one), responds(meeting, text=f"van {one}"))
        agreed(journey, action(owner=owned_by_partner(one)))
    reported(journey, meeting)

    items = timeline(journey.log, journey.request, Actor(person="p:own", partners=frozenset({own})))

    assert types(items) == [
        "PartnerAdded",
        "MeetingPlanned",
        "PartnerInvited",
        "PartnerResponded",
        "ActionAgreed",
        "MeetingReported",
    ]
    assert other not in repr(items)


def test_a_partner_reads_what_it_was_asked_and_what_was_answered() -> None:
    journey, _, (own, _) = with_invited(Domain.MEDICAL, Domain.SOCIAL)
    question = agreed(journey, Ask(to=Desk.PARTNER, partner=own, text="Lukt het?"))
    agreed(journey, Ask(to=Desk.MUNICIPALITY, text="En bij u?"))
    journey.give(partner_person(own), Reply(message=question, text="Ja."))

    assert types(told(journey, partner_person(own)))[-2:] == ["MessageAsked", "MessageReplied"]


def test_a_supporting_party_reads_what_is_shared_its_seats_and_its_own_actions() -> None:
    journey, _ = each_owner()
    journey.give(advisor, Share(kind=SharedKind.METHOD, title="Werkvorm", link="https://example.org"))

    assert types(told(journey, supporter)) == ["SeatSet", "ActionAgreed", "ItemShared"]


def test_everybody_reads_what_they_did_themselves() -> None:
    journey, _ = each_owner()
    journey.give(supporter, TakeNote(text="Wij zoeken verder."))

    assert told(journey, supporter)[-1].data == {"internal": False, "text": "Wij zoeken verder."}


def test_codes_in_sets_are_written_in_order() -> None:
    assert plain(frozenset({Desk.STAFF, Desk.ADVISOR})) == ["ADVISOR", "STAFF"]
    assert plain(date(2026, 11, 2)) == "2026-11-02"
    assert plain(0.5) == 0.5
