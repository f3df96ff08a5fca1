"""The user's own editor, for texts that are longer than a line."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from followup_tui.errors import FollowupError


def run_editor(file: Path) -> None:
    """Open $VISUAL or $EDITOR and wait for it; FollowupError when it fails."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        subprocess.run([*shlex.split(editor), str(file)], check=True)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        raise FollowupError(f"the editor “{editor}” failed ({error}); the text is in {file}", "set EDITOR") from None


def edited_text(text: str) -> str:
    """Return a text as it was left in the editor; FollowupError naming the file that keeps it when that fails."""
    handle, name = tempfile.mkstemp(prefix="followup-", suffix=".txt")
    file = Path(name)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
    run_editor(file)
    try:
        found = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FollowupError(f"what was written can't be read ({error})", f"it is kept in {file}") from None
    file.unlink()
    return found.rstrip("\n")
