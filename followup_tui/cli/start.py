"""What has to be right before the app opens; opening it is left to the program, for no command knows a screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from followup_tui.cli.options import Options
from followup_tui.errors import FollowupError, UsageError

OpenApp = Callable[..., int]


def start(options: Options, open_app: OpenApp, *, demo: bool = False) -> int:
    """Open the app and return its exit code, or do what a lone `--version` asks."""
    if options.version:
        from followup_tui import __version__

        sys.stdout.write(f"followup {__version__}\n")
        return 0
    if options.json:
        raise UsageError("--json needs a command", "as followup today --json")
    if not on_terminal():
        raise FollowupError("the app needs a terminal", "use a command, as followup today; followup --help lists them")
    now = options.start(_zone(options)) if options.now or os.environ.get("FOLLOWUP_NOW") else None
    if options.no_color:
        os.environ["NO_COLOR"] = "1"
    return open_app(db=options.db, config_path=options.named_config, now=now, demo=demo)


def on_terminal() -> bool:
    """Whether somebody sits in front of it: keys come from a terminal and the screen goes to one."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _zone(options: Options) -> str:
    """Return the zone in which a time without an offset is meant."""
    from followup_tui.config import load_config

    return load_config(options.config_path).zone
