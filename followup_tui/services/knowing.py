"""What only the journal knows about one prospect, added to its view where one is looked at (domain §7)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from followup_tui.services.views import ProspectView
from followup_tui.storage import journal


def known(connection: Any, view: ProspectView) -> ProspectView:
    """Return the view with what the history says: two bad sentiments running suggest to reel back."""
    feelings = journal.newest_sentiments(connection, view.id)
    return replace(view, reel_back=view.step is not None and feelings == ["bad", "bad"])
