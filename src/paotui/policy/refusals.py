"""Facts that cannot be judged: what is wrong with which, and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from paotui.worktime import LocalText


@dataclass(frozen=True, slots=True)
class Refusal:
    """One fact, or several together, that cannot be true; `code` is what the bulk evaluation names it by."""

    code: str
    text: LocalText

    def in_language(self, language: str) -> str:
        return self.text.in_language(language)

    def __str__(self) -> str:
        return self.text.en


class FactsError(ValueError):
    """Facts a policy cannot be applied to; `refusals` says why, the decisive one first."""

    def __init__(self, refusals: Iterable[Refusal], where: str = "") -> None:
        self.refusals = tuple(refusals)
        self.where = where
        super().__init__(self.in_language("en"))

    @property
    def code(self) -> str:
        return self.refusals[0].code

    def in_language(self, language: str) -> str:
        """Return the refusals in `language`, one per line, each after the row or case it is about."""
        start = f"{self.where}: " if self.where else ""
        return "\n".join(f"{start}{one.in_language(language)}" for one in self.refusals)


def refusal(code: str, *, zh: str, en: str) -> Refusal:
    return Refusal(code, LocalText(zh, en))
