"""The demo: a throw-away database of fictional people, the same for the same number, seed and day."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random

from followup_tui import paths
from followup_tui.config import Config, load_config
from followup_tui.domain.workdays import zone_of
from followup_tui.services.cards import kept_up
from followup_tui.services.context import Context
from followup_tui.services.demo_histories import Histories, History, Story
from followup_tui.services.demo_people import People
from followup_tui.services.demo_places import Place, Towns
from followup_tui.services.demo_rows import Rows
from followup_tui.services.demo_stories import CAST, any_story
from followup_tui.storage import settings
from followup_tui.storage.filling import Filling, Progress

DISTINCT = 1500
"""So many histories are lived through; a larger crowd shares them."""
_DUE = 150
"""Of these, so many end due."""
_LOT = 2000
_TOLD = 100


def demo_database(
    prospects: int = 40,
    seed: int = 1,
    now: datetime | None = None,
    folder: Path | None = None,
    config: Config | None = None,
    progress: Progress | None = None,
) -> Path:
    """Make a database of fictional people in a new folder of its own, or in `folder`, and return its path.

    `now` is aware; None: the machine's clock. About 17 people are due at 40, and 2 % of those beyond. The user's own
    database is never opened; `progress` hears how far it is. FollowupError when `folder` has a demo already, or the
    disk is full; whatever ends it early leaves nothing behind.
    """
    config = config or load_config(paths.config_path())
    moment = now or datetime.now(zone_of(config.zone))
    place = folder or Path(tempfile.mkdtemp(prefix="followup-demo-"))
    try:
        return _made(place / "demo.db", prospects, seed, moment, config, progress or (lambda what, done, of: None))
    except BaseException:
        if folder is None:
            with contextlib.suppress(OSError):
                place.rmdir()
        raise


def _made(path: Path, prospects: int, seed: int, moment: datetime, config: Config, progress: Progress) -> Path:
    """Fill a new file."""
    with Filling(path, moment, progress) as work:
        context = Context(work.database, config, lambda: moment)
        crowd = Crowd(context, work, seed, progress)
        rows = Rows(work, context.rules(work.connection), context.rules_id(work), prospects, seed)
        people = People(seed)
        for number, history in enumerate(crowd.histories(prospects), 1):
            story = history.story
            relation = history.state.relation
            rows.add(history, people.someone(history.place, history.kinds, relation, story.pool, story.source))
            if number % _LOT == 0:
                rows.flush()
            if number % _TOLD == 0:
                progress("people", number, prospects)
        rows.flush()
        work.fill("setting", ("key", "value"), [(settings.CARDS, kept_up(context, work))])
    return path


class Crowd:
    """Who is in the demo: first the cast, then others dealt from a stock of histories."""

    def __init__(self, context: Context, work: Filling, seed: int, progress: Progress) -> None:
        rules = context.rules(work.connection)
        self._today = context.today()
        self._telling = Histories(rules, context.now())
        self._towns = Towns(rules.zone, self._today)
        self._random = Random(seed)
        self._seed = seed * 1_000_003
        self._progress = progress

    def histories(self, number: int) -> Iterator[History]:
        """Yield one history for every person."""
        for story in CAST[:number]:
            yield self._told(story)
        others = number - len(CAST)
        if others <= 0:
            return
        due = -(-others // 50)
        ends = self._stock(min(due, _DUE), due=True)
        goes_on = self._stock(min(others - due, DISTINCT - _DUE), due=False)
        for turn in range(others):
            if turn % 50 == 0:
                yield ends[turn // 50 % len(ends)]
            else:
                yield self._random.choice(goes_on) if turn >= len(goes_on) else goes_on[turn]

    def _stock(self, number: int, *, due: bool) -> list[History]:
        """Return histories to share; none was touched today: thousands done before nine are no day anybody has."""
        stock: list[History] = []
        while len(stock) < number:
            self._progress("histories", len(stock), number)
            told = self._told(any_story(self._random, due=due))
            if told.is_due(self._today) == due and told.state.last_touch != self._today:
                stock.append(told)
        return stock

    def _told(self, story: Story) -> History:
        self._seed += 1
        return self._telling.tell(story, self._place(story), self._seed)

    def _place(self, story: Story) -> Place:
        """Return a town where people can be reached as the story needs."""
        return self._random.choice(self._towns.suited(story.where, story.kinds))
