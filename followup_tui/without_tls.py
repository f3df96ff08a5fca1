"""asyncio as the app needs it: OpenSSL, which it loads on the chance of a TLS connection, takes 4 MB and 15 ms."""

from __future__ import annotations

import sys


def import_asyncio() -> None:
    """Import asyncio as on a Python that was built without OpenSSL, which it allows for; `ssl` itself stays usable.

    Nothing here makes a connection. What has imported either of them before is left as it is.
    """
    if "ssl" in sys.modules or "asyncio" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # as the reference of the import system has it: refused
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]
