"""The commands of dialogs, declared once like those of the places in `bindings`."""

from __future__ import annotations

from functools import cache

from textual.binding import Binding

from followup_tui.tui.commands import command

EDITOR = [
    command("editor.take", "enter", "take", "edit", "Edit the step, or what comes after the last one"),
    command("editor.add", "a", "add", "add", "Add a step behind this one"),
    command("editor.remove", "d,delete", "remove", "remove", "Take the step away"),
    command("editor.down", "J", "shift(1)", "move down", "Move the step down"),
    command("editor.up", "K", "shift(-1)", "move up", "Move the step up"),
    command("editor.longer", "+,=", "gap(1)", "longer", "A day more before the step"),
    command("editor.shorter", "-", "gap(-1)", "shorter", "A day less before the step"),
    command("editor.save", "ctrl+s", "save", "save", "Save as a version"),
]

MIGRATING = [
    command("migrate.go", "m", "migrate", "migrate", "Move everybody shown to the newest version"),
]

BLOCKS = [
    command("blocks.take", "enter", "take", "edit", "Edit the block"),
    command("blocks.add", "a", "add", "add", "Add a block"),
    command("blocks.remove", "d,delete", "remove", "remove", "Take the block away"),
    command("blocks.later", "+,=", "shift(1)", "later", "A quarter of an hour later; its touches go along"),
    command("blocks.earlier", "-", "shift(-1)", "earlier", "A quarter of an hour earlier"),
    command("blocks.longer", "greater_than_sign", "stretch(1)", "longer", "A quarter of an hour longer"),
    command("blocks.shorter", "less_than_sign", "stretch(-1)", "shorter", "A quarter of an hour shorter"),
    command("blocks.other", "tab", "other", "date or week", "This date only, or every week", priority=True),
    command("blocks.off", "o", "off", "day off", "No blocks on this date"),
    command("blocks.template", "t", "template", "template", "This date as every week again"),
    command("blocks.minutes", "m", "minutes", "minutes", "How long one touch takes, by channel"),
    command("blocks.save", "ctrl+s", "save", "save", "Save; it holds at once"),
]

ZONE = [
    command("zone.down", "down", "cursor(1)", "down", "The zone below", priority=True),
    command("zone.up", "up", "cursor(-1)", "up", "The zone above", priority=True),
]

FORM = [
    command("form.save", "ctrl+s", "save", "save", "Save; enter in the last field does the same"),
    command("form.next", "down", "field(1)", "next field", "The next field"),
    command("form.previous", "up", "field(-1)", "field before", "The field before"),
]

TOUCH = [
    command("touch.remove", "ctrl+d", "remove", "remove", "Remove the touch, after a question", priority=True),
]

REFER = [
    command("refer.waive", "ctrl+d", "waive", "waive", "Give one open slot up", priority=True),
]

TRIAGE = [
    command("triage.spread", "s,enter", "spread", "spread", "Spread all within capacity, as one step"),
    command("triage.cards", "o", "one_by_one", "one at a time", "Go through the overdue one at a time"),
    command("triage.today", "t", "card('today')", "today", "Keep it in today's plan"),
    command("triage.tomorrow", "n", "card('tomorrow')", "tomorrow", "Move it to tomorrow"),
    command("triage.week", "w", "card('week')", "next week", "Move it to next Monday"),
    command("triage.move", "m", "card('move')", "move", "Move it to another date"),
    command("triage.skip", "x", "card('skip')", "skip", "Pass this step"),
    command("triage.close", "c", "card('close')", "close", "Close the prospect"),
    command("triage.undo", "u", "card('undo')", "undo", "Take the last step back"),
]

SOLVING = [
    command("solve.detail", "E", "way('detail')", "add a detail", "Add the phone, e-mail or address that is missing"),
    command("solve.room", "r", "way('room')", "make room", "Give it a time today; the others flow around it"),
    command("solve.lightest", "l", "way('lightest')", "lightest day", "Move it to the lightest of the coming days"),
    command("solve.channel", "c", "way('channel')", "other channel", "Make it today by another channel"),
    command("solve.drop", "x", "way('drop')", "drop", "Pass this step"),
]

DAY = [
    command("day.end", "enter", "end", "end", "Store what the day came to"),
]

COMPOSE = [
    command("compose.send", "enter,ctrl+s", "send", "send", "Send it the way of its channel, and log it as sent"),
    command("compose.write", "e,tab", "write", "write", "Write in it; esc leaves the words"),
    command("compose.subject", "s", "subject", "subject", "Write the subject"),
    command("compose.template", "1,2,3,4,5,6,7,8,9", "number", "template", "Take the template of that number"),
    command("compose.blank", "0", "blank", "blank", "Without a template"),
    command("compose.value", "v", "value", "value", "Choose what of value it gives"),
    command("compose.mail", "m", "send('mail')", "mail program", "Hand it to the mail program, and log it"),
    command("compose.copy", "c", "send('copy')", "copy", "Copy the words, and log them as sent"),
    command("compose.letter", "w", "send('letter')", "letter", "Write it as a letter to a file, and log it"),
    command("compose.editor", "E", "editor", "$EDITOR", "Write it in your own editor"),
    command("compose.channel", "C", "channel", "channel", "By the next channel that works"),
]

