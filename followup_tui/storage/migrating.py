"""Bring a database file to the newest revision with alembic; imported only when that is needed."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import cast

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from followup_tui.errors import NotOurDatabase
from followup_tui.storage.connection import APPLICATION_ID, translated


def upgrade(path: Path, to: str = "head") -> None:
    """Run every missing revision, up to `to`, on the file at `path`; it is never the user's only copy.

    The path goes to SQLite as it is: in a URL of SQLAlchemy a `?` would end it.
    """
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path), poolclass=NullPool)
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    try:
        with engine.begin() as connection:
            settings.attributes["connection"] = connection
            command.upgrade(settings, to)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    except DBAPIError as error:
        raise translated(cast(sqlite3.Error, error.orig), path) from error
    except CommandError as error:
        raise NotOurDatabase(f"{path} is damaged ({error})", "restore a backup") from error
    finally:
        engine.dispose()
