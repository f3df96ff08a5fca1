"""The whole command line put together, and the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from followup_tui.cli.output import drop_output, warn
from followup_tui.cli.session import Session
from followup_tui.errors import FollowupError

COMMANDS = {
    "demo": "demo",
    "day": "today",
    "people": "add edit find star tag close reopen",
    "exchange": "import export",
    "touches": "log answer show next skip move snooze pause resume",
    "cadences": "enrol cadence",
    "changes": "undo redo history",
    "upkeep": "doctor paths",
    "settings": "config",
}
"""Each file of commands with their names, in the order of the help."""


def wanted(arguments: Sequence[str]) -> list[str]:
    """Return the files that may hold the command: only those that have one of the words; all when none has."""
    return [name for name, verbs in COMMANDS.items() if set(verbs.split()) & set(arguments)] or list(COMMANDS)


def run_command(arguments: Sequence[str], open_app: Callable[..., int]) -> int:
    """Run one command and return its exit code; `open_app` opens the app for the one command that does."""
    import typer

    from followup_tui.cli.command import group

    app = group("followup", "Whom to contact now, and why. Without a command the app opens.")
    for name in wanted(arguments):
        import_module(f"followup_tui.cli.{name}").register(app)
    session = Session(open_app)
    try:
        result = typer.main.get_command(app).main(
            list(arguments), prog_name="followup", standalone_mode=False, obj=session
        )
    finally:
        session.close()
    return result if isinstance(result, int) else 0


def guarded(run: Callable[[], int]) -> int:
    """Run something and return its exit code; whatever goes wrong is one line on stderr."""
    try:
        code = run()
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        drop_output()
        return 0
    except FollowupError as error:
        warn(error)
        return error.exit_code
    except Exception as error:
        if hasattr(error, "format_message"):
            return _say_usage(error)
        if os.environ.get("FOLLOWUP_DEBUG") == "1":
            raise
        return _say_internal(error)


def _say_usage(error: Exception) -> int:
    """Say in one line what the parser did not understand."""
    message = " ".join(str(error.format_message()).split()).rstrip(".")  # type: ignore[attr-defined]
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "followup"
    warn(f"{message[:1].lower()}{message[1:]} – see {path} --help")
    return int(getattr(error, "exit_code", 2))


def _say_internal(error: Exception) -> int:
    """Say in one line that the fault is ours, and keep the details in the log."""
    from traceback import format_exception

    from followup_tui.cli.fault import keep

    kept = keep("".join(format_exception(error)))
    details = f"details in {kept}" if kept else "FOLLOWUP_DEBUG=1 shows the details"
    warn(f"internal error, {type(error).__name__}: {str(error)[:200]}; {details}")
    return 1
