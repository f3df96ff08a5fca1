"""The figures of the reliability tests: told by each test, printed as one table at the end of the run."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

TORTURE = os.environ.get("FOLLOWUP_TORTURE") == "1"
"""Full counts: `make torture`."""
Figure = Callable[..., None]


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
    """Print the table."""
    reports = terminalreporter.stats.get("passed", [])
    found = sorted(value for report in reports for name, value in report.user_properties if name == "figure")
    if not found:
        return
    terminalreporter.section("figures")
    for rule, trials, what, lost in found:
        terminalreporter.write_line(f"{rule:<4}{trials:>9,}  {what}: {lost} lost")
