"""Commands that mend what was written: touch edit, touch delete, erase."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import Who, group, offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line
from followup_tui.errors import FollowupError, UsageError

if TYPE_CHECKING:
    from followup_tui.services.changes import Changes
    from followup_tui.services.views import CorrectionView

Id = Annotated[str, typer.Argument(metavar="ID", help="As followup show WHO prints it.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only print what would change.")]
SENTIMENTS = ("good", "neutral", "bad")


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    touch = group("touch", "Correct a touch that was logged wrong.")
    offer(touch, "edit", edit)
    offer(touch, "delete", delete)
    app.add_typer(touch)
    offer(app, "erase", erase)


def edit(
    session: Session,
    touch: Id,
    note: Annotated[str | None, typer.Option("--note", help="What was said; “” takes it away.")] = None,
    value: Annotated[str | None, typer.Option("--value", help="The new and useful thing you gave.")] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", help="As “left voicemail”, 2 or vm.")] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When it was.")] = None,
    channel: Annotated[str | None, typer.Option("--channel", help="As phone, p or call.")] = None,
    sentiment: Annotated[str | None, typer.Option("--sentiment", metavar="|".join(SENTIMENTS))] = None,
    inbound: Annotated[bool | None, typer.Option("--inbound/--outbound", help="Who contacted whom.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="WHEN", help="The date, and time, told them.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Change what a touch says; the dates that follow from it change too."""
    from followup_tui.domain.channels import find_channel
    from followup_tui.domain.outcomes import find_outcome

    if all(said is None for said in (note, value, outcome, at, channel, sentiment, inbound, until)):
        raise UsageError("nothing to change", "say what, as --outcome spoke; followup touch edit --help lists it")
    told = session.when(until) if until else None
    result = session.services.log.correct(
        touch,
        note=note,
        value=value,
        outcome=find_outcome(outcome) if outcome else None,
        at=session.moment(at) if at else None,
        channel=find_channel(channel).name if channel else None,
        sentiment=words.choose("--sentiment", sentiment or None, SENTIMENTS) if sentiment else sentiment,
        inbound=inbound,
        until=told.date if told else None,
        until_time=told.time if told else None,
        dry_run=dry_run,
    )
    _report(session, "Corrected", result, dry_run=dry_run)


def delete(session: Session, touch: Id, dry_run: DryRun = False) -> None:
    """Take a touch back as if it had never been logged."""
    _report(session, "Removed", session.services.log.remove(touch, dry_run=dry_run), dry_run=dry_run)


def erase(
    session: Session,
    who: Who,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Remove a person everywhere, undo history included; it can't be undone."""
    one = session.who(who)
    prospect = session.services.prospects.get(one)
    name, touches = words.person(prospect), words.count(prospect.touches, "touch", "touches")
    if not yes and not _asked(f"Erase {name} with {touches} for good? It can't be undone."):
        raise FollowupError(f"{name} was not erased")
    session.services.prospects.erase(one)
    lines = [f"Erased: {name}, {touches}; this can't be undone", "Backups and exports made before still hold them"]
    session.show({"erased": one}, lines)


def _asked(question: str) -> bool:
    """Ask once on the terminal; UsageError where nobody can answer."""
    if not sys.stdin.isatty():
        raise UsageError("erasing can't be undone, so it has to be confirmed", "add --yes")
    from followup_tui.cli.editing import agreed

    return agreed(question, default=False)


def _report(session: Session, verb: str, result: tuple[CorrectionView, Changes], *, dry_run: bool) -> None:
    """Print what a correction changed, or would change."""
    view, changes = result
    session.show(view, _corrected(session, verb, view, changes, dry_run=dry_run))


def _corrected(session: Session, verb: str, view: CorrectionView, changes: Changes, *, dry_run: bool) -> Iterator[str]:
    prospect = session.services.prospects.get(view.touch.prospect)
    when = f"{words.short_day(view.touch.at.date(), session.today)} {words.clock(view.touch.at)}"
    done = "Would be" if dry_run else "Unchanged:" if not changes.change else ""
    start = f"{done} {verb.casefold()}:" if dry_run else done or f"{verb}:"
    yield f"{start} {words.touch_words(view.touch)} · {words.person(prospect)} · {when}"
    said = line(view.explanation)
    yield said[0].upper() + said[1:]
    if dry_run:
        yield "Nothing was changed: this was a dry run"
    else:
        yield from session.asked(prospect)
        yield from session.undo_hint(changes)
