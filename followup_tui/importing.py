"""An import the app asks for: small files are taken in where it is, others by a process of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followup_tui import own_process

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.changes import Changes
    from followup_tui.services.views import ImportView

SMALL = 1 << 16
"""Bytes of all files up to which starting a process takes longer than reading them here."""


def import_files(
    services: Services, told: own_process.Told, files: Sequence[Path], wishes: Mapping[str, Any]
) -> tuple[ImportView, Changes]:
    """Import files, or look at them: what the app calls, and what the process does."""
    view, changes = services.exchange.import_files(files, in_sight=True, progress=told, **wishes)
    if changes.change:
        view = replace(view, similar=services.duplicates.similar(changes.change))
    return view, changes


def import_beside(
    services: Services, told: own_process.Told, files: Sequence[Path], wishes: Mapping[str, Any]
) -> tuple[ImportView, Changes]:
    """Import files while keys are answered; a look at the first rows is over before a process has begun."""
    if wishes.get("first") is not None or _size(files) <= SMALL:
        return import_files(services, told, files, wishes)
    return own_process.run(services, import_files, told, files, wishes)


def _size(files: Sequence[Path]) -> int:
    """Return the bytes of all files; those that can't be read are refused by the import."""
    found = 0
    for file in files:
        with suppress(OSError):
            found += file.stat().st_size
    return found
