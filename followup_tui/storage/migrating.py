"""Bring a database file to the newest revision with alembic; imported only when that is needed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import cast

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from followup_tui.errors import FollowupError, NotOurDatabase
from followup_tui.storage.connection import APPLICATION_ID, translated

_OFTEN = 1_000_000
"""Steps of SQLite's machine (some milliseconds) between two looks at whether it is still wanted."""


def upgrade(path: Path, to: str = "head", going: Callable[[], bool] = lambda: True) -> None:
    """Run every missing revision, up to `to`, on the file at `path`; it is never the user's only copy.

    The path goes to SQLite as it is: in a URL of SQLAlchemy a `?` would end it. A statement may take minutes, so
    `going` is asked in the middle of it; FollowupError when it says no, and Ctrl-C ends it there.
    """
    stopped: list[BaseException] = []

    def stop() -> int:
        try:
            if not going():
                stopped.append(
                    FollowupError("bringing the database to this version was called off", "nothing was changed")
                )
        except BaseException as error:  # SQLite would forget it
            stopped.append(error)
        return len(stopped)

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(path)
        connection.set_progress_handler(stop, _OFTEN)
        return connection

    engine = create_engine("sqlite://", creator=opened, poolclass=NullPool)
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    try:
        with engine.begin() as connection:
            settings.attributes["connection"] = connection
            command.upgrade(settings, to)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    except DBAPIError as error:
        if stopped:
            raise stopped[0] from None
        raise translated(cast(sqlite3.Error, error.orig), path) from error
    except CommandError as error:
        raise NotOurDatabase(f"{path} is damaged ({error})", "restore a backup") from error
    finally:
        engine.dispose()
