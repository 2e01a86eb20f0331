"""Lay the first tables: the log that only grows, and the rows that are copies of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


ONLY_GROWS = """
create function event_refuses() returns trigger language plpgsql as $$
begin
    raise exception 'the event log only grows; only texts may be blackened' using errcode = 'restrict_violation';
end $$;
create function event_blackens() returns trigger language plpgsql as $$
begin
    if to_jsonb(new) - 'texts' is distinct from to_jsonb(old) - 'texts'
       or (select array_agg(key order by key) from jsonb_object_keys(new.texts) as key)
          is distinct from (select array_agg(key order by key) from jsonb_object_keys(old.texts) as key)
       or exists (select 1 from jsonb_each_text(new.texts) where value <> '■■■' and value is distinct from old.texts ->> key)
    then
        raise exception 'the event log only grows; only texts may be blackened' using errcode = 'restrict_violation';
    end if;
    return new;
end $$
"""


def upgrade() -> None:
    """Take the step."""
    op.execute("create sequence event_position")
    op.execute("create sequence reference_number")
    op.create_table(
        "coalition",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("municipalities", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("state", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_coalition_municipalities", "coalition", ["municipalities"], unique=False, postgresql_using="gin"
    )
    op.create_table(
        "command",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_command_account_id", "command", ["account_id"], unique=False)
    op.create_index(
        "ix_command_forgotten",
        "command",
        ["not_after"],
        postgresql_where=sa.text("version is null and body is not null"),
    )
    op.create_index("ix_command_request_id", "command", ["request_id"], unique=False)
    op.create_table(
        "eligibility_list",
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("municipalities", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("ground"),
    )
    op.create_table(
        "eligibility_rule",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "event",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), server_default=sa.text("nextval('event_position')"), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("on_behalf", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("texts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("terms", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("command_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("request_id", "seq"),
    )
    op.create_index(
        "ix_event_coalition",
        "event",
        [sa.text("(data ->> 'coalition')")],
        postgresql_where=sa.text("type = 'RequestSubmitted'"),
    )
    op.create_index("ix_event_position", "event", ["position"], unique=True)
    op.create_table(
        "key_figure",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "indicator", "year"),
    )
    op.create_table(
        "municipal_merger",
        sa.Column("old_code", sa.Text(), nullable=False),
        sa.Column("old_name", sa.Text(), nullable=False),
        sa.Column("new_code", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("old_code"),
    )
    op.create_table(
        "municipality",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("also_known_as", sa.Text(), nullable=True),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("ggd_region", sa.Text(), nullable=False),
        sa.Column("safety_region", sa.Text(), nullable=False),
        sa.Column("neighbours", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivery_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_outbox_due_at", "outbox", ["due_at", "id"], unique=False, postgresql_where=sa.text("status = 'WAITING'")
    )
    op.create_index(
        "ix_outbox_failed", "outbox", ["due_at", "id"], unique=False, postgresql_where=sa.text("status = 'FAILED'")
    )
    op.create_index("ix_outbox_delivery_id", "outbox", ["delivery_id"], unique=False)
    op.create_index("ix_outbox_request_id", "outbox", ["request_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("function", sa.Text(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id"),
    )
    op.create_index("ix_account_email", "account", [sa.literal_column("lower(email)")], unique=True)
    op.create_table(
        "advisor",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("regions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("themes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.create_table(
        "support_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("has_workflow", sa.Boolean(), nullable=False),
        sa.Column("lead_municipality", sa.Text(), nullable=False),
        sa.Column("municipalities", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("lead_advisor", sa.Text(), nullable=True),
        sa.Column("advisors", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("supporters", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("coalition_id", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("wake_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("search", postgresql.TSVECTOR(), nullable=False),
        sa.Column("state_schema", sa.Integer(), nullable=False),
        sa.Column("state", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["coalition_id"],
            ["coalition.id"],
        ),
        sa.ForeignKeyConstraint(
            ["lead_municipality"],
            ["municipality.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference"),
    )
    op.create_index(
        "ix_support_request_advisors",
        "support_request",
        ["advisors"],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_support_request_changed_at", "support_request", ["changed_at", "id"], unique=False)
    op.create_index("ix_support_request_coalition_id", "support_request", ["coalition_id"], unique=False)
    op.create_index(
        "ix_support_request_lead_advisor", "support_request", ["lead_advisor", "changed_at", "id"], unique=False
    )
    op.create_index(
        "ix_support_request_municipalities",
        "support_request",
        ["municipalities"],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_support_request_next_due", "support_request", [sa.text("coalesce(next_due, 'infinity')"), "id"])
    op.create_index(
        "ix_support_request_paused",
        "support_request",
        ["changed_at", "id"],
        unique=False,
        postgresql_where=sa.text("is_paused"),
    )
    op.create_index(
        "ix_support_request_paused_due",
        "support_request",
        [sa.text("coalesce(next_due, 'infinity')"), "id"],
        unique=False,
        postgresql_where=sa.text("is_paused"),
    )
    op.create_index("ix_support_request_province", "support_request", ["province", "changed_at", "id"], unique=False)
    op.create_index("ix_support_request_search", "support_request", ["search"], unique=False, postgresql_using="gin")
    op.create_index("ix_support_request_stage", "support_request", ["stage", "changed_at", "id"], unique=False)
    op.create_index("ix_support_request_submitted_at", "support_request", ["submitted_at", "id"], unique=False)
    op.create_index(
        "ix_support_request_supporters",
        "support_request",
        ["supporters"],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "ix_support_request_unkept",
        "support_request",
        ["id"],
        unique=False,
        postgresql_where=sa.text("is_open and not has_workflow"),
    )
    op.create_index(
        "ix_support_request_wake_at", "support_request", ["wake_at"], unique=False, postgresql_where=sa.text("is_open")
    )
    op.create_table(
        "account_grant",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "role", "subject"),
    )
    op.create_table(
        "api_token",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_index(op.f("ix_api_token_account_id"), "api_token", ["account_id"], unique=False)
    op.create_table(
        "task",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.Column("partner", sa.Text(), nullable=True),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("escalated", sa.Boolean(), nullable=False),
        sa.Column("fulfilled_by", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["support_request.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("request_id", "key"),
    )
    op.create_index("ix_task_desk", "task", ["desk", "due", "request_id", "key"], unique=False)
    op.create_index("ix_task_due", "task", ["due", "request_id", "key"], unique=False)
    op.create_index("ix_task_municipality", "task", ["municipality", "due", "request_id", "key"], unique=False)
    op.create_index("ix_task_organisation", "task", ["organisation", "due", "request_id", "key"], unique=False)
    op.create_index("ix_task_person", "task", ["person", "due", "request_id", "key"], unique=False)
    op.execute(ONLY_GROWS)
    op.execute(
        "create trigger event_only_grows before delete or truncate on event"
        " for each statement execute function event_refuses()"
    )
    op.execute(
        "create trigger event_only_blackens before update on event for each row execute function event_blackens()"
    )
