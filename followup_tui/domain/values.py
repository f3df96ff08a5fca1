"""Which value to give next: something this prospect never got, and never the same twice running (domain §5, §8)."""

from __future__ import annotations

from collections.abc import Sequence

from followup_tui.domain.folding import fold


def proposed_value(titles: Sequence[str], given: Sequence[str]) -> str | None:
    """Return the title to propose, of a library in its order, to somebody who was `given` others, the oldest first.

    What they never got goes first, then what they got longest ago. None when there is nothing but the last one given:
    a touch without value is better than the same again. Case and accents don't tell titles apart.
    """
    got = [fold(title) for title in given]
    last = got[-1] if got else ""
    newest = {title: place for place, title in enumerate(got)}
    fresh = [title for title in titles if fold(title) and fold(title) != last]
    return min(fresh, key=lambda title: newest.get(fold(title), -1), default=None)
