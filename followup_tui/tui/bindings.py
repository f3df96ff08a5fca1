"""Every command of a place, declared once: footer, help and palette derive from these lists, the keymap is checked.

Keys are contracts (interface §3). A screen takes its list as BINDINGS; its `action_…` methods do the work. Help shows
the `tooltip`, the footer the short description of those with `show`. Those of dialogs are in `dialog_bindings`.
"""

from __future__ import annotations

from itertools import chain

from textual.binding import Binding

from followup_tui.tui import dialog_bindings as dialogs
from followup_tui.tui.commands import as_bindings as as_bindings
from followup_tui.tui.commands import command

EVERYWHERE = [
    command("app.today", "1", "place('today')", "Today", "The day's queue"),
    command("app.prospects", "2", "place('prospects')", "Prospects", "Everybody, with lists and filters"),
    command("app.cadences", "3", "place('cadences')", "Cadences", "The sequences and who is on them"),
    command("app.insights", "4", "place('insights')", "Insights", "What you did, beside the numbers of the sources"),
    command("app.find", "/", "find", "find", "Find a prospect"),
    command("app.palette", ":,ctrl+p", "palette", "commands", "Run any command by its name"),
    command("app.undo", "u", "undo", "undo", "Take back the newest change", show=True),
    command("app.redo", "U", "redo", "redo", "Do again what was taken back"),
    command("app.history", "H", "history", "history", "All changes by name; undo and redo from there"),
    command("app.add", "a", "add", "add", "Add a prospect"),
    command("app.week", "W", "week", "week", "A week at a glance, with its load"),
    command("app.forecast", "w", "forecast", "forecast", "The workload of the weeks ahead, and what more would add"),
    command("app.away", "A", "away", "away", "Plan your own absence, the plan moved around it"),
    command("app.library", "v", "library", "value library", "The value library: what to give, and who got it"),
    command("app.templates", "T", "templates", "templates", "Templates: what to say, with places to fill"),
    command("app.import", "ctrl+o", "import", "import", "Import people from a file"),
    command("app.duplicates", "M", "duplicates", "duplicates", "Look for people who are here twice, and merge them"),
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
    command("today.skip_why", "S", "skip_why", "skip, why", "Pass this step and say why; reasons are counted"),
    command("today.compose", "e", "compose", "compose", "Write a message; sending it logs it", show=True),
    command("today.dial", "d", "dial", "dial", "Call, through the program of the configuration"),
    command("today.copy", "c", "copy", "copy", "Copy the number or address of this touch", show=True),
    command("today.why", "i", "why", "why here", "Why it stands here", show=True),
    command("today.hint", "h", "hint", "hint", "Put the coach's hint away for this prospect"),
    command("today.draw", "D", "draw", "from the pool", "The standing order: whom it draws; set, change, remove it"),
    command("today.triage", "t", "triage", "triage", "Spread what is overdue, or go through it one by one"),
    command("today.block", "b", "block", "start block", "Start the clock of a block, or stop it", show=True),
    command("today.fit", "f", "solve", "ways out", "For what is left over: room, lightest day, channel, drop"),
    command("today.finish", "F", "end_day", "end the day", "What the day came to, and its end"),
    command("today.plan", "r", "replan", "re-plan", "Put the queue in order again"),
    command("today.next", "n", "slot(1)", "next", "The next slot still to do"),
    command("today.previous", "p", "slot(-1)", "previous", "The slot before that is still to do"),
    command("today.later", "right", "day(1)", "next day", "The plan of the next day"),
    command("today.earlier", "left", "day(-1)", "day before", "The plan of the day before"),
    command("today.edit", "E", "edit", "edit", "Change the prospect"),
    command("today.zone", "z", "zone", "their clock", "Confirm the prospect's time zone, or choose another"),
    command("today.blocks", "B", "blocks", "blocks", "Change the blocks of this day, or of every week"),
]

