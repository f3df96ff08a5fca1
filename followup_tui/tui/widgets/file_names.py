"""Completion of file names, for the path of an import."""

from __future__ import annotations

import os
from pathlib import Path

KINDS = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".vcf", ".vcard", ".json")
MOST = 400
"""Names looked at in one folder: a huge one must not hold up typing."""


def expand(typed: str) -> Path:
    """Return the path that was typed, `~` being home."""
    return Path(typed.strip()).expanduser()


def matches(typed: str) -> list[str]:
    """Return what the path could go on to be: folders with a slash, and files that can be imported.

    Reads one folder; call it in a worker. A folder that can't be read gives nothing.
    """
    shown = typed.strip()
    head, _, start = shown.rpartition("/")
    folder = expand(f"{head}/" if shown.startswith("/") or head else ".")
    found = []
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number >= MOST:
                    break
                if entry.name.startswith(".") != start.startswith(".") or not entry.name.startswith(start):
                    continue
                if entry.is_dir():
                    found.append(f"{entry.name}/")
                elif entry.name.lower().endswith(KINDS):
                    found.append(entry.name)
    except (OSError, ValueError):
        return []
    prefix = f"{head}/" if head or shown.startswith("/") else ""
    return [prefix + name for name in sorted(found, key=lambda name: (name.endswith("/"), name.casefold()))]


def common_start(names: list[str]) -> str:
    """Return what all names begin with."""
    if not names:
        return ""
    first, last = min(names), max(names)
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[:same]
