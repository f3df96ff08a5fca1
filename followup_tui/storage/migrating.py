"""Bring a database file to the newest revision with alembic; imported only when that is needed."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from followup_tui.storage.connection import APPLICATION_ID


def upgrade(path: Path) -> None:
    """Run every missing revision on the file at `path`; it is never the user's only copy."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    engine.dispose()
