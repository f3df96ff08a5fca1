"""Writing a file somebody named: whole or not at all, for its owner only, links not followed."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from followup_tui.errors import FollowupError


def refuse_odd(path: Path) -> None:
    """Refuse a link, a folder, a device or a pipe in the file's place."""
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return  # a new file, or a folder that is missing, which is said when it is written
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no such name is possible"
        raise FollowupError(f"“{path}” can't be written: {why}", "name another file") from None
    if stat.S_ISLNK(mode):
        raise FollowupError(f"{path} is a link", "name the file itself")
    if stat.S_ISDIR(mode):
        raise FollowupError(f"{path} is a folder", "name a file in it")
    if not stat.S_ISREG(mode):
        raise FollowupError(f"{path} is not a file", "name a file; a device or pipe would be replaced")


@contextlib.contextmanager
def replacing(path: Path, *, keep: bool = False) -> Iterator[TextIO]:
    """Write a 0600 file beside the target and put it in place when it is whole; links are not followed.

    `keep`: a file that is there is refused, before anything is written and again when one came meanwhile.
    """
    refuse_odd(path)
    if keep:
        _refuse_there(path)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if keep:
            _put_where_nothing_is(draft, path)
        else:
            os.replace(draft, path)
    except OSError as error:
        raise FollowupError(f"{path} can't be written: {error.strerror}", "nothing was exported") from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def _refuse_there(path: Path) -> None:
    if os.path.lexists(path):
        raise FollowupError(f"{path} is there already", "name another file, or use --replace")


def _put_where_nothing_is(draft: Path, path: Path) -> None:
    """Give the draft its name unless somebody has taken it; where links can't be made, look once more and move."""
    try:
        os.link(draft, path)
    except FileExistsError:
        _refuse_there(path)
        raise
    except OSError:
        _refuse_there(path)
        os.replace(draft, path)
