"""followup coach and followup reasons: what the sources would say, and why people were passed or given up."""

from __future__ import annotations

from typing import Annotated

import typer

from followup_tui.cli.command import offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows
from followup_tui.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "coach", coach)
    offer(app, "reasons", reasons)


def coach(
    session: Session,
    who: Annotated[str | None, typer.Argument(metavar="WHO", help="The hint for one prospect.")] = None,
    dismiss: Annotated[bool, typer.Option("--dismiss", help="Put that hint away for them.")] = False,
) -> None:
    """Print the coach's rules with how often each was shown and put away, or the hint for one prospect."""
    service = session.services.coach
    if who is None:
        if dismiss:
            raise UsageError("--dismiss needs WHO", "followup coach WHO --dismiss")
        found = service.rules()
        head = ("rule", "says", "source", "shown", "put away")
        table = [(one.id, one.line, one.source, one.shown or "", one.dismissed or "") for one in found]
        lines = rows([head, *table], indent="", widest=90)
        session.show({"rules": found}, [session.paint.dim(lines[0]), *lines[1:]])
    elif dismiss:
        hint, changes = service.dismiss(session.who(who))
        session.show({"hint": hint, "undo": changes.name}, [f"Dismissed: {hint.id}", *session.undo_hint(changes)])
    else:
        now = service.hint(session.who(who))
        session.show({"hint": now}, [f"{now.line} ({now.source})" if now else "No hint now."])


def reasons(session: Session) -> None:
    """Print the reasons given for skips, closings and definite noes, the most frequent first."""
    found = session.services.insights.reasons()
    table = [(one.n, line(one.reason), ", ".join(f"{what} {n}" for what, n in sorted(one.of.items()))) for one in found]
    session.show({"reasons": found}, rows(table, indent="") or ["No reason was given yet."])
