"""Patterns: a request in its rows at one moment of its life, and many requests made after them.

The rows are copied inside PostgreSQL, with other ids, places, people and days. What a list shows, filters and sorts on
is spread as it would be; the state itself is that of the pattern, with the copy's id and advisor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from bench.people import People
from storage.database import AsyncConnection, AsyncEngine

OWN = 120
"""So many requests are those of the municipality, and so many those of the advisor, that lists are looked at with."""
WORD = "kraamzorg"
"""A word in as many requests."""


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """The row of a request and those of its tasks, as JSON."""

    request: str
    tasks: str


PATTERN = text(
    "select to_jsonb(support_request)::text as request,"
    " (select coalesce(jsonb_agg(to_jsonb(task)), '[]')::text from task where request_id = :id) as tasks"
    " from support_request where id = :id"
)


async def pattern_of(connection: AsyncConnection, request_id: str) -> Pattern:
    """Read the rows of a request."""
    row = (await connection.execute(PATTERN, {"id": request_id})).one()
    return Pattern(request=row.request, tasks=row.tasks)


KEEP = text("insert into pattern values (:place, cast(:request as jsonb), cast(:tasks as jsonb))")
MAKE = (
    text("create temporary table pattern (place int primary key, request jsonb, tasks jsonb)"),
    # Every :each-th request is the municipality's own, the advisor's own, and one with the word that is searched for.
    # Half is closed, which is the last pattern; of the others each moment of a life is as likely.
    text(
        "create temporary table made as select uuidv7() as id, n,"
        " case when hashint4(n) % 2 = 0 then :last else abs(hashint4(n)) % :last end as place,"
        " now() - n * interval '730 days' / :number as submitted_at,"
        " now() - n * interval '700 days' / :number as changed_at,"
        " current_date + (n * 7919) % 90 - 30 as due,"
        " case when n % :each = 1 then :own else chosen.code end as code,"
        " case when n % :each = 2 then :advisor else 'person:other-' || n % 97 end as advisor,"
        " to_tsvector('dutch', case when n % :each = 3 then :word else '' end) as words"
        " from generate_series(1, :number) as n join"
        " (select row_number() over (order by code) - 1 as place, code from municipality where code <> :own) as chosen"
        " on chosen.place = n % 341"
    ),
)
FILL = (
    text(
        "insert into support_request select one.* from made join pattern using (place)"
        " join municipality on municipality.code = made.code, jsonb_populate_record(null::support_request,"
        " request || jsonb_build_object('id', made.id, 'reference', 'KS-' || made.n, 'has_workflow', true,"
        " 'lead_municipality', made.code, 'municipalities', array[made.code], 'province', municipality.province,"
        " 'lead_advisor', case when request ->> 'lead_advisor' is not null then advisor end,"
        " 'advisors', case when request ->> 'lead_advisor' is not null then array[advisor] else '{}' end,"
        " 'is_paused', made.n % 20 = 5, 'coalition_id', null, 'submitted_at', submitted_at, 'changed_at', changed_at,"
        " 'next_due', case when request ->> 'next_due' is not null then due end,"
        " 'search', (request ->> 'search')::tsvector || words,"
        " 'state', jsonb_set(cast(replace(replace(request ->> 'state', request ->> 'id', cast(made.id as text)),"
        "  coalesce(request ->> 'lead_advisor', 'nobody leads'), advisor) as jsonb),"
        "  '{quiet_since}', to_jsonb(cast(due - 60 as text))))) as one"
    ),
    text(
        "insert into task select one.* from made join pattern using (place), jsonb_array_elements(tasks) as task,"
        " jsonb_populate_record(null::task, task || jsonb_build_object('request_id', made.id, 'due', due,"
        " 'municipality', case when task ->> 'municipality' is not null then code end,"
        " 'person', case when task ->> 'desk' = 'ADVISOR' then advisor"
        " when task ->> 'person' is not null then 'person:of-' || code end)) as one"
    ),
    text("drop table made, pattern"),
)
VACUUM = text("vacuum analyze support_request, task")


async def fill(
    connection: AsyncConnection, patterns: Sequence[Pattern], people: People, number: int, *, own: int = OWN
) -> None:
    """Make so many requests with their tasks, after these patterns, the last of which is a closed one."""
    spread = {"number": number, "each": number // own, "last": len(patterns) - 1}
    whose = {"own": people.municipality, "advisor": people.advisor.person, "word": WORD}
    table, made = MAKE
    await connection.execute(table)
    await connection.execute(KEEP, [{"place": place, **vars(one)} for place, one in enumerate(patterns)])
    await connection.execute(made, {**spread, **whose})
    for query in FILL:
        await connection.execute(query)


async def settle(engine: AsyncEngine) -> None:
    """Tidy up after a filling, as PostgreSQL does by itself within minutes."""
    async with engine.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.execute(VACUUM)
