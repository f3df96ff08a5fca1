"""The figures of the reliability tests: told by each test, printed as one table at the end of the run."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.figures_table import Row, markdown_written, table

TORTURE = os.environ.get("FOLLOWUP_TORTURE") == "1"
"""Full counts: `make torture`."""
LONGEST = 1800 if TORTURE else 180
"""Seconds a test may take before it is ended, so that the others go on."""
AGAIN = 20
"""Seconds after which it is ended once more: hypothesis tries again what failed."""
WHOLE = ["tests/reliability", "tests/security"]
"""What `make torture` runs: only then is a rule without any figure missing."""
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


@pytest.fixture(autouse=True)
def ends_in_time() -> Iterator[None]:
    """Fail a test that hangs: it is told where, and the others are tried all the same."""

    def end(*_: object) -> None:
        raise TimeoutError(f"not done after {LONGEST} seconds")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, LONGEST, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def rows_of(terminalreporter: Any) -> list[Row]:
    """Return what every test told; one that failed counts as lost under its rule, so that no table looks whole."""
    rows = []
    for report in terminalreporter.stats.get("passed", []):
        told = [value for name, value in report.user_properties if name == "figure"]
        rows += [Row(rule, what, trials, lost, report.duration / len(told)) for rule, trials, what, lost in told]
    for report in [*terminalreporter.stats.get("failed", []), *terminalreporter.stats.get("error", [])]:
        found = _RULE.search(report.nodeid)
        rule = f"{found[1].upper()}{int(found[2])}" if found else "?"
        if found or TORTURE:
            rows.append(Row(rule, f"FAILED {report.nodeid}", 1, 1, getattr(report, "duration", 0.0)))
    return rows


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the table: rule, trials, lost, seconds, what was done."""
    rows = rows_of(terminalreporter)
    if not rows:
        return
    whole = TORTURE and config.args == WHOLE
    terminalreporter.section("figures")
    for line in table(rows, whole):
        terminalreporter.write_line(line)
    if whole and os.environ.get("FOLLOWUP_WRITE_TABLE"):
        for line in markdown_written(rows, config.rootpath):
            terminalreporter.write_line(line)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """End with 1 when something was lost by a test that passed, or when a rule of a full run has no figure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(session.config, "workerinput"):
        return
    rows = rows_of(reporter)
    whole = TORTURE and session.config.args == WHOLE
    if session.exitstatus == pytest.ExitCode.OK and any(row.lost for row in Row.with_missing(rows, whole)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
