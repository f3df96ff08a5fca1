"""Commands about people: add, edit, show, find, star, tag, close, reopen."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

import typer

from followup_tui.cli import words
from followup_tui.cli.command import OPEN_ENDED, Who, offer, refuse_options
from followup_tui.cli.fields import Fields, with_fields
from followup_tui.cli.output import put, put_json_list, warn
from followup_tui.cli.session import Session
from followup_tui.cli.table import line, rows
from followup_tui.errors import NothingFound, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from followup_tui.services.changes import Changes
    from followup_tui.services.views import ProspectRow, ProspectView

PAGE = 500


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    offer(app, "add", with_fields(add))
    offer(app, "edit", with_fields(edit))
    offer(app, "find", find, context_settings=OPEN_ENDED)
    offer(app, "tag", tag, context_settings=OPEN_ENDED)
    for verb in (star, close, reopen):
        offer(app, verb.__name__, verb)


def add(session: Session, name: Annotated[str, typer.Argument(metavar="NAME")], fields: Fields) -> None:
    """Add a prospect; the relation decides what is planned."""
    prospect, changes = session.services.prospects.add(fields.draft(name))
    _changed(session, "Added", prospect, changes)


def edit(
    session: Session,
    who: Who,
    fields: Fields,
    name: Annotated[str | None, typer.Option("--name", help="The new name.")] = None,
) -> None:
    """Change what is known about a prospect; “” takes it away."""
    if name is None and fields.nothing:
        raise UsageError("nothing to change", "say what, as --phone; followup edit --help lists it")
    from followup_tui.domain.tuning import RISKS

    prospect, changes = session.services.prospects.edit(session.who(who), fields.draft(name))
    risk = RISKS.get(prospect.goal, "") if fields.goal else ""
    _changed(session, "Changed", prospect, changes, risk)


def find(
    session: Session,
    filter: Annotated[list[str] | None, typer.Argument(metavar="FILTER", help="As relation:cold due<=today.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Not more than these.")] = None,
) -> None:
    """Print a table of the prospects that match the filter."""
    refuse_options("find", filter or [])
    wanted = " ".join(filter or [])
    people = session.services.prospects
    pages: Iterator[list[Any]] = _pages(people.find if session.options.json else people.rows, wanted, limit)
    first = next(pages, None)
    near = people.near(wanted, limit) if first is None and wanted else []
    if near:
        warn(f"nobody is called {line(wanted)}; near it:")
        first = people.get_many(near) if session.options.json else people.rows_of(near)
    if first is None:
        hint = "" if wanted else "followup add NAME, followup import FILE, or followup demo"
        raise NothingFound(f"nobody matches {wanted}" if wanted else "nobody is here yet", hint)
    found = chain([first], pages)
    if session.options.json:
        put_json_list("prospects", chain.from_iterable(found))
    else:
        put(_table(found, session))


def _pages(fetch: Callable[..., list[Any]], wanted: str, limit: int | None) -> Iterator[list[Any]]:
    """Return what matches page by page, so that a large table needs little memory and starts at once."""
    shown = 0
    while limit is None or shown < limit:
        size = PAGE if limit is None else min(PAGE, limit - shown)
        page = fetch(wanted, limit=size, offset=shown)
        if page:
            yield page
        shown += len(page)
        if len(page) < size:
            return


def _table(pages: Iterable[list[ProspectRow]], session: Session) -> Iterator[str]:
    """Return the rows as lines under a head."""
    head: tuple[object, ...] | None = ("name", "company", "relation", "next", "attempts", "last touch", "id")
    for page in pages:
        table = [_row(row, session.today) for row in page]
        lines = rows([head, *table] if head else table, indent="")
        yield session.paint.dim(lines[0]) if head else lines[0]
        yield from lines[1:]
        head = None


def _row(row: ProspectRow, today: date) -> tuple[object, ...]:
    """Return a prospect as cells."""
    planned = ""
    if row.next_date is not None:
        what = row.next_channel or ("a decision" if row.next_kind == "decision" else row.next_kind or "")
        planned = f"{words.day(row.next_date, today)} – {what}"
    last = words.short_day(row.last_touch.date(), today) if row.last_touch else ""
    name = row.name + (" *" if row.star else "")
    return (name, row.company, row.relation, planned, row.attempts or "", last, row.id)


def star(
    session: Session, who: Who, off: Annotated[bool, typer.Option("--off", help="Take the star away.")] = False
) -> None:
    """Mark a prospect with a star."""
    one = session.who(who)
    _say(session, "Star taken away" if off else "Starred", one, session.services.prospects.star([one], not off))


def tag(session: Session, who: Who, tags: Annotated[list[str], typer.Argument(metavar="TAG...")]) -> None:
    """Add tags to a prospect; one with a minus before it goes."""
    refuse_options("tag", tags)
    one = session.who(who)
    _say(session, "Tagged", one, session.services.prospects.tag([one], tags))


def close(
    session: Session, who: Who, reason: Annotated[str, typer.Option("--reason", help="Why, in your words.")] = ""
) -> None:
    """Close a prospect: no next touch; it can be reopened."""
    one = session.who(who)
    _say(session, "Closed", one, session.services.prospects.close([one], reason))


def reopen(session: Session, who: Who) -> None:
    """Reopen a closed prospect, with a decision today."""
    one = session.who(who)
    _say(session, "Reopened", one, session.services.prospects.reopen([one]))


def _say(session: Session, verb: str, one: str, result: tuple[int, Changes]) -> None:
    """Print what happened to one prospect, by its id."""
    number, changes = result
    session.show({"prospects": number, "undo": changes.name}, _told(session, verb, one, changes))


def _told(session: Session, verb: str, one: str, changes: Changes) -> Iterator[str]:
    """Return what a prospect is after a change."""
    prospect = session.services.prospects.get(one)
    tags = f" ({', '.join(line(tag) for tag in prospect.tags) or 'no tags'})" if verb == "Tagged" else ""
    yield f"{verb}: {words.person(prospect)}{tags}"
    yield from session.asked(prospect)
    yield from session.undo_hint(changes)


def _changed(session: Session, verb: str, prospect: ProspectView, changes: Changes, risk: str = "") -> None:
    """Print what an added or changed prospect is now."""
    lines = [f"{verb}: {words.person(prospect)} ({prospect.relation}, id {prospect.id})"]
    if prospect.next_touch is not None and not prospect.paused:
        lines.append(f"Next: {words.next_touch(prospect.next_touch, session.today, prospect.steps_total)}")
    elif prospect.relation == "pool":
        lines.append("In the pool, nothing planned: followup enrol puts people on a cadence")
    if risk:
        lines.append(f"{prospect.goal.capitalize()}: {risk}")
    session.show({"prospect": prospect, "undo": changes.name}, [*lines, *session.undo_hint(changes)])
