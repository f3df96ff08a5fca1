"""Smart lists and verbs on many in memory, for the screens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from followup_tui.errors import UsageError
from followup_tui.services.changes import Changes
from followup_tui.services.smart_lists import SmartListView
from followup_tui.services.views import BulkView, WhoView

if TYPE_CHECKING:
    from tests.tui.fake_services import FakeServices


class FakeLists:
    """services.lists."""

    def __init__(self, services: FakeServices) -> None:
        self._services = services
        self.saved: list[tuple[str, str]] = []
        self.arranged = ""

    def counted(self) -> list[SmartListView]:
        self._services.ran("lists")
        count = self._services.prospects.count
        shipped = [("Nurture", "relation:nurture"), ("Pool", "relation:pool")]
        return [SmartListView(name, filter, True, count(filter)) for name, filter in shipped] + [
            SmartListView(name, filter, False, count(filter)) for name, filter in self.saved
        ]

    def all(self) -> list[SmartListView]:
        return self.counted()

    def save(self, name: str, filter: str) -> tuple[SmartListView, Changes]:
        self.saved = [one for one in self.saved if one[0] != name] + [(name, filter)]
        return SmartListView(name, filter, False), self._changed(f"Save list {name}")

    def rename(self, name: str, new: str) -> tuple[SmartListView, Changes]:
        self.saved = [(new if known == name else known, filter) for known, filter in self.saved]
        return SmartListView(new, "", False), self._changed(f"Rename list {name}")

    def remove(self, name: str) -> Changes:
        self.saved = [one for one in self.saved if one[0] != name]
        return self._changed(f"Remove list {name}")

    def shift(self, name: str, by: int) -> Changes:
        place = next(number for number, one in enumerate(self.saved) if one[0] == name)
        self.saved.insert(max(0, place + by), self.saved.pop(place))
        return self._changed(f"Move list {name}")

    def table(self) -> str:
        return self.arranged

    def arrange(self, table: str) -> tuple[str, Changes]:
        self.arranged = table
        return table, self._changed("Arrange the table of prospects")

    def _changed(self, name: str) -> Changes:
        return self._services.change(name, [], self._services.state)


class FakeBulk:
    """services.bulk; whoever is called Bo Chan is refused."""

    def __init__(self, services: FakeServices) -> None:
        self._services = services
        self.ran: list[tuple[str, int, Any]] = []

    def star(self, ids: Sequence[str], on: bool = True, progress: Any = None) -> tuple[BulkView, Changes]:
        people = self._services.state.people
        starred = {id: replace(people[id], star=on) for id in ids}
        new = replace(self._services.state, people={**people, **starred})
        self.ran.append(("star", len(ids), on))
        return BulkView(len(ids)), self._services.change("Star", list(ids), new)

    def tag(self, ids: Sequence[str], tags: Sequence[str], progress: Any = None) -> tuple[BulkView, Changes]:
        return self._each("tag", ids, tuple(tags), progress)

    def close(self, ids: Sequence[str], reason: str = "", progress: Any = None) -> tuple[BulkView, Changes]:
        return self._each("close", ids, reason, progress)

    def move(self, ids: Sequence[str], day: Any, at: Any = None, progress: Any = None) -> tuple[BulkView, Changes]:
        return self._each("move", ids, day, progress)

    def pause(
        self, ids: Sequence[str], until: Any = None, rule: str = "freeze", progress: Any = None
    ) -> tuple[BulkView, Changes]:
        return self._each("pause", ids, until, progress)

    def _each(self, verb: str, ids: Sequence[str], said: Any, progress: Any) -> tuple[BulkView, Changes]:
        self.ran.append((verb, len(ids), said))
        if progress is not None and not progress(len(ids)):
            raise UsageError("cancelled")
        bo = next((p for p in self._services.state.people.values() if p.name == "Bo Chan"), None)
        refused = ((WhoView(bo.id, bo.name, bo.company, ""), "is closed already"),) if bo and bo.id in ids else ()
        return BulkView(len(ids) - len(refused), refused), self._services.change(verb, ids, self._services.state)
