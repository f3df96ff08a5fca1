"""Lines that are painted whole."""

from __future__ import annotations

import gc

from rich.segment import Segment
from textual.strip import Strip

from followup_tui.tui.app import FollowupApp
from tests.tui.fake_services import fake_services


def test_a_line_painted_whole_is_gone_at_once() -> None:
    """It does not keep itself until garbage is collected: a log paints 45 of them, 100 KB."""
    services = fake_services()
    FollowupApp(lambda: services, services.config)  # type: ignore[arg-type, return-value]
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        line = Strip([Segment("Ann Lee")])
        assert line.divide([7]) == [line]
        assert line.divide([7, 90]) == [line]
        del line
        gc.collect()
        assert not [found for found in gc.garbage if isinstance(found, Strip) and found.text == "Ann Lee"]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


def test_a_line_is_cut_as_ever() -> None:
    """Cut anywhere else it falls into parts."""
    services = fake_services()
    FollowupApp(lambda: services, services.config)  # type: ignore[arg-type, return-value]
    parts = Strip([Segment("Ann Lee")]).divide([3, 7])
    assert [(part.text, part.cell_length) for part in parts] == [("Ann", 3), (" Lee", 4)]
    assert Strip([Segment("Ann")]).divide([]) == []
