"""How sure a rate is: the interval of a Beta posterior over what was seen (domain §14).

The incomplete beta function and its inverse are here, in plain Python: the only ready ones come with libraries of tens
of megabytes. The continued fraction is the classical one (Abramowitz and Stegun 26.5.8), evaluated by Lentz's method.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log, log1p

from followup_tui.records import dataclass

ENOUGH = 20
"""Below so many nothing is judged, ours."""
LEVEL = 0.9
"""The share of the posterior inside the interval."""
_TINY = 1e-300
_EXACT = 1e-12


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many, and between what bounds the true rate lies nine times of ten."""

    hits: int
    n: int
    value: float | None
    """`hits / n`; None without any."""
    low: float
    high: float

    @property
    def enough(self) -> bool:
        """Whether there are enough to judge."""
        return self.n >= ENOUGH


@lru_cache(maxsize=4096)
def rate(hits: int, n: int, level: float = LEVEL) -> Rate:
    """Return a rate with the equal-tailed interval of Beta(hits + 1, misses + 1), every rate as likely beforehand.

    ValueError unless 0 ≤ hits ≤ n.
    """
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n}")
    tail = (1 - level) / 2
    a, b = hits + 1.0, n - hits + 1.0
    return Rate(hits, n, hits / n if n else None, quantile(tail, a, b), quantile(1 - tail, a, b))


def cumulative(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function: the chance that a Beta(a, b) value is at most x."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def quantile(chance: float, a: float, b: float) -> float:
    """Return the value below which a Beta(a, b) lies with this chance: Newton's steps, kept inside a bracket."""
    if chance <= 0:
        return 0.0
    if chance >= 1:
        return 1.0
    low, high, x = 0.0, 1.0, a / (a + b)
    scale = lgamma(a + b) - lgamma(a) - lgamma(b)
    for _ in range(200):
        missing = cumulative(x, a, b) - chance
        if missing > 0:
            high = x
        else:
            low = x
        density = exp(scale + (a - 1) * log(x) + (b - 1) * log1p(-x))
        step = x - missing / density if density > _TINY else -1.0
        following = step if low < step < high else (low + high) / 2
        if abs(following - x) < _EXACT or high - low < _EXACT:
            return following
        x = following
    return x


def _fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction of the incomplete beta function, for x below its mean."""
    c, d = 1.0, 1.0 / _away(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / _away(1 + even * d)
        c = _away(1 + even / c)
        found *= c * d
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / _away(1 + odd * d)
        c = _away(1 + odd / c)
        found *= c * d
        if abs(c * d - 1) < _EXACT:
            break
    return found


def _away(value: float) -> float:
    """Keep a divisor away from nought."""
    return value if abs(value) > _TINY else _TINY
