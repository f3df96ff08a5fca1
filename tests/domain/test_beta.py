"""How sure a rate is: known quantiles, and properties of every interval (domain §14)."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.beta import cumulative, quantile, rate
from followup_tui.domain.measured_spans import first_day
from tests.factories import MONDAY


@pytest.mark.parametrize(
    ("chance", "a", "b", "known"),
    [
        (0.05, 21, 1, 0.05 ** (1 / 21)),
        (0.95, 1, 21, 1 - 0.05 ** (1 / 21)),
        (0.5, 2, 2, 0.5),
        (0.25, 1, 1, 0.25),
        (0.05, 9, 33, 0.119579),
        (0.95, 9, 33, 0.324613),
        (0.05, 11, 11, 0.328109),
        (0.5, 0.5, 0.5, 0.5),
        (0.25, 0.5, 0.5, 0.146447),
    ],
)
def test_known_quantiles(chance, a, b, known):
    """Closed forms of Beta(n, 1) and the arcsine law, and tabled values, to six digits."""
    assert quantile(chance, a, b) == pytest.approx(known, abs=1e-6)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 99))
def test_the_cumulative_is_the_binomial_tail(a, b, percent):
    """For whole parameters the incomplete beta is a sum of binomial terms."""
    x, n = percent / 100, a + b - 1
    tail = sum(comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
    assert cumulative(x, a, b) == pytest.approx(tail, abs=1e-9)


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_nine_tenths_lie_inside(hits, misses):
    """The interval holds 90 % of the posterior, a twentieth on either side, at any size."""
    found = rate(hits, hits + misses)
    assert 0 <= found.low < found.high <= 1
    assert cumulative(found.low, hits + 1, misses + 1) == pytest.approx(0.05, abs=1e-6)
    assert cumulative(found.high, hits + 1, misses + 1) == pytest.approx(0.95, abs=1e-6)


def test_below_twenty_is_too_few():
    """Nineteen are not judged, twenty are; none at all have no value; more hits than tries are refused."""
    assert (rate(3, 19).enough, rate(3, 20).enough) == (False, True)
    assert (rate(0, 0).value, rate(0, 20).value) == (None, 0.0)
    with pytest.raises(ValueError, match="4 of 3"):
        rate(4, 3)


def test_spans_end_today():
    """Thirty days are today and the 29 before; other words are no span."""
    said = {text: first_day(text, MONDAY) for text in ("1d", "30d", "2 weeks", "1y", "9999y", "0d", "all", "tue")}
    assert {text: day.isoformat() if day else None for text, day in said.items()} == {
        "1d": "2026-11-23",
        "30d": "2026-10-25",
        "2 weeks": "2026-11-10",
        "1y": "2025-11-24",
        "9999y": "0001-01-01",
        "0d": None,
        "all": None,
        "tue": None,
    }
