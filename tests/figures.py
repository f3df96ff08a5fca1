"""The figures of the reliability tests: told by each test, printed as one table at the end of the run."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any

import pytest

TORTURE = os.environ.get("FOLLOWUP_TORTURE") == "1"
"""Full counts: `make torture`."""
Figure = Callable[..., None]
_RULE = re.compile(r"::test_([rt])(\d+)_")


def size(quick: int, full: int) -> int:
    """Return how often to try: few times in every run, the count of the table by `make torture`."""
    return full if TORTURE else quick


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    """Tell the number of trials of a rule, what they were, and how many were lost or failed."""

    def tell(rule: str, trials: int, what: str, lost: int = 0) -> None:
        record_property("figure", [rule, trials, what, lost])

    return tell


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the table: the rule, how often it was tried, how often it failed, the seconds of its test, what was done.

    A test that failed is named with its rule and counts as lost, so that the table can't look whole without it.
    """
    rows: list[tuple[str, int, int, float, str]] = []
    for report in terminalreporter.stats.get("passed", []):
        told = [value for name, value in report.user_properties if name == "figure"]
        for rule, trials, what, lost in told:
            rows.append((rule, trials, lost, report.duration / len(told), what))
    broken = [*terminalreporter.stats.get("failed", []), *terminalreporter.stats.get("error", [])]
    rows += [
        (f"{found[1].upper()}{int(found[2])}", 1, 1, report.duration, f"FAILED: {report.nodeid}")
        for report in broken
        if (found := _RULE.search(report.nodeid))
    ]
    if not rows:
        return
    terminalreporter.section("figures")
    terminalreporter.write_line(f"{'id':<4}{'trials':>9}{'lost':>6}{'seconds':>9}  what")
    for rule, trials, lost, seconds, what in sorted(rows, key=lambda row: (row[0][0], int(row[0][1:]), row[4])):
        terminalreporter.write_line(f"{rule:<4}{trials:>9,}{lost:>6}{seconds:>9.1f}  {what}")
    total = f"{sum(row[1] for row in rows):>9,}{sum(row[2] for row in rows):>6}{sum(row[3] for row in rows):>9.1f}"
    terminalreporter.write_line(f"{'all':<4}{total}  of {len({row[0] for row in rows})} rules")
