"""Joining: a request goes on in another, requests are linked, and a merged municipality is followed."""

from __future__ import annotations

from dataclasses import replace

from domain import refusal
from domain.action_owners import HandOverAction
from domain.command import CLOCK, OpenRequest
from domain.joining import (
    ALREADY_LINKED,
    OTHER_REQUEST_NOT_OPEN,
    SAME_REQUEST,
    FollowMerger,
    LinkRequest,
    Merge,
    MunicipalityMerged,
    ReceiveMerged,
    moving_along,
)
from domain.moves import allowed
from domain.parts import Search
from domain.submitting import AskedQuestion
from domain.text import MunicipalityCode
from domain.words import Eligibility, Outcome, QuestionKind, Stage
from tests.domain.agreements import (
    IN_MARCH,
    action,
    agreed,
    owned_by_municipality,
    refused,
    searching,
    seat,
    two_municipalities,
)
from tests.domain.journey import (
    FACTS,
    MAASTRICHT,
    MUNICIPAL_PERSON,
    PEEL_EN_MAAS,
    REQUEST_ID,
    VENLO,
    Journey,
    advisor,
    peel_en_maas,
    staff,
    submitted,
    under_way,
    venlo,
)
from tests.domain.stages import at, followed_up

OTHER_ID = "01890000-0000-7000-8000-000000000002"
THEME = AskedQuestion(kind=QuestionKind.THEME, text="Armoede.")


def beside_another(journey: Journey) -> Journey:
    """The same while another request is open."""
    other = OpenRequest(id=OTHER_ID, lead_municipality=VENLO, coalition_id=None)
    journey.facts = replace(FACTS, open_requests=(other,))
    return journey


def after_mergers(journey: Journey, **successors: MunicipalityCode) -> Journey:
    """The same when these municipalities have merged, by old code, and the request was told."""
    journey.facts = replace(FACTS, successors=successors)
    journey.give(CLOCK, FollowMerger())
    return journey


def test_a_request_goes_on_in_another_open_one() -> None:
    journey = beside_another(submitted())
    journey.give(staff, Merge(into=OTHER_ID, text="We pakken dit samen op."))
    assert journey.request.closing
    assert (journey.request.stage, journey.request.closing.outcome) == (Stage.CLOSED, Outcome.MERGED)
    assert (journey.request.merged_into, journey.request.linked) == (OTHER_ID, (OTHER_ID,))


def test_a_request_merges_into_another_that_is_open() -> None:
    journey = submitted()
    refused(journey, staff, Merge(into=OTHER_ID), OTHER_REQUEST_NOT_OPEN, "into")
    refused(beside_another(journey), staff, Merge(into=REQUEST_ID), SAME_REQUEST, "into")
    refused(beside_another(at(Stage.KICKOFF)), staff, Merge(into=OTHER_ID), refusal.NOT_IN_THIS_STAGE)


def test_open_questions_and_people_move_along() -> None:
    merged = followed_up(participating=(MAASTRICHT,), contact="p:collega")
    merged.request = replace(merged.request, questions={**merged.request.questions, **submitted().request.questions})
    received = replace(moving_along(merged.request), merged=OTHER_ID)
    assert received == ReceiveMerged(
        merged=OTHER_ID,
        questions=(AskedQuestion(kind=QuestionKind.START),),
        contact="p:collega",
        municipalities={VENLO: Eligibility.ELIGIBLE, MAASTRICHT: Eligibility.NOT_ELIGIBLE},
    )
    journey = submitted(questions=(THEME,))
    journey.give(CLOCK, received)
    assert [one.kind for one in journey.request.unsettled] == [QuestionKind.THEME, QuestionKind.START]
    assert journey.request.municipalities == (VENLO, MAASTRICHT)
    assert journey.request.eligibility[MAASTRICHT] is Eligibility.NOT_ELIGIBLE
    assert (journey.request.contact, journey.request.also_told) == (MUNICIPAL_PERSON, ("p:collega",))
    assert (journey.request.merged_from, journey.request.linked) == ((OTHER_ID,), (OTHER_ID,))


