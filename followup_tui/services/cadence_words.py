"""A cadence as people see it: day and letters of every step, and what comes after."""

from __future__ import annotations

from followup_tui.domain.cadence import Cadence, Repeat, Step
from followup_tui.domain.channels import BY_NAME
from followup_tui.services.views import CadenceView


def cadence_view(cadence: Cadence, enrolled: int) -> CadenceView:
    """Return one version with the number of people on it."""
    day = 1
    steps = []
    for step in cadence.steps:
        day += step.gap
        steps.append(f"{'now' if step.urgent else day} {_letters(step)}")
    return CadenceView(
        cadence.id,
        cadence.name,
        cadence.version,
        cadence.for_relation,
        tuple(steps),
        then_words(cadence),
        enrolled,
        cadence.source,
    )


def _letters(step: Step) -> str:
    main = BY_NAME[step.channels[0]].letter
    star = f"/★{BY_NAME[step.star_channel].letter}" if step.star_channel else ""
    companion = f"+{BY_NAME[step.companion].letter}" if step.companion else ""
    return f"{'★' if step.star_only else ''}{main}{star}{companion}"


def then_words(cadence: Cadence) -> str:
    """Say what comes after the last step."""
    then = cadence.then
    if not isinstance(then, Repeat):
        return then
    every = "monthly" if then.every_days is None else f"every {then.every_days} days"
    times = f" ×{then.times}, then {then.then}" if then.times else ""
    return f"repeat {every}: " + ", ".join(_letters(step) for step in then.rotation) + times
