"""The house stays walkable: layers, imports, one door for text, sizes of files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "followup_tui"


def loaded_by(code: str) -> set[str]:
    """Return the modules a fresh interpreter has after running `code`."""
    script = f"{code}\nimport sys\nprint(' '.join(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def roots(modules: set[str]) -> set[str]:
    """Return the top-level packages of modules."""
    return {name.partition(".")[0] for name in modules}


def test_layers_are_kept() -> None:
    """Dependencies point down only: tui, cli → services → storage, exchange → domain (import-linter)."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout


def test_command_line_is_quick_to_load() -> None:
    """The command line does without Textual and the database's heavy libraries until a command needs them."""
    found = roots(loaded_by("import followup_tui.__main__, followup_tui.cli"))
    assert not found & {"textual", "sqlalchemy", "sqlmodel", "pydantic", "alembic", "holidays", "icalendar"}


def test_domain_stands_alone() -> None:
    """The rules need neither a screen nor a database nor a command line."""
    names = [path.stem for path in (PACKAGE / "domain").glob("*.py") if path.stem != "__init__"]
    imports = "; ".join(f"import followup_tui.domain.{name}" for name in names)
    found = roots(loaded_by(imports))
    assert not found & {"textual", "rich", "sqlalchemy", "sqlmodel", "sqlite3", "pydantic", "typer", "lark", "holidays"}


def test_a_log_needs_no_orm(tmp_path: Path) -> None:
    """Planning the day and logging on an existing database load neither SQLModel nor alembic (half a second each)."""
    made = "from followup_tui.bootstrap import open_services\nfrom followup_tui.services.views import *\n"
    made += f"s = open_services(db={str(tmp_path / 'f.db')!r})\n"
    subprocess.run(
        [sys.executable, "-c", made + "s.prospects.add(ProspectDraft(name='Ann', phone='+49 30 901820'))"], check=True
    )
    code = made + "from followup_tui.domain.model import Outcome\np = s.prospects.resolve('Ann')\ns.today.plan()\n"
    code += "s.log.log(p, LogDraft('phone', Outcome.NO_ANSWER))\ns.undo.undo()"
    assert not roots(loaded_by(code)) & {"sqlalchemy", "sqlmodel", "pydantic", "alembic", "holidays", "textual"}


def test_user_text_has_one_door() -> None:
    """Screens build text with tui/text.py; nothing hands user text to markup or to a bare Text or Content."""
    bad = re.compile(r"from_markup\(|markup=True|from rich\.text import|Text\.from_markup")
    for path in (PACKAGE / "tui").rglob("*.py"):
        if path.name == "text.py":
            continue
        found = bad.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path.name}: {found.group() if found else ''}"


def test_nobody_asks_the_clock_below_bootstrap() -> None:
    """`now` is passed: domain, storage, services, exchange and language never read the clock."""
    asks = re.compile(r"\.now\(\)|\.today\(\)|\.utcnow\(|time\.time\(")
    allowed = re.compile(r"context\.now\(\)|context\.today\(\)|self\._context\.(?:now|today)\(\)|self\.now\(\)")
    for folder in ("domain", "storage", "exchange", "language", "services"):
        for path in (PACKAGE / folder).rglob("*.py"):
            for line in path.read_text(encoding="utf-8").splitlines():
                if asks.search(line):
                    assert allowed.search(line), f"{path.name}: {line.strip()}"


def test_files_and_functions_stay_small() -> None:
    """A file that needs a table of contents is split: 300 lines at the very most."""
    for path in PACKAGE.rglob("*.py"):
        lines = path.read_text(encoding="utf-8").count("\n")
        assert lines <= 300 or "migrations" in path.parts, f"{path.name} has {lines} lines"


def test_no_file_names_this_machine() -> None:
    """Nothing committed carries a path of somebody's machine."""
    for path in PACKAGE.rglob("*.py"):
        assert not re.search(r"/(?:home|root|work|Users)/", path.read_text(encoding="utf-8")), path.name
