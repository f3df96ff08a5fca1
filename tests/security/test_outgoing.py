"""T10: dial, compose and links start just the configured program, with whole arguments, never a shell (quality §1)."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from followup_tui.config import Commands
from followup_tui.errors import FollowupError
from followup_tui.services import programs
from followup_tui.services.views import ValueDraft
from tests.factories import CONFIG, Clock, add, open_at
from tests.figures import size
from tests.security.test_terminal_bytes import ATTACKS

SHELLS = [
    "; touch {mark}", "$(touch {mark})", "`touch {mark}`", "| touch {mark}", "&& touch {mark}", "\n touch {mark}",
    "' ; touch {mark} ; '", '" ; touch {mark} ; "', "--exec=touch {mark}", "-e touch {mark}", "%0atouch {mark}",
    "{phone}", "{mailto}", "{0.__class__}", "javascript:alert(1)", "file:///etc/passwd", "\x00", "\u202e",
    "a@b.example?bcc=eve@evil.example", "a@b.example,eve@evil.example", "a@b.example\r\nBcc: eve@evil.example",
    "&bcc=eve@evil.example", "?attach=/etc/passwd", "+49 30 1;tel:+900", "*#06#", "tel:+900123456",
]  # fmt: skip
RECORDER = "import json,sys,pathlib;p=pathlib.Path(sys.argv[1]);p.write_text(json.dumps(sys.argv[2:]))"


@pytest.fixture
def recorded(tmp_path):
    """A program that writes down its arguments, as a configured line."""
    script = tmp_path / "program.py"
    script.write_text(RECORDER)
    return lambda rest: f"{sys.executable} {script} {tmp_path / 'got.json'} {rest}"


def texts(mark: Path) -> list[str]:
    return [text.replace("{mark}", str(mark)) for text in SHELLS] + [*ATTACKS]


def test_t10_the_arguments_are_the_configured_ones(tmp_path, figure):
    """Whatever fills a place stays one argument, is no option and no other scheme; nothing fills it twice (T10)."""
    line, mark, trials = 'prog --title "{name}, call" tel:{phone} {subject}', tmp_path / "mark", 0
    for text in texts(mark):
        trials += 1
        values = {"name": text, "phone": "+4930901820", "subject": f"s {text}"}
        with suppress(FollowupError):
            words = programs.arguments(line, values)
            assert words == ["prog", "--title", f"{text}, call", "tel:+4930901820", f"s {text}"]
        for alone in ("{name}", "x{name}"):
            with suppress(FollowupError):
                words = programs.arguments(f"prog {alone}", values)
                assert words == ["prog", alone.replace("{name}", text)]
                assert not (alone == "{name}" and text.startswith("-"))
                scheme = programs._SCHEME.match(words[1])
                assert scheme is None or scheme[1].casefold() in programs.SCHEMES
    for line in ("{name} x", "'{name}' x", "", "prog 'x", "p{phone} tel:{phone}"):
        with pytest.raises(FollowupError):
            programs.arguments(line, {"name": "rm", "phone": "1"})
    figure("T10", trials, "hostile texts in the words of a program")


def test_t10_numbers_are_digits(figure):
    """A number that is dialled is + and digits, an extension behind a comma; anything else is refused (T10)."""
    trials = 0
    for text in texts(Path("/nowhere")):
        trials += 1
        with suppress(FollowupError):
            number = programs.dialled(text, "")
            assert set(number) <= set("+0123456789,")
            assert number.count("+") <= 1
    assert programs.dialled("+49 (0)30 901820", "+4930901820") == "+4930901820"
    assert programs.dialled("x", "+4930901820;ext=12") == "+4930901820,12"
    figure("T10", trials, "hostile numbers dialled")


def test_t10_a_mail_link_has_one_reader_and_two_fields(figure):
    """mailto: is percent-encoded (RFC 6068): one address, subject and body as written, no field from data (T10)."""
    trials = 0
    for text in texts(Path("/nowhere")):
        trials += 1
        with suppress(FollowupError):
            link = urlsplit(programs.mailto(text, "s", "b"))
            assert "@" in unquote(link.path)
            assert not set(unquote(link.path)) & set(",;? \r\n")
        words = text.encode("utf-8", "ignore").decode()
        link = urlsplit(programs.mailto("ann+x@acme.example", words, words))
        assert unquote(link.path) == "ann+x@acme.example"
        fields = dict(parse_qsl(link.query.replace("+", "%2B"), keep_blank_values=True))
        assert set(fields) <= {"subject", "body"}
        assert fields.get("subject", "") == words
        assert fields.get("body", "").splitlines() == words.splitlines()
    figure("T10", trials, "hostile texts in mail links")


def test_t10_hostile_people_through_a_real_program(path, tmp_path, recorded, figure):
    """Dial and compose hand a real program just its arguments, and leave nothing behind them (T10)."""
    import json

    commands = Commands(dial=recorded("tel:{phone} {name}x"), compose=recorded("{mailto}"), open=recorded("{link}"))
    services = open_at(path, Clock(), replace(CONFIG, commands=commands))
    mark, got, trials = tmp_path / "mark", tmp_path / "got.json", 0
    for number, text in enumerate(texts(mark)[:: size(4, 1)]):
        who = add(services, f"n{text}", phone=f"+49 30 90{number:04}", email=f"e{number}@acme.example", company=text).id
        trials += 2
        name = services.prospects.get(who).name
        if re.match(r"[a-z][a-z0-9+.-]*:", name):  # a word that reads as a link of another kind is not handed on
            with pytest.raises(FollowupError, match="links of the kind"):
                services.reach.dial(who)
        else:
            services.reach.dial(who)
            assert json.loads(got.read_text()) == [f"tel:+493090{number:04}", f"{name}x"]
        services.compose.open_mail(f"e{number}@acme.example", text, text)
        said = json.loads(got.read_text())
        assert len(said) == 1
        assert said[0].startswith(f"mailto:e{number}@acme.example?subject=") or not text.strip()
    for link in ("javascript:alert(1)", "file:///etc/passwd", "https://a b", "ftp://x", "--help", "http:///x"):
        trials += 1
        with pytest.raises(FollowupError):
            services.reach.open_link(link)
        with pytest.raises(FollowupError):
            services.library.add(ValueDraft(f"x{trials}", link=link))
    services.reach.open_link("https://example.com/?a=$(touch%20x)&b=;ls")
    assert json.loads(got.read_text()) == ["https://example.com/?a=$(touch%20x)&b=;ls"]
    assert not mark.exists()
    services.close()
    figure("T10", trials, "hostile people dialled, written to and linked through a real program")


def test_t10_a_program_that_fails_is_one_line(path):
    """A missing program, one that fails, and none at all: one line each, nothing logged (issue 5)."""
    for line, said in (
        ("no-such-program tel:{phone}", "could not be started"),
        ("false {phone}", "failed"),
        ("", "no"),
    ):
        services = open_at(path, Clock(), replace(CONFIG, commands=Commands(dial=line, compose=line, open=line)))
        who = add(services).id
        with pytest.raises(FollowupError, match=said):
            services.reach.dial(who)
        assert services.prospects.get(who).touches == 0
        services.prospects.erase(who)
        services.close()
