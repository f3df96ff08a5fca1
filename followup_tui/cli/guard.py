"""The one place where an error becomes a line and an exit code; it imports what it says only when it has to say it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from followup_tui.errors import FollowupError, PhraseError, shortened

if TYPE_CHECKING:
    from pathlib import Path


def guarded(run: Callable[[], int]) -> int:
    """Run something and return its exit code; whatever goes wrong is one line on stderr."""
    try:
        code = run()
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return _say_nothing()
    except FollowupError as error:
        return _say(f"{error}{_place(error)}", error.exit_code)
    except OSError as error:
        return _say_system(error)
    except Exception as error:
        if hasattr(error, "format_message"):
            return _say_usage(error)
        if os.environ.get("FOLLOWUP_DEBUG") == "1":
            raise
        return _say_internal(error)


def _place(error: FollowupError) -> str:
    """Return where in the words a phrase or a filter went wrong, when the error does not say it yet."""
    if not isinstance(error, PhraseError) or "column" in str(error):
        return ""
    return f" (column {error.column})"


def _say(message: object, code: int) -> int:
    """Print one line to stderr and return the exit code."""
    from followup_tui.cli.output import warn

    warn(message)
    return code


def _say_nothing() -> int:
    """Leave quietly: whoever read the output has read enough."""
    from followup_tui.cli.output import drop_output

    drop_output()
    return 0


def _say_system(error: OSError) -> int:
    """Say in one line what the system refused: a full disk behind the output, most of all; the log has the details."""
    from followup_tui.cli.output import drop_output

    if os.environ.get("FOLLOWUP_DEBUG") == "1":
        raise error
    _keep(error)
    if error.filename is None:
        drop_output()
    what = f"{error.filename} can't be used" if error.filename is not None else "the output can't be written"
    return _say(f"{what}: {error.strerror or type(error).__name__}", 1)


def _say_usage(error: Exception) -> int:
    """Say in one line what the parser did not understand."""
    message = shortened(" ".join(str(error.format_message()).split()).rstrip("."))  # type: ignore[attr-defined]
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "followup"
    return _say(f"{message[:1].lower()}{message[1:]} – see {path} --help", int(getattr(error, "exit_code", 2)))


def _say_internal(error: Exception) -> int:
    """Say in one line that the fault is ours, and keep the details in the log."""
    kept = _keep(error)
    details = f"details in {kept}" if kept else "FOLLOWUP_DEBUG=1 shows the details"
    return _say(f"internal error, {type(error).__name__}: {str(error)[:200]}; {details}", 1)


def _keep(error: Exception) -> Path | None:
    """Keep the details in the log and return where; None when even that is impossible."""
    from traceback import format_exception

    from followup_tui.cli.fault import keep

    return keep("".join(format_exception(error)))
