"""The programme's existing list: refused by line, taken over whole and once."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, datetime
from importlib import resources
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from typer.testing import CliRunner

from domain.assignment import AssignmentAccepted
from domain.importing import MeetingImported, StandingImported
from domain.intake import RequestAccepted
from domain.parts import MeetingStatus
from domain.reporting import MeetingReported
from domain.submitting import RequestSubmitted
from domain.talking import NoteWritten
from domain.tasks import open_tasks
from domain.words import CoalitionKind, Level, QuestionKind, Stage
from domain.working_time import ZONE
from service.cli import app
from service.importing.columns import Column
from service.importing.mistakes import ListRefused
from service.importing.progress import shown_progress
from service.importing.telling import NO_QUESTION
from storage.people import names_of
from tests.service.lists import (
    TODAY,
    advisor,
    count,
    history,
    line,
    member,
    only_request,
    request_ids,
    taken_over,
)

HOUSE = Path(__file__).parents[2]
TEMPLATE = resources.files("service.importing").joinpath("template.csv").read_bytes()


def nine_o_clock(day: date) -> datetime:
    """Nine in the morning in Amsterdam."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)


def said_of(error: ListRefused) -> list[str]:
    """The mistakes, as they are printed."""
    return [str(one) for one in error.mistakes]


# --- Lines that cannot be so -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells_of_line", "mistake"),
    [
        ({"municipality": ""}, "line 2, gemeente: fill this in"),
        ({"submitted_on": ""}, "line 2, ingediend op: fill this in"),
        ({"stage": ""}, "line 2, fase: fill this in"),
        (
            {"stage": "Onderweg"},
            (
                'line 2, fase: "Onderweg" is not known; write one of: aanvraag, adviseur zoeken, '
                "adviesgesprek, startbijeenkomst, vervolgacties, hoe gaat het verder, gesloten"
            ),
        ),
        ({"submitted_on": "03-03-2027"}, "line 2, ingediend op: this day is still to come"),
        ({"last_contact": "03-11-2026"}, "line 2, laatste contact: this day is still to come"),
        ({"visit": "01-03-2025"}, "line 2, adviesgesprek: this is before the request itself (03-03-2025)"),
        ({"stage": "Gesloten"}, "line 2, afloop: fill in how it ended, for the stage is Gesloten"),
        (
            {"outcome": "afgerond"},
            "line 2, afloop: only a request in stage Gesloten has this; change the stage, or leave this empty",
        ),
        (
            {"closed_on": "01-04-2025"},
            "line 2, gesloten op: only a request in stage Gesloten has this; change the stage, or leave this empty",
        ),
        (
            {"stage": "", "outcome": "gestopt", "paused_until": "01-02-2027"},
            "line 2, rust tot: a request in stage Gesloten does not rest; leave this empty",
        ),
        (
            {"stage": "", "outcome": "gestopt", "closed_on": "01-05-2025", "operational": "02-05-2025"},
            "line 2, startbijeenkomst uitvoerend: this is after the request was closed (01-05-2025)",
        ),
        (
            {"stage": "", "outcome": "gestopt", "visit": "01-12-2026"},
            "line 2, adviesgesprek: this day is still to come",
        ),
        (
            {"advisor": "advisor@startloket.test"},
            "line 2, adviseur: a request in stage Aanvraag has no advisor yet; change the stage, or leave this empty",
        ),
        (
            {"advisor": "nobody@startloket.test"},
            'line 2, adviseur: "nobody@startloket.test" is no advisor with an account; open the account first',
        ),
        (
            {"check_in": "01-02-2027"},
            "line 2, terugblik op: only a request in stage Hoe gaat het verder has this; leave this empty",
        ),
        ({"mail": "venlo"}, 'line 2, e-mail: "venlo" is no mail address'),
        ({"phone": "0" * 201}, "line 2, telefoon: it is longer than 200 characters"),
        ({"remarks": "een \x00 nul"}, "line 2, opmerkingen: it holds a character that is no text"),
        (
            {"paused_until": "01-12-2027"},
            "line 2: Choose a day after today, within a year. Or leave it empty when you do not know yet.",
        ),
    ],
)
async def test_a_line_that_cannot_be_so_is_refused_with_its_line_and_column(
    async_connection: AsyncConnection, cells_of_line: dict[str, str], mistake: str
) -> None:
    await advisor(async_connection)

    with pytest.raises(ListRefused) as caught:
        await taken_over(async_connection, line(**cells_of_line))

    assert said_of(caught.value) == [mistake]


async def test_all_mistakes_are_told_at_once_in_order(async_connection: AsyncConnection) -> None:
    wrong = line(municipality="Nergens", submitted_on="gisteren", mail="@")

    with pytest.raises(ListRefused) as caught:
        await taken_over(async_connection, line(), wrong, line(municipality="Maastricht"), line(stage="?"), line())

    assert [(one.line, one.column) for one in caught.value.mistakes] == [
        (3, Column.MAIL),
        (3, Column.MUNICIPALITY),
        (3, Column.SUBMITTED_ON),
        (5, Column.STAGE),
        (6, None),
    ]
    assert caught.value.sentence.startswith("Nothing was imported: 5 mistakes were found.\n  line 3, e-mail: ")


