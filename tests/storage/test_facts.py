"""Facts: what else a command needs to know, found in the tables."""

from __future__ import annotations

import pytest

from domain.command import Command, Facts
from domain.intake import Accept
from domain.joining import FollowMerger, LinkRequest
from domain.reporting import ReportMeeting
from domain.request import SupportRequest
from domain.submitting import CoalitionChoice
from domain.talking import TakeNote
from domain.words import Eligibility, Ground
from storage.facts import gather
from tests.domain.journey import FIRST_DAY, MAASTRICHT, VENLO, submission
from tests.office import Office

MERGER = """
    insert into municipal_merger (old_code, old_name, new_code, on_day, done) values (:old, 'Oud', :new, :day, :done)
"""
LOADED = "insert into eligibility_list (ground, municipalities, loaded_at) values ('REGISTERED', '{GM0983}', now())"
NEW = SupportRequest(id="01890000-0000-7000-8000-000000000001")


async def facts_for(office: Office, command: Command, request: SupportRequest = NEW) -> Facts:
    """What is found for a command."""
    async with office.engine.begin() as connection:
        return await gather(connection, request, command, FIRST_DAY)


async def test_a_note_needs_nothing(office: Office) -> None:
    assert await facts_for(office, TakeNote(text="Zomaar.")) == Facts()


async def test_a_submission_is_judged_by_the_municipalities_and_rules_there_are(office: Office) -> None:
    found = await facts_for(office, submission())
    assert len(found.known_municipalities) == 342
    assert found.lists == {}
    assert [rule.ground for rule in found.eligibility_rules][-1] is Ground.REGISTERED
    assert found.coalition is None


@pytest.mark.parametrize(("lead", "outcome"), [(VENLO, Eligibility.ELIGIBLE), (MAASTRICHT, Eligibility.NOT_ELIGIBLE)])
async def test_rule_01_a_list_that_staff_loaded_decides(office: Office, lead: str, outcome: Eligibility) -> None:
    await office.execute(LOADED)
    who = "venlo" if lead == VENLO else "maastricht"
    request_id = await office.submit(who=who, lead_municipality=lead)
    assert (await office.request(request_id)).eligibility == {lead: outcome}


async def test_rule_01_a_list_that_was_never_loaded_leaves_it_undetermined(office: Office) -> None:
    request_id = await office.submit()
    assert (await office.request(request_id)).eligibility == {VENLO: Eligibility.UNDETERMINED}


async def test_rule_02_a_second_open_request_for_the_same_coalition_is_seen(office: Office) -> None:
    first = await office.submit()
    coalition = await office.coalition(first)
    second = await office.submit(coalition=CoalitionChoice(id=coalition.id))
    assert (await office.request(second)).linked == (first,)


async def test_only_advisors_with_an_open_account_can_be_assigned(office: Office) -> None:
    await office.execute("update account set closed_at = now() where id = :id", id=office.accounts["other_advisor"].id)
    assert (await facts_for(office, Accept())).advisors == {office.person("advisor")}


async def test_the_latest_figure_of_each_sort_is_frozen(office: Office) -> None:
    request = await office.request(await office.submit())
    figures = (await facts_for(office, ReportMeeting(meeting=f"{request.id}/9"), request)).figures
    assert {one.municipality for one in figures} == {VENLO}
    assert len({one.indicator for one in figures}) == len(figures) > 0


async def test_another_request_is_known_only_when_it_is_open(office: Office) -> None:
    one, other = await office.submit(), await office.submit()
    request = await office.request(one)
    assert [twin.id for twin in (await facts_for(office, LinkRequest(other=other), request)).open_requests] == [other]
    await office.execute("update support_request set is_open = false")
    assert (await facts_for(office, LinkRequest(other=other), request)).open_requests == ()


async def test_rule_16_successors_are_those_of_mergers_that_took_effect(office: Office) -> None:
    later = FIRST_DAY.replace(year=2040)
    mergers = {"GM0001": (True, FIRST_DAY), "GM0002": (False, FIRST_DAY), "GM0003": (True, later)}
    for old, (done, day) in mergers.items():
        await office.execute(MERGER, old=old, new=VENLO, day=day, done=done)
    try:
        assert mergers.keys() & (await facts_for(office, FollowMerger())).successors.keys() == {"GM0001"}
    finally:
        await office.execute("delete from municipal_merger where old_code = any(:codes)", codes=[*mergers])
