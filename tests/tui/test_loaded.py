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


OPENED = """
import sys
import followup_tui.headstart
followup_tui.headstart.plan_ahead = lambda **words: None

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "followup_tui.tui.app":
            import asyncio, followup_tui.without_tls
            print([name for name in ("_ssl", "_hashlib") if name in sys.modules], asyncio.base_events.ssl)
            import ssl
            print(ssl.create_default_context().verify_mode.name)
            followup_tui.without_tls.import_asyncio()
            print(sys.modules["ssl"] is ssl)
            raise SystemExit

sys.meta_path.insert(0, Finder())
from followup_tui.__main__ import _open_app
_open_app(db=None, config_path=None, now=None)
"""


def test_the_app_opens_without_openssl() -> None:
    """asyncio loads no TLS when a screen is opened, 4 MB of every start; who needs it gets it as ever."""
    done = subprocess.run([sys.executable, "-c", OPENED], capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines() == ["[] None", "CERT_REQUIRED", "True"], done.stderr[-2000:]
