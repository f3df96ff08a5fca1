"""A text in the user's own editor: mistakes are shown and may be mended, and what was typed is never lost."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.cli.output import warn
from followup_tui.editor import run_editor
from followup_tui.errors import FollowupError

if TYPE_CHECKING:
    from followup_tui.services.cadences import CadenceService
    from followup_tui.services.changes import Changes
    from followup_tui.services.views import CadenceView


def edited(cadences: CadenceService, name: str) -> tuple[CadenceView, Changes] | None:
    """Open a cadence in the editor until it can be saved; None when nothing was changed.

    FollowupError naming the file that keeps the text when the user gives up, or when the editor fails.
    """
    before = cadences.text(name)
    handle, path_text = tempfile.mkstemp(prefix="followup-", suffix=".toml")
    file = Path(path_text)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(before)
    while True:
        run_editor(file)
        try:
            text = file.read_text(encoding="utf-8")
            if text == before:
                file.unlink()
                return None
            saved = cadences.save(name, text, file.name)
        except (FollowupError, UnicodeDecodeError) as error:
            for fault in getattr(error, "faults", [str(error)]):
                warn(fault)
            if not agreed("Edit again?", default=True):
                raise FollowupError("nothing was saved", f"your text is kept in {file}") from None
            continue
        file.unlink()
        return saved


def agreed(question: str, *, default: bool) -> bool:
    """Ask on the terminal; an empty line is the default, the end of the input is no."""
    sys.stderr.write(f"{question} [{'Y/n' if default else 'y/N'}] ")
    sys.stderr.flush()
    said = sys.stdin.readline()
    answer = said.strip().casefold()
    return answer in ("y", "yes") or (default and not answer and bool(said))
