"""The log: one key is one outcome and saves at once; before it, whatever a person wants to add."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from followup_tui.domain.model import Outcome
from followup_tui.errors import FollowupError
from followup_tui.services.views import LogDraft, OutcomeView, PreviewView, ProspectView, WhoView
from followup_tui.tui import commands, dialog_bindings
from followup_tui.tui.screens.log_setting import AT_ONCE, Setting, draft_of, words_of
from followup_tui.tui.screens.log_wishes import LogWishes
from followup_tui.tui.text import clean, content
from followup_tui.tui.widgets.field import Field
from followup_tui.tui.widgets.key_line import KeyLine
from followup_tui.tui.widgets.notice_board import NoticeRack
from followup_tui.tui.widgets.outcome_keys import OutcomeKeys

if TYPE_CHECKING:
    from collections.abc import Callable

    from followup_tui.language.dates import When

HINTS = "one key logs · esc leaves it"
PATIENCE = 5.0
"""Seconds the keys behind an outcome wait at most for its preview."""


class LogDialog(LogWishes):
    """Opens with what is known. An outcome typed before its preview has arrived logs at once; one that has something to
    ask, or whose channel only the preview knows, waits for it.

    The app keeps one and uses it again: making its widgets takes ten times as long as showing them.
    """

    HEADING = "Log"
    BINDINGS = commands.as_bindings(dialog_bindings.outcomes(), dialog_bindings.LOG)

    def __init__(self) -> None:
        super().__init__()
        self.in_use = False
        """It is open; another log needs another dialog."""
        self._made = False
        """Its widgets are there."""
        self._wanted: str | None = None
        """The outcome key that waits for the preview."""
        self._answered = asyncio.Event()
        """The preview for the present setting is there, or there will be none."""

    def begin(
        self,
        prospect: WhoView | ProspectView,
        channel: str | None,
        draft: str = "",
        chosen: Callable[[LogDraft], None] = lambda _: None,
    ) -> None:
        """Start anew, right before it is opened, and ask for the preview at once.

        `channel` is the planned one, None when it has to be asked; `draft` a note that was typed before. `chosen` is
        called with what is to be logged, at once: a screen's own answer reaches its opener behind the next key.
        """
        self.in_use, self._chosen = True, chosen
        self.home.ops.in_the_middle = True
        self._prospect = prospect
        self._setting = Setting(channel)
        self._draft = draft
        self._preview: PreviewView | None = None
        self._said = ""
        """What stands below the outcomes."""
        self._wanted = None
        self._ask()
        self._opens = self._made
        if self._made:
            self._clear()

    def compose(self) -> ComposeResult:
        """Show the keys, and the two things that can be written."""
        with Vertical(id="log", classes="box"):
            yield OutcomeKeys(self.home.config.symbols)
            yield Static("", id="log-set")
            with Horizontal(id="log-fields"):
                yield Static("note", classes="label")
                yield Field(id="note", compact=True, select_on_focus=False, placeholder="tab")
                yield Static("value", classes="label")
                yield Field(id="value", compact=True, select_on_focus=False, placeholder="v")
        yield KeyLine()
        yield self.home.notice_rack()

    def on_mount(self) -> None:
        """Show what is there already."""
        super().on_mount()
        self.query_one("#log").border_subtitle = content(HINTS)
        self._made = True
        if self.in_use:
            self._clear()
            if self._preview is not None:
                self._show(self._preview)
            elif self._said:
                self._tell(content(self._said, "$error"))

    def _clear(self) -> None:
        """Show what is known before the preview, and nothing of the log before; all of the box is to be painted."""
        self.set_focus(None)
        for field, words in ((self.query_one("#note", Field), self._draft), (self.query_one("#value", Field), "")):
            if field.value != words:
                with field.prevent(Field.Changed):
                    field.value = words
            field.cursor_position = len(words)
        self.query_one(NoticeRack).show(())
        self.query_one(OutcomeKeys).clear()
        self.query_one(KeyLine).refresh()
        self.query_one("#log").border_title = self._title("")
        self._tell(Content())

    def _tell(self, words: Content) -> None:
        """Say something below the outcomes; laid out only when it differs."""
        line = self.query_one("#log-set", Static)
        if line.content != words:
            line.update(words)

    async def caught_up(self) -> None:
        """Wait for an outcome that waits for its preview: what is typed behind it is meant for the next prospect."""
        if self._wanted is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._answered.wait(), PATIENCE)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close; what was asked for and comes late is for nobody."""
        self.in_use, self._wanted = False, None
        self.home.ops.in_the_middle = False
        self._answered.set()
        return super().dismiss(result)

    def _title(self, headline: str) -> Content:
        parts = [clean(self._prospect.name), self._setting.channel or "", clean(headline)]
        return Content.assemble("Log · ", content(" · ".join(part for part in parts if part), "bold"))

    def _ask(self) -> None:
        self._waiting = True
        """A preview for the present setting is on its way."""
        self._answered.clear()
        id, wish = self._prospect.id, self._setting
        self.home.ops.query(
            "preview",
            lambda services: services.log.preview(
                id, channel=wish.channel, inbound=wish.inbound, shift=wish.shift, until=wish.until,
                until_time=wish.until_time, at=wish.at, completes=wish.completes,
            ),
            self._show,
            self._refused,
            owner=self,
        )  # fmt: skip

    def _show(self, preview: PreviewView) -> None:
        if not self.in_use:
            return
        self._preview, self._waiting = preview, False
        if not self._made:
            return
        if self._setting.channel is None and preview.channel:
            self._setting = replace(self._setting, channel=preview.channel)
        now = self.home.clock.now()
        today = now.date() if now else date.min
        self.paint_box()
        self.query_one(OutcomeKeys).show(preview, today)
        self.query_one("#log").border_title = self._title(preview.headline)
        self._tell(words_of(self._setting, preview, today))
        if self._wanted is not None:
            key, self._wanted = self._wanted, None
            self.action_outcome(key)
        self._answered.set()

    def _refused(self, error: FollowupError) -> None:
        self._waiting, self._wanted, self._said = False, None, str(error)
        self._answered.set()
        if self._made and self.in_use:
            self._tell(content(self._said, "$error"))

    def action_outcome(self, key: str) -> None:
        """Log this outcome; ask first when it needs a date, or can't be taken lightly."""
        if self._waiting or self._preview is None:
            if self._setting.channel is not None and key in AT_ONCE:
                self._save(AT_ONCE[key])
            else:
                self._wanted = key
            return
        row = next((row for row in self._preview.outcomes if row.key == key), None)
        if row is None:
            self.home.say("This outcome can't be logged here", "warning")
            return
        if row.asks_when and self._setting.until is None:
            self._ask_when(row)
        elif row.outcome == Outcome.DO_NOT_CONTACT:
            self._confirm(row)
        else:
            self._save(Outcome(row.outcome))

    def _ask_when(self, row: OutcomeView) -> None:
        from followup_tui.tui.screens.when_dialog import WhenDialog

        def said(when: When | None) -> None:
            if when is not None:
                self._setting = replace(self._setting, until=when.date, until_time=when.time)
                self._save(Outcome(row.outcome))

        self.home.push_screen(WhenDialog(f"{row.outcome.capitalize()} · {clean(self._prospect.name)}", "when"), said)

    def _confirm(self, row: OutcomeView) -> None:
        from followup_tui.tui.screens.confirm_dialog import ConfirmDialog

        who = clean(self._prospect.name)
        text = f"{who} will not be contacted again, on any channel. No next touch is planned."
        self.home.push_screen(
            ConfirmDialog("Do not contact", text, "y  yes, stop everything"),
            lambda yes: self._save(Outcome(row.outcome)) if yes else None,
        )

    def _save(self, outcome: Outcome) -> None:
        wish = self._setting
        note, value = self.query_one("#note", Field).value, self.query_one("#value", Field).value
        channel = wish.channel or (self._preview.channel if self._preview is not None else None)
        assert channel is not None
        self._chosen(draft_of(wish, channel, outcome, note, value))
        self.dismiss()

    def action_note(self) -> None:
        """Write a note."""
        self.set_focus(self.query_one("#note", Field))

    def action_value(self) -> None:
        """Choose what of value it gave: items they never got stand first; free words are allowed."""
        from followup_tui.tui.screens.value_dialog import ValueDialog

        field = self.query_one("#value", Field)

        def took(title: str | None) -> None:
            if title is not None:
                field.value = title

        who, channel = self._prospect, self._setting.channel
        self.home.push_screen(ValueDialog(who.id, channel, clean(who.name), field.value), took)

    @on(Field.Changed, "#note")
    def _keep_draft(self, event: Field.Changed) -> None:
        """Keep the words, whatever happens to the dialog; not those of the log before, which come late."""
        if event.value == self.query_one("#note", Field).value:
            self.home.drafts[self._prospect.id] = event.value
