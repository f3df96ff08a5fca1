"""followup demo: a throw-away database of fictional people."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli.command import offer
from followup_tui.cli.session import Session
from followup_tui.cli.waiting import Waiting

if TYPE_CHECKING:
    from followup_tui.config import Config


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "demo", demo)


def demo_database(prospects: int, seed: int, now: datetime, config: Config) -> Path:
    """Make the database and return its path."""
    from followup_tui.services import demo as made

    with Waiting() as waiting:
        return made.demo_database(prospects, seed, now, config=config, progress=waiting.tell)


def demo(
    session: Session,
    prospects: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many people.")] = 40,
    seed: Annotated[int, typer.Option(help="Another number, other people.")] = 1,
) -> int:
    """Open the app on fictional people, in a throw-away database."""
    from followup_tui.bootstrap import clock_from
    from followup_tui.cli.start import on_terminal, start

    config = session.config
    now = clock_from(session.options.start(config.zone), config.zone)()
    path = demo_database(prospects, seed, now, config)
    if on_terminal() and not session.options.json:
        return start(replace(session.options, db=str(path)), session.open_app, demo=True)
    data = {"database": str(path), "prospects": prospects, "seed": seed}
    session.show(data, [str(path), f"open it with: followup --db {path}"])
    return 0
