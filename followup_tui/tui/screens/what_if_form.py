"""What if so many more people were enrolled: how many, on which cadence, how many a working day."""

from __future__ import annotations

from textual.app import ComposeResult

from followup_tui.records import dataclass
from followup_tui.tui.screens.form import Form
from followup_tui.tui.widgets.form_fields import Choice, TextField

MOST = 1000


@dataclass(frozen=True, slots=True)
class Imagined:
    """People who are not there."""

    number: int
    cadence: str
    per_day: int


class WhatIfForm(Form[Imagined]):
    """Nothing is written: the forecast is made again with them; 0 takes them out."""

    FIELD = "#number"

    def __init__(self, names: tuple[str, ...], before: Imagined | None, per_day: int) -> None:
        super().__init__()
        self._names = names
        self._before_asked = before or Imagined(20, "Cold six" if "Cold six" in names else names[0], per_day)

    @property
    def heading(self) -> str:
        """What is asked."""
        return "What if I enrol more"

    def rows(self) -> ComposeResult:
        """Yield the three facts."""
        asked, symbols = self._before_asked, self.home.config.symbols
        yield from self.row("how many", TextField(str(asked.number), id="number", hint="0: nobody more"))
        yield from self.row("on", Choice(self._names, asked.cadence, id="cadence", symbols=symbols))
        yield from self.row("a day", TextField(str(asked.per_day), id="per_day", hint="starting on one working day"))

    def save(self, values: dict[str, str]) -> None:
        """Give the facts back, or say which is no number."""
        number, per_day = values["number"], values["per_day"]
        for text, least in ((number, 0), (per_day, 1)):
            if not (text.isascii() and text.isdecimal() and least <= int(text[:6]) <= MOST):
                self._saving = False
                self.say(f"“{text}” is no number from {least} to {MOST}", "$error")
                return
        self.dismiss(Imagined(int(number), values["cadence"], int(per_day)))
