"""The markup of bulletins: text around figures, dates and fixed words. Plain values only.

    {S5.schools}            the figure, as counted
    {S5.refund_total:万}     the same in units of 10,000 (万), 100,000,000 (亿) or 1,000,000 (million)
    {date:2020-07-03}       a date, printed in the language of the text
    {label:三类组织}         words whose numerals are a name, not a count
    ## Heading              a paragraph that is a heading
Paragraphs are separated by blank lines.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

SCALES = {"": 0, "万": 4, "亿": 8, "thousand": 3, "million": 6}
"""Powers of ten a figure may be printed in, by the word printed after it."""

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_FIGURE = re.compile(r"^([A-Za-z0-9-]+\.[a-z][a-z0-9_]*)(?::(\w*))?$")


class MarkupFault(ValueError):
    """A brace that says nothing known; carries the faulty text and its position."""

    def __init__(self, text: str, position: int) -> None:
        super().__init__(text)
        self.text = text
        self.position = position


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text as it was typed; `position` is where it starts in the source."""

    text: str
    position: int


@dataclass(frozen=True, slots=True)
class FigureMark:
    name: str
    scale: str
    position: int


@dataclass(frozen=True, slots=True)
class DateMark:
    day: dt.date
    position: int


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    position: int


Part = Words | FigureMark | DateMark | Label


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: Literal["text", "heading"]
    parts: tuple[Part, ...]


def parse(text: str) -> tuple[Part, ...]:
    """Return the parts of one line or paragraph, in order; MarkupFault for a brace that says nothing known."""
    return tuple(_parts(text, 0))


def parse_body(body: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of `body`; positions count from the start of `body`."""
    return tuple(_paragraph(match.group(), match.start()) for match in re.finditer(r"(?:[^\n]+\n?)+", body))


def figures(text: str) -> tuple[str, ...]:
    """Return the names of the figures in `text`, each once, in order of appearance."""
    parts = (part for paragraph in parse_body(text) for part in paragraph.parts)
    return tuple(dict.fromkeys(part.name for part in parts if isinstance(part, FigureMark)))


def labels(text: str) -> tuple[str, ...]:
    """Return the fixed words of `text`: who signs sees what the writer declared to be no count."""
    parts = (part for paragraph in parse_body(text) for part in paragraph.parts)
    return tuple(dict.fromkeys(part.text for part in parts if isinstance(part, Label)))


def _paragraph(source: str, start: int) -> Paragraph:
    if source.startswith("## "):
        return Paragraph("heading", tuple(_parts(source[3:].rstrip(), start + 3)))
    return Paragraph("text", tuple(_parts(source.rstrip(), start)))


def _parts(text: str, start: int) -> Iterator[Part]:
    end = 0
    for match in _BRACES.finditer(text):
        yield from _words(text, end, match.start(), start)
        yield _mark(match, start + match.start())
        end = match.end()
    yield from _words(text, end, len(text), start)


def _words(text: str, first: int, last: int, start: int) -> Iterator[Words]:
    """A line break inside a paragraph is nothing between Chinese characters and a blank elsewhere."""
    for line in re.finditer(r"\n?[^\n]+|\n", text[first:last]):
        at = first + line.start()
        plain = line.group()
        if plain.startswith("\n"):
            joined = _is_chinese(text[at - 1 : at]) and _is_chinese(text[at + 1 : at + 2])
            plain, at = (plain[1:], at + 1) if joined else (" " + plain[1:], at)
        if plain:
            yield Words(plain, start + at)


def _is_chinese(character: str) -> bool:
    return "\u2e80" <= character <= "\uffef"


def _mark(match: re.Match[str], position: int) -> Part:
    content = (match.group(1) or "").strip()
    if content.startswith("label:") and content[6:].strip():
        return Label(content[6:].strip(), position)
    if content.startswith("date:"):
        return DateMark(_date(content[5:].strip(), match.group(), position), position)
    figure = _FIGURE.match(content)
    if figure and (figure.group(2) or "") in SCALES:
        return FigureMark(figure.group(1), figure.group(2) or "", position)
    raise MarkupFault(match.group(), position)


def _date(text: str, source: str, position: int) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise MarkupFault(source, position) from None
