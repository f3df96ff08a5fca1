"""R29: mutations of the project's own files end in people, a report, or one clear line; never a hang or a crash."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator

from tests.exchange import card_shapes
from tests.exchange.workbooks import sheet, xlsx
from tests.figures import size
from tests.services.test_history_taking import HUBSPOT, PIPEDRIVE
from tests.services.test_import import PEOPLE

MEGABYTES = 300
SECONDS = 120
READER = """
import sys
from pathlib import Path
from followup_tui.errors import FollowupError
from followup_tui.exchange.drafts import Rejection
from followup_tui.exchange.formats import open_file
ended = [0, 0, 0]


def most_memory():
    # MB of this very program: the usual count starts with what its parent had
    lines = Path("/proc/self/status").read_text().splitlines() if Path("/proc/self/status").exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        reading = open_file(path, default_region="DE")
        reading.samples()
        items = [*reading, *reading.touches("Europe/Berlin"), *reading.wholes()]
        assert all(not isinstance(item, Rejection) or (item.line > 0 and item.why) for item in items), path
        ended[0] += 1
        ended[1] += len(items)
    except FollowupError as error:
        assert "\\n" not in str(error) and path.name in str(error), (path, error)
        ended[2] += 1
print(*ended, most_memory())
"""


def seeds() -> Iterator[tuple[str, bytes]]:
    """Yield a file of every kind we read."""
    yield "people.csv", PEOPLE.encode()
    yield "wide.csv", PEOPLE.encode("utf-16")
    yield "semicolons.csv", PEOPLE.replace(",", ";").encode("cp1252", "replace")
    yield "pipedrive.csv", PIPEDRIVE.encode()
    yield "hubspot.csv", HUBSPOT.encode()
    yield "cards.vcf", b"".join(shape.card for shape in card_shapes.SHAPES if b"\x00" not in shape.card)
    yield "list.json", json.dumps([{"name": "Ann", "email": ["a@x.example"], "at": {"city": "Ulm"}}] * 5).encode()
    whole = {"format": "followup", "version": 1, "cadences": [], "rules": [], "prospects": [{"name": "Ann"}] * 3}
    yield "whole.json", json.dumps(whole).encode()
    rows = [["Name", "Email"], ["Ann Lee", "ann@acme.example"], ["Bo", "bo@x.example"]]
    yield "people.xlsx", xlsx({"People": sheet(rows)})


def mutated(content: bytes, dice: random.Random) -> bytes:
    """Return the file with a few of its bytes changed, lost, doubled, moved, or cut off."""
    data = bytearray(content)
    for _ in range(dice.randint(1, 6)):
        begin = dice.randrange(len(data) + 1)
        end = min(len(data), begin + dice.choice([1, 1, 2, 8, 64, 512]))
        match dice.randrange(6):
            case 0:
                data[begin:end] = dice.randbytes(end - begin)
            case 1:
                del data[begin:end]
            case 2:
                data[begin:begin] = data[begin:end] * dice.choice([1, 2, 40])
            case 3:
                data[begin:begin] = dice.choice(
                    [b'"', b"\x00", b"\r", b"\n", b"\xff\xfe", b"=", b":", b",", b"{", b"[", b"\\"]
                )
            case 4:
                data = data[:begin] if dice.random() < 0.3 else data
            case _:
                data[begin:end] = data[begin:end][::-1]
    return bytes(data)


def test_r29_mutated_files_end_well(tmp_path, figure):
    """Each is read, row by row with reasons, or refused in one line that names it, within 300 MB and the time."""
    dice, trials = random.Random(29), size(270, 5400)
    folder = tmp_path / "files"
    folder.mkdir()
    kinds = list(seeds())
    for number in range(trials):
        name, content = kinds[number % len(kinds)]
        (folder / f"{number:05}-{name}").write_bytes(mutated(content, dice))
    words = [sys.executable, "-X", "dev", "-W", "ignore", "-c", READER, str(folder)]
    run = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS * size(1, 20), check=False)
    assert run.returncode == 0, run.stderr[-3000:]
    taken, items, refused, peak = map(int, run.stdout.split())
    assert (taken + refused, items > 0) == (trials, True)
    assert peak <= MEGABYTES
    figure("R29", trials, f"mutated files read or refused, {peak} MB at most")
