"""followup refer: whom somebody named, or slots given up."""

from __future__ import annotations

from typing import Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import Who, offer
from followup_tui.cli.fields import Fields, with_fields
from followup_tui.cli.session import Session
from followup_tui.errors import UsageError

ALL = "all"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "refer", with_fields(refer))


def refer(
    session: Session,
    who: Who,
    fields: Fields,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Whom they named.")] = None,
    waive: Annotated[str | None, typer.Option("--waive", metavar="N|all", help="Give up so many open slots.")] = None,
) -> None:
    """Add whom a prospect named, on the Referral cadence and credited both ways; or waive open slots."""
    referrer = session.who(who)
    if (waive is None) == (name is None):
        raise UsageError("say whom they named, or --waive", "followup refer WHO “Bob Ray” --phone …")
    service = session.services.referrals
    if waive is not None:
        if waive != ALL and not (waive.isascii() and waive.isdecimal() and len(waive) < 10):
            raise UsageError(f"--waive “{waive}” is no number", "a number of slots, or all")
        view, changes = service.waive(referrer, None if waive == ALL else int(waive))
        lines = [f"Waived: {words.person(view)} has {words.count(view.referral_slots, 'open referral slot')}"]
        session.show({"prospect": view, "undo": changes.name}, [*lines, *session.undo_hint(changes)])
        return
    new, changes = service.refer(referrer, fields.draft(name))
    left = session.services.prospects.get(referrer)
    lines = [f"Added: {words.person(new)}, referred by {words.person(left)} (id {new.id})"]
    if new.next_touch is not None:
        lines.append(f"Next: {words.next_touch(new.next_touch, session.today, new.steps_total)}")
    if left.referral_slots:
        lines.append(f"{words.count(left.referral_slots, 'referral slot')} still open")
    session.show({"prospect": new, "referrer": left, "undo": changes.name}, [*lines, *session.undo_hint(changes)])
