"""Sending a form again: the same is recorded once, something else is explained, and no answer is no loss."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import timedelta

import pytest

from service import giving
from tests.pages import HIDDEN, PagesHouse, Visitor
from tests.service.pages.support import Support, under_way

AT_ONCE = timedelta(microseconds=1)
NOTE = "notitie"


async def writing(house: PagesHouse) -> tuple[Support, Visitor, Mapping[str, str]]:
    """Somebody with a form before them, and what it carries unseen."""
    support, visitor = await under_way(house), await house.visitor("venlo")
    await visitor.get(support.page(NOTE))
    return support, visitor, {one["name"]: html.unescape(one["value"]) for one in HIDDEN.finditer(visitor.shown)}


async def notes(support: Support) -> list[str]:
    """What was noted on the request."""
    return [one.text or "" for one in (await support.request()).notes.values()]


async def test_the_same_form_twice_is_recorded_once(pages: PagesHouse) -> None:
    support, visitor, unseen = await writing(pages)
    for _ in range(2):
        await visitor.post(support.page(NOTE), {**unseen, "text": "Wij bellen morgen."})
        assert "Wij bellen morgen." in visitor.shown
    assert await notes(support) == ["Wij bellen morgen."]


async def test_a_form_that_was_sent_before_with_something_else_says_so_and_goes_through_when_sent_again(
    pages: PagesHouse,
) -> None:
    support, visitor, unseen = await writing(pages)
    await visitor.post(support.page(NOTE), {**unseen, "text": "Eerst dit."})

    answer = await visitor.post(support.page(NOTE), {**unseen, "text": "Toch iets anders."})

    assert answer.status_code == 422
    assert "Dit formulier is al eens verstuurd met iets anders erin." in visitor.shown
    assert "Toch iets anders." in visitor.shown
    await visitor.post(support.page(NOTE), {"text": "Toch iets anders."})
    assert await notes(support) == ["Eerst dit.", "Toch iets anders."]


async def test_without_an_answer_it_is_not_known_and_sending_again_records_it_once(
    pages: PagesHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    support, visitor, unseen = await writing(pages)
    with monkeypatch.context() as hurried:
        hurried.setattr(giving, "LONGEST_WAIT", AT_ONCE)
        answer = await visitor.post(support.page(NOTE), {**unseen, "text": "Komt dit aan?"})

    assert answer.status_code == 422
    assert "We weten nog niet of dit is vastgelegd." in visitor.shown
    assert "Komt dit aan?" in visitor.shown
    await visitor.post(support.page(NOTE), {"text": "Komt dit aan?"})
    assert await notes(support) == ["Komt dit aan?"]


async def test_a_form_whose_session_ended_is_looked_at_before_it_is_sent_again(pages: PagesHouse) -> None:
    support, visitor, unseen = await writing(pages)

    answer = await visitor.post(support.page(NOTE), {**unseen, "text": "Bijna weg.", "resumed": "yes"})

    assert answer.status_code == 200
    assert "U was afgemeld voordat u dit verstuurde." in visitor.shown
    assert "Bijna weg." in visitor.shown
    assert await notes(support) == []
    await visitor.post(support.page(NOTE), {"text": "Bijna weg."})
    assert await notes(support) == ["Bijna weg."]
