"""Where alembic finds the connection: the one the migration was called with."""

from alembic import context

from followup_tui.storage.tables import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=Base.metadata, render_as_batch=True, transaction_per_migration=False
)
context.run_migrations()
