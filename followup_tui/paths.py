"""Where things live: the platform's folders for configuration, data and state. Names only; nothing here is created."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

APP = "followup"
DATABASE = "followup.db"
CONFIG = "config.toml"
LOG = "followup.log"
_LINUX = {"XDG_DATA_HOME": "~/.local/share", "XDG_STATE_HOME": "~/.local/state", "XDG_CONFIG_HOME": "~/.config"}
"""What platformdirs says there, and takes 10 ms to say."""


def data_dir(env: Mapping[str, str] | None = None) -> Path:
    """Return the folder of the database and its backups."""
    return _folder("XDG_DATA_HOME", "user_data_path", env)


def state_dir(env: Mapping[str, str] | None = None) -> Path:
    """Return the folder of logs, drafts and what the app remembers about itself."""
    return _folder("XDG_STATE_HOME", "user_state_path", env)


def config_dir(env: Mapping[str, str] | None = None) -> Path:
    """Return the folder of the configuration and of the user's own themes."""
    return _folder("XDG_CONFIG_HOME", "user_config_path", env)


def config_path(env: Mapping[str, str] | None = None) -> Path:
    """Return the configuration file: FOLLOWUP_CONFIG, else config.toml in the config folder."""
    chosen = _env(env).get("FOLLOWUP_CONFIG", "")
    return Path(chosen).expanduser() if chosen else config_dir(env) / CONFIG


def database_path(env: Mapping[str, str] | None = None) -> str:
    """Return the database as a path or a URL: FOLLOWUP_DB, else followup.db in the data folder."""
    chosen = _env(env).get("FOLLOWUP_DB", "")
    if is_url(chosen):
        return chosen
    return str(Path(chosen).expanduser() if chosen else data_dir(env) / DATABASE)


def backups_dir(env: Mapping[str, str] | None = None, database: str | None = None) -> Path:
    """Return the folder of the backups of a database.

    The usual one has `backups` beside it in the data folder; one chosen by path has a folder of its own beside it, so
    that backups of two databases never mix; one behind a URL has `backups` in the data folder.
    """
    chosen = database or database_path(env)
    usual = data_dir(env)
    if is_url(chosen) or Path(chosen) == usual / DATABASE:
        return usual / "backups"
    path = Path(chosen)
    return path.with_name(f"{path.name}-backups")


def drafts_dir(env: Mapping[str, str] | None = None) -> Path:
    """Return the folder of texts that were typed and not saved."""
    return state_dir(env) / "drafts"


def days_dir(env: Mapping[str, str] | None = None) -> Path:
    """Return the folder that remembers which days were kept."""
    return state_dir(env) / "days"


def log_path(env: Mapping[str, str] | None = None) -> Path:
    """Return the file that keeps the details of internal errors."""
    return state_dir(env) / LOG


def themes_dir(env: Mapping[str, str] | None = None) -> Path:
    """Return the folder of the user's own themes."""
    return config_dir(env) / "themes"


def is_url(database: str) -> bool:
    """Whether a database is named by a URL rather than by a path."""
    return "://" in database


def _env(env: Mapping[str, str] | None) -> Mapping[str, str]:
    """Return the given environment, or the process's own."""
    return os.environ if env is None else env


def _folder(variable: str, name: str, env: Mapping[str, str] | None) -> Path:
    """Return a folder by its XDG variable (an absolute path, as the standard says), else the platform's usual one."""
    chosen = _env(env).get(variable, "")
    if os.path.isabs(chosen):
        return Path(chosen) / APP
    if sys.platform == "linux" and "ANDROID_ROOT" not in os.environ:
        return Path(os.path.expanduser(_LINUX[variable])) / APP
    from platformdirs import PlatformDirs

    usual = getattr(PlatformDirs(APP, appauthor=False), name)
    assert isinstance(usual, Path)
    return usual