# --- What is taken over ----------------------------------------------------------------------------------------------


async def test_rule_20_what_the_list_does_not_know_stays_unknown(async_connection: AsyncConnection) -> None:
    await taken_over(async_connection, line(stage="Vervolgacties"))

    request = await only_request(async_connection)
    facts = [type(event.fact) for event in await history(async_connection, request)]
    assert not {RequestAccepted, AssignmentAccepted, MeetingReported}.intersection(facts)
    assert (request.stage, request.lead, request.text) == (Stage.FOLLOW_UP, None, NO_QUESTION)
    assert [one.kind for one in request.questions.values()] == [QuestionKind.UNSURE]
    assert request.coalition is not None
    assert request.coalition.name == "Lokale coalitie Venlo"


async def test_rule_20_the_past_is_told_as_events_dated_then(async_connection: AsyncConnection) -> None:
    lead = await advisor(async_connection)
    told = line(
        stage="Vervolgacties", advisor=lead.email, visit="14-04-2025", governance="02-06-2025 13:30",
        operational="02-06-2025 13:30", last_contact="01-09-2025", remarks="Belt liever.",
    )  # fmt: skip
    await taken_over(async_connection, told)

    request = await only_request(async_connection)
    when = defaultdict[type, list[datetime]](list)
    for event in await history(async_connection, request):
        when[type(event.fact)].append(event.at)
    assert when[RequestSubmitted] == [nine_o_clock(date(2025, 3, 3))]
    assert when[MeetingImported] == [nine_o_clock(date(2025, 4, 14)), datetime(2025, 6, 2, 13, 30, tzinfo=ZONE)]
    assert when[StandingImported] == [TODAY]
    assert when[NoteWritten] == [nine_o_clock(date(2025, 9, 1)), TODAY]
    assert [one.status for one in request.meetings.values()] == [MeetingStatus.HELD, MeetingStatus.HELD]
    assert [one.levels for one in request.meetings.values()] == [(), tuple(Level)]
    assert all(note.internal for note in request.notes.values())
    assert request.received_on == date(2025, 3, 3)
    assert request.lead is not None
    assert request.lead.advisor == lead.person


async def test_rule_20_clocks_start_on_the_day_of_import_and_nothing_is_sent(async_connection: AsyncConnection) -> None:
    await taken_over(async_connection, line())

    request = await only_request(async_connection)
    (task,) = open_tasks(request)
    assert (task.kind, task.since, task.due) == ("TRIAGE", TODAY.date(), date(2026, 11, 9))
    assert await count(async_connection, "outbox") == 0
    rows = await async_connection.execute(text("select has_workflow, is_open from support_request"))
    assert [tuple(row) for row in rows] == [(False, True)]


async def test_a_visit_to_come_is_planned_and_one_of_this_stage_is_to_be_reported(
    async_connection: AsyncConnection,
) -> None:
    await taken_over(
        async_connection,
        line(stage="Adviesgesprek", visit="15-12-2026"),
        line(municipality="Beesel", stage="Adviesgesprek", visit="15-10-2026"),
    )

    rows = await async_connection.execute(
        text(
            "select lead_municipality, due from task join support_request on support_request.id = request_id"
            " where kind = 'REPORT_MEETING' order by due"
        )
    )
    assert [tuple(row) for row in rows] == [("GM0889", date(2026, 11, 16)), ("GM0983", date(2027, 1, 7))]


async def test_a_pause_a_look_back_and_an_ending_are_taken_over(async_connection: AsyncConnection) -> None:
    await taken_over(
        async_connection,
        line(submitted_on="01-01-2025", stage="Vervolgacties", paused_until="01-02-2027"),
        line(submitted_on="02-01-2025", stage="Vervolgacties", paused_until="onbekend"),
        line(submitted_on="03-01-2025", stage="Vervolgacties", paused_until="01-02-2026"),
        line(submitted_on="04-01-2025", stage="Hoe gaat het verder", check_in="01-02-2027"),
        line(submitted_on="05-01-2025", outcome="Afgerond", stage="", closed_on="30-06-2025", visit="01-06-2025"),
    )

    rows = await async_connection.execute(
        text("select stage, outcome, is_paused, wake_at::date as wakes from support_request order by submitted_at")
    )
    assert [tuple(row) for row in rows] == [
        ("FOLLOW_UP", None, True, date(2027, 2, 1)),
        ("FOLLOW_UP", None, True, date(2027, 5, 4)),
        ("FOLLOW_UP", None, False, date(2026, 11, 9)),
        ("EMBEDDING", None, False, date(2026, 11, 9)),
        ("CLOSED", "COMPLETED", False, None),
    ]


@pytest.mark.parametrize("outcome", ["afgerond", "niet in behandeling", "samengevoegd", "ingetrokken", "gestopt"])
async def test_an_ended_request_is_closed_on_its_day(async_connection: AsyncConnection, outcome: str) -> None:
    await taken_over(async_connection, line(stage="", outcome=outcome, closed_on="30-06-2025"))

    request = await only_request(async_connection)
    assert request.closing is not None
    assert request.closing.at == nine_o_clock(date(2025, 6, 30))


