"""The bell and a toast minutes before a promise or a meeting, on any screen (domain §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import App

from followup_tui.tui import wording

if TYPE_CHECKING:
    from followup_tui.errors import FollowupError
    from followup_tui.services.views import UpcomingView
    from followup_tui.tui.app import FollowupApp

EVERY = 20
"""Seconds between two looks."""


class Ringing(App[int]):
    """Rings once for each time that was told to somebody."""

    _rung: frozenset[tuple[str, str]] = frozenset()

    def on_ready(self) -> None:
        """Look now and then."""
        self.set_interval(EVERY, self.look_ahead)

    def look_ahead(self) -> None:
        """Ask what begins within minutes, once anything was read."""
        home = cast("FollowupApp", self)
        if home.clock.now() is not None:
            home.ops.query("upcoming", lambda services: services.today.upcoming(), self._ring, self._quiet)

    def _ring(self, coming: tuple[UpcomingView, ...]) -> None:
        home = cast("FollowupApp", self)
        for one in coming:
            key = (one.prospect.id, one.at.isoformat())
            if key in self._rung:
                continue
            self._rung |= {key}
            self.bell()
            what = "meeting" if one.kind == "meeting" else wording.step(one.channel, None, None, one.kind)
            home.say(f"{wording.clock(one.at)} {what} · {one.prospect.name}", "warning")

    def _quiet(self, error: FollowupError) -> None:
        """A look that failed is no news: the next one comes, and the screens say what is wrong."""
