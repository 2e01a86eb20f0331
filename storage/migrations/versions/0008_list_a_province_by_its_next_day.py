"""List the requests of a province by their next day: the index says which they are, and only those are fetched."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Take the step."""
    op.drop_index("ix_support_request_next_due", "support_request")
    op.create_index(
        "ix_support_request_next_due",
        "support_request",
        [sa.text("coalesce(next_due, 'infinity')"), "id", "province"],
    )
