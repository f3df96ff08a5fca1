import re
import subprocess
import sys
from datetime import time

import pytest

from followup_tui.config import Config, Windows, default_config, load_config, machine_zone
from followup_tui.config_example import EXAMPLE

BERLIN = {"TZ": "Europe/Berlin", "LANG": "de_DE.UTF-8"}


@pytest.fixture
def load(tmp_path):
    def read(text: str | bytes) -> Config:
        path = tmp_path / "config.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_config(path, BERLIN)

    return read


def test_defaults_without_a_file(tmp_path):
    """A missing file is the ordinary case: the defaults, and no problem."""
    config = load_config(tmp_path / "none.toml", BERLIN)
    assert config == default_config(BERLIN)
    assert config.problems == ()
    assert (config.zone, config.day_starts, config.date_order) == ("Europe/Berlin", time(4), "dmy")
    assert config.working_days == frozenset(range(5))
    assert [block.name for block in config.blocks] == ["Answer", "Calls", "Write", "Visits", "Calls", "Post"]
    assert (config.limits.cold, config.limits.engaged, config.guard.touches_per_week) == (6, 12, 3)


def test_a_named_file_has_to_be_there(tmp_path):
    """Who names a file wants it read."""
    config = load_config(tmp_path / "none.toml", BERLIN, required=True)
    assert config.problems == ("none.toml: there is no such file",)


def test_everything_can_be_set(load):
    """Every key of the contract is read."""
    config = load(
        """
zone = "America/New_York"
day_starts = "03:30"
working_days = ["Sunday", "mon", "tue", "wed", "thu"]
holidays = "de-by"
default_region = "us"
date_order = "mdy"
theme = "paper"
symbols = "ascii"
meeting_minutes = 30
[me]
name = "Sam"
phone = "+1 212 5550100"
email = "sam@example.com"
[[block]]
name = "Ring"
days = ["sun"]
start = 09:00:00
end = "11:30"
channels = ["call", "t"]
filter = "relation:cold"
[minutes]
phone = 7
"in person" = 60
[keys]
"today.log" = "l"
[commands]
dial = ""
compose = "mutt {email}"
[limits]
cold = 5
engaged = 10
per_day = 30
[guard]
calls_per_day = 2
touches_per_week = 4
[load]
percent = 0
[windows]
start = "10:00"
[pace]
gentle = 2
[streak]
percent = 70
"""
    )
    assert config.problems == ()
    assert config.zone == "America/New_York"
    assert config.day_starts == time(3, 30)
    assert config.working_days == {6, 0, 1, 2, 3}
    assert (config.holidays, config.default_region, config.date_order) == ("DE-BY", "US", "mdy")
    assert (config.theme, config.symbols, config.meeting_minutes) == ("paper", "ascii", 30)
    assert (config.me.name, config.me.email) == ("Sam", "sam@example.com")
    (block,) = config.blocks
    assert (block.start, block.end, block.channels, block.days) == (time(9), time(11, 30), ("phone", "text"), {6})
    assert (config.minutes["phone"], config.minutes["in person"], config.minutes["mail"]) == (7, 60, 10)
    assert config.keys == {"today.log": "l"}
    assert (config.commands.dial, config.commands.compose) == ("", "mutt {email}")
    assert (config.limits.per_day, config.guard.calls_per_day, config.load.percent) == (30, 2, 0)
    assert config.windows == Windows(start=time(10))
    assert (config.pace.gentle, config.streak.percent) == (2.0, 70)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('\n\nday_starts = "25:00"', "config.toml line 3: day_starts: “25:00” is not a time, expected HH:MM"),
        ("day_starts = 4", "config.toml line 1: day_starts: “4” is not a time, expected HH:MM"),
        ('day_starts = "13:00"', "line 1: day_starts: “13:00” is too late for a day to start"),
        ('zone = "Europe/Nowhere"', "line 1: zone: “Europe/Nowhere” is not a zone"),
        ('zone = "../../etc/passwd"', "line 1: zone: “../../etc/passwd” is not a zone"),
        ('zone = "Europe"', "line 1: zone: “Europe” is not a zone"),
        ("zone = 3", "line 1: zone: “3” is not a text"),
        ("working_days = []", "line 1: working_days: “” names no days"),
        ('working_days = ["mon", "someday"]', "line 1: working_days: “mon, someday” has a day nobody knows"),
        ('holidays = "Germany!"', "line 1: holidays: “Germany!” is not a country"),
        ('default_region = "DEU"', "line 1: default_region: “DEU” is not a country"),
        ('symbols = "emoji"', "line 1: symbols: “emoji” is not known, expected “unicode” or “ascii”"),
        ("meeting_minutes = true", "line 1: meeting_minutes: true is not right"),
        ('wroking_days = ["mon"]', "line 1: wroking_days: unknown key, did you mean working_days?"),
        ("[me]\n\nnick = 3", "line 3: me.nick: unknown key, expected one of email, name, phone"),
        ("[mee]\nname = 3", "line 1: mee: unknown key, did you mean me?"),
        ("limits = 3", "line 1: limits: “3” is not a table, expected [limits]"),
        ("limits.cold = 0", "line 1: limits.cold: “0” is not right, expected a whole number from 1 to 99"),
        ("limits = { cold = 0 }", "line 1: limits.cold: “0”"),
        ("[limits]\nengaged = 12\ncold = 0", "line 3: limits.cold: “0”"),
        ("[guard]\ncold = 3\n[limits]\ncold = 0", "line 4: limits.cold: “0”"),
        ("[minutes]\nsms = 3", "line 2: minutes.sms: unknown key"),
        ("[minutes]\nphone = 0", "line 2: minutes.phone: “0”"),
        ("[load]\npercent = 90", "line 2: load.percent: “90”"),
        ("[pace]\ngentle = 0.5", "line 2: pace.gentle: “0.5” is not right, expected a number from 1 to 5"),
        ('[windows]\nstart = "22:00"', "line 1: windows: the hours do not lie within each other"),
        ('[keys]\ntoday.log = "l"', 'line 2: keys.today: is not a key, expected the name in quotes as "today.log"'),
        ("[keys]\n'today.log' = 3", "line 2: keys.today.log: “3” is not a key"),
        ('[commands]\ndial = "{phone}"', "line 2: commands.dial: “{phone}” has a place to fill in the program's name"),
        ('[commands]\ndial = "call {number}"', "line 2: commands.dial: “call {number}” has a place nobody fills"),
        ('[commands]\ndial = "call \'"', "line 2: commands.dial: “call '” has quotes or braces that do not match"),
        ('note = """\nzone = 3\n"""\nzone = 4', "line 4: zone: “4” is not a text"),
    ],
)
def test_a_bad_value_is_named_with_its_line_and_takes_its_default(load, text, expected):
    """The person who wrote it has to find it; the app goes on with the default."""
    config = load(text)
    assert any(expected in problem for problem in config.problems), config.problems
    assert config == _with_problems(default_config(BERLIN), config.problems)


