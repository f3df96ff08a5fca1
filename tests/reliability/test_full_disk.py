"""A full disk under the open app: one message, the typed text still there, and with room it works (quality R5)."""

from __future__ import annotations

from pathlib import Path

from followup_tui.drafts import Drafts
from followup_tui.tui.app import FollowupApp
from tests.factories import add, dump, failed, open_at
from tests.services.test_no_loss import room_for
from tests.tui.driving import press, settle, shown, toasts

NOTE = "half"


async def test_r05_the_typed_text_is_still_there(services, path, clock, tmp_path: Path, figure):
    """Logging on a full disk says so once, writes nothing and keeps the note; with room the same keys save it (R5)."""
    who = add(services).id
    services.close()
    again = open_at(path, clock)
    before = dump(path)
    app = FollowupApp(lambda: again, again.config)
    app.drafts = Drafts(tmp_path / "drafts.json")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "l", "tab", *NOTE, "enter")
        with room_for(4096):
            await press(app, pilot, "2")
            said = toasts(app)
        assert len([line for line in said if "disk" in line]) == 1, said
        assert dump(path)["journal"] == before["journal"]
        assert app.drafts.get(who) == NOTE
        await press(app, pilot, "escape", "escape")
        await press(app, pilot, "l")
        assert NOTE in shown(app)
        await press(app, pilot, "2")
    assert failed(again) == []
    assert again.prospects.timeline(who).timeline[0].note == NOTE
    again.close()
    figure("R5", 1, "log by keys on a full disk: the note still there, then saved")
