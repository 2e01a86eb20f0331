"""What an advisor does, each on a page of its own: the form, what it records, and what it says when it cannot."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from domain.goals import AgreeGoal
from domain.parts import MeetingStatus, ProposalStatus
from domain.talking import Settlement, SettleQuestion
from domain.words import Desk, MeetingKind, SeatForm, Side, Stage
from service.pages.deeds import DEEDS
from tests.pages import PagesHouse
from tests.service.pages.support import asked, under_way

NEXT_YEAR = f"{datetime.now(UTC).year + 1}"
FIRST_FIELD = re.compile(r'name="day1"\s+value="([^"]+)"')


async def test_an_advisor_takes_on_a_request_only_with_the_declaration(pages: PagesHouse) -> None:
    support = await asked(pages)
    advisor = await pages.visitor("advisor1")
    await advisor.get(support.page("aanvraag-aannemen"))
    assert "Wij zoeken hulp bij de start." in advisor.shown

    refused = await advisor.post(support.page("aanvraag-aannemen"))
    assert refused.status_code == 422
    assert "Fout:" in advisor.shown

    await advisor.post(support.page("aanvraag-aannemen"), {"noOwnInterest": "yes"})
    assert (await support.request()).stage is Stage.VISIT


async def test_moments_are_suggested_on_working_days_and_proposed(pages: PagesHouse) -> None:
    support = await under_way(pages)
    advisor = await pages.visitor("advisor1")
    await advisor.get(support.page("momenten-voorstellen"))
    suggestion = FIRST_FIELD.search(advisor.shown)
    assert suggestion
    day = datetime.strptime(suggestion[1], "%d-%m-%Y").date()
    assert pages.parts.calendar.is_working_day(day)

    sent = {"what": "VISIT", "day1": suggestion[1], "time1": "10.00", "day3": f"2 maart {NEXT_YEAR}", "time3": "14u30"}
    await advisor.post(support.page("momenten-voorstellen"), sent)
    [proposal] = (await support.request()).proposals.values()
    assert proposal.status is ProposalStatus.OPEN
    assert len(proposal.moments) == 2


async def test_a_moment_that_has_passed_is_told_at_its_own_row(pages: PagesHouse) -> None:
    support = await under_way(pages)
    advisor = await pages.visitor("advisor1")
    await advisor.get(support.page("momenten-voorstellen"))
    sent = {"what": "VISIT", "day1": f"2-3-{NEXT_YEAR}", "time1": "10", "day4": "2-3-2020", "time4": "10"}
    await advisor.post(support.page("momenten-voorstellen"), sent)
    assert 'href="#day4"' in advisor.shown
    assert "Dit moment is voorbij." in advisor.shown
    assert 'value="2-3-2020"' in advisor.shown


async def test_what_was_agreed_by_phone_is_planned_for_the_municipality(pages: PagesHouse) -> None:
    support = await under_way(pages)
    advisor = await pages.visitor("advisor1")
    await advisor.get(f"{support.page('bijeenkomst-plannen')}?namens=MUNICIPALITY")
    sent = {
        "what": "VISIT",
        "day": f"2-3-{NEXT_YEAR}",
        "time": "10",
        "heard": "PHONE",
        "heardOn": f"{datetime.now(UTC):%d-%m-%Y}",
    }
    await advisor.post(support.page("bijeenkomst-plannen"), sent)
    [meeting] = (await support.request()).meetings.values()
    assert meeting.kind is MeetingKind.VISIT
    assert meeting.status is MeetingStatus.PLANNED
    assert meeting.organiser is Side.MUNICIPALITY


async def test_partner_ambition_goal_and_action_are_agreed_one_after_the_other(pages: PagesHouse) -> None:
    support = await under_way(pages)
    advisor = await pages.visitor("advisor1")

    await advisor.get(support.page("partner-toevoegen"))
    sent = {"organisation": "Wijkteam", "domain": "SOCIAL", "contactEmail": "wijkteam@venlo.test", "then": "another"}
    again = await advisor.post(support.page("partner-toevoegen"), sent)
    assert again.url.path.endswith("/partner-toevoegen")
    await advisor.get(support.page("ambitie-toevoegen"))
    await advisor.post(support.page("ambitie-toevoegen"), {"text": "Geen kind begint met schulden."})
    request = await support.request()
    [partner], [ambition] = request.partners, request.ambitions

    await advisor.get(support.page("doel-toevoegen", ambition))
    goal = {"text": "Minder geldzorgen", "shows": "Het aantal verwijzingen", "due": f"1-6-{NEXT_YEAR}"}
    await advisor.post(support.page("doel-toevoegen"), {**goal, "ambition": ambition})
    [goal_id] = (await support.request()).goals
    await advisor.get(support.page("actie-toevoegen", goal_id))
    action = {"title": "Kaart maken", "owner": f"PARTNER:{partner}", "due": f"1-5-{NEXT_YEAR}", "goal": goal_id}
    await advisor.post(support.page("actie-toevoegen"), action)

    request = await support.request()
    assert request.goals[goal_id].ambition == ambition
    [agreed] = request.actions.values()
    assert (agreed.goal, agreed.owner.desk, agreed.owner.partner) == (goal_id, Desk.PARTNER, partner)
    assert request.partners[partner].contact is not None


async def test_a_seat_that_is_searched_for_needs_who_and_by_when(pages: PagesHouse) -> None:
    support = await under_way(pages)
    advisor = await pages.visitor("advisor1")
    await advisor.get(support.page("plek-voor-ouders"))
    seat = {"body": "LOCAL_COALITION", "form": "SEARCHING"}
    await advisor.post(support.page("plek-voor-ouders"), seat)
    assert 'href="#searchBy"' in advisor.shown
    assert 'href="#searchDue"' in advisor.shown

    await advisor.post(
        support.page("plek-voor-ouders"), {**seat, "searchBy": "ADVISOR", "searchDue": f"1-3-{NEXT_YEAR}"}
    )
    [agreed] = (await support.request()).seats.values()
    assert agreed.form is SeatForm.SEARCHING


async def test_finishing_shows_first_what_blocks_and_then_what_needs_a_reason(pages: PagesHouse) -> None:
    support = await under_way(pages)
    advisor = await pages.visitor("advisor1")
    await advisor.get(support.page("ondersteuning-afronden"))
    assert "Dit moet eerst" in advisor.shown
    assert "Eén vraag heeft nog geen uitkomst." in advisor.shown
    assert "Terugblik 1" not in advisor.shown

    question = next(iter((await support.request()).questions))
    await support.give(
        "advisor1", SettleQuestion(question=question, settlement=Settlement.ANSWERED, result="Zo begint u.")
    )
    await advisor.get(support.page("ondersteuning-afronden"))
    refused = await advisor.post(support.page("ondersteuning-afronden"), {"by1": "MUNICIPALITY", "reason": ""})
    assert refused.status_code == 422
    assert 'href="#reason"' in advisor.shown

    opens = (datetime.now(UTC) + timedelta(days=190)).strftime("%d-%m-%Y")
    sent = {"opensOn1": opens, "by1": "MUNICIPALITY", "reason": "De coalitie zoekt zelf ouders."}
    await advisor.post(support.page("ondersteuning-afronden"), sent)
    request = await support.request()
    assert request.stage is Stage.EMBEDDING
    assert len(request.check_ins) == 1


@pytest.mark.parametrize("who", ["venlo", "advisor2"])
@pytest.mark.parametrize("command", ["report_meeting", "skip_visit", "finish_support", "settle_question"])
async def test_what_is_the_advisors_alone_is_kept_from_others(pages: PagesHouse, who: str, command: str) -> None:
    support = await under_way(pages)
    request = await support.request()
    visitor = await pages.visitor(who)
    part = next(iter(request.questions)) if command == "settle_question" else ""
    answer = await visitor.get(support.page(DEEDS[command], part))
    assert answer.status_code in ({404} if who == "advisor2" else {403, 404, 409})


async def test_a_goal_that_changed_meanwhile_says_so_and_keeps_what_was_typed(pages: PagesHouse) -> None:
    support = await under_way(pages)
    due = (datetime.now(UTC) + timedelta(days=90)).date()
    await support.give("advisor1", AgreeGoal(text="Eerst", shows="Iets", due=due))
    [goal] = (await support.request()).goals
    advisor, colleague = await pages.visitor("advisor1"), await pages.visitor("venlo")
    for visitor in (advisor, colleague):
        await visitor.get(support.page("doel-wijzigen", goal))
    typed = {"shows": "Iets", "due": due.isoformat()}
    await colleague.post(support.page("doel-wijzigen"), {**typed, "text": "Van de gemeente"})
    await advisor.post(support.page("doel-wijzigen"), {**typed, "text": "Van de adviseur"})
    assert "Van de adviseur" in advisor.shown
    assert "Doel gewijzigd" in advisor.shown
    assert (await support.request()).goals[goal].text == "Van de gemeente"
