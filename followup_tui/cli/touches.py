"""Commands that log and plan touches: log, answer, show, next, skip, move, snooze, pause, resume."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import Who, offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows
from followup_tui.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from followup_tui.services.changes import Changes
    from followup_tui.services.views import LogView, NextTouchView, OutcomeView, PauseView, PreviewView, ProspectView

When = Annotated[str, typer.Argument(metavar="WHEN", help="As “tue 3pm”, “+3d” or 2026-11-30.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, in your words.")]
Until = Annotated[str | None, typer.Option("--until", metavar="WHEN", help="The date, and time, told to them.")]
NEWEST = 300
"""Touches `show` prints of a long timeline; up to so many it is told at once what became of promises too."""
SENTIMENTS = ("good", "neutral", "bad")
RULES = ("freeze", "restart", "keep")


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "next", next_)
    for verb in (log, answer, show, skip, move, snooze, pause, resume, reel):
        offer(app, verb.__name__, verb)


def log(
    session: Session,
    who: Who,
    channel: Annotated[str, typer.Argument(metavar="CHANNEL", help="As phone, p or call.")],
    outcome: Annotated[str, typer.Argument(metavar="OUTCOME", help="As “left voicemail”, 2 or vm.")],
    note: Annotated[str, typer.Option("--note", help="What was said.")] = "",
    value: Annotated[str, typer.Option("--value", help="The new and useful thing you gave.")] = "",
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When it was, if not now.")] = None,
    sentiment: Annotated[str | None, typer.Option("--sentiment", metavar="|".join(SENTIMENTS))] = None,
    inbound: Annotated[bool, typer.Option("--inbound", help="They contacted you.")] = False,
    until: Until = None,
    consent: Annotated[str | None, typer.Option("--consent", metavar="yes|no", help="May you stay in touch?")] = None,
    reason: Reason = "",
    force: Annotated[bool, typer.Option("--force", help="Log despite do not contact; needs --reason.")] = False,
    channel_only: Annotated[bool, typer.Option("--channel-only", help="Do not contact: only on this channel.")] = False,
) -> None:
    """Log a touch, and print what changed and the next one."""
    from followup_tui.domain.channels import find_channel
    from followup_tui.domain.model import Outcome
    from followup_tui.domain.outcomes import find_outcome
    from followup_tui.services.views import LogDraft

    allowed = words.choose("--consent", consent, ("yes", "no"))
    said = session.when(until) if until else None
    draft = LogDraft(
        find_channel(channel).name,
        find_outcome(outcome),
        note=note,
        value=value,
        at=session.moment(at) if at else None,
        sentiment=words.choose("--sentiment", sentiment, SENTIMENTS) or "",
        inbound=inbound,
        until=said.date if said else None,
        until_time=said.time if said else None,
        consent=None if allowed is None else allowed == "yes",
        reason=reason,
        force=force,
        channel_only=channel_only,
    )
    if channel_only and draft.outcome is not Outcome.DO_NOT_CONTACT:
        raise UsageError("--channel-only goes with “do not contact”", "leave it out")
    if draft.outcome is Outcome.SKIP:
        skip(session, who, reason)
    else:
        _report(session, "Logged", session.services.log.log(session.who(who), draft))


def answer(
    session: Session,
    who: Who,
    choice: Annotated[str, typer.Argument(metavar="CHOICE", help="One of the choices, or its beginning.")],
    until: Until = None,
    cadence: Annotated[str | None, typer.Option("--cadence", help="The cadence to enrol in.")] = None,
    reason: Reason = "",
) -> None:
    """Answer the question the app asks about a prospect."""
    said = session.when(until) if until else None
    result = session.services.log.answer(
        session.who(who),
        choice,
        until=said.date if said else None,
        until_time=said.time if said else None,
        cadence=cadence,
        reason=reason,
    )
    _report(session, "Answered", result)


def show(
    session: Session,
    who: Who,
    everything: Annotated[bool, typer.Option("--all", help=f"All touches, not only the newest {NEWEST}.")] = False,
) -> None:
    """Print a prospect, the timeline and the steps ahead."""
    from followup_tui.cli.card import card
    from followup_tui.cli.waiting import Waiting

    prospects, prospect, older = session.services.prospects, session.who(who), 0
    if everything or session.options.json:
        with Waiting() as waiting:
            waiting.tell("reading the timeline", 0)
            view = prospects.timeline(prospect)
    else:
        opened = prospects.opened(prospect, NEWEST, promises=True)
        view = opened.view
        older = opened.touches - len(view.timeline)
    lines = card(view, session.today, session.paint, older)
    session.show(view, chain(lines, session.asked(view.prospect)))


def next_(
    session: Session,
    who: Who,
    channel: Annotated[str | None, typer.Option("--channel", help="Another channel than the planned one.")] = None,
) -> None:
    """Print what each outcome would do now."""
    from followup_tui.domain.channels import find_channel

    prospect = session.who(who)
    view = session.services.log.preview(prospect, channel=find_channel(channel).name if channel else None)
    session.show(view, _preview(view, session))


def skip(
    session: Session,
    who: Who,
    reason: Reason = "",
    companion: Annotated[bool, typer.Option("--companion", help="Only the companion of today's step.")] = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="Only the confirming of a meeting.")] = False,
) -> None:
    """Pass the planned step, or waive what is only offered beside it."""
    if companion or confirm:
        waive = session.services.log.waive if companion else session.services.log.waive_confirm
        _report(session, "Waived", waive(session.who(who)))
        return
    _report(session, "Skipped", session.services.log.skip(session.who(who), reason))


def move(session: Session, who: Who, when: When) -> None:
    """Move the next touch to another day."""
    said = session.when(when)
    _report(session, "Moved", session.services.log.move(session.who(who), said.date, said.time))


def snooze(
    session: Session, who: Who, when: Annotated[str | None, typer.Argument(metavar="WHEN", help="As 3pm.")] = None
) -> None:
    """Hide a prospect for an hour, or until a time today."""
    until = None
    if when:
        said = session.when(when)
        if said.time is None:
            raise UsageError(f"“{when}” has no time", "as 3pm; use move for another day")
        until = datetime.combine(said.date, said.time, session.services.now().tzinfo)
        if said.date > session.today and said.time >= session.config.day_starts:
            raise UsageError(f"“{when}” is another day", "snooze ends with the day; use move for another day")
    _report(session, "Snoozed", session.services.log.snooze(session.who(who), until))


def pause(
    session: Session,
    who: Who,
    until: Annotated[str | None, typer.Option("--until", metavar="WHEN", help="The day it ends.")] = None,
    rule: Annotated[str, typer.Option("--rule", metavar="|".join(RULES), help="How it resumes.")] = "freeze",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print what each rule would plan.")] = False,
) -> None:
    """Stop the clock, until a day or open; what each rule plans is printed with --dry-run."""
    how = words.choose("--rule", rule, RULES) or "freeze"
    day, prospect = session.when(until).date if until else None, session.who(who)
    tried = session.services.log.pause_preview(prospect, day)
    if dry_run:
        whom = session.services.prospects.get(prospect)
        session.show({"prospect": whom, "until": day, "rules": tried}, _pause_rules(session, whom, day, tried))
        return
    view, changes = session.services.log.pause(prospect, day, how)
    after = next((one.next_touch for one in tried if one.rule == how), None)
    session.show(view, _changed("Paused", view, changes, session, after if day else None))


def _pause_rules(
    session: Session, whom: ProspectView, until: date | None, tried: tuple[PauseView, ...]
) -> Iterator[str]:
    """Return what each way to resume would plan."""
    ends = f"until {words.day(until, session.today)}" if until else "open; the dates are as if it ended today"
    yield session.paint.bold(f"{words.person(whom)} · a pause {ends}")
    yield from rows(
        [(one.rule, words.next_touch(one.next_touch, session.today, whom.steps_total)) for one in tried], widest=110
    )
    yield "Nothing was changed."


def resume(session: Session, who: Who) -> None:
    """Let the clock run on, by the rule chosen at the pause."""
    _report(session, "Resumed", session.services.log.resume(session.who(who)))


def reel(session: Session, who: Who, reason: Reason = "") -> None:
    """Reel back: a longer gap before the next touch, and another channel."""
    _report(session, "Reeled back", session.services.log.reel(session.who(who), reason))


def _report(session: Session, verb: str, result: tuple[LogView, Changes]) -> None:
    """Print what changed and the next touch; what the guard says goes to stderr and stops nothing."""
    view, changes = result
    if view.guard:
        from followup_tui.cli.output import warn

        warn(view.guard)
    session.show(view, _changed(verb, view, changes, session))


def _changed(
    verb: str, view: LogView, changes: Changes, session: Session, resumed: NextTouchView | None = None
) -> Iterator[str]:
    """Return what changed as lines; `resumed` is what comes after a pause."""
    what = f"{words.touch_words(view.touch)} · " if view.touch else ""
    yield f"{verb}: {what}{words.person(view.prospect)}"
    said = line(view.explanation)
    if " " in said and (view.after is None or view.explanation != view.after.reason):
        yield said[0].upper() + said[1:]
    if view.prospect.paused:
        until = view.prospect.paused_until
        yield f"Paused until {words.day(until, session.today)}" if until else "Paused, open"
        if resumed is not None:
            yield f"Then: {words.next_touch(resumed, session.today, view.prospect.steps_total)}"
    else:
        yield f"Next: {words.next_touch(view.after, session.today, view.prospect.steps_total)}"
        yield from session.asked(view.prospect)
    yield from session.undo_hint(changes)


def _preview(view: PreviewView, session: Session) -> Iterator[str]:
    """Return the table of outcomes; those that suit the channel stand first."""
    planned = "" if view.completes else ", an extra touch: the planned step stays"
    yield session.paint.bold(f"{words.person(view.prospect)} · {view.channel or 'no channel'}{planned}")
    if view.headline:
        yield line(view.headline)
    if view.guard:
        yield session.paint.bold(f"Careful: {line(view.guard)}")
    ordered = sorted(view.outcomes, key=lambda outcome: not outcome.suits)
    yield from rows([_outcome(outcome, session.today) for outcome in ordered], widest=60)


def _outcome(outcome: OutcomeView, today: date) -> tuple[object, ...]:
    """Return one outcome as cells: key, name, next touch, relation, attempts left."""
    after = words.next_touch(outcome.next_touch, today, outcome.steps_total)
    if outcome.asks_when and outcome.next_touch is None:
        after = "asks when"
    left = "" if outcome.attempts_left is None else f"{outcome.attempts_left} left"
    return (outcome.key, outcome.outcome, after.partition(" (")[0], outcome.relation, left, outcome.explanation)
