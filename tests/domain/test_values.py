"""The value that is proposed (domain §5, §8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.values import proposed_value

TITLES = ("Guide", "Case", "Invitation")


@pytest.mark.parametrize(
    ("got", "proposed"),
    [
        ((), "Guide"),
        (("Guide",), "Case"),
        (("Case", "Guide"), "Invitation"),
        (("Guide", "Case", "Invitation"), "Guide"),
        (("Guide", "Case", "Guide", "Invitation"), "Case"),
        (("Something else",), "Guide"),
        (("  GUIDE ",), "Case"),
    ],
)
def test_what_they_never_got_then_what_is_longest_ago(got: tuple[str, ...], proposed: str) -> None:
    """In the order of the library; however it was written when it was given."""
    assert proposed_value(TITLES, got) == proposed


@pytest.mark.parametrize(("titles", "got"), [((), ()), ((), ("Guide",)), (("Guide",), ("guide",)), (("",), ())])
def test_nothing_is_better_than_the_same_again(titles: tuple[str, ...], got: tuple[str, ...]) -> None:
    """A library of one item, just given, proposes nothing."""
    assert proposed_value(titles, got) is None


@given(st.lists(st.sampled_from("abcdef"), unique=True, min_size=2), st.integers(1, 30))
def test_followed_it_gives_everything_and_nothing_twice_running(titles: list[str], rounds: int) -> None:
    """Whoever takes the proposals gets the whole library before anything again."""
    got: list[str] = []
    for _ in range(rounds):
        proposed = proposed_value(titles, got)
        assert proposed is not None
        assert got[-1:] != [proposed]
        got.append(proposed)
    assert len(set(got)) == min(rounds, len(titles))