PROSPECT = [
    command("prospect.log", "l", "log", "log", "Log what happened", show=True),
    command(
        "prospect.answer",
        "enter",
        "answer",
        "edit touch",
        "Correct the touch under the cursor; on a decision answer it",
        show=True,
    ),
    command("prospect.filter", "f", "filter", "channel", "One channel only; the next one at each press", show=True),
    command("prospect.next", "n", "slot(1)", "next", "The next slot of today's queue", show=True),
    command("prospect.previous", "p", "slot(-1)", "previous", "The slot before in today's queue"),
    command("prospect.snooze", "s", "snooze", "snooze", "Hide for an hour, the plan unchanged"),
    command("prospect.move", "m", "move", "move", "Move to another date", show=True),
    command("prospect.skip", "x", "skip", "skip", "Pass this step"),
    command("prospect.skip_why", "S", "skip_why", "skip, why", "Pass this step and say why; reasons are counted"),
    command("prospect.close", "X", "close_it", "close", "Close, a reason is asked for; open again what is closed"),
    command("prospect.erase", "delete", "erase", "erase", "Remove the person everywhere, for good; asks first"),
    command("prospect.pause", "P", "pause", "pause", "Stop the clock until a date, or start it again", show=True),
    command("prospect.enrol", "C", "enrol", "cadence", "Choose a cadence", show=True),
    command("prospect.refer", "R", "refer", "referral", "Fill or waive a referral slot"),
    command("prospect.reel", "B", "reel", "reel back", "A longer gap and another channel, the reason kept"),
    command("prospect.hint", "h", "hint", "hint", "Put the coach's hint away"),
    command("prospect.star", "*", "star", "star", "Mark as important, or no longer"),
    command("prospect.edit", "E", "edit", "edit", "Change the details", show=True),
    command("prospect.zone", "z", "zone", "their clock", "Confirm the time zone, or choose another"),
    command("prospect.compose", "e", "compose", "compose", "Write a message; sending it logs it", show=True),
    command("prospect.dial", "d", "dial", "dial", "Call, through the program of the configuration"),
    command("prospect.copy", "c", "copy", "copy", "Copy the number or address of the next touch"),
]
"""The commands of one prospect's screen."""

PROSPECTS = [
    command("prospects.open", "enter,o", "open", "open", "Open the prospect and its timeline", show=True),
    command("prospects.filter", "/", "filter", "filter", "Filter as you type", show=True),
    command(
        "prospects.leave",
        "escape",
        "leave",
        "leave",
        "Leave the filter line; take the marks away; show everybody again",
    ),
    command("prospects.mark", "space", "mark", "mark", "Mark, or take the mark away", show=True),
    command("prospects.mark_all", "V", "mark_all", "all", "Mark everybody found, or nobody", show=True),
    command("prospects.enrol", "C", "enrol", "cadence", "Choose a cadence for the marked", show=True),
    command("prospects.merge", "M", "merge", "merge", "Merge the two marked; without marks look for people here twice"),
    command("prospects.tag", "t", "tag", "tag", "Add tags; one with a minus before it goes", show=True),
    command("prospects.pause", "P", "pause", "pause", "Stop the clock until a date"),
    command("prospects.move", "m", "move", "move", "Move the next touch to another date"),
    command("prospects.close", "X", "close_them", "close", "Close: no next touch; a reason is asked for"),
    command("prospects.export", "x", "export", "export", "Write them to a CSV, vCard or JSON file"),
    command("prospects.lists", "L,left", "lists", "lists", "To the smart lists", show=True),
    command("prospects.save", "S", "save_list", "save list", "Save the filter under a name"),
    command("prospects.columns", "O", "columns", "columns", "Choose, order, widen and sort by columns"),
    command("prospects.star", "*", "star", "star", "Mark as important, or no longer"),
    command("prospects.log", "l", "log", "log", "Log what happened", show=True),
    command("prospects.edit", "E", "edit", "edit", "Change the details"),
    command("prospects.copy", "c", "copy", "copy", "Copy the number or address"),
]
"""The commands of the table of prospects; verbs act on the marked, else on the one under the cursor."""

LIST_PANE = [
    command("lists.take", "enter,right", "screen.take", "show", "Show whom the list finds", show=True),
    command("lists.rename", "N", "screen.rename_list", "rename", "Rename a list of yours", show=True),
    command("lists.remove", "D,delete", "screen.remove_list", "remove", "Remove a list of yours, nobody in it"),
    command("lists.down", "J", "screen.shift_list(1)", "move down", "Move a list of yours down"),
    command("lists.up", "K", "screen.shift_list(-1)", "move up", "Move a list of yours up"),
    command("lists.leave", "escape,L", "screen.hide_lists", "table", "Back to the table"),
]
"""The commands of the smart lists beside the table."""

