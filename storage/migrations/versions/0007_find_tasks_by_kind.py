"""Find the tasks of one kind by their day: where there are few or none, nobody looks through all others for them."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Take the step."""
    op.create_index("ix_task_kind", "task", ["kind", "due", "request_id", "key"])
