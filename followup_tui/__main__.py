"""The program: nothing but options opens the app at once, anything else is a command."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
"""As in `typing`, whose import takes longer than painting a picture."""
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from followup_tui.cli.options import Options
    from followup_tui.early_picture import EarlyPicture


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the app or a command and return the exit code."""
    from followup_tui.cli.plain import plain_words
    from followup_tui.early_picture import early_picture

    words = sys.argv[1:] if arguments is None else list(arguments)
    picture = early_picture(plain_words(words))
    try:
        return _run(words, picture)
    finally:
        if picture is not None:
            picture.give_back()


def _run(words: Sequence[str], picture: EarlyPicture | None) -> int:
    """Run the app or a command; errors become a line and an exit code."""
    from followup_tui.cli.guard import guarded
    from followup_tui.cli.options import plain_start

    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115 – closed by who started us: nobody reads it
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    options = plain_start(words)
    return guarded(lambda: _command(words) if options is None else _start(options, picture))


def _command(words: Sequence[str]) -> int:
    """Run a command."""
    from followup_tui.cli.root import run_command

    return run_command(words, _open_app)


def _start(options: Options, picture: EarlyPicture | None) -> int:
    """Open the app at once; where that fails, the terminal is given back before anything is said."""
    try:
        from followup_tui.cli.start import start

        return start(options, lambda **words: _open_app(picture, **words))
    finally:
        if picture is not None:
            picture.give_back()


def _open_app(picture: EarlyPicture | None = None, **words: Any) -> int:
    """Open the app; nothing above this line knows a screen.

    Garbage collection is off until the first plan is painted: an import makes a great deal that stays.
    """
    import gc

    from followup_tui.headstart import PATIENCE_BEHIND_A_PICTURE, plan_ahead
    from followup_tui.without_tls import import_asyncio

    gc.disable()
    ahead = plan_ahead(**words)
    if ahead is not None and picture is not None and picture.is_up:
        ahead.patience = PATIENCE_BEHIND_A_PICTURE
    import_asyncio()
    from followup_tui.tui.app import run_app

    return run_app(**words, ahead=ahead, picture=picture)


if __name__ == "__main__":
    sys.exit(main())
