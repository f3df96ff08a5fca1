"""What every measured program is given: nothing of the shell it was started from, so that figures can be repeated."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent


def plain(**more: str) -> dict[str, str]:
    """Return the environment of a user who set nothing up; compiled modules are kept, as they are for a user."""
    return {
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        **more,
    }


def peak_memory(process: str = "self") -> float:
    """Return the most memory a process ever had (MB), since it became this program; 0 when it has ended.

    `ru_maxrss` would count what the process that started it had when it forked.
    """
    try:
        with open(f"/proc/{process}/status", encoding="ascii", errors="replace") as status:
            return next((int(line.split()[1]) for line in status if line.startswith("VmHWM")), 0) / 1024
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def machine() -> str:
    """Return processor, cores, memory and kernel in one line."""
    with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as info:
        names = [line.partition(":")[2].strip() for line in info if line.startswith("model name")]
    with open("/proc/meminfo", encoding="ascii", errors="replace") as info:
        memory = next((int(line.split()[1]) for line in info if line.startswith("MemTotal")), 0)
    system = os.uname()
    name = names[0] if names else system.machine
    return f"{name}, {os.cpu_count()} cores, {memory / 1024**2:.0f} GiB, {system.sysname} {system.release}"
