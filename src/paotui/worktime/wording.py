"""Sentences of this room: the errors that carry a text in both languages."""

from __future__ import annotations

from paotui.local_text import LocalText


class WorktimeError(ValueError):
    """A refusal of this room: `text` says in both languages what is wrong and what to do; `str()` is the English."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = LocalText(zh, en)


class UnknownYear(WorktimeError):
    """No official notice for the year is known to the calendar; guessing would give a wrong deadline silently."""
