"""Keep what the overview of the programme shows, and list requests by how long it has been quiet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "overview",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("part"),
    )
    op.create_index(
        "ix_support_request_quiet",
        "support_request",
        [sa.text("(state ->> 'quiet_since')"), "id"],
        postgresql_where=sa.text("is_open and not is_paused"),
    )
