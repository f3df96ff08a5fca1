"""What the keys of the prospects' table do to the row under the cursor."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on

from followup_tui.services.views import WhoView
from followup_tui.tui.screens.list_verbs import ListVerbs
from followup_tui.tui.screens.verbs import Ids, detail_for
from followup_tui.tui.widgets.line_list import LineList
from followup_tui.tui.widgets.prospect_table import ProspectTable

if TYPE_CHECKING:
    from followup_tui.tui.screens.export_form import Group


class RowVerbs(ListVerbs):
    """Opening, logging, changing, merging and copying: one person at a time, or two."""

    @property
    @abstractmethod
    def table(self) -> ProspectTable:
        """The table."""

    @property
    @abstractmethod
    def found_ids(self) -> Sequence[str]:
        """Whom the filter finds."""

    def export_groups(self) -> tuple[Group, ...]:
        """Return the marked, the list shown, everybody, and the one under the cursor."""
        from followup_tui.tui.screens.export_form import EVERYBODY, Group

        ids, row, marked = self.found_ids, self.table.current, self.table.marks.number(len(self.found_ids))
        groups = [Group(f"the {marked:,} marked", marked, self.chosen())] if marked else []
        if self.filter_shown and ids:
            groups.append(Group("the list shown", len(ids), lambda _: ids))
        groups.append(Group(EVERYBODY, self.lists.total if self.filter_shown else len(ids)))
        if row is not None:
            groups.append(Group(f"only {row.name}", 1, lambda _: (row.id,)))
        return tuple(groups)

    @on(LineList.Chosen, "#table")
    def action_open(self) -> None:
        """Open the prospect."""
        row = self.table.current
        if row is not None:
            self.home.open_prospect(row.id)

    def action_log(self) -> None:
        """Log a touch of the one under the cursor."""
        row = self.table.current
        if row is not None:
            self.home.start_log(WhoView(row.id, row.name, row.company, ""), row.next_channel)

    def action_edit(self) -> None:
        """Change the details of the one under the cursor."""
        row = self.table.current
        if row is not None:
            self.home.edit_prospect(row.id)

    def action_merge(self) -> None:
        """Merge the two marked; without marks look for people who are here twice."""
        from followup_tui.tui.screens.merge_dialog import MergeDialog

        marked, chosen = self.table.marks.number(len(self.found_ids)), self.chosen()
        if not marked or chosen is None:
            self.home.action_duplicates()
        elif marked != 2:
            self.home.say(f"{marked:,} are marked: mark the two that are one person, or nobody to look for pairs")
        else:

            def show(ids: Ids) -> None:
                self.home.push_screen(MergeDialog(two=(ids[0], ids[1])))

            self.home.ops.query("two", chosen, show, owner=self)

    def action_copy(self) -> None:
        """Copy number or address of the one under the cursor."""
        row = self.table.current
        if row is not None:
            kind, value = detail_for(row.next_channel, {"phone": row.phone, "email": row.email})
            self.copy(value, kind)
