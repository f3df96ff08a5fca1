"""Every command, declared once: footer, help and palette derive from these lists, the keymap is checked against them.

Keys are contracts (interface §3). A screen takes its list as BINDINGS; its `action_…` methods do the work. Help shows
the `tooltip`, the footer the short description of those with `show`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import chain

from textual.binding import Binding, BindingType
from textual.keys import format_key


def command(
    id: str, key: str, action: str, description: str, tooltip: str, *, show: bool = False, priority: bool = False
) -> Binding:
    """Return a binding; `id` is `place.verb` and what `[keys]` of the config names."""
    return Binding(key, action, description, show=show, tooltip=tooltip, id=id, priority=priority)


EVERYWHERE = [
    command("app.today", "1", "place('today')", "Today", "The day's queue"),
    command("app.prospects", "2", "place('prospects')", "Prospects", "Everybody, with lists and filters"),
    command("app.cadences", "3", "place('cadences')", "Cadences", "The sequences and who is on them"),
    command("app.find", "/", "find", "find", "Find a prospect"),
    command("app.palette", ":,ctrl+p", "palette", "commands", "Run any command by its name"),
    command("app.undo", "u", "undo", "undo", "Take back the newest change", show=True),
    command("app.redo", "U", "redo", "redo", "Do again what was taken back"),
    command("app.history", "H", "history", "history", "All changes by name; undo and redo from there"),
    command("app.add", "a", "add", "add", "Add a prospect"),
    command("app.import", "ctrl+o", "import", "import", "Import people from a file"),
    command("app.theme", "ctrl+t", "next_theme", "theme", "Show the next theme"),
    command("app.help", "?", "help", "help", "The keys of this screen", show=True),
    command("app.quit", "q", "quit", "quit", "Leave Followup"),
    command("app.back", "escape", "back", "back", "Back to where you were"),
]

AFTERWARDS = [
    command("after.note", "tab", "after_note", "note", "Add a note to what was just logged", priority=True),
    command("after.good", ")", "after_sentiment('good')", "good", "It went well", priority=True),
    command("after.bad", "(", "after_sentiment('bad')", "bad", "It went badly", priority=True),
]
"""Active while the toast of a log is on screen."""

LISTS = [
    command("list.down", "down,j", "cursor(1)", "down", "The row below"),
    command("list.up", "up,k", "cursor(-1)", "up", "The row above"),
    command("list.first", "home,g", "cursor_to('first')", "first", "The first row"),
    command("list.last", "end,G", "cursor_to('last')", "last", "The last row"),
    command("list.page_down", "pagedown", "page(1)", "page down", "A page down"),
    command("list.page_up", "pageup", "page(-1)", "page up", "A page up"),
]

FIRST_RUN = [
    command("first.import", "I", "first_import", "import", "Import people from a file"),
    command("first.demo", "d", "demo", "demo", "Look around with fictional people"),
]
"""Active while nobody is stored."""

TODAY = [
    command("today.log", "l,enter", "log", "log", "Log what happened, or answer a decision", show=True),
    command("today.open", "o", "open", "open", "Open the prospect and its timeline", show=True),
    command("today.snooze", "s", "snooze", "snooze", "Hide for an hour, the plan unchanged", show=True),
    command("today.move", "m", "move", "move", "Move to another date", show=True),
    command("today.skip", "x", "skip", "skip", "Pass this step, or waive the companion", show=True),
    command("today.copy", "c", "copy", "copy", "Copy the number or address of this touch", show=True),
    command("today.why", "i", "why", "why here", "Why it stands here", show=True),
    command("today.plan", "r", "replan", "re-plan", "Put the queue in order again"),
    command("today.next", "n", "slot(1)", "next", "The next slot still to do"),
    command("today.previous", "p", "slot(-1)", "previous", "The slot before that is still to do"),
    command("today.later", "right", "day(1)", "next day", "The plan of the next day"),
    command("today.earlier", "left", "day(-1)", "day before", "The plan of the day before"),
    command("today.edit", "E", "edit", "edit", "Change the prospect"),
]

PROSPECT = [
    command("prospect.log", "l", "log", "log", "Log what happened", show=True),
    command("prospect.answer", "enter", "answer", "answer", "Answer the decision that waits", show=True),
    command("prospect.filter", "f", "filter", "channel", "One channel only; the next one at each press", show=True),
    command("prospect.next", "n", "slot(1)", "next", "The next slot of today's queue", show=True),
    command("prospect.previous", "p", "slot(-1)", "previous", "The slot before in today's queue"),
    command("prospect.snooze", "s", "snooze", "snooze", "Hide for an hour, the plan unchanged"),
    command("prospect.move", "m", "move", "move", "Move to another date", show=True),
    command("prospect.skip", "x", "skip", "skip", "Pass this step"),
    command("prospect.pause", "P", "pause", "pause", "Stop the clock until a date, or start it again", show=True),
    command("prospect.enrol", "C", "enrol", "cadence", "Choose a cadence", show=True),
    command("prospect.star", "*", "star", "star", "Mark as important, or no longer"),
    command("prospect.edit", "E", "edit", "edit", "Change the details", show=True),
    command("prospect.copy", "c", "copy", "copy", "Copy the number or address of the next touch"),
]
"""The commands of one prospect's screen."""

