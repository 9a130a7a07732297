"""How the office says no: every refusal carries a sentence for the person at the screen."""

from __future__ import annotations

from collections.abc import Iterable


class Refusal(Exception):
    """An action that may not happen. The message says what is refused and why.

    `what` is the thing refused, `where` the place of the fault (a row and column, a field), `remedy` what to do.
    """

    def __init__(self, sentence: str, *, what: str = "", where: str = "", remedy: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        return " ".join(part for part in (self.sentence, self.remedy) if part)


class NotAllowed(Refusal):
    """Somebody asks for what their roles do not cover."""


class Conflict(Refusal):
    """What is asked contradicts what already stands."""


class Invalid(Refusal):
    """Input that cannot be taken; `problems` lists (field, sentence), one for each fault."""

    def __init__(
        self, problems: Iterable[tuple[str, str]], *, what: str = "", where: str = "", remedy: str = ""
    ) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(sentence for _, sentence in self.problems), what=what, where=where, remedy=remedy)
