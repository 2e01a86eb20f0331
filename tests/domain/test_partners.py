"""Partners: an organisation takes part once per domain, and who leaves leaves no action behind."""

from __future__ import annotations

from domain import refusal
from domain.action_owners import ActionReassigned, HandOverAction
from domain.actions import CompleteAction
from domain.command import Command
from domain.owners import ONE_OWNER, OWNER_NOT_HERE
from domain.partners import (
    ACTIONS_NEED_OWNER,
    PARTNER_TWICE,
    PartnerRemoved,
    RemovePartner,
    UpdatePartner,
    organisation_id,
)
from domain.parts import Owner, Search
from domain.tasks import open_tasks
from domain.text import PartId
from domain.words import Desk, Domain
from tests.domain.agreements import (
    IN_MARCH,
    THE_ADVISOR,
    action,
    agreed,
    owned_by_municipality,
    owned_by_partner,
    partner,
    partner_person,
    refused,
    searching,
    seat,
)
from tests.domain.journey import MAASTRICHT, REQUEST_ID, Journey, advisor, maastricht, under_way, venlo

NOBODY = f"{REQUEST_ID}/999"


def with_partner() -> tuple[Journey, PartId]:
    """A request under way with one partner."""
    journey = under_way()
    return journey, agreed(journey, partner())


def test_an_organisation_becomes_a_partner_with_what_is_known_of_it() -> None:
    journey = under_way()
    added = agreed(journey, partner(role_agreement="Signaleert", champion_of="armoede", contact="p:midwife"), venlo)
    known = journey.request.partners[added]
    assert (known.organisation, known.domain) == ("Verloskundigen Venlo", Domain.MEDICAL)
    assert (known.role_agreement, known.champion_of, known.contact) == ("Signaleert", "armoede", "p:midwife")
    assert not known.removed


def test_a_working_address_is_not_required() -> None:
    journey, added = with_partner()
    assert journey.request.partners[added].contact is None


def test_an_organisation_takes_part_once_in_a_domain_however_its_name_is_written() -> None:
    journey, _ = with_partner()
    refused(journey, advisor, partner(organisation=" verloskundigen   VENLO "), PARTNER_TWICE, "organisation")
    agreed(journey, partner(domain=Domain.SOCIAL))
    assert len(journey.request.partners) == 2


def test_a_removed_organisation_may_come_back() -> None:
    journey, first = with_partner()
    journey.give(advisor, RemovePartner(partner=first))
    again = agreed(journey, partner())
    assert set(journey.request.partners) == {again}


def test_an_organisation_has_one_id_whatever_its_capitals_and_spaces() -> None:
    assert organisation_id(" GGD  Limburg-Noord") == organisation_id("ggd limburg-noord")
    assert organisation_id("GGD Limburg-Noord") != organisation_id("GGD Zuid Limburg")


def updated(which: PartId, **changes: object) -> UpdatePartner:
    """The partner as it was added, but for these changes."""
    given: dict[str, object] = {"organisation": "Verloskundigen Venlo", "domain": Domain.MEDICAL, **changes}
    return UpdatePartner(partner=which, **given)  # type: ignore[arg-type] # fields of the command, some changed


def test_a_partner_is_from_then_on_as_was_said() -> None:
    journey = under_way()
    added = agreed(journey, partner(contact="p:midwife"))
    journey.give(venlo, updated(added, role_agreement="Verwijst door"))
    known = journey.request.partners[added]
    assert (known.role_agreement, known.contact) == ("Verwijst door", None)


def test_a_partner_may_not_become_another_that_is_there() -> None:
    journey, _ = with_partner()
    other = agreed(journey, partner(organisation="Wijkteam"))
    refused(journey, advisor, updated(other), PARTNER_TWICE, "organisation")


def test_a_partner_that_is_gone_cannot_be_changed_or_removed() -> None:
    journey, added = with_partner()
    journey.give(advisor, RemovePartner(partner=added))
    commands: tuple[Command, ...] = (updated(added), RemovePartner(partner=added), RemovePartner(partner=NOBODY))
    for command in commands:
        refused(journey, advisor, command, refusal.NO_SUCH_PART, "partner")


def test_a_partner_without_open_actions_simply_goes() -> None:
    journey, added = with_partner()
    done = agreed(journey, action(owner=owned_by_partner(added)))
    journey.give(advisor, CompleteAction(action=done))
    events = journey.give(venlo, RemovePartner(partner=added))
    assert [event.type for event in events] == ["PartnerRemoved"]
    assert added not in journey.request.partners


def test_removing_a_partner_says_who_takes_its_open_actions() -> None:
    journey, added = with_partner()
    theirs = agreed(journey, action(owner=owned_by_partner(added)))
    others = agreed(journey, action(owner=owned_by_municipality()))
    said = refused(journey, advisor, RemovePartner(partner=added), ACTIONS_NEED_OWNER, "actionsTo")
    assert "(1)" in said.sentence("nl")
    events = journey.give(advisor, RemovePartner(partner=added, actions_to=THE_ADVISOR))
    assert [event.fact for event in events] == [
        ActionReassigned(action=theirs, owner=THE_ADVISOR),
        PartnerRemoved(partner=added),
    ]
    assert journey.request.actions[theirs].owner == THE_ADVISOR
    assert journey.request.actions[others].owner == owned_by_municipality()


def test_who_takes_the_actions_stays_and_takes_part() -> None:
    journey, added = with_partner()
    agreed(journey, action(owner=owned_by_partner(added)))
    takers = {
        owned_by_partner(added): ACTIONS_NEED_OWNER,
        owned_by_partner(NOBODY): OWNER_NOT_HERE,
        owned_by_municipality(MAASTRICHT): OWNER_NOT_HERE,
    }
    for taker, reason in takers.items():
        refused(journey, advisor, RemovePartner(partner=added, actions_to=taker), reason, "actionsTo")
    both = Owner(desk=Desk.ADVISOR, partner=added)
    refused(journey, advisor, RemovePartner(partner=added, actions_to=both), ONE_OWNER, "actionsTo.partner")


def test_what_a_removed_partner_looked_for_goes_to_the_lead_advisor() -> None:
    journey, added = with_partner()
    agreed(journey, searching(search=Search(by=owned_by_partner(added), due=IN_MARCH)))
    seeking = [task for task in open_tasks(journey.request) if task.kind == "SEEK_PARENTS"]
    assert [task.assignee.partner for task in seeking] == [added]
    journey.give(advisor, RemovePartner(partner=added))
    seeking = [task for task in open_tasks(journey.request) if task.kind == "SEEK_PARENTS"]
    assert [task.assignee.desk for task in seeking] == [Desk.ADVISOR]


def test_partners_are_the_advisors_and_the_municipalitys_to_change() -> None:
    journey, added = with_partner()
    for actor in (maastricht, partner_person(added)):
        refused(journey, actor, RemovePartner(partner=added), refusal.NOT_YOURS)


def test_a_partner_changed_since_is_not_changed_unseen() -> None:
    journey, added = with_partner()
    seen = journey.request.version
    agreed(journey, seat())
    journey.give(venlo, updated(added, role_agreement="Verwijst door"), based_on=seen)
    refused(journey, advisor, RemovePartner(partner=added), refusal.STALE, based_on=seen)


def test_the_log_makes_the_same_partners_again() -> None:
    journey, added = with_partner()
    theirs = agreed(journey, action(owner=owned_by_partner(added)))
    journey.give(advisor, updated(added, champion_of="taal"))
    journey.give(advisor, HandOverAction(action=theirs))
    journey.give(advisor, RemovePartner(partner=added))
    assert journey.refolded() == journey.request