PROSPECTS = [
    command("prospects.open", "enter,o", "open", "open", "Open the prospect and its timeline", show=True),
    command("prospects.filter", "/", "filter", "filter", "Filter as you type", show=True),
    command("prospects.leave", "escape", "leave", "leave", "Leave the filter line; then show everybody again"),
    command("prospects.mark", "space", "mark", "mark", "Mark, or take the mark away", show=True),
    command("prospects.mark_all", "V", "mark_all", "all", "Mark everybody found, or nobody", show=True),
    command("prospects.enrol", "C", "enrol", "cadence", "Choose a cadence for the marked", show=True),
    command("prospects.star", "*", "star", "star", "Mark as important, or no longer"),
    command("prospects.log", "l", "log", "log", "Log what happened", show=True),
    command("prospects.edit", "E", "edit", "edit", "Change the details"),
    command("prospects.copy", "c", "copy", "copy", "Copy the number or address"),
]
"""The commands of the table of prospects; verbs act on the marked, else on the one under the cursor."""

CADENCES: list[Binding] = []
"""The commands of the cadences."""

FORM = [
    command("form.save", "ctrl+s", "save", "save", "Save; enter in the last field does the same"),
    command("form.next", "down", "field(1)", "next field", "The next field"),
    command("form.previous", "up", "field(-1)", "field before", "The field before"),
]

FINDING = [
    command("find.down", "down", "cursor(1)", "down", "The row below"),
    command("find.up", "up", "cursor(-1)", "up", "The row above"),
    command("find.page_down", "pagedown", "page(1)", "page down", "A page down"),
    command("find.page_up", "pageup", "page(-1)", "page up", "A page up"),
]

CHOOSING = [
    command("choose.take", "enter", "take", "take", "Take what the cursor is on", show=True),
]

PAUSING = [
    command("pause.next", "down", "rule(1)", "next rule", "Another way to resume"),
    command("pause.previous", "up", "rule(-1)", "rule before", "Another way to resume"),
]

IMPORTING = [
    command("import.complete", "tab", "complete", "complete", "Complete the file's name"),
    command("import.go", "enter", "go", "go on", "Read the file, then import it"),
]

DIALOG = [
    command("dialog.help", "?", "help", "help", "The keys of this dialog"),
    command("dialog.close", "escape", "close", "close", "Close without saving"),
]

FAILED = [
    command("failed.restore", "b", "restore", "backup", "Look at the newest good backup, and restore it"),
    command("failed.again", "r", "again", "try again", "Try to open the database again"),
    command("failed.quit", "q", "close", "quit", "Leave"),
]

