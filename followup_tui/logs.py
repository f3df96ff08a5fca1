"""The log in the state folder: rotating, readable by its owner alone; it names people by their ids."""

from __future__ import annotations

import io
import logging
import os
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from followup_tui import paths

LARGEST = 500_000
"""Bytes of one file; three older ones are kept."""
KEPT = 3


class PrivateFile(RotatingFileHandler):
    """A rotating file with mode 0600 that is no way through a link."""

    def _open(self) -> io.TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        return io.TextIOWrapper(os.fdopen(descriptor, "ab"), encoding="utf-8", errors="replace", write_through=True)

    def handleError(self, record: logging.LogRecord) -> None:
        """Let whoever writes know: a full disk is no reason to print over the screen."""
        raise


def write(level: int, text: str, *values: Any) -> Path | None:
    """Append one entry and return the file; None when even that is impossible."""
    path = paths.log_path()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = PrivateFile(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
        try:
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(process)d %(message)s"))
            handler.emit(logging.LogRecord("followup", level, "", 0, text, values, None))
        finally:
            handler.close()
    except OSError:
        return None
    return path
