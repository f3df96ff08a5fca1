"""Keeps the details of internal errors in a file only its owner reads."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from followup_tui import __version__, paths

LARGEST = 1_000_000
"""Bytes after which the log starts anew."""


def keep(details: str) -> Path | None:
    """Append the details to the log and return where; None when even that is impossible."""
    path = paths.log_path()
    head = f"{datetime.now(UTC).isoformat(timespec='seconds')} followup {__version__} Python {sys.version.split()[0]}"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        if path.exists() and path.stat().st_size > LARGEST:
            flags |= os.O_TRUNC
        handle = os.open(path, flags, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as log:
            log.write(f"{head}\n{details}\n")
    except OSError:
        return None
    return path
