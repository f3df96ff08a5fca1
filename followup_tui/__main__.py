"""The program: nothing but options opens the app at once, anything else is a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from followup_tui.cli.options import Options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the app or a command and return the exit code."""
    from followup_tui.cli.guard import guarded
    from followup_tui.cli.options import plain_start

    words = sys.argv[1:] if arguments is None else list(arguments)
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115 – closed by who started us: nobody reads it
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    options = plain_start(words)
    return guarded(lambda: _command(words) if options is None else _start(options))


def _command(words: Sequence[str]) -> int:
    """Run a command."""
    from followup_tui.cli.root import run_command

    return run_command(words, _open_app)


def _start(options: Options) -> int:
    """Open the app at once."""
    from followup_tui.cli.start import start

    return start(options, _open_app)


def _open_app(**words: Any) -> int:
    """Open the app; nothing above this line knows a screen.

    Garbage collection is off until the first plan is painted: an import makes a great deal that stays.
    """
    import gc

    from followup_tui.headstart import plan_ahead

    gc.disable()
    ahead = plan_ahead(**words)
    from followup_tui.tui.app import run_app

    return run_app(**words, ahead=ahead)


if __name__ == "__main__":
    sys.exit(main())
