"""What the running app has loaded once its first plan is painted."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from followup_tui.services.demo import demo_database

HEAVY = ("sqlalchemy", "sqlmodel", "pydantic", "alembic", "icalendar", "holidays", "lark", "rapidfuzz", "calamine")
SCRIPT = """
import asyncio, sys
from pathlib import Path
from followup_tui import bootstrap
from followup_tui.config import Config
from followup_tui.tui.app import FollowupApp
from followup_tui.tui.themes import theme_folders

config = Config(zone="Europe/Berlin")

def opened():
    return bootstrap.open_services(db=sys.argv[1], config_path=Path(sys.argv[2]), now="2026-11-23T09:12:00+01:00")

async def main():
    app = FollowupApp(opened, config, theme_folders(Path(sys.argv[2]).parent))
    async with app.run_test(size=(120, 40)) as pilot:
        while app.progress is None:
            await pilot.pause(0.02)
        await pilot.press("j", "k")
        print(app.progress is not None, *[name for name in sys.argv[3:] if name in sys.modules])

asyncio.run(main())
"""


def test_the_painted_app_has_loaded_nothing_heavy(tmp_path: Path) -> None:
    """Today with its plan, cards and two cursor keys: no ORM, migrations, calendars, grammars, fuzzy matching."""
    made = demo_database(40, 1, now=datetime(2026, 11, 23, 8, 12, tzinfo=UTC), folder=tmp_path)
    config = tmp_path / "config.toml"
    config.write_text('zone = "Europe/Berlin"\n', encoding="utf-8")
    words = [sys.executable, "-c", SCRIPT, str(made), str(config), *HEAVY]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == ["True"], done.stderr[-2000:]