def _with_problems(config: Config, problems: tuple[str, ...]) -> Config:
    from dataclasses import replace

    return replace(config, problems=problems)


def test_one_bad_value_spares_the_others(load):
    """Only what is wrong takes its default."""
    config = load('[limits]\ncold = 0\nengaged = 9\n[me]\nname = "Sam"')
    assert (config.limits.cold, config.limits.engaged, config.me.name) == (6, 9, "Sam")
    assert len(config.problems) == 1


def test_problems_come_in_the_order_of_the_file(load):
    """They are mended from top to bottom."""
    config = load('[streak]\npercent = 0\n[limits]\ncold = 0\n[me]\nx = 1\n[[block]]\nstart = "9"\n')
    lines = [int(problem.split()[2].rstrip(":")) for problem in config.problems]
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("env", "zone"),
    [
        ({"TZ": "Asia/Kathmandu"}, "Asia/Kathmandu"),
        ({"TZ": ":America/St_Johns"}, "America/St_Johns"),
        ({"TZ": "/usr/share/zoneinfo/posix/Europe/London"}, "Europe/London"),
        ({"TZ": "Etc/UTC"}, "UTC"),
    ],
)
def test_the_machines_zone_is_an_iana_name(env, zone):
    """TZ says it in several spellings."""
    assert machine_zone(env) == zone


def test_an_unusable_tz_falls_back_to_the_machine():
    """`CET-1CEST` is no name of a place."""
    assert machine_zone({"TZ": "CET-1CEST,M3.5.0"}) == machine_zone({})


@pytest.mark.parametrize(
    ("env", "order"),
    [
        ({"LANG": "en_US.UTF-8"}, "mdy"),
        ({"LANG": "en_US.UTF-8", "LC_TIME": "en_GB.UTF-8"}, "dmy"),
        ({"LC_ALL": "en_US", "LANG": "de_DE"}, "mdy"),
        ({"LANG": "C"}, "dmy"),
        ({}, "dmy"),
    ],
)
def test_the_order_of_dates_comes_from_the_locale(env, order):
    """3/4 is March 4th in the US alone."""
    assert default_config(env).date_order == order


def test_the_example_changes_nothing(load):
    """A file with everything commented out is the same as none."""
    assert load(EXAMPLE) == default_config(BERLIN)


def test_the_example_without_its_comments_is_right(load):
    """What one line of the example says is what the reader takes."""
    config = load(re.sub(r"""(?m)^# (?=\[\[|["\w ]+ = )""", "", EXAMPLE))
    assert config.problems == ()
    assert len(config.blocks) == 2
    assert config.limits == default_config(BERLIN).limits
    assert config.minutes == default_config(BERLIN).minutes
    assert config.windows == default_config(BERLIN).windows


def test_reading_the_configuration_imports_nothing_heavy(tmp_path):
    """It stands on the way to the first frame."""
    code = (
        "import sys; from pathlib import Path; from followup_tui.config import load_config; import followup_tui.paths;"
        f"load_config(Path({str(tmp_path / 'c.toml')!r}));"
        "heavy = 'textual', 'pendulum', 'sqlalchemy', 'typer', 'tomlkit', 'platformdirs';"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
