"""Guards the documents: what they point to is there, and every decision has the form that makes it a rule."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
DOCS = HOUSE / "docs"
PAGES = sorted(path for path in (*HOUSE.glob("*.md"), *DOCS.rglob("*.md")))
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
LINK = re.compile(r"\[[^\]]+\]\((?P<file>[^)#\s]*)(#(?P<section>[^)\s]+))?\)")
LONGEST_LINES = 60


def anchors(page: Path) -> set[str]:
    """The sections of a page, as an address names them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(HOUSE)) for page in PAGES])
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for link in LINK.finditer(page.read_text(encoding="utf-8")):
        if link["file"].startswith(("https:", "http:")):
            continue
        target = (page.parent / link["file"]).resolve() if link["file"] else page
        if not target.exists() or (link["section"] and link["section"] not in anchors(target)):
            lost.append(link[0])
    assert lost == []


@pytest.mark.parametrize("decision", DECISIONS, ids=[decision.stem for decision in DECISIONS])
def test_a_decision_is_short_dated_and_ends_in_its_rule(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert re.match(rf"# {int(decision.stem[:4])}\. .+\n\n\d{{4}}-\d\d-\d\d · (accepted|replaced by \[.+\))\n", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences", "Rule"]
    assert len(text.splitlines()) <= LONGEST_LINES


def test_decisions_are_numbered_without_gaps_and_listed_in_order() -> None:
    assert [int(decision.stem[:4]) for decision in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    listed = re.findall(r"^(\d+)\. \[(.+)\]\(decisions/(.+)\)$", (DOCS / "index.md").read_text("utf-8"), re.MULTILINE)
    titles = [decision.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for decision in DECISIONS]
    assert [f"{number}. {title}" for number, title, _ in listed] == titles
    assert [file for _, _, file in listed] == [decision.name for decision in DECISIONS]


def test_no_document_is_left_out_of_the_index() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    pages = {page.name for page in DOCS.glob("*.md")} - {"index.md"}
    assert {page for page in pages if f"({page})" not in index} == set()
