"""Sentences of this room: text in both languages, and the errors that carry one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text in Chinese and English."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the text in `language` ("zh-hans", "en", ...), Chinese when in doubt."""
        return self.en if language.startswith("en") else self.zh


class WorktimeError(ValueError):
    """A refusal of this room: `text` says in both languages what is wrong and what to do; `str()` is the English."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = LocalText(zh, en)


class UnknownYear(WorktimeError):
    """No official notice for the year is known to the calendar; guessing would give a wrong deadline silently."""
