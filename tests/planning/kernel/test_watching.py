"""A kernel's call is never abandoned: it works on arrays of ours."""

from __future__ import annotations

import threading

import pytest

from paotui.planning.kernel.watching import watched


def nothing() -> None:
    pass


def test_what_the_call_returns_is_returned() -> None:
    assert watched(lambda: 42, nothing, nothing, 0.01) == 42


def test_what_the_call_raises_is_raised() -> None:
    def work() -> None:
        raise MemoryError

    with pytest.raises(MemoryError):
        watched(work, nothing, nothing, 0.01)


def test_an_interrupt_is_raised_only_when_the_call_has_ended() -> None:
    told_to_end, ended = threading.Event(), threading.Event()

    def work() -> None:
        told_to_end.wait()
        ended.set()

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watched(work, interrupted, told_to_end.set, 0.01)
    assert ended.is_set()
