"""The steps of a cadence being edited, one line each; the last line is what comes after them."""

from __future__ import annotations

from followup_tui.domain.cadence import Anchor, Cadence
from followup_tui.domain.channels import BY_NAME
from followup_tui.tui.cadence_terms import then_text
from followup_tui.tui.widgets.canvas import Canvas
from followup_tui.tui.widgets.line_list import LineList


class StepList(LineList):
    """Shows what it was given; the cursor may stand on a step or on what comes after."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cadence: Cadence | None = None

    @property
    def count(self) -> int:
        """Number of steps, and the line after them."""
        return 0 if self._cadence is None else len(self._cadence.steps) + 1

    @property
    def on_step(self) -> bool:
        """Whether the cursor stands on a step."""
        return self._cadence is not None and self.cursor < len(self._cadence.steps)

    def set_cadence(self, cadence: Cadence, cursor: int | None = None) -> None:
        """Show a cadence."""
        self._cadence = cadence
        self.show(cursor)

    def draw_head(self, canvas: Canvas) -> None:
        """Name the columns."""
        canvas.skip_to(1).cell("", 3, "muted").cell("gap", 6, "muted", right=True)
        canvas.cell("channels", 18, "muted").write("why, value", "muted")

    def draw_row(self, row: int, canvas: Canvas) -> None:
        """Draw a step, or what comes after the last one."""
        assert self._cadence is not None
        if row >= len(self._cadence.steps):
            canvas.skip_to(1).write("then ", "muted").write(then_text(self._cadence), "strong")
            return
        step = self._cadence.steps[row]
        canvas.skip_to(1).cell(f"{row + 1}", 3, "muted", right=True).cell(f"+{step.gap} d", 6, "strong", right=True)
        others = "".join(f"/{BY_NAME[name].letter}" for name in step.channels[1:] if name in BY_NAME)
        companion = f" +{BY_NAME[step.companion].letter}" if step.companion in BY_NAME else ""
        canvas.cell(f"{step.channels[0]}{others}{companion}", 18, "text")
        parts = [step.purpose, f"◇ {step.value}" if step.value else "", f"{step.days} days" if step.days else ""]
        parts.append("" if step.anchor is Anchor.AFTER_DONE else step.anchor.value)
        canvas.write(" · ".join(part for part in parts if part), "muted")
