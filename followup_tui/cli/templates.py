"""Templates: template list, show, add, edit, remove, check."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli.command import group, offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows
from followup_tui.errors import FollowupError, PhraseError, UsageError

if TYPE_CHECKING:
    from followup_tui.services.changes import Changes
    from followup_tui.services.views import FindingView, TemplateView

Name = Annotated[str, typer.Argument(metavar="NAME", help="Its number, its name, or the beginning of it.")]
File = Annotated[Path | None, typer.Option("--file", metavar="FILE", help="The words; - reads them from stdin.")]
Subject = Annotated[str | None, typer.Option("--subject", help="With placeholders as {first_name}.")]
Channels = Annotated[list[str] | None, typer.Option("--channel", help="A channel it is for; none: any.")]
Tags = Annotated[list[str] | None, typer.Option("--tag", help="As challenge or relate.")]
_LARGEST = 100_000
_START = "Hello {first_name},\n\n\n\n{my_name}\n{my_phone} · {my_email}\n"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    template = group("template", "What to say: words with places to fill.")
    offer(template, "list", list_)
    for verb in (show, add, edit, remove, check):
        offer(template, verb.__name__, verb)
    app.add_typer(template)


def list_(
    session: Session, retired: Annotated[bool, typer.Option("--all", help="The retired ones too.")] = False
) -> None:
    """Print the templates with how often each was sent and answered."""
    found = session.services.templates.list(retired=retired)
    table = (
        (
            one.id,
            one.name + (" (retired)" if one.retired else ""),
            " ".join(one.tags),
            f"sent {one.used}" if one.used else "not sent",
            f"answered {one.answered}" if one.used else "",
            ", ".join(one.channels) or "any channel",
        )
        for one in found
    )
    session.show({"templates": found}, rows(table))


def show(session: Session, name: Name) -> None:
    """Print the words of a template as they are kept."""
    one = session.services.templates.get(name)
    session.show({"template": one}, _shown(one, session))


def add(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What you call it.")],
    file: File = None,
    subject: Subject = None,
    channel: Channels = None,
    tag: Tags = None,
) -> None:
    """Keep a template: its words from a file, or from $EDITOR."""
    from followup_tui.services.views import TemplateDraft

    body = _words(file, _START)
    draft = TemplateDraft(name, _listed(channel), subject, body, _listed(tag))
    _done(session, "Kept", *_saved(lambda: session.services.templates.add(draft), body, file))


def edit(
    session: Session,
    name: Name,
    file: File = None,
    new: Annotated[str | None, typer.Option("--name", help="Another name.")] = None,
    subject: Subject = None,
    channel: Channels = None,
    tag: Tags = None,
) -> None:
    """Change a template: what the options say; without any the words, in $EDITOR."""
    from followup_tui.services.views import TemplateDraft

    one = session.services.templates.get(name)
    draft = TemplateDraft(new, _listed(channel), subject, None, _listed(tag))
    body = _words(file, one.body) if file is not None or draft == TemplateDraft() else None
    draft = TemplateDraft(new, draft.channels, subject, body, draft.tags)
    _done(session, "Changed", *_saved(lambda: session.services.templates.edit(one.id, draft), body, file))


def remove(session: Session, name: Name) -> None:
    """Take a template out; one that was used, or that ships, is retired."""
    one, retired, changes = session.services.templates.remove(name)
    data = {"template": one, "retired": retired, "undo": changes.name}
    session.show(data, [f"{'Retired' if retired else 'Removed'}: {line(one.name)}", *session.undo_hint(changes)])


def check(
    session: Session,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="One of them; without it all.")] = None,
    file: File = None,
) -> int:
    """Look templates over by the rules of the linter; exit 1 when one fails."""
    service = session.services.templates
    if file is not None:
        texts = [(name or str(file), "", _words(file, ""))]
    else:
        found = [service.get(name)] if name else list(service.list())
        texts = [(one.name, one.subject, one.body) for one in found]
    checked = [(title, _checked(session, subject, body)) for title, subject, body in texts]
    ok = all(isinstance(said, tuple) and all(one.ok for one in said) for _, said in checked)
    data = [
        {
            "name": title,
            "findings": said if isinstance(said, tuple) else (),
            "error": said if isinstance(said, str) else None,
        }
        for title, said in checked
    ]
    session.show({"checks": data, "ok": ok}, _report(checked))
    return 0 if ok else 1


def _checked(session: Session, subject: str, body: str) -> tuple[FindingView, ...] | str:
    """Return the findings, or the unknown placeholder with its column."""
    try:
        return session.services.templates.check(body, subject)
    except PhraseError as error:
        return str(error)


def _report(checked: Iterable[tuple[str, tuple[FindingView, ...] | str]]) -> Iterator[str]:
    for title, said in checked:
        if isinstance(said, str):
            yield f"{line(title)}: failed"
            yield f"  {said}"
            continue
        yield f"{line(title)}: {'ok' if all(one.ok for one in said) else 'failed'}"
        yield from rows(("ok" if one.ok else "no", one.rule, f"{one.line} ({one.source})") for one in said)


def _words(file: Path | None, start: str) -> str:
    """Return the words of a file, of stdin, or of the editor."""
    if file is None:
        if not sys.stdin.isatty():
            raise UsageError("an editor needs a terminal", "name the words with --file FILE, or - for stdin")
        from followup_tui.editor import edited_text

        return edited_text(start)
    try:
        data = sys.stdin.buffer.read(_LARGEST + 1) if str(file) == "-" else _read(file)
        if len(data) > _LARGEST:
            raise UsageError(f"{file} is far too long for a template")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise FollowupError(f"{file} can't be read: {error.strerror}", "name another file") from None
    except UnicodeDecodeError as error:
        raise FollowupError(f"{file} is not UTF-8 text (byte {error.start + 1})", "save it as UTF-8") from None


def _read(file: Path) -> bytes:
    if file.exists() and not file.is_file():
        raise FollowupError(f"{file} is not a file", "name a text file, or - for stdin")
    with file.open("rb") as source:
        return source.read(_LARGEST + 1)


def _saved(
    save: Callable[[], tuple[TemplateView, Changes]], body: str | None, file: Path | None
) -> tuple[TemplateView, Changes]:
    """Return what was saved; words from the editor that were refused are kept in a file."""
    try:
        return save()
    except FollowupError as error:
        if body is None or file is not None:
            raise
        import tempfile

        handle, name = tempfile.mkstemp(prefix="followup-", suffix=".txt")
        with open(handle, "w", encoding="utf-8") as out:
            out.write(body)
        raise FollowupError(error.title, f"{error.hint}; your words are in {name}") from None


def _listed(words: list[str] | None) -> tuple[str, ...] | None:
    return None if words is None else tuple(part for word in words for part in word.split(","))


def _done(session: Session, verb: str, one: TemplateView, changes: Changes) -> None:
    session.show({"template": one, "undo": changes.name}, [f"{verb}: {line(one.name)}", *session.undo_hint(changes)])


def _shown(one: TemplateView, session: Session) -> Iterator[str]:
    yield session.paint.bold(line(one.name))
    about = [", ".join(one.channels) or "any channel", " ".join(one.tags), f"after {one.source}" if one.source else ""]
    yield session.paint.dim(" · ".join(part for part in about if part))
    yield f"Subject: {line(one.subject)}"
    yield ""
    yield from (line(part) for part in one.body.splitlines())
