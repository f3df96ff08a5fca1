"""Alembic revisions, in batch mode; imported only when the stored revision is not the newest."""
