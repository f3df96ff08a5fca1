"""One line that says what, where and what to do; the right exit code; never a traceback."""

from __future__ import annotations

import os
import stat

import pytest

from followup_tui import errors, paths


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.FollowupError("the disk is full", "make room"), 1),
        (errors.UsageError("a word"), 2),
        (errors.PhraseError("a phrase at column 3", column=3), 2),
        (errors.NothingFound("nobody"), 3),
        (errors.DatabaseBusy("locked"), 4),
        (errors.NewerVersion("newer"), 5),
        (errors.NotOurDatabase("a picture"), 6),
    ],
)
def test_each_error_has_its_exit_code_and_one_line(run, fake, error, code):
    """The line is title and hint, on stderr alone."""
    fake.error = error
    failed = run("today")
    assert (failed.code, failed.out) == (code, "")
    assert failed.err == f"followup: {error}\n"


def test_a_phrase_points_at_the_column(run, fake):
    """A long filter is mended at the place that is named."""
    fake.error = errors.PhraseError("unknown field “x”", "use name", column=7)
    assert run("find", "a").err == "followup: unknown field “x” – use name (column 7)\n"


def test_names_of_people_steer_no_terminal(run, fake):
    """What an error quotes is cleaned."""
    fake.error = errors.UsageError("several: \x1b[2J\nBob")
    failed = run("today")
    assert failed.err == "followup: several: ·[2J Bob\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("tody", "no such command 'tody'. Did you mean 'today'? – see followup --help"),
        ("log ann", "missing argument 'CHANNEL' – see followup log --help"),
        ("log ann phone vm --nope", "no such option: --nope"),
        ("today x", "got unexpected extra argument"),
        ("undo x", "invalid value for 'N'"),
        ("undo 0", "invalid value for 'N'"),
        ("today --date", "option '--date' requires an argument"),
        ("cadence", "missing command – see followup cadence --help"),
        ("log ann pigeon vm", "unknown channel “pigeon” – use one of in person, phone"),
        ("log ann phone hm", "unknown outcome “hm” – use one of no answer, left voicemail"),
        ("log ann phone left", "unknown outcome “left” – use one of left voicemail, left message"),
        ("log ann phone vm --sentiment so-so", "--sentiment “so-so” is not known – use one of good, neutral, bad"),
        ("log ann phone vm --consent maybe", "--consent “maybe” is not known – use one of yes, no"),
        ("add A --relation enemy", "--relation “enemy” is not known – use one of pool, cold"),
        ("edit ann", "nothing to change"),
        ("pause ann --rule hope", "--rule “hope” is not known – use one of freeze, restart, keep"),
        ("snooze ann tomorrow", "“tomorrow” has no time"),
        ("move ann whenever", "“whenever” is not understood"),
        ("enrol ann", "it is not clear who is enrolled in what"),
        ("enrol --where x ann Steady", "it is not clear who is enrolled in what"),
        ("cadence show st", "“st” may be several cadences – Steady, Stay in touch"),
        ("import a.csv --map phone", "--map “phone” is not FIELD=COLUMN"),
        ("import a.csv --per-day 3", "--per-day needs --cadence"),
        ("import a.csv --format word", "--format “word” is not known"),
        ("export list", "what to write is not clear from “list” – use --format csv|json|vcard"),
        ("today --now 9999-12-31", "--now “9999-12-31” is out of reach"),
        ("today --now 0001-01-01T09:00", "--now “0001-01-01T09:00” is out of reach"),
        ("today --now later", "--now “later” is not a time"),
        ("find --all", "no such option: --all – see followup find --help"),
        ("show two", "two may be several people – Ann Lee p1, Ann Low p2"),
    ],
)
def test_bad_words_are_named_in_one_line_and_exit_2(run, fake, monkeypatch, words, said):
    """A person sees what was wrong and what would be right."""
    from followup_tui.cli import session

    if "--now" in words:
        monkeypatch.setattr(session, "open_services", lambda options, config: options.start(config.zone))
    failed = run(*words.split())
    assert (failed.code, failed.out) == (2, "")
    assert failed.err.startswith(f"followup: {said}"), failed.err
    assert failed.err.count("\n") == 1


def test_nothing_found_is_3(run, fake):
    """Scripts tell an empty answer from a failure."""
    fake.rows = []
    assert (run("find", "tag:x").code, run("find").code) == (3, 3)
    assert run("find", "tag:x").err == "followup: nobody matches tag:x\n"
    assert run("cadence", "show", "none").code == 3


def test_doctor_fails_when_a_check_fails(run, fake):
    """Exit 1, and the failed check is seen first at the line's start."""
    from followup_tui.services.views import CheckView

    fake.checks.append(CheckView("backups", False, "the newest is 9 days old"))
    failed = run("doctor")
    assert failed.code == 1
    assert "FAILED  backups" in failed.out
    assert run("doctor", "--json").data["ok"] is False


def test_an_interrupt_is_130_and_silent(run, fake):
    """Control-c is no error."""
    fake.error = KeyboardInterrupt()
    stopped = run("today")
    assert (stopped.code, stopped.out, stopped.err) == (130, "", "")


def test_an_internal_error_is_one_line_and_a_private_log(run, fake):
    """The traceback goes to a file of mode 0600, not to the screen."""
    fake.error = ZeroDivisionError("oops")
    failed = run("today")
    log = paths.log_path()
    assert (failed.code, failed.out, failed.err.count("\n")) == (1, "", 1)
    assert failed.err == f"followup: internal error, ZeroDivisionError: oops; details in {log}\n"
    assert "Traceback" in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


def test_the_log_is_no_way_through_a_link(run, fake, tmp_path):
    """A link planted at the log is not followed."""
    log = paths.log_path()
    log.parent.mkdir(parents=True)
    log.symlink_to(tmp_path / "victim")
    fake.error = ZeroDivisionError("oops")
    assert "FOLLOWUP_DEBUG=1" in run("today").err
    assert not (tmp_path / "victim").exists()


def test_debugging_raises(run, fake, monkeypatch):
    """FOLLOWUP_DEBUG=1 is for us."""
    monkeypatch.setenv("FOLLOWUP_DEBUG", "1")
    fake.error = ZeroDivisionError("oops")
    with pytest.raises(ZeroDivisionError):
        run("today")


def test_a_closed_pipe_is_silent(tmp_path):
    """`followup config show | head -1` ends without a word."""
    import subprocess
    import sys

    reader, writer = os.pipe()
    os.close(reader)
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "followup_tui", "config", "show"],
        stdout=writer, stderr=subprocess.PIPE, text=True, env=env, check=False,
    )  # fmt: skip
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_problems_of_the_configuration_are_said_once_and_stop_nothing(run, fake):
    """They go to stderr; the command does its work with the defaults."""
    path = paths.config_path()
    path.parent.mkdir(parents=True)
    path.write_text('\nday_starts = "25:00"\nthem = "x"\n')
    done = run("today", "--json")
    assert done.code == 0
    assert done.data["zone"] == "Europe/Berlin"
    assert done.err == (
        "followup: config.toml line 2: day_starts: “25:00” is not a time, expected HH:MM\n"
        "followup: config.toml line 3: them: unknown key, did you mean theme?\n"
    )


def test_a_named_configuration_that_is_missing_is_said(run, fake):
    """--config with a wrong name must not look as if it worked."""
    assert run("today", "--config", "/none.toml").err == "followup: none.toml: there is no such file\n"
