"""What the planners of who goes where share, matching and pairing: reading, watching the clock, and words."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Literal, TypeVar

from paotui.local_text import LocalText
from paotui.planning import reading
from paotui.planning.faults import Fault, ProblemError, fault
from paotui.planning.stop import OnProgress, Progress, Stop

Problem = TypeVar("Problem", bound=reading.Model)
SHOWN = 5  # alternatives told
TELL_EVERY = 1 << 17  # iterations


def read(model: type[Problem], data: bytes, faults: Callable[[Problem], Iterable[Fault]]) -> Problem:
    """Return the problem written as JSON; raises ProblemError with every fault found, in its form or beyond it."""
    problem = reading.read(model, data)
    if found := [*faults(problem)]:
        raise ProblemError(found)
    return problem


def unknown(path: str, name: str) -> Fault:
    return fault(path, zh=f"没有“{name}”。请改正。", en=f'there is no "{name}". Correct it.')


class Watch:
    """Says when to stop, and tells how it goes; `iterations`: of searches that have ended."""

    def __init__(self, stop: Stop, on_progress: OnProgress | None = None, left: int = 0,
                 figure: Literal["cost", "worth"] = "cost") -> None:  # fmt: skip
        self._stop, self._on_progress, self._left, self._figure = stop, on_progress, left, figure
        self._since, self._deadline = time.monotonic(), stop.deadline()
        self.iterations, self.stopped = 0, False

    def __call__(self, iterations: int) -> bool:
        """Say whether to stop after so many iterations of the search that runs."""
        if iterations % TELL_EVERY == 0:
            self.tell(self.iterations + iterations, 0.0, self._left)  # nothing is certain before a market is settled
        self.stopped = (
            self.stopped
            or self._stop.cancel.is_set()
            or time.monotonic() >= self._deadline
            or (self._stop.iterations is not None and self.iterations + iterations >= self._stop.iterations)
        )
        return self.stopped

    def tell(self, iterations: int, value: float, left: int) -> None:
        if self._on_progress:
            self._on_progress(Progress(time.monotonic() - self._since, iterations, value, left, self._figure))


def listed(words: Iterable[LocalText]) -> LocalText:
    """Return what stands against something, one after the other."""
    kept = [*words]
    return LocalText("；".join(word.zh for word in kept), "; ".join(word.en for word in kept))


def in_points(parts: Iterable[tuple[int, LocalText]], *, signed: bool = False) -> LocalText:
    """Return the parts of a worth or a cost that count, each with its points."""
    kept = [(f"{points:+d}" if signed else f"{points}", words) for points, words in parts if points]
    return LocalText("，".join(f"{w.zh} {p}" for p, w in kept), ", ".join(f"{w.en} {p}" for p, w in kept))


def moved(name: str, before: Iterable[str], after: Iterable[str]) -> LocalText:
    """Return where somebody or something was, and where it is now."""
    was, now = [*before], [*after]
    return LocalText(
        f"{name}：{'、'.join(was) or '无'} → {'、'.join(now) or '无'}。",
        f"{name}: {', '.join(was) or 'none'} → {', '.join(now) or 'none'}.",
    )
