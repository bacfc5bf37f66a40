"""Run by Alembic, never imported: the revisions, on the connection that ``migrate.run`` hands over.

The transaction is the caller's, so that a revision and its record commit together or not at all.
"""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

import concierge.store.tables  # noqa: F401 - the metadata knows them once they are imported

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
