"""The value library: value list, add, edit, tag, remove."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from followup_tui.cli import words
from followup_tui.cli.command import OPEN_ENDED, group, offer
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows
from followup_tui.errors import UsageError

if TYPE_CHECKING:
    from followup_tui.services.changes import Changes
    from followup_tui.services.views import ValueChoiceView, ValueItemView

Item = Annotated[str, typer.Argument(metavar="ITEM", help="Its number, its title, or the beginning of it.")]
Title = Annotated[str | None, typer.Option("--title", help="What touches call it.")]
Kind = Annotated[str | None, typer.Option("--kind", help="article, press, update, gift, picture, card, invitation.")]
Text = Annotated[str | None, typer.Option("--text", help="What is in it for them.")]
Link = Annotated[str | None, typer.Option("--link", help="As https://example.com/page.")]
Channels = Annotated[list[str] | None, typer.Option("--channel", help="A channel that can carry it; none: any.")]
Tags = Annotated[list[str] | None, typer.Option("--tag", help="People with the same tag get it first.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    value = group("value", "What to give: articles, press, updates, gifts, pictures, cards, invitations.")
    offer(value, "list", list_)
    for verb in (add, edit, remove):
        offer(value, verb.__name__, verb)
    offer(value, "tag", tag, context_settings=OPEN_ENDED)
    app.add_typer(value)


def list_(
    session: Session,
    who: Annotated[str | None, typer.Option("--for", metavar="WHO", help="What this prospect never got first.")] = None,
    retired: Annotated[bool, typer.Option("--all", help="The retired ones too.")] = False,
) -> None:
    """Print the items with how often each was given and answered; ideas while there are none."""
    library = session.services.library
    if who is not None:
        prospect = session.who(who)
        choices = library.choices(prospect)
        session.show({"prospect": prospect, "choices": choices}, _choices(choices, session))
        return
    items = library.items(retired=retired)
    session.show({"items": items, "prompts": library.prompts()}, _items(items, session))


def add(
    session: Session,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What touches call it.")],
    kind: Kind = None,
    text: Text = None,
    link: Link = None,
    channel: Channels = None,
    tag: Tags = None,
) -> None:
    """Keep something to give."""
    from followup_tui.services.views import ValueDraft

    draft = ValueDraft(title, kind, text, link, _listed(channel), _listed(tag))
    _done(session, "Kept", *session.services.library.add(draft))


def edit(
    session: Session,
    item: Item,
    title: Title = None,
    kind: Kind = None,
    text: Text = None,
    link: Link = None,
    channel: Channels = None,
    tag: Tags = None,
) -> None:
    """Change an item; touches that gave it follow a new title."""
    from followup_tui.services.views import ValueDraft

    draft = ValueDraft(title, kind, text, link, _listed(channel), _listed(tag))
    if draft == ValueDraft():
        raise UsageError("nothing to change", "as: followup value edit ITEM --link https://example.com")
    _done(session, "Changed", *session.services.library.edit(item, draft))


def tag(
    session: Session,
    item: Item,
    tags: Annotated[list[str], typer.Argument(metavar="TAG…", help="One that begins with - is taken away.")],
) -> None:
    """Add tags to an item, or take them away."""
    from followup_tui.cli.command import refuse_options

    refuse_options("value tag", tags)
    _done(session, "Tagged", *session.services.library.tag(item, tags))


def remove(session: Session, item: Item) -> None:
    """Take an item out; one that was given is retired, so that nobody gets it twice."""
    view, retired, changes = session.services.library.remove(item)
    data = {"item": view, "retired": retired, "undo": changes.name}
    session.show(data, [f"{'Retired' if retired else 'Removed'}: {line(view.title)}", *session.undo_hint(changes)])


def _listed(words_: list[str] | None) -> tuple[str, ...] | None:
    """Return words given by options, each with commas in it or not; None when there were none."""
    return None if words_ is None else tuple(part for word in words_ for part in word.split(","))


def _done(session: Session, verb: str, item: ValueItemView, changes: Changes) -> None:
    lines = [f"{verb}: {line(item.title)} ({item.kind})", *session.undo_hint(changes)]
    session.show({"item": item, "undo": changes.name}, lines)


def _items(items: tuple[ValueItemView, ...], session: Session) -> Iterator[str]:
    if not items:
        yield "The library is empty: followup value add TITLE. Think of"
        yield from rows((one.kind, one.prompt) for one in session.services.library.prompts())
        return
    table = [
        (
            item.id,
            item.title + (" (retired)" if item.retired else ""),
            item.kind,
            f"given {item.given}" if item.given else "not given",
            f"answered {item.answered}" if item.given else "",
            ", ".join(item.channels),
            " ".join(item.tags),
            item.link,
        )
        for item in items
    ]
    yield from rows(table, widest=48)


def _choices(choices: tuple[ValueChoiceView, ...], session: Session) -> Iterator[str]:
    yield from rows(
        (
            one.title,
            one.kind,
            f"given {words.day(one.given, session.today)}" if one.given else "not given yet",
            one.link,
        )
        for one in choices
    )
