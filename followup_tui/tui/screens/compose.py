"""Compose: a template filled, looked over by the linter while it is written, sent and logged by one key (domain §8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from followup_tui.domain import linter
from followup_tui.errors import FollowupError
from followup_tui.services.views import MessageView
from followup_tui.tui import commands, dialog_bindings, wording
from followup_tui.tui.screens.sending import CHANNELS, Sending
from followup_tui.tui.text import content
from followup_tui.tui.widgets.field import Field
from followup_tui.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services

WAYS = {
    "mail": "mails it",
    "copy": "copies it",
    "letter": "writes a letter",
}
HINT = " enter {way} · e write · 1–9 template · v value · C channel · ? more · esc "


class ComposeDialog(Sending):
    """Keys work while the words don't have the focus; `e` goes into them, esc leaves them, esc again the dialog."""

    HEADING = "Compose"
    BINDINGS = commands.as_bindings(dialog_bindings.COMPOSE)

    def __init__(self, prospect: str, channel: str | None = None) -> None:
        super().__init__(prospect, channel)
        self._asked: str | None = None
        """The template that was asked for while the words were changed: the second time it is taken."""

    def compose(self) -> ComposeResult:
        """Show the frame."""
        with Vertical(id="composing", classes="box"):
            yield Static(id="warned", classes="said", markup=False)
            yield Static(id="templates", classes="said", markup=False)
            yield Static(id="gives", classes="said", markup=False)
            with Horizontal(id="subject-row"):
                yield Static(content("subject"), classes="label")
                yield Field(id="message-subject", compact=True, select_on_focus=False, placeholder="s")
            yield Writing(id="message")
            yield Static(id="findings", markup=False)

    def on_mount(self) -> None:
        """Ask for the message; a draft of it comes back as it was left."""
        super().on_mount()
        self.query_one("#composing").border_title = content(" Compose ")
        kept = self._draft()
        if kept:
            self._channel = kept.get("channel")
        self._ask(kept.get("template") if kept else None, kept=kept)

    def keep(self, event: events.Key) -> bool:
        """Take a key typed before the message is there."""
        if self._waiting is None or event.key == "escape":
            return False
        self._waiting.append(event)
        return True

    def takes(self, event: events.Key) -> bool:
        """Take a template by its number."""
        if self.focused is not None or self._message is None or not event.key.isdigit() or event.key == "0":
            return False
        names = self._message.templates
        if int(event.key) <= len(names):
            self._take(names[int(event.key) - 1])
            return True
        return False

    def action_number(self) -> None:
        """No template stands there; those that do are taken at once."""

    def action_blank(self) -> None:
        """Begin without a template."""
        self._take("")

    def _take(self, template: str) -> None:
        """Fill another template; words that were changed go only at the second time."""
        if self._changed() and self._asked != template:
            self._asked = template
            self._warn("Your words would go: the same key again takes the template")
            return
        self._forget()
        self._ask(template)

    def _ask(self, template: str | None, value: str | None = None, kept: dict[str, str] | None = None) -> None:
        who, channel = self._prospect, self._channel

        def prepare(services: Services) -> MessageView:
            if kept and template:
                try:
                    return services.compose.prepare(who, channel=channel, template=template, value=value)
                except FollowupError:  # the template of the draft is gone; its words are not
                    return services.compose.prepare(who, channel=channel, template="", value=value)
            return services.compose.prepare(who, channel=channel, template=template, value=value)

        self.home.ops.query("message", prepare, lambda got: self._show(got, kept), self._refused, owner=self)

    def _refused(self, error: FollowupError) -> None:
        self.home.say(str(error), "error")
        if self._message is None:
            self.dismiss(None)

    def _show(self, message: MessageView, kept: dict[str, str] | None) -> None:
        self._message, self._channel, self._asked = message, message.channel, None
        self._value = kept.get("value", message.value) if kept else message.value
        subject, body = (kept.get("subject", ""), kept.get("body", "")) if kept else (message.subject, message.body)
        box = self.query_one("#composing")
        beside = ", beside the call" if message.companion else ""
        to = f" to {message.to}" if message.to else ""
        box.border_title = Content.assemble(
            " Compose · ", content(message.name, "bold"), content(f" · {message.channel}{beside}{to} ")
        )
        box.border_subtitle = content(HINT.format(way=WAYS[self._way()]))
        self.query_one("#subject-row").display = message.channel != "text"
        self.query_one("#message-subject", Field).value = subject
        self.query_one(Writing).load_text(body)
        self._warn(message.guard)
        marks = [
            content(f" {number} {name} ", "reverse" if name == message.template else "$muted")
            for number, name in enumerate(message.templates[:9], 1)
        ]
        self.query_one("#templates", Static).update(Content("  ").join(marks) if marks else content("no template: T"))
        self._tell_value()
        self._look()
        waiting, self._waiting = self._waiting or [], None
        for event in waiting:
            self.app.post_message(events.Key(event.key, event.character))

    def _tell_value(self) -> None:
        assert self._message is not None
        mark = "*" if self.home.config.symbols == "ascii" else "◇"
        message, asked, now = self._message, "", self.home.clock.now()
        before = "not given yet"
        if message.proposed_given is not None and now is not None:
            before = f"given {wording.day(message.proposed_given, now.date())}"
        if self._value:
            line = content(f"gives {mark} {self._value}", "$value")
        elif message.proposed:
            line = content(f"gives nothing yet · v {mark} {message.proposed} ({before})", "$muted")
        else:
            line = content("gives nothing yet · v names what", "$muted")
        if message.prompt:
            asked = f" · think of {message.prompt}"
        line = Content.assemble(line, content(asked, "$muted"))
        self.query_one("#gives", Static).update(line)

    def _warn(self, text: str) -> None:
        warned = self.query_one("#warned", Static)
        warned.update(content(f"! {text}" if text else "", "$overdue"))
        warned.display = bool(text)

    def _look(self) -> None:
        """Let the linter look: what is wrong in lines, what is well in one."""
        config = self.home.config
        me = linter.Me(config.me.phone, config.me.email)
        found = linter.lint(self._body, self._subject, me=me, limit=config.limits.words)
        bad, good = ("x", "ok") if config.symbols == "ascii" else ("✗", "✓")
        lines = [content(f"{bad} {one.line} ({one.source})", "$overdue") for one in found if not one.ok]
        fine = " · ".join(one.line for one in found if one.ok)
        self.query_one("#findings", Static).update(
            Content("\n").join([*lines, content(f"{good} {fine}" if fine else "", "$muted")])
        )

    def action_subject(self) -> None:
        """Write the subject."""
        if self._channel != "text":
            self.set_focus(self.query_one("#message-subject", Field))

    def action_editor(self) -> None:
        """Write in the user's own editor, the app standing aside."""
        from followup_tui.editor import edited_text

        try:
            with self.app.suspend():
                text = edited_text(self.query_one(Writing).text)
        except SuspendNotSupported:
            self.home.say("This terminal can't step aside for an editor · e writes here", "warning")
        except FollowupError as error:
            self.home.say(str(error), "error")
        else:
            self.query_one(Writing).load_text(text)

    def action_value(self) -> None:
        """Choose what it gives; untouched words are filled with it."""
        from followup_tui.tui.screens.value_dialog import ValueDialog

        message = self._message
        if message is None:
            return

        def took(title: str | None) -> None:
            if title is None:
                return
            if self._changed():
                self._value = title
                self._tell_value()
            else:
                self._ask(message.template, title)

        self.home.push_screen(ValueDialog(self._prospect, self._channel, message.name, self._value), took)

    def action_channel(self) -> None:
        """Go by another channel; the words come from its own template unless they were changed."""
        if self._changed():
            self._warn("Send or leave these words first: another channel has its own")
            return
        names = CHANNELS
        self._channel = names[(names.index(self._channel) + 1) % len(names)] if self._channel in names else names[0]
        self._ask(None)
