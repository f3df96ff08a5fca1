"""What the keys do to the smart lists beside the table of prospects."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from followup_tui.errors import FollowupError
from followup_tui.services.changes import Changes
from followup_tui.tui.screens.bulk_verbs import BulkVerbs
from followup_tui.tui.widgets.list_pane import ListPane
from followup_tui.tui.widgets.table_columns import Arrangement

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.smart_lists import SmartListView

T = TypeVar("T")


class ListVerbs(BulkVerbs):
    """Going to the lists, taking one, and keeping one's own."""

    _arrangement: Arrangement | None
    """How the table is arranged; None until it is known how it was left."""

    @property
    def lists(self) -> ListPane:
        """The lists."""
        return self.query_one(ListPane)

    @abstractmethod
    def action_filter(self) -> None:
        """Go to the filter line."""

    def count_lists(self) -> None:
        """Ask how many each list finds now."""

        def show(found: tuple[list[SmartListView], int]) -> None:
            self.lists.set_lists(*found)

        self.home.ops.query("lists", lambda services: (services.lists.counted(), services.prospects.count()), show,
                            self._say, owner=self)  # fmt: skip

    def action_lists(self) -> None:
        """Go to the lists; where there is little room they come out for it."""
        self.add_class("-lists")
        self.set_focus(self.lists)

    def action_hide_lists(self) -> None:
        """Back to the table."""
        self.remove_class("-lists")
        self.set_focus(self.query_one("#table"))

    def action_save_list(self) -> None:
        """Ask for a name, and save the filter that is shown under it."""
        from followup_tui.tui.screens.note_dialog import NoteDialog

        filter = self.filter_shown
        if not filter:
            self.home.say("Type a filter first, enter, and then S saves it under a name")
            self.action_filter()
            return
        here = next((one.name for one in self.lists.lists if one.filter == filter and not one.shipped), "")
        dialog = NoteDialog(f"Save · {filter}", here, label="name")
        self.home.push_screen(
            dialog,
            lambda name: None if not name else self._change(
                lambda services: services.lists.save(name, filter),
                lambda one: f"Saved as {one.name} · list:\"{one.name}\" stands for it in filters · u undo",
            ),
        )  # fmt: skip

    def action_rename_list(self) -> None:
        """Ask for another name."""
        from followup_tui.tui.screens.note_dialog import NoteDialog

        one = self._own("renamed")
        if one is not None:
            self.home.push_screen(
                NoteDialog(f"Rename · {one.name}", one.name, label="name"),
                lambda name: None if not name else self._change(
                    lambda services: services.lists.rename(one.name, name),
                    lambda done: f"Renamed to {done.name} · u undo",
                ),
            )  # fmt: skip

    def action_remove_list(self) -> None:
        """Take it away; undo brings it back."""
        one = self._own("removed")
        if one is not None:
            self._change(
                lambda services: (one.name, services.lists.remove(one.name)),
                lambda name: f"Removed list {name} · u undo",
            )

    def action_shift_list(self, by: int) -> None:
        """Move it among the user's own; the cursor goes with it."""
        one = self._own("moved")
        if one is None:
            return
        place = self.lists.cursor + by

        def moved(name: str) -> str:
            if 0 < place < self.lists.count and not self.lists.lists[place - 1].shipped:
                self.lists.move_to(place)
            return f"Moved {name} · u undo"

        self._change(lambda services: (one.name, services.lists.shift(one.name, by)), moved)

    def action_columns(self) -> None:
        """Choose and sort the columns; how they are left is remembered."""
        from followup_tui.tui.screens.columns_dialog import ColumnsDialog

        before = self._arrangement or Arrangement()

        def arrange(after: Arrangement | None) -> None:
            if after is None or after == before:
                return
            self._arrangement = after
            self.home.ops.mutate(lambda services: services.lists.arrange(after.stored()))

        self.home.push_screen(ColumnsDialog(before), arrange)

    def _own(self, done: str) -> SmartListView | None:
        """Return the list under the cursor when it is the user's; else say why nothing happens."""
        one = self.lists.current
        if one is None or one.shipped:
            self.home.say(f"{one.name if one else 'Everybody'} ships with Followup: only lists of yours can be {done}")
            return None
        return one

    def _change(self, change: Callable[[Services], tuple[T, Changes]], said: Callable[[T], str]) -> None:
        self.home.ops.mutate(change, lambda done: self.home.say(said(done)), self._say)

    def _say(self, error: FollowupError) -> None:
        self.home.say(str(error), "error")
