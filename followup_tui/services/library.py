"""The value library: what is given in a touch, who got it already, and what to give next (domain §8, S0)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from followup_tui import shipped
from followup_tui.domain.cleaning import clean_stored
from followup_tui.domain.model import Relation
from followup_tui.domain.values import proposed_value
from followup_tui.errors import UsageError
from followup_tui.services import kept
from followup_tui.services.changes import Changes
from followup_tui.services.context import Context
from followup_tui.services.views import PromptView, ValueChoiceView, ValueDraft, ValueItemView
from followup_tui.storage import library, queue
from followup_tui.storage.unit_of_work import Row

KINDS = ("article", "press", "update", "gift", "picture", "card", "invitation")
_TABLE, _WHAT = "value_item", "value item"


class LibraryService:
    """Value items."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def items(self, *, retired: bool = False) -> tuple[ValueItemView, ...]:
        """Return the items, the newest first, with how often each was given and answered."""
        with self._context.database.reading() as connection:
            found = library.items(connection, retired=retired)
            counts = kept.counted(connection, _TABLE)
        return tuple(_view(item, *counts.get(item.title.casefold(), (0, 0))) for item in found)

    def item(self, said: str) -> ValueItemView:
        """Return one item by id or title; NothingFound, or UsageError when several are meant."""
        return kept.chosen(self.items(retired=True), said, _WHAT, lambda item: item.title)

    def choices(self, prospect_id: str, channel: str = "") -> tuple[ValueChoiceView, ...]:
        """Return what may be given to one prospect: what it never got first, the given ones after, oldest first."""
        from followup_tui.services.recording import stored

        context = self._context
        with context.database.reading() as connection:
            person = stored(connection, prospect_id)
            return choices_for(connection, prospect_id, channel, person.tags, context)

    def prompts(self) -> tuple[PromptView, ...]:
        """Return ideas for something of value."""
        return tuple(PromptView(kind, prompt) for kind, prompt in shipped.value_prompts())

    def add(self, draft: ValueDraft) -> tuple[ValueItemView, Changes]:
        """Keep a new item; UsageError without a title, or when the title is taken."""
        row = _row(draft)
        if not row.get("title"):
            raise UsageError("a value item needs a title", "as: storm-damage checklist")
        row = {"kind": "article", "text": "", "link": "", "channels": "", "tags": "", **row}
        key, changes = kept.put_in(self._context, _TABLE, row, _WHAT)
        return self.item(str(key)), changes

    def edit(self, said: str, draft: ValueDraft) -> tuple[ValueItemView, Changes]:
        """Change what the draft names; touches that gave the item follow a new title."""
        item, row = self.item(said), _row(draft)
        if row.get("title") == "":
            raise UsageError("a title can't be empty")
        changes = kept.change(self._context, _TABLE, int(item.id), row, _WHAT)
        return self.item(item.id), changes

    def tag(self, said: str, tags: Sequence[str]) -> tuple[ValueItemView, Changes]:
        """Add tags; one that begins with - is taken away."""
        item = self.item(said)
        row: Row = {"tags": kept.tag_words(tags, item.tags)}
        return self.item(item.id), kept.change(self._context, _TABLE, int(item.id), row, _WHAT)

    def remove(self, said: str) -> tuple[ValueItemView, bool, Changes]:
        """Take an item out; one that was given is retired, so that nobody gets it twice. Tell which."""
        item = self.item(said)
        retired, changes = kept.take_out(self._context, _TABLE, int(item.id), _WHAT)
        return item, retired, changes


def choices_for(
    connection: Any, prospect_id: str, channel: str, tags: Sequence[str], context: Context
) -> tuple[ValueChoiceView, ...]:
    """Return what may be given on a channel; items that share a tag with the prospect come first, then the newest."""
    return _choices(connection, channel, tags, context, library.given_to(connection, prospect_id))


def _choices(
    connection: Any, channel: str, tags: Sequence[str], context: Context, given: Mapping[str, datetime]
) -> tuple[ValueChoiceView, ...]:
    rules = context.rules(connection)
    fitting = [one for one in library.items(connection) if not (channel and one.channels) or channel in one.channels]

    def rank(item: library.Item) -> tuple[bool, float, bool, int]:
        at = given.get(item.title.casefold())
        return at is not None, at.timestamp() if at else 0.0, not set(item.tags) & set(tags), -item.id

    def choice(item: library.Item) -> ValueChoiceView:
        at = given.get(item.title.casefold())
        return ValueChoiceView(item.title, item.kind, item.link, rules.day(at) if at else None)

    return tuple(choice(item) for item in sorted(fitting, key=rank))


def proposed(
    connection: Any, prospect_id: str, channel: str, tags: Sequence[str], context: Context, linked: bool = False
) -> ValueChoiceView | None:
    """Return the item to give next: one this prospect never got; None when there is none.

    `linked`: a link is asked for, items that have one go first. Whom one stays in touch with gets, once there is
    nothing new, what is longest ago, never the same twice running.
    """
    got = library.given_to(connection, prospect_id)
    there = _choices(connection, channel, tags, context, got)
    choices = {one.title: one for one in sorted(there, key=lambda one: linked and not one.link)}
    title = proposed_value(tuple(choices), sorted(got, key=lambda name: got[name]))
    if title is None or choices[title].given is None:
        return choices.get(title or "")
    lasting = queue.relation_of(connection, prospect_id) in (Relation.NURTURE, Relation.CUSTOMER)
    return choices[title] if lasting else None


def known_title(connection: Any, typed: str) -> str:
    """Return the title of the item that was typed, as the library writes it; else what was typed."""
    titles = {item.title.casefold(): item.title for item in library.items(connection, retired=True)} if typed else {}
    return titles.get(typed.casefold(), typed)


def _row(draft: ValueDraft) -> Row:
    """Return the columns a draft sets, cleaned and checked."""
    row: Row = {}
    if draft.title is not None:
        row["title"] = clean_stored(draft.title)
    if draft.kind is not None:
        row["kind"] = checked_kind(draft.kind)
    if draft.text is not None:
        row["text"] = clean_stored(draft.text, multiline=True)
    if draft.link is not None:
        row["link"] = checked_link(draft.link)
    if draft.channels is not None:
        row["channels"] = kept.channel_names(draft.channels)
    if draft.tags is not None:
        row["tags"] = kept.tag_words(draft.tags)
    return row


def checked_kind(text: str) -> str:
    """Return the kind that is meant; UsageError naming them all."""
    wanted = clean_stored(text).casefold()
    found = [kind for kind in KINDS if wanted and kind.startswith(wanted)]
    if len(found) != 1 and wanted not in KINDS:
        raise UsageError(f"unknown kind “{text}”", "use one of " + ", ".join(KINDS))
    return wanted if wanted in KINDS else found[0]


def checked_link(text: str) -> str:
    """Return a link that can be opened and sent: http or https, nothing else."""
    from urllib.parse import urlsplit

    link = clean_stored(text)
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        sound = parts.scheme.casefold() in ("http", "https") and bool(parts.hostname) and " " not in link
    except ValueError:
        sound = False
    if not sound:
        raise UsageError(f"“{link[:60]}” is not a link", "write it as https://example.com/page")
    return link


def _view(item: library.Item, given: int, answered: int) -> ValueItemView:
    return ValueItemView(
        id=str(item.id),
        title=item.title,
        kind=item.kind,
        text=item.text,
        link=item.link,
        channels=item.channels,
        tags=item.tags,
        retired=item.retired,
        given=given,
        answered=answered,
    )