async def test_who_has_an_account_is_the_contact(async_connection: AsyncConnection) -> None:
    known = await member(async_connection, "venlo@startloket.test", "GM0983")
    await taken_over(async_connection, line(contact="Een Ander", mail="Venlo@Startloket.test"))

    assert (await only_request(async_connection)).contact == known.person


async def test_a_contact_is_one_person_in_all_lines_with_that_address(async_connection: AsyncConnection) -> None:
    await taken_over(
        async_connection,
        line(contact="Voorbeeld", mail="a@gemeente.example", phone="077 000", function="beleid"),
        line(submitted_on="04-03-2025", mail="A@gemeente.example"),
    )

    rows = await async_connection.execute(text("select distinct state ->> 'contact' as person from support_request"))
    (person,) = (row.person for row in rows)
    card = (await names_of(async_connection, [person]))[person]
    assert (card.name, card.phone, card.function) == ("Voorbeeld", "077 000", "beleid")


async def test_a_coalition_of_the_same_name_and_lead_is_one(async_connection: AsyncConnection) -> None:
    regional = {"coalition": "Kansrijke Start  Noord-Limburg", "coalition_kind": "regionaal"}
    await taken_over(async_connection, line(**regional, participating="Beesel | Venlo | Peel en Maas"))
    await taken_over(
        async_connection,
        line(submitted_on="04-03-2025", coalition="kansrijke start Noord-Limburg"),
        line(municipality="Beesel", coalition="Kansrijke Start Noord-Limburg"),
    )

    rows = await async_connection.execute(
        text(
            "select kind, municipalities, (select count(*) from support_request where coalition_id = coalition.id)"
            " as requests from coalition order by requests"
        )
    )
    assert [tuple(row) for row in rows] == [
        (CoalitionKind.LOCAL, ["GM0889"], 1),
        (CoalitionKind.REGIONAL, ["GM0983", "GM0889", "GM1894"], 2),
    ]


# --- Once, and whole -------------------------------------------------------------------------------------------------


async def test_a_list_can_be_imported_again(async_connection: AsyncConnection) -> None:
    first = await taken_over(async_connection, line(), line(municipality="Beesel"))
    again = await taken_over(async_connection, line(), line(municipality="Maastricht"), line(municipality="Beesel"))

    assert (first.added, first.known) == (2, 0)
    assert (again.added, again.known) == (1, 2)
    assert len(await request_ids(async_connection)) == 3


async def test_a_line_that_was_changed_is_not_a_new_request(async_connection: AsyncConnection) -> None:
    await taken_over(async_connection, line())

    with pytest.raises(ListRefused) as caught:
        await taken_over(async_connection, line(stage="Adviesgesprek"))

    assert said_of(caught.value) == [
        "line 2: this request was imported before, and the line said something else then; change it in Startloket"
    ]


async def test_two_requests_of_one_day_are_two(async_connection: AsyncConnection) -> None:
    await taken_over(async_connection, line(question="Eerst dit."))
    again = await taken_over(async_connection, line(question="Eerst dit."), line(question="En ook dit."))

    assert (again.added, again.known) == (1, 1)


def test_the_command_imports_all_or_nothing(fresh_database_url: str, tmp_path: Path) -> None:
    environment = {"STARTLOKET_DATABASE_URL": fresh_database_url}
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_bytes(TEMPLATE + b"Nergens;1-1-2026;Aanvraag\n")
    good.write_bytes(TEMPLATE)
    run = CliRunner()

    refused = run.invoke(app, ["import", str(bad)], env=environment)
    first = run.invoke(app, ["import", str(good)], env=environment)
    again = run.invoke(app, ["import", str(good)], env=environment)

    assert (refused.exit_code, first.exit_code, again.exit_code) == (1, 0, 0)
    assert 'line 4, gemeente: "Nergens" is no municipality that is known' in refused.output
    assert first.output.strip() == "2 requests were imported."
    assert again.output.strip() == "0 requests were imported. 2 of the list were there already."


def test_without_a_database_it_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(TEMPLATE)
    nowhere = {"STARTLOKET_DATABASE_URL": f"postgresql://nobody@/nothing?host={tmp_path}"}

    answer = CliRunner().invoke(app, ["import", str(file)], env=nowhere)

    assert answer.exit_code == 1
    assert "The database could not be used" in answer.output


@pytest.mark.parametrize(("patience", "is_shown"), [(0.0, True), (60.0, False)])
def test_progress_shows_only_to_who_waits(patience: float, is_shown: bool) -> None:
    written = StringIO()
    terminal = Console(file=written, force_terminal=True, width=200)

    with shown_progress("Importing", terminal, patience=patience) as on_progress:
        on_progress(3, 4)

    assert ("Importing" in written.getvalue()) is is_shown


def test_every_column_is_documented_and_in_the_template() -> None:
    page = (HOUSE / "docs" / "import.md").read_text(encoding="utf-8")

    assert re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE) == list(Column)
    assert TEMPLATE.decode().splitlines()[0].split(";") == list(Column)
