"""What the overview counts, as SQL that gives JSON. What the figures mean stands in `storage.overview`."""

from __future__ import annotations

STAGES = (
    "select stage, count(*) as number, count(*) filter (where next_due < :today) as overdue,"
    " count(*) filter (where is_paused) as paused from support_request where is_open group by stage"
)
WAITS = (
    "select kind, jsonb_agg(distinct desk) as desks, count(distinct request_id) as number,"
    " count(distinct request_id) filter (where due < :today) as late, min(since) as longest"
    " from task where since <= :today group by kind order by kind"
)
ADVISORS = (
    "select led.lead_advisor as person, coalesce(person.name, '') as name, led.number as led, led.overdue,"
    " advisor.capacity from (select lead_advisor, count(*) as number,"
    " count(*) filter (where next_due < :today) as overdue from support_request"
    " where is_open and lead_advisor is not null group by lead_advisor) as led"
    " left join person on person.id = led.lead_advisor left join advisor on advisor.person_id = led.lead_advisor"
    " union all select advisor.person_id, coalesce(person.name, ''), 0, 0, advisor.capacity from advisor"
    " join person on person.id = advisor.person_id"
    " join account on account.person_id = advisor.person_id and account.closed_at is null"
    " where not exists (select from support_request where is_open and lead_advisor = advisor.person_id)"
    " order by name, person"
)
PROVINCES = (
    "select province, count(*) filter (where is_open) as open, count(*) as ever"
    " from support_request group by province order by province"
)
SILENT = (
    "select count(*) from support_request where is_open and not is_paused"
    " and state ->> 'quiet_since' < cast(cast(:silent as date) as text)"
)
STANDING = (
    "select jsonb_build_object("  # noqa: S608 - every part is ours, above
    f"'stages', (select coalesce(jsonb_agg(one), '[]') from ({STAGES}) as one),"
    f" 'waits', (select coalesce(jsonb_agg(one), '[]') from ({WAITS}) as one),"
    f" 'advisors', (select coalesce(jsonb_agg(one), '[]') from ({ADVISORS}) as one),"
    f" 'provinces', (select coalesce(jsonb_agg(one), '[]') from ({PROVINCES}) as one),"
    f" 'silent', ({SILENT}),"
    " 'closed', (select count(*) from support_request where not is_open),"
    " 'failed_deliveries', (select count(distinct coalesce(delivery_id, id)) from outbox where status = 'FAILED'))"
)

STAGE_BEGINS = (
    "select request_id, seq, coalesce((data ->> 'received_on')::date, day) as day, type,"
    " case type when 'RequestSubmitted' then 'INTAKE' when 'RequestAccepted' then 'ASSIGNMENT'"
    " when 'AssignmentAccepted' then 'VISIT' when 'RequestClosed' then 'CLOSED' else data ->> 'stage' end as stage"
    " from event where type in ('RequestSubmitted', 'RequestAccepted', 'StageEntered', 'RequestClosed',"
    " 'RequestReopened', 'SteppedBack', 'StandingImported')"
    " or type = 'AssignmentAccepted' and 'LEAD' = (select asked.data ->> 'role' from event as asked"
    "  where asked.request_id = event.request_id and asked.seq < event.seq and asked.type = 'AdvisorAssigned'"
    "  and asked.data ->> 'advisor' = event.data ->> 'advisor' order by asked.seq desc limit 1)"
)
LEAD_TIMES = (
    "with begins as (select *, lag(stage) over (partition by request_id order by seq) as before"  # noqa: S608 - ours
    f" from ({STAGE_BEGINS}) as one),"
    # A lead advisor who takes over later begins no visit anew.
    " real as (select * from begins where type <> 'AssignmentAccepted' or before = 'ASSIGNMENT'),"
    " spent as (select request_id, stage, type, day, lead(day) over next as until, lead(type) over next as ended_by"
    "  from real window next as (partition by request_id order by seq)),"
    " took as (select request_id, stage, until - day as days,"
    "  row_number() over (partition by stage order by until - day desc, request_id) as place from spent"
    "  where until >= :since and stage <> 'CLOSED' and 'StandingImported' not in (type, ended_by)),"
    " longest as (select took.stage, jsonb_agg(jsonb_build_object('reference', reference, 'municipality',"
    "  municipality.name, 'days', days) order by place) as requests from took join support_request"
    "  on support_request.id = took.request_id join municipality on municipality.code = lead_municipality"
    "  where place <= 50 group by took.stage)"
    " select coalesce(jsonb_agg(one), '[]') from (select took.stage, count(*) as number,"
    " percentile_cont(0.5) within group (order by days) as median,"
    " percentile_cont(0.9) within group (order by days) as ninety, longest.requests as longest"
    " from took join longest using (stage) group by took.stage, longest.requests) as one"
)
"""How long stages lasted that ended since a day, and the 50 longest. When an imported stage began nobody knows."""
