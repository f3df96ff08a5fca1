"""What may be set before the outcome of a log: the channel, the next date, when it happened, who came to whom."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from followup_tui.domain.channels import CHANNELS
from followup_tui.tui.screens.log_setting import Setting
from followup_tui.tui.screens.panel import Panel
from followup_tui.tui.text import clean

if TYPE_CHECKING:
    from followup_tui.language.dates import When
    from followup_tui.services.views import PreviewView, ProspectView, WhoView


class LogWishes(Panel[None]):
    """Each asks for the preview again, with what was set."""

    _prospect: WhoView | ProspectView
    _setting: Setting
    _preview: PreviewView | None

    @abstractmethod
    def _ask(self) -> None:
        """Ask for the preview of the setting."""

    def _set(self, **changes: object) -> None:
        self._setting = replace(self._setting, **changes)  # type: ignore[arg-type]
        self._ask()

    def action_channel(self, by: int) -> None:
        """Take the next channel."""
        names = [channel.name for channel in CHANNELS]
        at = names.index(self._setting.channel) if self._setting.channel in names else -1
        self._set(channel=names[(at + by) % len(names)])

    def action_shift(self, by: int) -> None:
        """Move the next date."""
        self._set(shift=self._setting.shift + by)

    def action_inbound(self) -> None:
        """They came to us, or not."""
        self._set(inbound=not self._setting.inbound)

    def action_completes(self) -> None:
        """Switch whether the touch completes the planned step."""
        if self._preview is not None:
            self._set(completes=not self._preview.completes)

    def action_when(self) -> None:
        """Say the next date."""
        from followup_tui.tui.screens.when_dialog import WhenDialog

        def said(when: When | None) -> None:
            if when is not None:
                self._set(until=when.date, until_time=when.time, shift=0)

        self.home.push_screen(WhenDialog(f"Next touch · {clean(self._prospect.name)}", "on"), said)

    def action_past(self) -> None:
        """Say when it happened."""
        from followup_tui.tui.screens.when_dialog import WhenDialog

        def said(when: When | None) -> None:
            now = self.home.clock.now()
            if when is not None and now is not None:
                self._set(at=datetime.combine(when.date, when.time or now.time(), now.tzinfo))

        self.home.push_screen(WhenDialog(f"It happened · {clean(self._prospect.name)}", "on", past=True), said)
