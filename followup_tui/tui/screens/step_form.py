"""One step of a cadence, and what comes after the last one, as forms."""

from __future__ import annotations

from dataclasses import replace

from textual import on
from textual.app import ComposeResult

from followup_tui.domain.cadence import Anchor, Cadence, Repeat, Step
from followup_tui.domain.channels import CHANNELS
from followup_tui.errors import FollowupError, UsageError
from followup_tui.services.cadence_files import MOST_DAYS, RELATIONS
from followup_tui.tui.cadence_terms import read_channels, read_rotation, rotation_text
from followup_tui.tui.screens.form import Form
from followup_tui.tui.widgets.form_fields import Choice, TextField

NONE = "none"
DAYS = ("as the channel", "working", "calendar")
PRESELECT = ("nurture", "keep going", "close")
REPEAT = "repeat"


class StepForm(Form[Step]):
    """Gives the step as typed."""

    FIELD = "#gap"

    def __init__(self, step: Step, number: int) -> None:
        super().__init__()
        self._step = step
        self._number = number

    @property
    def heading(self) -> str:
        """The number of the step."""
        return f"Step {self._number}"

    def rows(self) -> ComposeResult:
        """Yield what makes a step."""
        step, symbols = self._step, self.home.config.symbols
        names = tuple(channel.name for channel in CHANNELS)
        after = "days after the enrolment day" if self._number == 1 else "days after the touch before"
        yield from self.row("gap", TextField(str(step.gap), id="gap", hint=after))
        yield from self.row("channels", TextField(", ".join(step.channels), id="channels", hint="phone, email"))
        companion = Choice((NONE, *names), step.companion or NONE, id="companion", symbols=symbols)
        yield from self.row("companion", companion)
        anchors = tuple(anchor.value for anchor in Anchor)
        yield from self.row("anchor", Choice(anchors, step.anchor.value, id="anchor", symbols=symbols))
        yield from self.row("days", Choice(DAYS, step.days or DAYS[0], id="days", symbols=symbols))
        yield from self.row("purpose", TextField(step.purpose, id="purpose", hint="what this touch is for"))
        yield from self.row("template", TextField(step.template, id="template", hint="name of a text"))
        yield from self.row("value", TextField(step.value, id="value", hint="what they get from it"))

    def save(self, values: dict[str, str]) -> None:
        """Give the step back, or say what is wrong with it."""
        try:
            self.dismiss(
                replace(
                    self._step,
                    gap=read_days(values["gap"], "the gap"),
                    channels=read_channels(values["channels"]),
                    companion=None if values["companion"] == NONE else values["companion"],
                    anchor=Anchor(values["anchor"]),
                    days=None if values["days"] == DAYS[0] else values["days"],
                    purpose=values["purpose"],
                    template=values["template"],
                    value=values["value"],
                )
            )
        except FollowupError as error:
            self.refused(error)


class ThenForm(Form[Cadence]):
    """For whom a cadence is and what comes after its last step; gives the cadence with both changed."""

    FIELD = "#then"

    def __init__(self, cadence: Cadence, names: tuple[str, ...]) -> None:
        """`names` are the cadences there are."""
        super().__init__()
        self._cadence = cadence
        others = tuple(f"cadence {name}" for name in names if name != cadence.name)
        self._ends = ("ask", "nurture", *others)

    @property
    def heading(self) -> str:
        """What is edited."""
        return f"{self._cadence.name} · what comes after"

    def rows(self) -> ComposeResult:
        """Yield the rule, and the parts of a repetition."""
        cadence, symbols = self._cadence, self.home.config.symbols
        repeat = cadence.then if isinstance(cadence.then, Repeat) else None
        then = REPEAT if repeat else str(cadence.then)
        yield from self.row("then", Choice((*self._ends, REPEAT), then, id="then", symbols=symbols))
        every = "month" if repeat and repeat.every_days is None else str(repeat.every_days) if repeat else "30"
        yield from self.row("every", TextField(every, id="every", hint="days, or month"))
        rotation = rotation_text(repeat.rotation) if repeat else "p e"
        yield from self.row("in turn", TextField(rotation, id="rotation", hint="p e, or a e+t m p *g"))
        times = str(repeat.times or "") if repeat else ""
        yield from self.row("times", TextField(times, id="times", hint="empty: for ever"))
        last = repeat.then if repeat else "ask"
        yield from self.row("and then", Choice(self._ends, last, id="last", symbols=symbols))
        yield from self.row("answer", Choice(PRESELECT, cadence.preselect, id="preselect", symbols=symbols))
        yield from self.row("for", Choice(RELATIONS, cadence.for_relation, id="for", symbols=symbols))

    def on_mount(self) -> None:
        """Show what belongs to the rule."""
        super().on_mount()
        self._follow()
        self._before = self.values()

    @on(Choice.Changed)
    def _follow(self) -> None:
        repeats = self.query_one("#then", Choice).value == REPEAT
        for id in ("every", "rotation", "times", "last"):
            self.show_row(id, repeats)

    def save(self, values: dict[str, str]) -> None:
        """Give the cadence back, or say what is wrong."""
        try:
            then = self._repeat(values) if values["then"] == REPEAT else values["then"]
            changed = replace(self._cadence, then=then, preselect=values["preselect"], for_relation=values["for"])
            self.dismiss(changed)
        except FollowupError as error:
            self.refused(error)

    def _repeat(self, values: dict[str, str]) -> Repeat:
        before = self._cadence.then
        rotation = read_rotation(values["rotation"], before.rotation if isinstance(before, Repeat) else ())
        monthly = values["every"].casefold().startswith("month")
        every = None if monthly else read_days(values["every"], "every", least=1)
        times = read_days(values["times"], "times", least=1) if values["times"] else None
        return Repeat(rotation, every, times, values["last"] if times else "ask")


def read_days(text: str, what: str, *, least: int = 0) -> int:
    """Return a number that makes sense; UsageError otherwise."""
    if not (text.isascii() and text.isdecimal() and least <= int(text[:9]) <= MOST_DAYS):
        raise UsageError(f"{what}: “{text}” is no number from {least} to {MOST_DAYS}")
    return int(text)
