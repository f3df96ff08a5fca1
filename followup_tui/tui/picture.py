"""What is kept of Today when the app is left: the frame the next start begins with, and how long it holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from followup_tui.domain.workdays import zone_of
from followup_tui.early_picture import CLOCK, forget
from followup_tui.tui.arrangement import SOON
from followup_tui.tui.screens.today import TodayScreen
from followup_tui.tui.widgets.card import Card
from followup_tui.tui.widgets.day_rail import DayRail
from followup_tui.tui.widgets.header import Header
from followup_tui.tui.widgets.key_line import KeyLine
from followup_tui.tui.widgets.queue import Queue

if TYPE_CHECKING:
    from rich.console import Console
    from textual.screen import Screen

    from followup_tui.config import Config
    from followup_tui.early_picture import EarlyPicture
    from followup_tui.services.views import TodayView
    from followup_tui.tui.app import FollowupApp


def keep_today(app: FollowupApp, picture: EarlyPicture) -> None:
    """Keep the frame of Today the next start would begin with, if that can be told from here; OSError, as any write.

    It can while Today is on top and nothing on the screen counts minutes: no block is being worked, no other theme is
    tried on. Who does not want it has no file of it.
    """
    if not app.config.early_picture:
        forget()
        return
    screen = app.screen if app.screen_stack else None
    services, files = app.ops.services, app.theme_files()
    if not isinstance(screen, TodayScreen) or services is None or files is None or app.is_demo:
        return
    now = app.clock.now()
    if now is None or app.at_work is not None or picture.still_holds(services.stamp(), int(now.timestamp())):
        return
    found = screen.first_frame()
    if found is None:
        return
    stamp, view = found
    kinds: tuple[type[Widget], ...] = (Header, DayRail, Queue, Card, KeyLine)
    body = drawn(screen, [screen.query_one(kind) for kind in kinds], app.console, f"{now:%H:%M}")
    if body.count(CLOCK) == 1:
        paths = [str(services.config_path), *files]
        picture.keep(str(services.path), stamp, paths, span(view, now, services.config), body)


def drawn(screen: Screen[None], widgets: Iterable[Widget], console: Console, clock: str) -> str:
    """Return the rows of the widgets, which do not overlap, as the terminal takes them; `clock` is left open."""
    width, height = screen.size
    ground = Style(bgcolor=screen.background_colors[1].rich_color)
    parts: list[list[tuple[int, Strip]]] = [[] for _ in range(height)]
    for widget in widgets:
        region = widget.region
        lines = widget.render_lines(Region(0, 0, region.width, region.height))
        for y, line in enumerate(lines[: max(0, height - region.y)]):
            parts[region.y + y].append((region.x, line))
    rows = []
    for y, row in enumerate(parts):
        strips, at = list[Strip](), 0
        for x, line in sorted(row, key=lambda part: part[0]):
            strips += [Strip.blank(x - at, ground), line]
            at = x + line.cell_length
        text = Strip.join([*strips, Strip.blank(max(0, width - at), ground)]).render(console)
        rows.append(f"\x1b[{y + 1}H{text.replace(clock, CLOCK, 1) if y == 0 else text}")
    return "".join(rows)


def span(view: TodayView, now: datetime, config: Config) -> tuple[int, int, int]:
    """Return from when until when the app, left open, would show the plan as it is, and the seconds ahead of UTC.

    A plan knows minutes, and holds from the one it was made in. The app plans anew when a block
    begins or ends, a promise comes up, the day is over (TodayScreen.tick); the zone's distance to UTC has to stay what
    it is, for the clock's sake.
    """
    zone = zone_of(config.zone)
    here = now.astimezone(zone)
    tomorrow = datetime.combine(here.date(), config.day_starts, zone)
    ends = [tomorrow if tomorrow > here else tomorrow + timedelta(days=1)]
    midnight = datetime.combine(here.date() + timedelta(days=1), datetime.min.time(), zone)
    ends += [midnight, *(edge for block in view.blocks for edge in (block.start, block.end))]
    slots = [slot for block in view.blocks for slot in block.slots] + list(view.promises)
    ends += [slot.start - SOON for slot in slots if slot.fixed and slot.done is None]
    until = min(end.timestamp() for end in ends if end > now)
    ahead = here.utcoffset() or timedelta()
    if datetime.fromtimestamp(until, zone).utcoffset() != ahead:
        until = now.timestamp()
    return int(view.now.timestamp()) // 60 * 60, int(until), int(ahead.total_seconds())
