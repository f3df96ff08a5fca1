"""The one place where an error becomes a line and an exit code; it imports what it says only when it has to say it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from followup_tui.errors import FollowupError, PhraseError


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


def _say_usage(error: Exception) -> int:
    """Say in one line what the parser did not understand."""
    message = " ".join(str(error.format_message()).split()).rstrip(".")  # type: ignore[attr-defined]
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "followup"
    return _say(f"{message[:1].lower()}{message[1:]} – see {path} --help", int(getattr(error, "exit_code", 2)))


def _say_internal(error: Exception) -> int:
    """Say in one line that the fault is ours, and keep the details in the log."""
    from traceback import format_exception

    from followup_tui.cli.fault import keep

    kept = keep("".join(format_exception(error)))
    details = f"details in {kept}" if kept else "FOLLOWUP_DEBUG=1 shows the details"
    return _say(f"internal error, {type(error).__name__}: {str(error)[:200]}; {details}", 1)
