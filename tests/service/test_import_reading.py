"""A list is read as it was saved, and its cells as they were meant."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from domain.working_time import ZONE
from service.importing import cells
from service.importing.columns import Column
from service.importing.mistakes import ListRefused, Unclear
from service.importing.places import Places
from service.importing.table import read_table
from tests.service.lists import (
    csv_of,
    line,
)

HOUSE = Path(__file__).parents[2]
PLACES = Places(date(2026, 11, 2))


def said_of(error: ListRefused) -> list[str]:
    """The mistakes, as they are printed."""
    return [str(one) for one in error.mistakes]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_list_is_read_however_a_spreadsheet_saved_it(separator: str, encoding: str) -> None:
    saved = csv_of(line(municipality="Súdwest-Fryslân", question="Eén, twee; drie"), separator=separator)

    (row,) = read_table(saved.encode(encoding)).rows

    assert (row.cells[Column.MUNICIPALITY], row.cells[Column.QUESTION]) == ("Súdwest-Fryslân", "Eén, twee; drie")


def test_the_same_line_is_the_same_however_it_is_saved() -> None:
    one = read_table(csv_of(line(), separator=",").encode()).rows[0]
    other = read_table(csv_of(line(), heads=tuple(reversed(Column))).encode("utf-8-sig")).rows[0]

    assert one.fingerprint == other.fingerprint


def test_heads_are_known_by_other_names_and_capitals() -> None:
    (row,) = read_table(b"GEMEENTE;Datum aanvraag;laatste_contact;fase\nVenlo;1-1-2026;2-1-2026;").rows

    assert set(row.cells) == {Column.MUNICIPALITY, Column.SUBMITTED_ON, Column.LAST_CONTACT}


def test_lines_are_counted_as_an_editor_does() -> None:
    saved = csv_of(line(question="eerst\nen dan"), {}, line(municipality="Maastricht"))

    assert [row.line for row in read_table(saved.encode()).rows] == [2, 5]


@pytest.mark.parametrize(
    ("saved", "mistake"),
    [
        (b"gemeente;fase\n", 'line 1: column "ingediend op" is missing'),
        (b"gemeente;ingediend op;fase;advisuer\n", 'line 1: column "advisuer" is not known; rename it or leave it out'),
        (b"gemeente;ingediend op;fase;gemeente\n", 'line 1: column "gemeente" is there twice'),
        (b"", 'line 1: column "gemeente" is missing'),
        (b'gemeente;ingediend op;fase\n"Venlo', "line 2: it cannot be read as CSV: unexpected end of data"),
        (b"gemeente\x81\xff", "line 1: this is no text; save the list as CSV (UTF-8)"),
    ],
)
def test_a_file_that_is_no_list_is_refused(saved: bytes, mistake: str) -> None:
    with pytest.raises(ListRefused) as caught:
        read_table(saved)

    assert mistake in said_of(caught.value)


def test_a_line_that_does_not_fit_its_heads_is_a_mistake() -> None:
    table = read_table(b"gemeente;ingediend op;fase\nVenlo;1-1-2025;Aanvraag;nog iets\n")

    assert [str(one) for one in table.mistakes] == ["line 2: it has more cells than the 3 columns"]


@pytest.mark.parametrize("said", ["07-09-2026", "7-9-2026", "2026-09-07", "07/09/2026", "7-9-2026 00:00:00"])
def test_a_day_is_understood_however_it_is_written(said: str) -> None:
    assert cells.moment(said) == datetime(2026, 9, 7, tzinfo=ZONE)


def test_an_hour_is_kept_when_there_is_one() -> None:
    assert cells.moment("7-9-2026 13.30") == datetime(2026, 9, 7, 13, 30, tzinfo=ZONE)


@pytest.mark.parametrize("said", ["31-02-2026", "7 september", "2026-9-7", "07-09-26", "1-1-1899", "7-9-2026 25:00"])
def test_what_is_no_day_is_said_so(said: str) -> None:
    with pytest.raises(Unclear, match="write it as dd-mm-jjjj"):
        cells.moment(said)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Venlo", "GM0983"),
        ("gemeente VENLO", "GM0983"),
        ("GM0983", "GM0983"),
        ("0983", "GM0983"),
        ("Den Haag", "GM0518"),
        ("'s-Gravenhage", "GM0518"),
        ("Sudwest Fryslan", "GM1900"),
        ("Hengelo", "GM0164"),
        ("Nuenen, Gerwen en Nederwetten", "GM0820"),
        ("Boxmeer", "GM1982"),
        ("GM0756", "GM1982"),
    ],
)
def test_a_municipality_is_known_by_code_and_by_every_name_it_goes_by(said: str, code: str) -> None:
    assert PLACES.one(said) == code


@pytest.mark.parametrize(
    ("said", "mistake"),
    [
        ("Bergen", r"can be Bergen \(NH\.\) \(GM0373\) or Bergen \(L\.\) \(GM0893\); write the code"),
        ("Velno", r"is no municipality that is known; is it Venlo\?"),
        ("GM9999", "write its name or its CBS code"),
    ],
)
def test_a_municipality_that_is_not_clear_is_asked_about(said: str, mistake: str) -> None:
    with pytest.raises(Unclear, match=mistake):
        PLACES.one(said)


def test_a_merger_is_followed_from_its_day_on() -> None:
    before = Places(date(2022, 12, 31))

    assert PLACES.one("Brielle") == "GM1992"
    with pytest.raises(Unclear):
        before.one("Brielle")


@pytest.mark.parametrize("said", ["Venlo | Beesel", "Venlo;Beesel", "Venlo, Beesel, Venlo", "Venlo\nBeesel"])
def test_several_municipalities_are_told_apart(said: str) -> None:
    assert PLACES.several(said) == ("GM0983", "GM0889")


def test_every_dutch_word_of_the_glossary_is_understood() -> None:
    glossary = (HOUSE / "docs" / "glossary.md").read_text(encoding="utf-8")
    sections = {"Stages and endings": {**cells.STAGES, **cells.OUTCOMES}, "Questions": cells.KINDS}

    for title, words in sections.items():
        section = glossary.split(f"## {title}\n")[1].split("\n## ")[0]
        named = re.findall(r"^\| ([^|]+) \| `([A-Z_]+)` \|", section, re.MULTILINE)
        assert {name for _, name in named} == {one.name for one in words.values()}
        assert [cells.word_of(words)(word).name for word, _ in named] == [name for _, name in named]
