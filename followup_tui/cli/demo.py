"""followup demo: a throw-away database of fictional people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from followup_tui.cli.command import offer
from followup_tui.cli.session import Session


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "demo", demo)


def demo_database(prospects: int, seed: int) -> Path:
    """Make the database and return its path."""
    from followup_tui.services import demo as made

    path: Path = made.demo_database(prospects, seed)
    return path


def demo(
    session: Session,
    prospects: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many people.")] = 40,
    seed: Annotated[int, typer.Option(help="Another number, other people.")] = 1,
) -> int:
    """Open the app on fictional people, in a throw-away database."""
    from followup_tui.cli.start import on_terminal, start

    path = demo_database(prospects, seed)
    if on_terminal() and not session.options.json:
        return start(replace(session.options, db=str(path)), session.open_app, demo=True)
    data = {"database": str(path), "prospects": prospects, "seed": seed}
    session.show(data, [str(path), f"open it with: followup --db {path}"])
    return 0
