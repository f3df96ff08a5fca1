"""Sending a message: its words kept while they are written, handed over and logged by one key (domain §8)."""

from __future__ import annotations

import json
from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import events, on
from textual.widgets import TextArea
from textual.widgets.input import Selection as InputSelection
from textual.widgets.text_area import Selection

from followup_tui.domain.model import Outcome
from followup_tui.domain.placeholders import first_gap, gaps
from followup_tui.errors import FollowupError
from followup_tui.services.views import LogDraft, LogView, MessageView
from followup_tui.tui.keeping import MESSAGE
from followup_tui.tui.screens.dialog import Dialog
from followup_tui.tui.widgets.field import Field
from followup_tui.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from followup_tui.bootstrap import Services
    from followup_tui.services.changes import Changes

CHANNELS = ("email", "text", "mail", "fax", "article", "gift")
"""Channels that take words."""


class Sending(Dialog[None]):
    """The words of a message and what becomes of them; how they are shown is the dialog's."""

    def __init__(self, prospect: str, channel: str | None) -> None:
        super().__init__()
        self._prospect, self._channel = prospect, channel
        self._message: MessageView | None = None
        self._value = ""
        self._sending = False
        self._waiting: list[events.Key] | None = []
        """Keys typed before the message is there."""

    @abstractmethod
    def _warn(self, text: str) -> None:
        """Say what is wrong."""

    @abstractmethod
    def _look(self) -> None:
        """Let the linter look."""

    @property
    def _subject(self) -> str:
        return self.query_one("#message-subject", Field).value.strip() if self._channel != "text" else ""

    @property
    def _body(self) -> str:
        return self.query_one(Writing).text.strip()

    def _changed(self) -> bool:
        """Whether the words are no longer those of the template."""
        message = self._message
        return message is not None and (self._subject, self._body) != (message.subject.strip(), message.body.strip())

    @on(TextArea.Changed)
    @on(Field.Changed)
    def _typed(self) -> None:
        if self._message is None or self._waiting is not None:
            return
        self._look()
        if self._changed():
            words = {
                "channel": self._channel or "",
                "template": self._message.template,
                "value": self._value,
                "subject": self._subject,
                "body": self.query_one(Writing).text,
            }
            self.home.drafts[MESSAGE + self._prospect] = json.dumps(words, ensure_ascii=False)
        else:
            self._forget()

    def _draft(self) -> dict[str, str]:
        try:
            found = json.loads(self.home.drafts.get(MESSAGE + self._prospect, "{}"))
        except ValueError:
            return {}
        kept = {key: text for key, text in found.items() if isinstance(text, str)} if isinstance(found, dict) else {}
        return {} if self._channel in CHANNELS and self._channel != kept.get("channel") else kept

    def _forget(self) -> None:
        self.home.drafts.pop(MESSAGE + self._prospect, None)

    def _way(self) -> str:
        """Return how the channel is sent: by the mail program, the clipboard, or a letter."""
        if self._channel == "email" or (self._channel == "article" and self._message and "@" in self._message.to):
            return "mail"
        return "copy" if self._channel in ("text", "fax") else "letter"

    def action_send(self, way: str = "") -> None:
        """Send it and log it as sent, in one motion; nothing is logged when the program fails."""
        message = self._message
        if message is None or self._sending:
            return
        if not self._body:
            self._warn("There is nothing to send")
            return
        if left := gaps(f"{self._subject}\n{self._body}"):
            self._warn(f"Not filled: {left} · nothing was sent or logged · e fills it")
            return
        way, who, to = way or self._way(), self._prospect, message.to
        subject, body = self._subject, self._body
        by = "mail" if way == "letter" and message.channel in ("email", "text") else message.channel
        draft = LogDraft(by, Outcome.SENT, value=self._given(), template=message.template)
        self._sending = True
        place: list[str] = []

        def send(services: Services) -> tuple[LogView, Changes]:
            if way == "mail":
                services.compose.open_mail(to, subject, body)
            elif way == "letter":
                place.append(str(services.compose.write_letter(who, subject, body)))
            return services.log.log(who, draft)

        def sent(done: LogView) -> None:
            self._forget()
            if way == "copy":
                self.home.copy_text(body, "")
            self.home.announce(done, {"copy": "Copied and logged as sent", "letter": "Written"}.get(way, "Sent"))
            if place:
                self.home.say(f"The letter is in {place[0]}")
            self.leave()

        def failed(error: FollowupError) -> None:
            self._sending = False
            self._warn(f"{error} · nothing was logged")

        self.home.ops.mutate(send, sent, failed)

    def action_write(self) -> None:
        """Write in the words: at the first place left unfilled, chosen, so that what is typed takes its place."""
        subject, writing = self.query_one("#message-subject", Field), self.query_one(Writing)
        if self._channel != "text" and (gap := first_gap(subject.value)):
            self.set_focus(subject)
            subject.selection = InputSelection(*gap)
            return
        self.set_focus(writing)
        if gap := first_gap(writing.text):
            before = writing.text[: gap[0]]
            line, column = before.count("\n"), gap[0] - before.rfind("\n") - 1
            writing.selection = Selection((line, column), (line, column + gap[1] - gap[0]))

    def _given(self) -> str:
        """Return what it gives: what was taken by hand, or what the words still speak of."""
        message = self._message
        if message is None or self._value != message.value or not self._changed():
            return self._value
        said = " ".join(f"{self._subject} {self._body}".split()).casefold()
        links = [word for word in message.body.split() if word.startswith("http")]
        return self._value if self._value.casefold() in said or any(link.casefold() in said for link in links) else ""

    def action_close(self) -> None:
        """Leave; changed words are kept and come back."""
        if self._changed():
            self.home.say("Your words are kept · e shows them again")
        self.dismiss(None)
