"""What stands on the borders of a prospect's screen."""

from __future__ import annotations

from textual.content import Content

from followup_tui.services.views import ProspectView
from followup_tui.tui.text import content


def title_of(prospect: ProspectView, symbols: str) -> Content:
    """Return who it is, for the border."""
    star = (" *" if symbols == "ascii" else " ★") if prospect.star else ""
    role = ", ".join(part for part in (prospect.title, prospect.company) if part)
    parts = [content(f"{prospect.name}{star}", "bold $next")]
    parts += [content(part, "$muted") for part in (role, prospect.relation) if part]
    return Content.assemble(" ", Content(" · ").join(parts), " ")


def hint_of(prospect: ProspectView) -> Content:
    """Return the one line of the coach, and the key that puts it away."""
    if prospect.coach is None:
        return content(" two bad ones running: B reels back ", "$value") if prospect.reel_back else Content("")
    return content(f" coach: {prospect.coach} · h puts it away ", "$value")


def lanes_title(channel: str | None) -> Content:
    """Return what the timeline shows, all of it or one channel."""
    return content(f" Timeline · {channel} only, f next " if channel else " Timeline ", "$muted")
