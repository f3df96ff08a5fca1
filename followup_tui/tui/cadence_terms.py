"""Parts of a cadence as people type and read them: channels, the rotation of a repetition, the mix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from followup_tui.domain.cadence import Cadence, Repeat, Step
from followup_tui.domain.channels import BY_NAME, find_channel
from followup_tui.errors import UsageError


def read_channels(text: str) -> tuple[str, ...]:
    """Return the channels of `phone, email` or `p e`, in order of preference; UsageError for none or an unknown one."""
    words = [word.strip() for word in text.split(",")] if "," in text else _words(text)
    found = tuple(dict.fromkeys(find_channel(word).name for word in words if word))
    if not found:
        raise UsageError("a step needs a channel", "phone, email …")
    return found


def _words(text: str) -> list[str]:
    """Split by spaces, but leave a name of two words whole."""
    return [text] if text.strip().casefold() in BY_NAME else text.replace("in person", "i").split()


def step_word(step: Step) -> str:
    """Return a step of a rotation as one word: `e+t`, `*g` for starred prospects only."""
    companion = f"+{BY_NAME[step.companion].letter}" if step.companion in BY_NAME else ""
    return f"{'*' if step.star_only else ''}{BY_NAME[step.channels[0]].letter}{companion}"


def rotation_text(rotation: tuple[Step, ...]) -> str:
    """Return a rotation as words."""
    return " ".join(step_word(step) for step in rotation)


def read_rotation(text: str, before: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps of a rotation; a word that was there before keeps everything its step had besides."""
    known = {step_word(step): step for step in before}
    found = tuple(known.get(word) or _step(word) for word in text.replace(",", " ").split())
    if not found:
        raise UsageError("a repetition needs its channels in turn", "p e, or a e+t m p *g")
    return found


def _step(word: str) -> Step:
    main, plus, companion = word.removeprefix("*").partition("+")
    step = Step((find_channel(main).name,), star_only=word.startswith("*"))
    return replace(step, companion=find_channel(companion).name) if plus else step


def then_text(cadence: Cadence) -> str:
    """Return what comes after the last step: `ask`, `repeat every 30 days: p e`."""
    then = cadence.then
    if not isinstance(then, Repeat):
        return then
    every = "monthly" if then.every_days is None else f"every {then.every_days} days"
    times = f" ×{then.times}, then {then.then}" if then.times else ""
    return f"repeat {every}: {rotation_text(then.rotation)}{times}"


def shares(steps: Sequence[str]) -> str:
    """Return the share of each channel in steps as the list writes them: `7 p+e`; a companion counts as a touch."""
    by_letter = {channel.letter: channel.name for channel in BY_NAME.values()}
    words = (step.partition(" ")[2].partition("/")[0] for step in steps)  # what ★ get instead is another's mix
    letters = (letter for word in words for letter in word if letter in by_letter)
    used = Counter(by_letter[letter] for letter in letters)
    total = sum(used.values())
    return " · ".join(f"{name} {round(100 * number / total)} %" for name, number in used.most_common())


def mix(cadence: Cadence) -> str:
    """Return the share of the channels and how many steps have nothing of value named (S0: never a naked touch)."""
    if not cadence.steps:
        return "no steps"
    naked = sum(1 for step in cadence.steps if not step.value)
    words = shares([f"- {step_word(step)}" for step in cadence.steps])
    return f"{words} · {naked} of {len(cadence.steps)} steps without value (S0)"