def test_a_merged_request_is_received_once_and_known_people_stay_as_they_were() -> None:
    received = ReceiveMerged(merged=OTHER_ID, questions=(), contact=MUNICIPAL_PERSON, municipalities={})
    journey = submitted()
    assert len(journey.give(CLOCK, received)) == 1
    assert journey.give(CLOCK, received) == ()
    assert journey.request.also_told == ()


def test_what_other_requests_bring_is_no_word_of_a_person() -> None:
    journey = under_way()
    quiet_since = journey.request.quiet_since
    received = ReceiveMerged(merged=OTHER_ID, questions=(THEME,), contact=None, municipalities={})
    journey.wait(days=30).give(CLOCK, received)
    assert journey.request.quiet_since == quiet_since


def test_two_requests_are_linked_once() -> None:
    journey = beside_another(submitted())
    journey.give(staff, LinkRequest(other=OTHER_ID))
    assert journey.request.linked == (OTHER_ID,)
    refused(journey, staff, LinkRequest(other=OTHER_ID), ALREADY_LINKED, "other")
    refused(journey, staff, LinkRequest(other=REQUEST_ID), SAME_REQUEST, "other")
    refused(submitted(), staff, LinkRequest(other=OTHER_ID), OTHER_REQUEST_NOT_OPEN, "other")


def test_rule_16_a_merged_municipality_is_followed_by_its_successor_everywhere() -> None:
    journey = two_municipalities()
    open_action = agreed(journey, action(owner=owned_by_municipality(VENLO)))
    handed_over = agreed(journey, action(owner=owned_by_municipality(VENLO)))
    journey.give(advisor, HandOverAction(action=handed_over))
    sought = agreed(journey, searching(search=Search(by=owned_by_municipality(VENLO), due=IN_MARCH)))
    journey.give(advisor, seat())
    after_mergers(journey, **{VENLO: MAASTRICHT})
    request, coalition = journey.request, journey.request.coalition
    assert coalition
    assert request.municipalities == coalition.municipalities == (MAASTRICHT, PEEL_EN_MAAS)
    assert request.actions[open_action].owner == owned_by_municipality(MAASTRICHT)
    assert coalition.handed_over[handed_over].owner == owned_by_municipality(MAASTRICHT)
    search = coalition.seats[sought].search
    assert search
    assert search.by == owned_by_municipality(MAASTRICHT)


def test_rule_16_nobody_loses_access_and_no_decision_changes() -> None:
    journey = after_mergers(submitted(participating=(PEEL_EN_MAAS,)), **{PEEL_EN_MAAS: MAASTRICHT})
    successor = replace(peel_en_maas, municipalities=frozenset({MAASTRICHT}))
    assert "note" in allowed(journey.request, successor)
    assert journey.request.eligibility[MAASTRICHT] is Eligibility.ELIGIBLE
    assert "withdraw" in allowed(journey.request, venlo)


def test_rule_16_a_lead_that_merges_with_a_participant_is_one_municipality() -> None:
    journey = after_mergers(two_municipalities(), **{VENLO: PEEL_EN_MAAS})
    assert journey.request.municipalities == (PEEL_EN_MAAS,)


def test_rule_16_a_successor_that_merged_in_its_turn_is_followed_too() -> None:
    journey = after_mergers(submitted(), **{VENLO: PEEL_EN_MAAS, PEEL_EN_MAAS: MAASTRICHT})
    assert journey.request.lead_municipality == MAASTRICHT


def test_rule_16_what_has_been_followed_gives_nothing_more() -> None:
    journey = after_mergers(submitted(), **{VENLO: MAASTRICHT})
    assert journey.give(CLOCK, FollowMerger()) == ()
    assert len(journey.facts_of(MunicipalityMerged)) == 1
    after_mergers(journey, **{PEEL_EN_MAAS: VENLO})
    assert len(journey.facts_of(MunicipalityMerged)) == 1
    assert journey.refolded() == journey.request
