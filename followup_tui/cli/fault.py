"""Keeps the details of internal errors in a file only its owner reads."""

from __future__ import annotations

import sys
from pathlib import Path

from followup_tui import __version__


def keep(details: str) -> Path | None:
    """Append the details to the log and return where; None when even that is impossible."""
    import logging

    from followup_tui.logs import write

    return write(logging.ERROR, "followup %s Python %s\n%s", __version__, sys.version.split()[0], details)
