"""Drives Typst: measures stories in a size of type, and prints the page once everything has its place."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from functools import cache
from math import ceil, floor
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
MAIN = HERE / "typst" / "page.typ"

PAPER = {"width": 841.89, "height": 1190.55, "left": 38.0, "top": 30.0, "folio": 122.0, "body": 148.0, "footer": 1150.0}
"""A3 in points: the edges of masthead, folio line, body and footer."""

WIDE = PAPER["width"] - 2 * PAPER["left"]
GUTTER = 13.0


class NoRoom(Exception):
    """Some stories need more lines than measured: a word that could be divided within a column moved to the next."""

    def __init__(self, left: dict[int, int]) -> None:
        super().__init__(left)
        self.left = left


@dataclass(frozen=True, slots=True)
class Type:
    """Body type in points: columns of the page, width of one, size, and distance from line to line (the grid unit)."""

    columns: int
    column: float
    size: float
    unit: float

    @property
    def units(self) -> int:
        """Grid units between folio line and footer."""
        return floor((PAPER["footer"] - PAPER["body"] - 4) / self.unit)

    def width(self, span: int) -> float:
        return span * self.column + (span - 1) * GUTTER

    def units_for(self, points: float) -> int:
        return ceil(points / self.unit)


@dataclass(frozen=True, slots=True)
class Measured:
    """A story in a size of type: lines of its text, points its head and caption take across 1, 2, ... columns."""

    lines: int
    heads: list[float]
    captions: list[float]
    side: float
    """Least height of its headline standing upright."""


def column_of(columns: int) -> float:
    """Return the width of one of `columns` in points."""
    return (WIDE - (columns - 1) * GUTTER) / columns


def measure(words: dict[str, Any], type_: Type) -> list[Measured]:
    """Return every story measured in `type_`; `words` is what page_words.data returns."""
    (found,) = _query("<measured>", _inputs(words, type_, "measure"))
    return [Measured(**one) for one in found]


def print_page(
    words: dict[str, Any], type_: Type, blocks: list[dict[str, Any]], rules: list[dict[str, Any]], day: dt.date
) -> bytes:
    """Return the PDF (PDF/A-2u, dated `day`); NoRoom when cutting columns cost more lines than measured."""
    inputs = _inputs(words, type_, "set", blocks=blocks, rules=rules)
    left = {one["story"]: int(one["left"]) for one in _query("<set>", inputs)}
    if any(left.values()):
        raise NoRoom(left)
    stamp = dt.datetime.combine(day, dt.time(), dt.UTC)
    pdf = typst.compile(
        MAIN, root=MAIN.parent, font_paths=_fonts(), sys_inputs=inputs, format="pdf", timestamp=stamp,
        pdf_standards="a-2u",
    )  # fmt: skip
    assert isinstance(pdf, bytes)
    return pdf


def _inputs(words: dict[str, Any], type_: Type, mode: str, **more: Any) -> dict[str, str]:
    grid = asdict(type_) | {"gutter": GUTTER}
    return {"page": json.dumps(words | {"mode": mode, "paper": PAPER, "grid": grid} | more, ensure_ascii=False)}


def _query(selector: str, inputs: dict[str, str]) -> list[Any]:
    found = typst.query(MAIN, selector, field="value", root=MAIN.parent, font_paths=_fonts(), sys_inputs=inputs)
    return list(json.loads(found))


@cache
def _fonts() -> typst.Fonts:
    """Our own faces only: the same page on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"])
