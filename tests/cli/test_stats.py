"""followup stats on a real database: stable JSON, honest words when there is nothing, spans refused by name."""

from __future__ import annotations

import pytest

NAMES = (
    *("lines_in_the_water", "momentum_at_risk", "momentum_lost", "momentum_saved"),
    *("attempts_per_prospect", "calls_per_prospect", "given_up_after_3", "response_rate"),
    *(f"response_by_{by}" for by in ("channel", "step", "hour", "weekday", "template", "value")),
    *("wins_from_5th_touch", "referrals_per_win", "speed_to_first_contact", "number_of_calls", "words"),
    *("contact_information", "promises_kept", "why_not", "streak", "days_kept", "load_ahead"),
)


@pytest.fixture
def at(run, tmp_path, monkeypatch):
    """Run a command on a database of the test's own, on a Monday morning."""
    monkeypatch.setenv("FOLLOWUP_DB", str(tmp_path / "own" / "followup.db"))
    monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-23T09:00")
    return run


def test_json_is_one_object_per_measure(at):
    """Names, value, n and source are the contract; an empty database leaves with 0."""
    done = at("stats", "--json")
    assert done.code == 0
    assert (done.data["since"], done.data["until"]) == (None, "2026-11-23")
    assert tuple(one["name"] for one in done.data["measures"]) == NAMES
    assert all({"value", "n", "source"} <= set(one) for one in done.data["measures"])


def test_numbers_stand_beside_those_of_the_sources(at):
    """After two calls: 2 attempts of one prospect, beside 1.3, 2 and 12; too few to judge what works."""
    at("add", "Ann Lee", "--phone", "+49 30 901820", "--relation", "engaged")
    at("log", "Ann Lee", "phone", "no answer")
    at("log", "Ann Lee", "phone", "spoke")
    measures = {one["name"]: one for one in at("stats", "--json").data["measures"]}
    tried = measures["attempts_per_prospect"]
    assert (tried["value"], tried["n"], tried["source"]) == (2.0, 1, "S4, S1")
    assert [one["value"] for one in tried["references"]] == [1.3, 2, 12]
    phone = measures["response_by_channel"]["groups"][0]
    assert (phone["name"], phone["value"], phone["n"], phone["enough"]) == ("phone", 0.5, 2, False)
    assert 0 < phone["low"] < 0.5 < phone["high"] < 1
    text = at("stats").out
    assert "Attempts per prospect  2 touches  n = 1 prospects  (S4, S1)" in text
    assert "1.3 the average rep (S4)" in text
    assert "too few to judge" in text
    assert "nothing yet: on which touch people are won: log w" in text


def test_since_is_a_day_or_a_span(at):
    """ISO, a phrase, so many days; a day to come and nonsense are refused with what was said."""
    assert at("stats", "--since", "2026-11-01", "--json").data["since"] == "2026-11-01"
    assert at("stats", "--since", "30d", "--json").data["since"] == "2026-10-25"
    assert at("stats", "--since", "1y", "--json").data["since"] == "2025-11-24"
    assert at("stats", "--since", "all", "--json").data["since"] is None
    later = at("stats", "--since", "2026-12-24")
    assert (later.code, later.out) == (2, "")
    assert "still to come" in later.err
    bad = at("stats", "--since", "whenever")
    assert bad.code == 2
    assert "whenever" in bad.err
