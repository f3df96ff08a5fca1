"""The measures of speed say what they found: every goal has its row, a part that fails is a miss, the rest goes on."""

from __future__ import annotations

import argparse
import json
import sys

import pytest

from benchmarks import __main__ as program
from benchmarks import parts, peer_install, report
from benchmarks.figures import percentile, percentile_ratio
from benchmarks.goals import GOALS, Goal, Measured, verdict

FAST = Goal("X1", "quick", "quick/slow", 2, "quick / slow")
SLOW = Goal("X2", "slow", "slow/quick", 2, "slow / quick")


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "HOME", tmp_path / "data")


def fails(run):
    raise RuntimeError("the screen was empty\nand more")


def test_met_missed_and_skipped():
    """The median decides; what can't be measured here is named and is no miss."""
    measured = Measured()
    measured.add("quick/slow", 1.0, 1.5, 9.0)
    measured.add("slow/quick", 2.5)
    third = Goal("X3", "peers", "ours/theirs", 1, "ours / theirs")
    measured.skipped["ours/theirs"] = "theirs is not installed"
    told, plain, missed = verdict(measured, (FAST, SLOW, third))
    lines = {line.split("|")[1].strip(): line for line in told.splitlines()}
    assert "1.50" in lines["X1"]
    assert lines["X1"].split("|")[-2].strip() == "met"
    assert "MISSED" in lines["X2"]
    assert "skipped: theirs is not installed" in lines["X3"]
    assert [missed, len(plain)] == [1, 3]


def test_a_part_that_fails_is_a_miss_and_the_others_go_on(capsys):
    """One line says which and why; what it left behind is taken away."""
    measured = Measured()
    folders = []

    def works(run):
        folders.append(run.folder)
        run.measured.add("slow/quick", 1.0)

    run_these = {"quick": fails, "slow": works}
    parts.run_all(["quick", "slow"], measured, argparse.Namespace(), run_these)
    told, _, missed = verdict(measured, (FAST, SLOW), ["quick", "slow"])
    assert "part quick failed: the screen was empty" in capsys.readouterr().err
    assert "MISSED, quick failed: the screen was empty" in told
    assert missed == 1
    assert not folders[0].exists()


def test_what_was_measured_before_ctrl_c_is_told(capsys):
    """The part that was interrupted and those behind it are missed, by name; what was found so far is kept."""

    def interrupted(run):
        raise KeyboardInterrupt

    measured = Measured()
    run_these = {"quick": lambda run: run.measured.add("quick/slow", 1.0), "slow": interrupted}
    parts.run_all(["quick", "slow"], measured, argparse.Namespace(), run_these)
    told, _, missed = verdict(measured, (FAST, SLOW), ["quick", "slow"])
    assert "slow failed: called off" in told
    assert missed == 1


def test_a_goal_without_a_figure_is_a_miss():
    """A part that ran and said nothing of a goal is no way to meet it."""
    assert verdict(Measured(), (FAST,))[2] == 1


def test_what_was_not_asked_for_is_named():
    """With some parts only, the other goals are listed below the table."""
    told, _, missed = verdict(Measured(), (FAST, SLOW), ["slow"])
    assert told.endswith("Not asked for: X1")
    assert missed == 1


def test_every_goal_belongs_to_a_part():
    """No goal can go missing because nothing measures it."""
    assert {goal.part for goal in GOALS} <= set(parts.PARTS)
    assert len({goal.metric for goal in GOALS}) == len(GOALS)


@pytest.mark.parametrize(("part", "code"), [(fails, 1), (lambda run: run.measured.add("plan 10k ms", 1.0), 1)])
def test_the_exit_code_says_whether_all_was_met(monkeypatch, tmp_path, capsys, part, code):
    """Exit 1 when one is missed, figures in JSON and between the markers of a document all the same."""
    monkeypatch.setattr(program, "note_data", lambda measured, options: None)
    monkeypatch.setitem(parts.PARTS, "plan", part)
    document = tmp_path / "speed.md"
    document.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n", encoding="utf-8")
    words = ["--only", "plan", "--json", str(tmp_path / "found.json"), "--markdown", str(document)]
    assert program.main(words) == code
    assert json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))["goals"]
    written = document.read_text(encoding="utf-8")
    assert "old" not in written
    assert written.startswith("before\n")
    assert written.endswith("after\n")
    assert "G11a" in written


def test_all_met_is_exit_0(monkeypatch, capsys):
    """Nothing missed: 0."""
    monkeypatch.setattr(program, "note_data", lambda measured, options: None)
    monkeypatch.setitem(parts.PARTS, "queue", lambda run: run.measured.add("queue largest/1k", 1.0))
    assert program.main(["--only", "queue"]) == 0


def test_percentiles_are_values_that_were_measured():
    """Nearest rank, and a ratio that lies within its interval."""
    values = [float(number) for number in range(1, 101)]
    assert (percentile(values, 50), percentile(values, 95)) == (50.0, 95.0)
    ratio, low, high = percentile_ratio(values, values, 95)
    assert low <= ratio <= high
    assert ratio == 1.0


def test_a_python_behind_pyenv_is_tried_too(monkeypatch, tmp_path):
    """Its name on the path starts nothing unless it was chosen; the program in its own folder does."""
    program = tmp_path / "3.13.9" / "bin" / "python3.13"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setattr(peer_install, "PYENV", tmp_path)
    assert peer_install.pythons()[-1] == str(program)
    said = peer_install._run([sys.executable, "-c", "import sys; sys.exit('no such package')"])
    assert said.endswith("no such package")
    assert peer_install._run([sys.executable, "-c", ""]) == ""