WEEK = [
    command("week.open", "enter,o", "open", "open", "Open the plan of the day", show=True),
    command("week.earlier", "left", "day(-1)", "day before", "The day before", show=True),
    command("week.later", "right", "day(1)", "next day", "The next day", show=True),
    command("week.back", "pageup,p", "week(-1)", "week before", "The week before", show=True),
    command("week.on", "pagedown,n", "week(1)", "next week", "The next week", show=True),
    command("week.now", "t", "now", "this week", "Back to this week", show=True),
    command("week.blocks", "B,E", "blocks", "blocks", "Change the blocks of this day, or of every week", show=True),
]
"""The commands of the week; they act on the day under the cursor."""

FORECAST = [
    command("forecast.open", "enter,o", "open", "week", "Open the week under the cursor", show=True),
    command("forecast.what_if", "+,=", "what_if", "what if", "What if so many more were enrolled", show=True),
]
"""The commands of the forecast."""

INSIGHTS = [
    command("insights.span", "s", "span", "since", "A year, all time, 30 or 90 days", show=True),
    command("insights.next", "n,right", "section(1)", "next section", "The next section", show=True),
    command("insights.previous", "p,left", "section(-1)", "section before", "The section before", show=True),
]
"""The commands of the measures."""

LIBRARY = [
    command("library.add", "a", "add_item", "add", "Add a value item", show=True),
    command("library.edit", "E,enter", "edit", "edit", "Change the item", show=True),
    command("library.open", "o", "open", "open link", "Show its link in the browser", show=True),
    command("library.remove", "D", "remove", "remove", "Take it out; one that was given is retired", show=True),
]
"""The commands of the value library; they act on the item under the cursor."""

TEMPLATES = [
    command("templates.add", "a", "add_template", "add", "Add a template", show=True),
    command("templates.edit", "E,enter", "edit", "edit", "Change the words", show=True),
    command("templates.remove", "D", "remove", "remove", "Take it out; one that was used is retired", show=True),
]
"""The commands of the templates."""

CADENCES = [
    command("cadences.edit", "E,enter", "edit", "edit", "Edit the steps; saving makes a version", show=True),
    command("cadences.copy", "c", "copy", "copy", "Copy it under another name", show=True),
    command("cadences.import", "i", "import", "import", "Import a cadence from a TOML file", show=True),
    command("cadences.export", "x", "export", "export", "Write it to a TOML file", show=True),
    command("cadences.migrate", "m", "migrate", "migrate", "Who is on an older version: keep or migrate", show=True),
    command("cadences.retire", "D", "retire", "retire", "Take it out of the list"),
]
"""The commands of the cadences; they act on the one under the cursor."""


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
        "Smart lists": LIST_PANE,
        "Cadences": CADENCES,
        "Insights": INSIGHTS,
        "Week": WEEK,
        "Forecast": FORECAST,
        "Blocks": dialogs.BLOCKS,
        "Zone": dialogs.ZONE,
        "Value library": LIBRARY,
        "Templates": TEMPLATES,
        "Compose": dialogs.COMPOSE,
        "Value": dialogs.VALUE,
        "Dial": dialogs.DIAL,
        "Editor": dialogs.EDITOR,
        "Migrate": dialogs.MIGRATING,
        "Log": [*dialogs.outcomes(), *dialogs.LOG],
        "Answer": dialogs.ANSWER,
        "Help": dialogs.HELP,
        "Palette": dialogs.PALETTE,
        "Confirm": dialogs.CONFIRM,
        "Form": dialogs.FORM,
        "Touch": dialogs.TOUCH,
        "Referral": dialogs.REFER,
        "Triage": dialogs.TRIAGE,
        "Left over": dialogs.SOLVING,
        "End of the day": dialogs.DAY,
        "Standing order": dialogs.STANDING,
        "Find": dialogs.FINDING,
        "Choice": [*dialogs.CHOOSING, *dialogs.SPREADING],
        "Pause": dialogs.PAUSING,
        "Import": dialogs.IMPORTING,
        "Merge": dialogs.MERGING,
        "Columns": dialogs.COLUMNS,
        "Dialogs": dialogs.DIALOG,
        "Failed": dialogs.FAILED,
    }


def known_commands() -> dict[str, Binding]:
    """Return every command by its id."""
    return {binding.id: binding for binding in chain.from_iterable(places().values()) if binding.id}
