"""Export: whom, as what, and into which file; what a format leaves out is said, nothing is overwritten unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from followup_tui.errors import FollowupError, PhraseError
from followup_tui.records import dataclass
from followup_tui.tui import wording
from followup_tui.tui.screens.form import Form
from followup_tui.tui.screens.verbs import Ids
from followup_tui.tui.text import content
from followup_tui.tui.widgets.form_fields import Choice, TextField

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services

EVERYBODY, BY_FILTER = "everybody", "whom a filter finds"
FORMATS = {"CSV": ".csv", "vCard": ".vcf", "JSON": ".json"}
_ENDINGS = {ending: name for name, ending in FORMATS.items()} | {".vcard": "vCard"}
SAFE, RAW = "safe for spreadsheets", "raw, for programs"
_LEAVES_OUT = {
    "CSV": "one row a person, the best detail of each kind; no touches",
    "vCard": "for address books: all details and labels; no touches, no plans",
    "JSON": "everything, touches too; comes back without loss",
}
LONG = 200
"""From so many on, the work shows how far it is and can be cancelled."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some people that can be exported."""

    words: str
    """As they are called in the form."""
    number: int
    ids: Callable[[Services], Ids] | None = None
    """None: everybody."""


class ExportForm(Form[None]):
    """The format follows the file's ending, and the ending the format; a file that is there is asked about."""

    FIELD = "#file"

    def __init__(self, groups: tuple[Group, ...], filter: str) -> None:
        super().__init__()
        self._groups = {group.words: group for group in groups}
        self._filter = filter
        self._found = 0
        """How many the filter finds."""
        self._replace: Path | None = None
        """The file that was asked about."""

    @property
    def heading(self) -> str:
        """What it is."""
        return "Export"

    def rows(self) -> ComposeResult:
        """Yield what has to be known."""
        symbols = self.home.config.symbols
        whom = (*self._groups, BY_FILTER)
        hint = f"{self._own_name('CSV')} · ~/people.vcf · /tmp/all.json"
        yield from self.row("file", TextField(id="file", hint=hint))
        yield from self.row("format", Choice(tuple(FORMATS), "CSV", id="format", symbols=symbols))
        yield from self.row("cells", Choice((SAFE, RAW), SAFE, id="cells", symbols=symbols))
        yield from self.row("whom", Choice(whom, whom[0], id="whom", symbols=symbols))
        yield from self.row("filter", TextField(self._filter, id="people-filter", hint="relation:cold due<=today"))
        yield Static(id="export-told", markup=False)

    def on_mount(self) -> None:
        """Show what goes with what is chosen."""
        self._follow()
        super().on_mount()
        self._timer = self.set_timer(0.1, self._count, pause=True)

    def _own_name(self, format: str) -> str:
        """Return the name of a file nobody named."""
        now = self.home.clock.now()
        return f"prospects-{now.date().isoformat()}{FORMATS[format]}" if now else f"prospects{FORMATS[format]}"

    # What is chosen -----------------------------------------------------------------------------------------------

    @on(TextField.Changed, "#file")
    def _named(self) -> None:
        format = _ENDINGS.get(Path(self.query_one("#file", TextField).value.strip()).suffix.lower())
        if format is not None:
            self.query_one("#format", Choice).value = format
        self._follow()

    @on(Choice.Changed)
    def _chosen(self) -> None:
        field, ending = self.query_one("#file", TextField), FORMATS[self.query_one("#format", Choice).value]
        path = Path(field.value.strip())
        if path.suffix.lower() in _ENDINGS and _ENDINGS[path.suffix.lower()] != _ENDINGS[ending]:
            field.value = field.value.strip().removesuffix(path.suffix) + ending
        self._follow()
        if self.query_one("#whom", Choice).value == BY_FILTER:
            self._count()

    @on(TextField.Changed, "#people-filter")
    def _filtered(self) -> None:
        if self.query_one("#people-filter", TextField).display:
            self._timer.stop()
            self._timer = self.set_timer(0.1, self._count)

    def _follow(self) -> None:
        """Show the fields that matter now, and say what will be written."""
        format, whom = self.query_one("#format", Choice).value, self.query_one("#whom", Choice).value
        self.show_row("cells", format == "CSV")
        self.show_row("people-filter", whom == BY_FILTER)
        self._replace = None
        if whom != BY_FILTER:
            self._told(wording.count(self._groups[whom].number, "prospect"), "$accent")

    def _told(self, whom: str, style: str) -> None:
        left_out = content(_LEAVES_OUT[self.query_one("#format", Choice).value], "$muted")
        words = Content("\n").join([content(whom, style), left_out])
        self.query_one("#export-told", Static).update(words)

    def _count(self) -> None:
        """Ask how many the filter finds."""
        filter = self.query_one("#people-filter", TextField).value.strip()

        def show(found: int) -> None:
            self._found = found
            self._told(wording.count(found, "prospect") if found else "nobody matches", "$accent")

        def refuse(error: FollowupError) -> None:
            column = f" (column {error.column})" if isinstance(error, PhraseError) and error.column else ""
            self._told(f"{error}{column}", "$error")

        self.home.ops.query(
            "export-count", lambda services: len(services.prospects.listing(filter).ids), show, refuse, owner=self
        )

    # Writing ------------------------------------------------------------------------------------------------------

    def save(self, values: dict[str, str]) -> None:
        """Write the file; one that is there only when it was said twice."""
        from followup_tui.tui.screens.working_dialog import WorkingDialog

        format = values["format"]
        try:
            path = self._path(values)
            there = path.exists()
        except (OSError, RuntimeError, ValueError) as error:
            self.refused(FollowupError(f"“{values['file']}” can't be written: {error}", "name another file"))
            return
        if there and self._replace != path:
            self._replace, self._saving = path, False
            self.say(f"{path.name} is there already: once more replaces it", "$overdue")
            return
        group = self._groups.get(values["whom"])
        dialog = WorkingDialog("Export", group.number if group else self._found)
        raw, filter = values.get("cells") == RAW, values.get("people-filter", "")

        def write(services: Services) -> int:
            ids = group.ids(services) if group and group.ids else None
            where = filter if group is None else ""
            return services.exchange.export(
                path, format=format.lower(), where=where, ids=ids, raw=raw, replace=there, progress=dialog.progress
            )

        def told(written: int) -> None:
            dialog.finished()
            self.home.say(f"Written: {wording.count(written, 'prospect')} to {path}")
            self.home.call_later(self.leave)  # once the bar is gone

        def failed(error: FollowupError) -> None:
            dialog.finished()
            self.refused(error)

        if (group.number if group else self._found) >= LONG:
            self.home.push_screen(dialog)
        self.home.ops.query("export", write, told, failed, owner=self)

    def refused(self, error: FollowupError) -> None:
        """Show the whole of what is wrong, however long the path in it is; everything typed stays."""
        super().refused(error)
        self.say("Not written", "$error")
        self.query_one("#export-told", Static).update(content(str(error), "$error"))

    def _path(self, values: dict[str, str]) -> Path:
        """Return the file; without a name one of today, without an ending the format's."""
        path = Path(values["file"] or self._own_name(values["format"])).expanduser()
        if values["file"].endswith("/") or path.is_dir():
            path = path / self._own_name(values["format"])
        return path if path.suffix else path.with_name(path.name + FORMATS[values["format"]])

    def action_close(self) -> None:
        """Leave at once: nothing typed here is worth a question."""
        self.dismiss(None)
