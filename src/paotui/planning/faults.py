"""What is wrong with a problem or a plan: where, why, and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from paotui.local_text import LocalText


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong at `path` ("stops[3].windows[0]"); `text` is a whole sentence with its remedy."""

    path: str
    text: LocalText

    def in_language(self, language: str) -> str:
        said = self.text.in_language(language)
        return f"{self.path}: {said}" if self.path else said

    def __str__(self) -> str:
        return self.in_language("en")


class ProblemError(ValueError):
    """A problem or plan that cannot be used; `faults` says why, one entry per thing to put right."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def in_language(self, language: str) -> str:
        return "\n".join(fault.in_language(language) for fault in self.faults)


def fault(path: str, *, zh: str, en: str) -> Fault:
    return Fault(path, LocalText(zh, en))


def twice(key: str, names: Iterable[str], of: str = "id") -> Iterator[Fault]:
    """A fault for each name in the list `key` that was used before; `of`: what of an entry it is ("": all)."""
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            yield fault(
                f"{key}[{number}]" + (f".{of}" if of else ""),
                zh=f"“{name}”已经用过。请换一个，或删去。",
                en=f'"{name}" is used already. Choose another, or leave it out.',
            )
        seen.add(name)
