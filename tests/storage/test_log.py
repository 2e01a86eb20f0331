"""The log only grows: a trigger refuses every change but the blackening of texts."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from domain.submitting import AskedQuestion
from domain.words import QuestionKind
from storage import log
from tests.office import Office

REFUSED = [
    "delete from event where seq = 1",
    "truncate event",
    'update event set data = data || \'{"text": "anders"}\'',
    "update event set type = 'RequestAccepted' where seq = 1",
    "update event set at = at + interval '1 day'",
    "update event set position = position + 100",
    "update event set seq = seq + 100",
    'update event set texts = \'{"¶1": "Iets anders."}\' where seq = 1',
    "update event set texts = '{}' where seq = 1",
    'update event set texts = texts || \'{"¶9": "■■■"}\' where seq = 1',
]


@pytest.mark.parametrize("change", REFUSED)
async def test_every_other_change_of_the_log_is_refused(office: Office, change: str) -> None:
    request_id = await office.submit()
    before = await office.events(request_id)
    with pytest.raises(DBAPIError, match="the event log only grows"):
        await office.execute(change)
    assert await office.events(request_id) == before


async def test_texts_may_be_blackened_all_at_once_and_again(office: Office) -> None:
    request_id = await office.submit()
    for _ in range(2):
        async with office.engine.begin() as connection:
            await log.blacken(connection, request_id, 1)
    assert await office.value("select texts from event where seq = 1") == {"¶1": "■■■", "¶2": "■■■"}


async def test_typed_texts_stand_apart_from_the_data(office: Office) -> None:
    asked = (AskedQuestion(kind=QuestionKind.THEME, text="Over armoede, ¶1 en ¶2."),)
    request_id = await office.submit(text="Wij zoeken hulp.", questions=asked)

    assert await office.value("select count(*) from event where data::text ~ 'hulp|armoede'") == 0
    assert await office.value("select texts from event where type = 'QuestionAsked'") == {"¶1": asked[0].text}
    request = await office.request(request_id)
    assert [one.text for one in request.questions.values()] == [asked[0].text]


async def test_an_event_reads_as_it_was_written(office: Office) -> None:
    request_id = await office.under_way()
    events = await office.events(request_id)
    assert [event.type for event in events][-1] == "AssignmentAccepted"
    assert {event.by for event in events} == {office.person(who) for who in ("venlo", "staff", "advisor")}
    assert all(event.at.utcoffset() is not None for event in events)
    assert any(term for event in events for term in event.terms.values())
