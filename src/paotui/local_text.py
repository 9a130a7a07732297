"""A text in both languages; a leaf that every room may import, at next to no cost."""

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


def counted(number: int, one: str) -> str:
    """In English: "1 trip", "2 trips"."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"
