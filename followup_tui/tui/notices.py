"""What is said at the lower right: one place a screen that stays mounted; Textual makes widgets for every toast."""

from __future__ import annotations

from textual.app import App
from textual.notifications import Notification, Notifications, SeverityLevel
from textual.screen import Screen

from followup_tui.tui.text import without_markup
from followup_tui.tui.widgets.notice_board import NoticeBoard, NoticeRack

GRACE = 0.02
"""Seconds after its time at which a notice is taken away: a timer may be a little early."""


class Notices(App[int]):
    """The part of the app that says things in passing."""

    notices: Notifications
    """What is being said, oldest first."""
    _to_show = False

    def notify(
        self, message: str, *, title: str = "", severity: SeverityLevel = "information", timeout: float | None = None,
        markup: bool = True,
    ) -> None:  # fmt: skip
        """Say something for some seconds, on whatever screen; from any thread, like Textual's own."""
        words = without_markup(message) if markup else message
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self.notices.add(Notification("\n".join(filter(None, (title, words))), "", severity, seconds))
        self.call_later(self.set_timer, seconds + GRACE, self.show_notices)
        self._soon()

    def clear_notifications(self) -> None:
        """Take back whatever is being said."""
        self.notices.clear()
        self._soon()

    def drop_notice(self, notice: Notification) -> None:
        """Take back one of them."""
        if notice in self.notices:
            del self.notices[notice]
        self.show_notices()

    def show_notices(self) -> None:
        """Show what is being said now; a screen gets its place for it at the first notice.

        What was said before a dialog opened stays below it, dimmed: its keys are not the dialog's.
        """
        self._to_show = False
        notices, stack = list(self.notices), self.screen_stack
        for screen in stack:
            rack = _rack(screen)
            if rack is None and notices and screen is stack[-1] and screen.is_mounted and screen.is_attached:
                rack = self.notice_rack()
                screen.mount(rack)
            if rack is not None:
                rack.show(notices)

    def notice_rack(self) -> NoticeRack:
        """Return a new place for notices, for a screen that is to have one from the start."""
        return NoticeRack(NoticeBoard(self.drop_notice))

    def _soon(self) -> None:
        """Show it in a moment, however much is said and taken back until then."""
        if not self._to_show:
            self._to_show = self.call_later(self.show_notices)


def _rack(screen: Screen[object]) -> NoticeRack | None:
    return next((child for child in screen.children if isinstance(child, NoticeRack)), None)
