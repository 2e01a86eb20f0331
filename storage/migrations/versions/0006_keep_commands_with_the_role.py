"""Keep each command with the role in which it was given, so that it is recorded as given in that role."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Take the step."""
    op.add_column("command", sa.Column("acting_as", sa.Text(), nullable=True))
