"""The smart lists that ship: a name and a filter each (interface §4), in the order they are shown."""

from __future__ import annotations

from typing import NamedTuple


class SmartList(NamedTuple):
    """A saved filter."""

    name: str
    filter: str


SMART_LISTS: tuple[SmartList, ...] = (
    SmartList("Overdue", "is:overdue"),
    # They came to us: their message waits for an answer, or nobody of us has reached out yet (S1).
    SmartList("New inbound", 'kind:answer or (cadence:"new inbound" is:new)'),
    # Begun and dropped: fewer than 3 attempts, no response, nothing planned (coach §11, S0); a question is no plan.
    SmartList(
        "Under-worked",
        'attempts>0 attempts<3 -has:response (due:none or is:decision) -is:paused -relation:"do not contact"',
    ),
    # In play without a next touch: the invariant of §3 is broken (S2: a body at rest stays at rest).
    SmartList("At rest", "is:resting"),
    SmartList("Decisions", "is:decision"),
    # Those worth most of the day (ours): marked ★, or we know why they came and what is in it for them (§8, S3).
    SmartList("High capacity", 'is:"in play" (star or has:why has:benefit)'),
    SmartList("Nurture", "relation:nurture"),
    # Promises and meetings, those that stand behind a decision too.
    SmartList("Promises", "is:promise"),
    # The last two outbound touches gave nothing of value (coach §11, S0).
    SmartList("Naked touches", 'is:"in play" is:naked'),
    # Touched once, and not in the last 30 days; who was never touched is new, not quiet.
    SmartList("Went quiet", 'is:"in play" -is:paused touched<=-30d'),
    SmartList("Pool", "relation:pool"),
    # Nobody can be enrolled without a good phone, mobile, fax, email or address (§3).
    SmartList("Needs details", '-has:detail -relation:closed -relation:"do not contact"'),
)
