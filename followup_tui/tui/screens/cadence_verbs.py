"""What the keys of the cadences' screen do to the one under the cursor."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.errors import FollowupError
from followup_tui.services.views import CadenceView, MigrationRow
from followup_tui.tui import wording
from followup_tui.tui.screens.place import Place

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.changes import Changes

Verb = Callable[["Services"], tuple[CadenceView, "Changes"]]


class CadenceVerbs(Place):
    """A name or a file that was refused is asked for again, with what was typed in it."""

    @property
    @abstractmethod
    def chosen(self) -> CadenceView | None:
        """The cadence under the cursor."""

    def action_edit(self) -> None:
        """Edit the cadence; saving makes a version."""
        from followup_tui.tui.screens.cadence_editor import CadenceEditor

        cadence = self.chosen
        if cadence is None:
            return

        def saved(done: CadenceView | None) -> None:
            if done is not None:
                self.home.say(f"Saved {done.name}, version {done.version} · u undo")
                self.ask_migration(done.name, quiet=True)

        self.home.push_screen(CadenceEditor(cadence.name), saved)

    def action_migrate(self) -> None:
        """Show who is on an older version."""
        if self.chosen is not None:
            self.ask_migration(self.chosen.name)

    def ask_migration(self, name: str, *, quiet: bool = False) -> None:
        """Ask whether to keep or migrate those on an older version; `quiet` when there is nobody."""

        def show(rows: tuple[MigrationRow, ...], today: date) -> None:
            from followup_tui.tui.screens.migration_dialog import MigrationDialog

            if rows:
                self.home.push_screen(MigrationDialog(name, rows, today), migrate)
            elif not quiet:
                self.home.say(f"Everybody on {name} is on its newest version")

        def migrate(yes: bool | None) -> None:
            if yes:
                self.home.ops.mutate(lambda services: services.cadences.migrate(name), told)

        def told(number: int) -> None:
            self.home.say(f"Migrated {wording.count(number, 'prospect')} to the newest {name} · u undo")

        self.home.ops.query(
            "migration", lambda s: (s.cadences.migration(name), s.local_today()), lambda got: show(*got), owner=self
        )

    def action_copy(self, typed: str = "") -> None:
        """Ask for the name of a copy."""
        cadence = self.chosen
        if cadence is None:
            return
        name = cadence.name
        self._ask(
            f"Copy · {name}", "name", typed or f"{name} mine", lambda words: lambda s: s.cadences.copy(name, words),
            lambda done: f"Copied {name} to {done.name} · u undo",
        )  # fmt: skip

    def action_import(self) -> None:
        """Ask for a file with a cadence; one with the name of another becomes its newest version."""
        self._ask(
            "Import a cadence", "file", "", lambda words: lambda s: s.cadences.add(Path(words).expanduser()),
            lambda done: f"{done.name}, version {done.version}, is there · u undo",
            lambda done: self.ask_migration(done.name, quiet=True),
        )  # fmt: skip

    def action_export(self, typed: str = "", over: Path | None = None) -> None:
        """Ask for the file the cadence is written to; one that is there only when it was said twice."""
        from followup_tui.tui.screens.note_dialog import NoteDialog

        cadence = self.chosen
        if cadence is None:
            return
        name = cadence.name

        def export(words: str | None) -> None:
            if words:
                path = Path(words).expanduser()
                self.home.ops.query(
                    "export",
                    lambda s: s.cadences.export(name, path, replace=path == over),
                    lambda _: self.home.say(f"Wrote {words}"),
                    lambda error: again(error, words, path),
                    owner=self,
                )

        def again(error: FollowupError, words: str, path: Path) -> None:
            there = path.is_file() and path != over
            self.home.say(f"{path.name} is there already: once more replaces it" if there else str(error), "error")
            self.action_export(words, path if there else None)

        file = typed or f"{name.casefold().replace(' ', '-').replace('/', '-')}.toml"
        self.home.push_screen(NoteDialog(f"Export · {name}", file, "file", "enter writes it · esc"), export)

    def _ask(
        self, title: str, label: str, words: str, verb: Callable[[str], Verb], said: Callable[[CadenceView], str],
        after: Callable[[CadenceView], None] | None = None,
    ) -> None:  # fmt: skip
        """Ask for one line and write with it; what was typed stands there again when it was refused."""
        from followup_tui.tui.screens.note_dialog import NoteDialog

        def take(typed: str | None) -> None:
            if typed:
                self.home.ops.mutate(verb(typed), done, lambda error: again(error, typed))

        def done(view: CadenceView) -> None:
            self.home.say(said(view))
            if after is not None:
                after(view)

        def again(error: FollowupError, typed: str) -> None:
            self.home.say(str(error), "error")
            self._ask(title, label, typed, verb, said, after)

        self.home.push_screen(NoteDialog(title, words, label, "enter does it · esc"), take)

    def action_retire(self) -> None:
        """Take the cadence out of the list, after a question; who is on it goes on."""
        from followup_tui.tui.screens.confirm_dialog import ConfirmDialog

        cadence = self.chosen
        if cadence is None:
            return
        name = cadence.name
        text = f"{name} leaves the list. {wording.count(cadence.enrolled, 'prospect')} on it go on as planned."

        def retire(yes: bool | None) -> None:
            if yes:
                self.home.ops.mutate(
                    lambda services: services.cadences.retire(name),
                    lambda done: self.home.say(f"Retired {done.name} · u undo"),
                )

        self.home.push_screen(ConfirmDialog(f"Retire · {name}", text, "y  yes, retire it"), retire)
