"""What is sent is read strictly: every fault at once, by field, and nothing that JSON leaves open stays open."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.command import Actor
from domain.refusal import Refusal
from domain.submitting import Submit
from service.api.bodies import Given, by_people, commands, submission, to_command
from storage.accounts import Account
from tests.service.api import builders

REQUEST = "0a1b2c3d-0000-4000-8000-000000000000"
ACCOUNT = Account(id=UUID(int=1), person="person:1", actor=Actor(person="person:1"), name="An", email="an@venlo.test")


def read_submission(**changed: Any) -> Given:
    return to_command(submission().read(json.dumps(builders.submission(**changed)).encode()), ACCOUNT, "key")


def read_command(**body: Any) -> Given:
    return to_command(commands().read(json.dumps(body).encode()), ACCOUNT, "key")


def faults(refused: pytest.ExceptionInfo[Refusal]) -> list[tuple[str | None, str]]:
    refusal = refused.value
    return [(one.field, one.code) for one in (refusal, *refusal.others)]


def propose(**changed: Any) -> dict[str, Any]:
    body = {"type": "propose_moments", "kind": "VISIT", "levels": ["OPERATIONAL"], "place": "Stadhuis"}
    return {**body, "moments": ["2027-03-01T09:00:00+01:00"], **changed}


def test_a_sound_submission_becomes_the_command_and_the_person_it_names() -> None:
    given = read_submission()

    assert isinstance(given.command, Submit)
    assert given.command.imported is False
    [(person, card)] = given.people.items()
    assert given.command.contact == person
    assert (card.name, card.email) == ("An Jansen", "an.jansen@venlo.test")


def test_the_same_key_names_the_same_person_and_another_account_another() -> None:
    body = submission().read(json.dumps(builders.submission()).encode())
    other = replace(ACCOUNT, id=UUID(int=2))

    named = [to_command(body, account, key).people.keys() for account, key in ((ACCOUNT, "a"), (ACCOUNT, "a"))]
    elsewhere = [to_command(body, account, key).people.keys() for account, key in ((ACCOUNT, "b"), (other, "a"))]

    assert named[0] == named[1]
    assert named[0].isdisjoint(elsewhere[0] | elsewhere[1])


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"text": ...}, [("text", "MISSING")]),
        ({"text": "  "}, [("text", "EMPTY")]),
        ({"text": "a" * 4001}, [("text", "TOO_LONG")]),
        ({"text": "a\x00b"}, [("text", "CONTROL_CHARACTER")]),
        ({"text": "a\x1bb"}, [("text", "CONTROL_CHARACTER")]),
        ({"text": 7}, [("text", "WRONG_TYPE")]),
        ({"texts": "x"}, [("texts", "UNKNOWN_FIELD")]),
        ({"imported": True}, [("imported", "UNKNOWN_FIELD")]),
        ({"lead_municipality": "GM0983"}, [("lead_municipality", "UNKNOWN_FIELD")]),
        ({"leadMunicipality": "Venlo"}, [("leadMunicipality", "WRONG_FORM")]),
        ({"coalition": {"name": "x", "size": 3}}, [("coalition.size", "UNKNOWN_FIELD")]),
        ({"coalition": []}, [("coalition", "WRONG_TYPE")]),
        ({"questions": [{"kind": "STARTS"}]}, [("questions.0.kind", "NO_CHOICE")]),
        ({"questions": "START"}, [("questions", "WRONG_TYPE")]),
        ({"preferredPeriod": {"start": "1-3-2027", "end": "2027-04-01"}}, [("preferredPeriod.start", "NO_DATE")]),
        ({"receivedOn": "0001-01-01"}, [("receivedOn", "OUT_OF_RANGE")]),
        ({"receivedOn": "9999-12-31"}, [("receivedOn", "OUT_OF_RANGE")]),
        ({"receivedOn": "2026-02-30"}, [("receivedOn", "NO_DATE")]),
        ({"receivedOn": 1767225600}, [("receivedOn", "NO_DATE")]),
        ({"contact": {}}, [("contact", "EMPTY")]),
        ({"contact": "person:1"}, [("contact", "WRONG_TYPE")]),
        ({"contact": {"email": "an@venlo"}}, [("contact.email", "WRONG_FORM")]),
        ({"contact": {"phone": "bel mij"}}, [("contact.phone", "WRONG_FORM")]),
        ({"contact": {"name": "An\nJansen\x07"}}, [("contact.name", "CONTROL_CHARACTER")]),
        ({"contact": {"bsn": "123456782"}}, [("contact.bsn", "UNKNOWN_FIELD")]),
        ({"type": "accept"}, [("type", "NO_CHOICE")]),
    ],
)
def test_a_fault_has_its_field_and_its_code(changed: dict[str, Any], found: list[tuple[str, str]]) -> None:
    with pytest.raises(Refusal) as refused:
        read_submission(**changed)

    assert faults(refused) == found


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(Refusal) as refused:
        read_submission(text=..., questions=[{"kind": "X"}], contact={"email": "x"}, extra=1)

    assert set(faults(refused)) == {
        ("text", "MISSING"),
        ("questions.0.kind", "NO_CHOICE"),
        ("contact.email", "WRONG_FORM"),
        ("extra", "UNKNOWN_FIELD"),
    }


@pytest.mark.parametrize(
    "sent",
    [b"", b"{", b"\xff\xfe", b'{"text": "\\ud800"}', b'{"text": "a\x00b"}', b"[" * 5000, b'{"text": "a" "b"}', b"{}{}"],
)
def test_what_is_no_json_is_one_fault(sent: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        commands().read(sent)

    assert faults(refused) == [(None, "INVALID_JSON")]


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        (b"{}", ("type", "MISSING")),
        (b'{"type": "destroy"}', ("type", "UNKNOWN_COMMAND")),
        (b'{"type": "pass_time"}', ("type", "UNKNOWN_COMMAND")),
        (b'{"type": "follow_merger"}', ("type", "UNKNOWN_COMMAND")),
        (b'{"type": "receive_merged"}', ("type", "UNKNOWN_COMMAND")),
        (b'{"type": "submit"}', ("type", "UNKNOWN_COMMAND")),
        (b'{"type": NaN}', ("type", "UNKNOWN_COMMAND")),
        (b"[]", (None, "WRONG_TYPE")),
        (b"null", (None, "WRONG_TYPE")),
    ],
)
def test_a_command_that_people_cannot_give_is_unknown(sent: bytes, found: tuple[str | None, str]) -> None:
    with pytest.raises(Refusal) as refused:
        commands().read(sent)

    assert faults(refused) == [found]


def test_a_moment_needs_its_zone_and_is_read_in_utc() -> None:
    read: Any = read_command(**propose()).command

    assert read.moments == (datetime(2027, 3, 1, 8, tzinfo=UTC),)


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("2027-03-01T09:00:00", "NO_MOMENT"),
        ("2027-03-01", "NO_MOMENT"),
        ("morgen", "NO_MOMENT"),
        (1772352000, "NO_MOMENT"),
        ("0001-01-01T00:00:00+14:00", "OUT_OF_RANGE"),
        ("9999-12-31T23:59:59-12:00", "OUT_OF_RANGE"),
    ],
)
def test_a_moment_without_a_zone_or_out_of_all_time_is_a_fault(moment: object, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_command(**propose(moments=[moment]))

    assert faults(refused) == [("moments.0", code)]


@pytest.mark.parametrize("flag", ["true", 1, 0, None])
def test_yes_and_no_are_no_words_or_numbers(flag: object) -> None:
    with pytest.raises(Refusal) as refused:
        read_command(type="accept_assignment", noOwnInterest=flag)

    assert faults(refused) == [("noOwnInterest", "WRONG_TYPE")]


def test_every_command_that_people_give_can_be_sent() -> None:
    tags = {str(getattr(kind, "type")) for kind in by_people()}  # noqa: B009 - each has it

    assert set(commands().adapter.json_schema(by_alias=True)["discriminator"]["mapping"]) == tags
