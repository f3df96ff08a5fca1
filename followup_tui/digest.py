"""SHA-256 as Python brings it: `hashlib` would load OpenSSL for it, which takes 4 MB of every start."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha256 as sha256
else:
    from importlib import import_module

    def _built_in():
        """Return the one that is compiled in: its module was renamed in Python 3.12, and may be left out of a build."""
        for name in ("_sha2", "_sha256"):
            try:
                return import_module(name).sha256
            except ImportError:
                continue
        return import_module("hashlib").sha256

    sha256 = _built_in()