LOG = [
    command("log.note", "tab", "note", "note", "Write a note before logging"),
    command("log.value", "v", "value", "value", "Name what of value it gave"),
    command("log.channel", "c", "channel(1)", "channel", "The next channel"),
    command("log.later", "+,=", "shift(1)", "later", "The next date a day later"),
    command("log.earlier", "-", "shift(-1)", "earlier", "The next date a day earlier"),
    command("log.when", ".", "when", "when", "Say the next date, with a time if it was promised"),
    command("log.past", "<", "past", "back-date", "It happened earlier"),
    command("log.inbound", "I", "inbound", "inbound", "They came to us"),
    command("log.completes", "s", "completes", "step", "Whether this touch completes the planned step"),
]

ANSWER = [
    command("answer.take", "enter", "take", "answer", "Take the choice the cursor is on"),
    command("answer.down", "down", "cursor(1)", "down", "The choice below"),
    command("answer.up", "up", "cursor(-1)", "up", "The choice above"),
]

HELP = [
    command("help.down", "down,j", "cursor(1)", "down", "Scroll down"),
    command("help.up", "up,k", "cursor(-1)", "up", "Scroll up"),
    command("help.page_down", "pagedown,space", "page(1)", "page down", "A page down"),
    command("help.page_up", "pageup", "page(-1)", "page up", "A page up"),
]

PALETTE = [
    command("palette.down", "down", "cursor(1)", "down", "The command below"),
    command("palette.up", "up", "cursor(-1)", "up", "The command above"),
]

CONFIRM = [
    command("confirm.yes", "y", "yes", "yes", "Do it"),
    command("confirm.no", "n", "close", "no", "Leave everything as it is"),
]


@cache
def outcomes() -> list[Binding]:
    """Return the commands that log, one an outcome; made when they are first needed, for they need the domain."""
    from followup_tui.domain.model import Outcome

    return [
        command(
            f"log.{outcome.name.lower()}",
            "N" if outcome is Outcome.NO_SHOW else outcome.key,
            f"outcome('{outcome.key}')",
            outcome.value,
            f"Log: {outcome.value}" + (", asks when" if outcome.asks_when else ""),
        )
        for outcome in Outcome
    ]


def places() -> dict[str, list[Binding]]:
    """Return the lists by the heading they have in help."""
    return {
        "Everywhere": EVERYWHERE,
        "After a log": AFTERWARDS,
        "Lists": LISTS,
        "First run": FIRST_RUN,
        "Today": TODAY,
        "Prospect": PROSPECT,
        "Prospects": PROSPECTS,
        "Cadences": CADENCES,
        "Log": [*outcomes(), *LOG],
        "Answer": ANSWER,
        "Help": HELP,
        "Palette": PALETTE,
        "Confirm": CONFIRM,
        "Form": FORM,
        "Find": FINDING,
        "Choice": CHOOSING,
        "Pause": PAUSING,
        "Import": IMPORTING,
        "Dialogs": DIALOG,
        "Failed": FAILED,
    }


def known_commands() -> dict[str, Binding]:
    """Return every command by its id."""
    return {binding.id: binding for binding in chain.from_iterable(places().values()) if binding.id}


def as_bindings(*lists: list[Binding]) -> list[BindingType]:
    """Return lists of commands as a BINDINGS value."""
    return [*chain.from_iterable(lists)]


def keys_of(binding: Binding, keymap: Mapping[str, str]) -> str:
    """Return the keys of a command as people read them: `l enter`."""
    keys = keymap.get(binding.id or "", binding.key)
    return " ".join(_shown(key.strip()) for key in keys.split(",") if key.strip())


def first_key(binding: Binding, keymap: Mapping[str, str]) -> str:
    """Return the key of a command that footers show."""
    return keys_of(binding, keymap).split(" ", 1)[0]


def label_of(key: str) -> str:
    """Return one key as footers show it."""
    return _shown(key)


_NAMES = {
    "escape": "esc",
    "enter": "enter",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


def _shown(key: str) -> str:
    """Return one key as people read it."""
    return _NAMES.get(key) or (key if len(key) == 1 or "+" in key else format_key(key))
