"""What is wrong with a text people wrote (a playbook, a policy), where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from paotui.worktime import LocalText

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: `message` and `remedy` in English, `zh` the same two in Chinese.

    `path` reads like `measures[2].due`; `line` counts from 1, 0 when there is no file; `code` names the check.
    """

    file: str
    line: int
    path: str
    message: str
    remedy: str
    level: Level = "error"
    code: str = ""
    zh: str = ""

    def __str__(self) -> str:
        return f"{self.where}{self.message}. {self.remedy}".rstrip()

    @property
    def where(self) -> str:
        """Return "file:line: path: ", leaving out what is not known."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return "".join(f"{part}: " for part in (place, self.path) if part)

    def in_language(self, language: str) -> str:
        """Return the whole sentence in `language` ("zh-hans", "en", ...), Chinese when in doubt."""
        return str(self) if language.startswith("en") or not self.zh else f"{self.where}{self.zh}"


class AuthoredError(Exception):
    """A text that cannot be used; `problems` says why, one entry per thing to put right."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def in_language(self, language: str) -> str:
        """Return the problems in `language`, one per line."""
        return "\n".join(problem.in_language(language) for problem in self.problems)


def problem(
    message: LocalText, remedy: LocalText, *, file: str = "", line: int = 0, path: str = "", level: Level = "error",
    code: str = "",
) -> Problem:  # fmt: skip
    """Return a Problem from texts in both languages."""
    zh = f"{message.zh}。{remedy.zh}"
    return Problem(file, line, path, message.en, remedy.en, level, code, zh)
