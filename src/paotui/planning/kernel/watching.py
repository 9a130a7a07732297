"""A kernel's call in a thread of its own, so that whoever waits for it can tell how it goes, and be interrupted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TypeVar

Found = TypeVar("Found")
LOOK = 0.05
"""Seconds between two looks at a call that has been told to end."""


def watched(work: Callable[[], Found], each: Callable[[], None], cancel: Callable[[], None], every: float) -> Found:
    """Return what `work` returns; call `each` every so many seconds, and `cancel` should anything be raised meanwhile.

    Nothing is raised before the call has ended, as it works on arrays of ours. Not `Thread.join`: interrupted in it,
    Python 3.11 takes a thread that runs for one that has ended (python/cpython issue 90882).
    """
    answer: Future[Found] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as fault:  # noqa: BLE001  whoever waits raises it
            answer.set_exception(fault)

    threading.Thread(target=run, name="planning-kernel").start()
    try:
        while not answer.done():
            wait([answer], every)
            each()
    except BaseException:
        cancel()
        _end(answer)
        raise
    return answer.result()


def _end(answer: Future[Found]) -> None:
    while not answer.done():
        try:
            wait([answer], LOOK)
        except KeyboardInterrupt:
            continue  # whoever is impatient twice still may not pull the arrays away
