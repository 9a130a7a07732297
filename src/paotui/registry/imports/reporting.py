"""What an import says: problems by row and column, and what it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from paotui.registry.models import Roster


class Problem(NamedTuple):
    """One thing to put right: sheet, if there are several; the clerk's row, 0 for the whole sheet; column; sentence."""

    sheet: str
    row: int
    column: str
    sentence: str

    @property
    def where(self) -> str:
        parts = [
            _("sheet %(sheet)s") % {"sheet": self.sheet} if self.sheet else "",
            _("row %(row)d") % {"row": self.row} if self.row else "",
            _("column %(column)s") % {"column": self.column} if self.column else "",
        ]
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}" if self.where else self.sentence


class Change(NamedTuple):
    """A fact of a target that a later file tells differently."""

    name: str
    fact: str
    before: Any
    after: Any


@dataclass
class ImportReport:
    """The outcome of an import. With problems nothing was changed and `roster` is None.

    `rows` counts rows of data; `created` names targets new to the district, `added` those new to the roster,
    `withdrawn` those the file no longer brings; `notes` are worth reading but stop nothing.
    """

    roster: Roster | None = None
    rows: int = 0
    problems: list[Problem] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    same_file: bool = False

    @property
    def ok(self) -> bool:
        return not self.problems
