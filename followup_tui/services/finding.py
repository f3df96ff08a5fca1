"""Finding people: by who is meant, by words as one types, by filter; whole, as light rows, or only in which order."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any

from followup_tui.domain.cleaning import clean_stored
from followup_tui.errors import NothingFound, UsageError
from followup_tui.services import present
from followup_tui.services.context import Context
from followup_tui.services.fates import Fates
from followup_tui.services.knowing import known
from followup_tui.services.views import ListingView, ProspectRow, ProspectView
from followup_tui.storage import people, searching

NEAR = 50
"""People shown at most whose names are like the words."""


class Finding:
    """The part of the prospects that only reads."""

    _context: Context

    def __init__(self, context: Context) -> None:
        self._context = context
        self._orders: tuple[int, dict[str, list[str]]] = (-1, {})
        self._listed: tuple[object, list[str]] | None = None
        self._lock = Lock()
        self._names = searching.NameWords(context.database.path)
        self._fates = Fates()

    def resolve(self, who: str) -> str:
        """Return the id of the one prospect meant; UsageError listing several, NothingFound naming who is like it."""
        with self._context.database.reading() as connection:
            found = people.matching(connection, who)
            like = [] if found else searching.alike(connection, clean_stored(who), 3, self._names)
            named = people.people(connection, like or found) if like or len(found) > 1 else []
        said = clean_stored(who)
        if not found:
            names = " or ".join(dict.fromkeys(person.name for person in named))
            raise NothingFound(
                f"nobody matches “{said}”", f"did you mean {names}?" if names else "followup find lists everybody"
            )
        if len(found) > 1:
            listed = ", ".join(f"{p.id} {p.name}" + (f" ({p.company})" if p.company else "") for p in named[:10])
            more = " …" if len(named) > 10 else ""
            raise UsageError(f"“{said}” means several: {listed}{more}", "use the id")
        return found[0]

    def get_many(self, ids: Sequence[str]) -> list[ProspectView]:
        """Return prospects as `get` does, read together; those that are gone are left out."""
        context = self._context
        with context.database.reading() as connection:
            rules, now = context.rules(connection), context.now()
            return [known(connection, person, context, rules, now) for person in people.people(connection, ids)]

    def find(self, filter: str = "", *, limit: int | None = None, offset: int = 0) -> list[ProspectView]:
        """Return the prospects a filter matches, by name; PhraseError with a column for a bad filter."""
        context = self._context
        with context.database.reading() as connection:
            rules = context.rules(connection)
            found = people.people(connection, self._part(connection, filter, limit, offset))
            now = context.now()
            return [present.prospect_view(person, context, rules, now) for person in found]

    def count(self, filter: str = "") -> int:
        """Return how many prospects a filter matches."""
        from followup_tui.services.filtering import count_matching

        with self._context.database.reading() as connection:
            return count_matching(self._context, connection, filter) if filter.strip() else people.count(connection)

    def rows(self, filter: str = "", *, limit: int = 200, offset: int = 0) -> list[ProspectRow]:
        """Return light rows for a table, by name."""
        with self._context.database.reading() as connection:
            found = people.rows_of(connection, self._part(connection, filter, limit, offset))
        return self._rows(found)

    def rows_of(self, ids: Sequence[str]) -> list[ProspectRow]:
        """Return light rows of these prospects, in the order asked for."""
        with self._context.database.reading() as connection:
            found = people.rows_of(connection, ids)
        return self._rows(found)

    def search(self, text: str, limit: int = 50) -> list[ProspectRow]:
        """Return light rows for words as they are typed: names first, then numbers, addresses, notes, like names."""
        with self._context.database.reading() as connection:
            found = people.rows_of(connection, searching.search(connection, text, limit, self._names))
        return self._rows(found)

    def surest(self, text: str, limit: int = 50) -> list[ProspectRow]:
        """Return what `search` begins with: those found at once; the rest of it may take twenty times as long."""
        with self._context.database.reading() as connection:
            found = people.rows_of(connection, searching.surest(connection, text, limit))
        return self._rows(found)

    def get_ready(self) -> None:
        """Import now what the first condition typed in a filter needs: it takes most of a second."""
        from followup_tui.services.filtering import found_ids

        with self._context.database.reading() as connection:
            found_ids(self._context, connection, "relation:cold due<=today")

    def near(self, filter: str, limit: int | None = None) -> list[str]:
        """Return ids of people whose names are like words that find nobody, the likest first.

        Nobody for a filter that has conditions, quotes, or matches somebody; never for verbs on whom a filter finds.
        """
        with self._context.database.reading() as connection:
            return [] if self._part(connection, filter, 1, 0) else self._alike(connection, filter)[:limit]

    def listing(self, filter: str = "", order: str = "name", *, backwards: bool = False) -> ListingView:
        """Return whom a filter finds, as ids in an order; UsageError for one that is none of `ordering.ORDERS`.

        When words find nobody, those whose names are near, the likest first.
        """
        from followup_tui.storage.ordering import ORDERS

        if order not in ORDERS:
            raise UsageError(f"unknown order “{order}”", "use one of " + ", ".join(ORDERS))
        context = self._context
        version = context.database.version()
        with context.database.reading() as connection:
            ids = self._ordered(connection, version, order)
            if filter.strip():
                from followup_tui.services.filtering import found_ids

                wanted = found_ids(context, connection, filter)
                ids = [who for who in ids if who in wanted]
                near = [] if ids else self._alike(connection, filter)
                if near:
                    return ListingView(near, context.today(), context.now(), near=True)
        if backwards:
            ids = ids[::-1]
        return ListingView(ids, context.today(), context.now())

    def _ordered(self, connection: Any, version: int, order: str) -> list[str]:
        """Return everybody in an order, remembered until something is written."""
        from followup_tui.storage import ordering

        with self._lock:
            if self._orders[0] != version:
                self._orders = (version, {})
            kept = self._orders[1]
            if "name" not in kept:
                kept["name"] = ordering.by_name(connection)
            if order not in kept:
                kept[order] = ordering.by(connection, order, kept["name"])
            return kept[order]

    def _part(self, connection: Any, filter: str, limit: int | None, offset: int) -> list[str]:
        """Return a stretch of whom a filter finds, by name; pages of one filter are read off one answer."""
        if not filter.strip():
            return people.ids(connection, limit, offset)
        from followup_tui.services.filtering import matching_ids

        context = self._context
        if not offset:
            return matching_ids(context, connection, filter, limit, 0)
        asked = (filter, context.database.version(), context.today())
        if self._listed is None or self._listed[0] != asked:
            self._listed = (asked, matching_ids(context, connection, filter, None, 0))
        return self._listed[1][offset:][:limit]

    def _rows(self, found: Sequence[tuple[Any, ...]]) -> list[ProspectRow]:
        today = self._context.today()
        return [present.row_view(row, today) for row in found]

    def _alike(self, connection: Any, filter: str) -> list[str]:
        """Return whose names are like the words of a filter that is nothing but words."""
        from followup_tui.services.filtering import only_words

        return searching.alike(connection, clean_stored(filter), NEAR, self._names) if only_words(filter) else []
