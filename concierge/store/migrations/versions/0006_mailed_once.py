"""Which addresses a mailed summary has reached, so that none gets it twice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A copy that still waits has reached none that is known."""
    op.add_column(
        "summary_copy", sa.Column("delivered", sa.Text(), nullable=False, server_default="[]")
    )
