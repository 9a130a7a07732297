"""Ctrl-C while a planner searches: the first asks for the plan found so far, the second ends the command."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from paotui.cli.language import translate as _
from paotui.planning.stop import Stop


@contextmanager
def ending_early(stop: Stop, first: str = "", second: str = "") -> Iterator[None]:
    """Cancel `stop` at an interrupt; no exception is raised, as a kernel may be at work on our arrays.

    `first`, `second`: what is said at each, where it is no plan that is being made.
    """

    def interrupted(*_at: object) -> None:
        if stop.cancel.is_set():
            _say(second or _("Stopped; nothing is written."))
            os._exit(130)
        stop.cancel.set()
        _say(first or _("Stopping; the plan found so far is written. Ctrl-C again ends without."))

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _say(told: str) -> None:
    """Past Python's own buffer, which the interrupted thread may be writing to."""
    with suppress(OSError):
        os.write(2, f"\n{told}\n".encode())
