"""Commands that reach out: compose and dial."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import Who, offer
from followup_tui.cli.output import warn
from followup_tui.cli.session import Session
from followup_tui.cli.table import line
from followup_tui.errors import UsageError

if TYPE_CHECKING:
    from followup_tui.services.views import MessageView


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "compose", compose)
    offer(app, "dial", dial)


def compose(
    session: Session,
    who: Who,
    template: Annotated[str | None, typer.Option("--template", help="Its name; “none” for none.")] = None,
    channel: Annotated[str | None, typer.Option("--channel", help="Another channel than the planned one.")] = None,
    value: Annotated[str | None, typer.Option("--value", help="The new and useful thing it gives.")] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Change the words in $EDITOR first.")] = False,
    print_: Annotated[bool, typer.Option("--print", help="Only print it: nothing is sent or logged.")] = False,
) -> None:
    """Fill a template for a prospect, hand it to the mail program, and log it as sent; or only print it."""
    from followup_tui.domain.channels import find_channel
    from followup_tui.domain.placeholders import require_filled

    service, prospect = session.services.compose, session.who(who)
    chosen = "" if template is not None and template.casefold() == "none" else template
    message = service.prepare(prospect, channel=channel, template=chosen, value=value)
    if channel and message.channel != find_channel(channel).name:
        raise UsageError(f"nothing is written by {channel}", "use email, text, mail, fax, article or gift")
    if edit:
        message = _edited(session, message)
    if message.guard:
        warn(message.guard)
    if print_:
        session.show({"message": message}, _lines(message))
        return
    require_filled(
        f"{message.subject}\n{message.body}", "nothing was sent or logged: --edit fills it, --print only shows it"
    )
    if message.channel == "email" or (message.channel == "article" and "@" in message.to):
        service.open_mail(message.to, message.subject, message.body)
        done = f"Handed to the mail program: {line(message.subject)}"
    elif message.channel in ("mail", "gift", "article"):
        done = f"Written: {service.write_letter(prospect, message.subject, message.body)}"
    else:
        raise UsageError(f"a {message.channel} can't be sent from here", "--print shows it; followup log logs it")
    _logged(session, prospect, message, done)


def dial(
    session: Session,
    who: Who,
    number: Annotated[str | None, typer.Option("--number", help="Another of their numbers.")] = None,
) -> None:
    """Call a prospect through the program of the configuration; log what came of it with followup log."""
    view = session.services.reach.dial(session.who(who), number)
    if view.guard:
        warn(view.guard)
    called = number or view.numbers[0].number
    session.show({"dial": view}, [f"Calling {line(view.name)}: {line(called)}", line(view.opener)])


def _edited(session: Session, message: MessageView) -> MessageView:
    from followup_tui.editor import edited_text

    if not sys.stdin.isatty():
        raise UsageError("an editor needs a terminal", "leave --edit out")
    body = edited_text(message.body)
    return replace(message, body=body, findings=session.services.compose.lint(body, message.subject))


def _logged(session: Session, prospect: str, message: MessageView, done: str) -> None:
    from followup_tui.domain.model import Outcome
    from followup_tui.services.views import LogDraft

    draft = LogDraft(message.channel, Outcome.SENT, value=message.value, template=message.template)
    view, changes = session.services.log.log(prospect, draft)
    for finding in message.findings:
        if not finding.ok:
            warn(f"{finding.line} ({finding.source})")
    after = words.next_touch(view.after, session.today, view.prospect.steps_total)
    lines = [done, f"Logged: {words.person(view.prospect)}", f"Next: {after}", *session.undo_hint(changes)]
    session.show({"message": message, "touch": view.touch, "after": view.after, "undo": view.undo}, lines)


def _lines(message: MessageView) -> Iterator[str]:
    """Return the message as text; what the linter says goes to stderr."""
    if message.to:
        yield f"To: {line(message.to)}"
    if message.subject:
        yield f"Subject: {line(message.subject)}"
    yield ""
    yield from (line(part) for part in message.body.splitlines())
    for finding in message.findings:
        if not finding.ok:
            warn(f"{finding.line} ({finding.source})")