VALUE = [
    command("value.take", "enter", "take", "take", "Take the item the cursor is on"),
    command("value.number", "1,2,3,4,5,6,7,8,9", "number", "take", "Take the item of that number"),
    command("value.words", "v,tab", "words", "other words", "Write something that is not in the library"),
]

DIAL = [
    command("dial.take", "enter", "take", "call", "Call the number the cursor is on"),
    command("dial.number", "1,2,3,4,5,6,7,8,9", "number", "call", "Call the number of that line"),
    command("dial.copy", "c", "copy", "copy", "Copy the number the cursor is on"),
]

STANDING = [
    command("standing.draw", "enter", "choose('draw')", "draw", "Draw them from the pool"),
    command("standing.change", "E", "choose('change')", "change", "Change the order"),
    command("standing.remove", "ctrl+d", "choose('remove')", "remove", "End the order; who is in play stays"),
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

SPREADING = [
    command("spread.more", "+,=", "per_day(1)", "more a day", "One more starts on each working day"),
    command("spread.fewer", "-", "per_day(-1)", "fewer a day", "One fewer starts on each working day"),
]

PAUSING = [
    command("pause.next", "down", "rule(1)", "next rule", "Another way to resume"),
    command("pause.previous", "up", "rule(-1)", "rule before", "Another way to resume"),
]

IMPORTING = [
    command("import.complete", "tab", "complete", "complete", "Complete the file's name"),
    command("import.go", "enter", "go", "go on", "Read the files, then import them"),
    command("import.next", "right", "turn(1)", "next field", "Put the column into the next field"),
    command("import.previous", "left", "turn(-1)", "field before", "Put the column into the field before"),
    command("import.field", "space", "field", "field", "Choose the column's field from the list of all"),
    command("import.leave", "x", "put('')", "leave out", "Leave the column out"),
    command("import.keep", "o", "put('extra')", "keep beside", "Keep the column beside the person"),
    command("import.encoding", "e", "encoding", "encoding", "Read the letters as another encoding"),
    command("import.delimiter", "d", "delimiter", "between cells", "Part the cells at another mark"),
    command("import.cadence", "c", "cadence", "cadence", "The cadence new people start on; the same again, none"),
    command("import.more", "+,=", "per_day(1)", "more a day", "One more starts on each working day"),
    command("import.fewer", "-", "per_day(-1)", "fewer a day", "One fewer starts on each working day"),
    command("import.tags", "t", "tags", "tags", "The tags everybody gets"),
    command("import.known", "k", "known", "known", "Of touches, all of them, or only those of people who are here"),
    command("import.strict", "r", "strict", "refused", "Take the rest, or nobody, when a row can't be taken"),
]

MERGING = [
    command("merge.merge", "enter", "merge", "merge", "Merge the two: nothing is lost, the id of a stays"),
    command("merge.choose", "space", "choose('')", "choose", "Let the other value stand first"),
    command("merge.left", "left", "choose('a')", "a's", "Let the value of a stand first"),
    command("merge.right", "right", "choose('b')", "b's", "Let the value of b stand first"),
    command("merge.swap", "s", "swap", "swap", "Turn the two round: the other id stays"),
    command("merge.apart", "a", "apart", "two people", "These are two people: don't ask again"),
    command("merge.next", "n", "pair(1)", "next pair", "The next pair that looks like one person"),
    command("merge.previous", "p", "pair(-1)", "pair before", "The pair before"),
]

COLUMNS = [
    command("columns.toggle", "space", "show_column", "show or hide", "Show the column, or hide it"),
    command("columns.sort", "enter", "sort", "sort", "Sort by the column; again: the other way round"),
    command("columns.down", "J", "shift(1)", "move right", "Move the column to the right"),
    command("columns.up", "K", "shift(-1)", "move left", "Move the column to the left"),
    command("columns.wider", "+,=", "resize(1)", "wider", "Make the column wider"),
    command("columns.narrower", "-", "resize(-1)", "narrower", "Make the column narrower"),
    command("columns.reset", "R", "reset", "as at first", "All columns as they were at first"),
]

DIALOG = [
    command("dialog.help", "?", "help", "help", "The keys of this dialog", show=True),
    command("dialog.close", "escape", "close", "close", "Close without saving", show=True),
]

FAILED = [
    command("failed.restore", "b", "restore", "backup", "Look at the newest good backup, and restore it"),
    command("failed.again", "r", "again", "try again", "Try to open the database again"),
    command("failed.quit", "q", "close", "quit", "Leave"),
]

LOG = [
    command("log.note", "tab", "note", "note", "Write a note before logging", show=True),
    command("log.value", "v", "value", "value", "Name what of value it gave", show=True),
    command("log.channel", "c", "channel(1)", "channel", "The next channel", show=True),
    command("log.later", "+,=", "shift(1)", "later", "The next date a day later", show=True),
    command("log.earlier", "-", "shift(-1)", "earlier", "The next date a day earlier", show=True),
    command("log.when", ".", "when", "when", "Say the next date, with a time if it was promised", show=True),
    command("log.past", "<", "past", "back-date", "It happened earlier", show=True),
    command("log.inbound", "I", "inbound", "inbound", "They came to us", show=True),
    command("log.completes", "s", "completes", "step", "Whether this touch completes the planned step", show=True),
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
