"""`touch edit`, `touch delete` and `erase` on a real database."""

from __future__ import annotations

import io
import sys

import pytest

ANN = "add", "Ann Lee", "--company", "Acme", "--phone", "+49 30 901820", "--email", "ann@acme.example"


@pytest.fixture
def at(run, tmp_path, monkeypatch):
    """Run a command on a database of the test's own; each a minute after the one before."""
    monkeypatch.setenv("FOLLOWUP_DB", str(tmp_path / "own" / "followup.db"))
    minutes = iter(range(12, 60))

    def command(*words):
        monkeypatch.setenv("FOLLOWUP_NOW", f"2026-11-23T09:{next(minutes):02}")
        return run(*words)

    return command


@pytest.fixture
def touch(at):
    """The id of a call to Ann, logged as voicemail."""
    at(*ANN)
    return at("log", "ann", "phone", "vm", "--json").data["touch"]["id"]


@pytest.fixture
def terminal(monkeypatch):
    """Somebody at a terminal who types this."""

    def types(text: str) -> None:
        stream = io.StringIO(text)
        stream.isatty = lambda: True
        monkeypatch.setattr(sys, "stdin", stream)

    return types


def test_an_outcome_is_corrected(at, touch):
    """What the dates become is printed; undo takes it back."""
    lines = at("touch", "edit", touch, "--outcome", "spoke", "--note", "with Bob").out.splitlines()
    assert lines[0] == "Corrected: phone, spoke · Ann Lee, Acme · Mon 23 Nov 09:13"
    assert "cold → engaged" in lines[1]
    assert lines[-1] == "followup undo takes it back"
    shown = at("show", "ann", "--json").data
    assert (shown["timeline"][0]["outcome"], shown["timeline"][0]["note"]) == ("spoke", "with Bob")
    assert shown["prospect"]["attempts"] == 0
    assert at("undo", "--json").data["changes"][0]["name"] == "Correct phone, spoke · Ann Lee"
    assert at("show", "ann", "--json").data["timeline"][0]["outcome"] == "left voicemail"
    assert at("doctor").code == 0


def test_a_dry_run_only_prints(at, touch):
    """The change of dates before it is made; JSON says the same."""
    out = at("touch", "edit", touch, "--outcome", "0", "--dry-run").out
    assert out.splitlines()[0].startswith("Would be corrected: phone, definite no · Ann Lee, Acme")
    assert "phone on Wed 25 Nov → nothing planned" in out
    assert "Nothing was changed: this was a dry run" in out
    data = at("touch", "delete", touch, "--dry-run", "--json").data
    assert list(data) == ["touch", "before", "after", "explanation", "undo"]
    assert (data["before"]["date"], data["after"]["date"], data["undo"]) == ("2026-11-25", "2026-11-23", "")
    assert [one["name"] for one in at("history", "--json").data["changes"]][1:] == ["Add Ann Lee"]


def test_a_touch_is_deleted(at, touch):
    """As if it had never been logged."""
    assert at("touch", "delete", touch).out.splitlines()[0].startswith("Removed: phone, left voicemail · Ann Lee")
    assert at("show", "ann", "--json").data["timeline"] == []
    assert at("touch", "delete", touch).code == 3
    assert at("undo").code == 0
    assert len(at("show", "ann", "--json").data["timeline"]) == 1


def test_time_channel_value_and_direction(at, touch):
    """Every option reaches the touch."""
    words = "--at", "2026-11-23 09:05", "--channel", "text", "--value", "a plan", "--sentiment", "good", "--inbound"
    corrected = at("touch", "edit", touch, *words, "--json").data["touch"]
    assert corrected["at"].startswith("2026-11-23T09:05:00")
    assert [corrected[name] for name in ("channel", "value", "sentiment", "direction")] == [
        "text",
        "a plan",
        "good",
        "inbound",
    ]
    assert at("touch", "edit", touch, "--outbound", "--sentiment", "", "--json").data["touch"]["sentiment"] is None
    until = at("touch", "edit", touch, "--outcome", "call back", "--until", "thu 3pm", "--json").data
    assert (until["after"]["kind"], until["after"]["time"]) == ("promise", "15:00")
    assert at("touch", "edit", touch, "--note", "x").out.count("followup undo") == 1
    assert at("touch", "edit", touch, "--note", "x").out.startswith("Unchanged: text, call back")


def test_what_can_not_be(at, touch):
    """Nothing to change, the future, unknown words and ids, an impossible story: one line each."""
    at("log", "ann", "phone", "not now")
    permission = at("show", "ann", "--json").data["timeline"][-1]["id"]
    at("answer", "ann", "yes")
    for words, code, why in (
        ((touch,), 2, "nothing to change"),
        ((touch, "--at", "tomorrow 9:00"), 2, "future"),
        ((touch, "--outcome", "nonsense"), 2, "nonsense"),
        ((touch, "--channel", "pigeon"), 2, "pigeon"),
        ((touch, "--sentiment", "great"), 2, "great"),
        (("77", "--note", "x"), 3, "there is no touch 77"),
        ((permission, "--outcome", "spoke"), 1, "the answer “yes” of Mon 23 Nov would be impossible"),
    ):
        done = at("touch", "edit", *words)
        assert (done.code, done.out) == (code, ""), words
        assert why in done.err
        assert len(done.err.splitlines()) == 1
    assert at("doctor").code == 0


def test_erasing_needs_a_yes(at, touch, terminal, monkeypatch):
    """Without a terminal it needs --yes; at one it asks once, and anything but yes is no."""
    done = at("erase", "ann")
    assert (done.code, done.out) == (2, "")
    assert "add --yes" in done.err
    for answer in ("n\n", "\n", ""):
        terminal(answer)
        done = at("erase", "ann")
        assert (done.code, done.out) == (1, "")
        assert "Erase Ann Lee, Acme with 1 touch for good? It can't be undone. [y/N]" in done.err
        assert "was not erased" in done.err
    assert at("show", "ann").code == 0
    terminal("yes\n")
    assert "this can't be undone" in at("erase", "ann").out
    assert at("show", "ann").code == 3
    assert at("history", "--json").data["changes"] == []
    assert at("undo").code == 3
    assert at("doctor").code == 0


def test_erasing_for_scripts(at, touch):
    """--yes asks nothing; JSON names the id."""
    one = at("show", "ann", "--json").data["prospect"]["id"]
    assert at("erase", "ann", "--yes", "--json").data == {"erased": one}
    assert at("erase", "ann", "--yes").code == 3
