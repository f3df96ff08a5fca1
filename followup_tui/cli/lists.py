"""followup list: smart lists, those that ship and the user's own."""

from __future__ import annotations

from typing import Annotated

import typer

from followup_tui.cli.command import OPEN_ENDED, group, offer, refuse_options
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows

Name = Annotated[str, typer.Argument(metavar="NAME")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    lists = group("list", "Filters under a name, as the app shows them.")
    offer(lists, "list", show)
    offer(lists, "save", save, context_settings=OPEN_ENDED)
    offer(lists, "rename", rename)
    offer(lists, "remove", remove)
    offer(lists, "move", move)
    app.add_typer(lists)


def show(session: Session) -> None:
    """Print the lists, what each holds and how many it finds now."""
    found = session.services.lists.counted()
    table = [
        (line(one.name), "?" if one.count is None else f"{one.count:,}", "" if one.shipped else "yours", one.filter)
        for one in found
    ]
    lines = rows([("name", "now", "", "filter"), *table], indent="", widest=90)
    session.show({"lists": found}, [session.paint.dim(lines[0]), *lines[1:]])


def save(
    session: Session,
    name: Name,
    filter: Annotated[list[str], typer.Argument(metavar="FILTER", help="As relation:cold due<=today.")],
) -> None:
    """Save a filter under a name; list:NAME stands for it in other filters."""
    refuse_options("list save", filter)
    one, changes = session.services.lists.save(name, " ".join(filter))
    number = session.services.prospects.count(one.filter)
    said = f"Saved: {line(one.name)}, {number:,} now ({line(one.filter)})"
    session.show({"list": one, "undo": changes.name}, [said, *session.undo_hint(changes)])


def rename(session: Session, name: Name, new: Annotated[str, typer.Argument(metavar="NEW")]) -> None:
    """Give a list of yours another name."""
    one, changes = session.services.lists.rename(name, new)
    session.show({"list": one, "undo": changes.name}, [f"Renamed: {line(one.name)}", *session.undo_hint(changes)])


def remove(session: Session, name: Name) -> None:
    """Take a list of yours away; nobody in it is touched."""
    changes = session.services.lists.remove(name)
    session.show({"undo": changes.name}, [changes.name.replace("Remove", "Removed"), *session.undo_hint(changes)])


def move(
    session: Session, name: Name, by: Annotated[int, typer.Argument(metavar="BY", help="1 down; -- -1 up.")]
) -> None:
    """Move a list of yours among your lists."""
    changes = session.services.lists.shift(name, by)
    session.show({"undo": changes.name}, [changes.name.replace("Move", "Moved"), *session.undo_hint(changes)])
