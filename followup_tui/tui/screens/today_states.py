"""What Today says when there is nothing to do: the first run, and a day without touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_tui.tui import bindings, commands, wording
from followup_tui.tui.widgets.paint import Piece

if TYPE_CHECKING:
    from followup_tui.services.views import TodayView
    from followup_tui.tui.app import FollowupApp


def first_run(home: FollowupApp) -> list[list[Piece]]:
    """Return the three ways to begin, with their keys."""
    known = bindings.known_commands()

    def key(id: str) -> str:
        return commands.first_key(known[id], home.keymap_shown)

    return [
        [("Nobody to follow up yet.", "strong")],
        [],
        [(f"{key('app.add'):>3}  ", "key"), ("add the first prospect", "text")],
        [(f"{key('first.import'):>3}  ", "key"), ("import people from a file: CSV, Excel, vCard, JSON", "text")],
        [
            (f"{key('first.demo'):>3}  ", "key"),
            ("the demo: fictional people; nothing of yours is touched", "text"),
        ],
        [],
        [(f"{key('app.help'):>3}  ", "key"), ("all keys of this screen", "muted")],
    ]


def empty_day(view: TodayView, today: bool) -> list[list[Piece]]:
    """Return what an empty day says: what tomorrow holds, and that undo still works."""
    if not today:
        return [[("Nothing is planned for this day.", "strong")], [], [("  → ←  ", "key"), ("another day", "muted")]]
    tomorrow = wording.count(view.totals.tomorrow, "touch", "touches") if view.totals.tomorrow else "nothing"
    done = wording.count(view.totals.done, "touch", "touches")
    return [
        [("Nothing is due.", "strong"), (f"  {done} made today." if view.totals.done else "", "done")],
        [],
        [("Tomorrow holds ", "muted"), (tomorrow, "text"), (".", "muted")],
        [],
        [
            ("  →  ", "key"),
            ("look at tomorrow     ", "muted"),
            ("a  ", "key"),
            ("add a prospect     ", "muted"),
            ("u  ", "key"),
            ("undo", "muted"),
        ],
    ]
