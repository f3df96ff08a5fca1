"""What the tests of reliability need other than the others: the disk."""

from __future__ import annotations

import pytest


@pytest.fixture
def writes_stay_in_memory() -> None:
    """Write as the program does: these tests are about what lasts."""
