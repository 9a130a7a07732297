"""What is printed: bulletins and the page as plain values, the same for HTML, PDF and DOCX."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, Protocol

from paotui.bulletin import markup
from paotui.bulletin.markup import SCALES

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


class HasValue(Protocol):
    """A figure that can be printed: its value and unit."""

    @property
    def value(self) -> Decimal: ...

    @property
    def unit(self) -> str: ...


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """Some words; when `kind` is "figure", `name` says which one prints them."""

    text: str
    kind: Literal["text", "figure"] = "text"
    name: str = ""


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """A paragraph or heading as parts in order; iterating gives the parts."""

    kind: Literal["text", "heading"]
    parts: tuple[PrintedPart, ...]

    def __iter__(self) -> Iterator[PrintedPart]:
        return iter(self.parts)

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure as a snapshot holds it; `text` carries number and unit (24所, 24 schools)."""

    name: str
    value: Decimal
    number: str
    text: str
    unit: str
    title: str
    definition: str
    as_of: dt.datetime
    count: int
    """How many records, work orders or targets were counted."""


@dataclass(frozen=True, slots=True)
class PictureData:
    """What a picture is drawn from: its form, one mark per thing counted, and what the marks mean."""

    form: str
    marks: tuple[Mark, ...]
    title: str
    """Said to those who cannot see the picture."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing counted; `full` when the second figure counted it too, x and y when it has a place."""

    name: str
    full: bool
    x: float | None = None
    y: float | None = None
    size: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PrintedBulletin:
    """One bulletin in one language, figures filled in."""

    slug: str
    story: str
    kicker: str
    headline: str
    subhead: str
    paragraphs: tuple[PrintedParagraph, ...]
    organisation: str
    dateline: dt.date
    byline: str
    correspondent: str = ""
    photo_credit: str = ""
    figures: tuple[PrintedFigure, ...] = ()
    as_of: dt.datetime | None = None
    sha256: str = ""
    picture: PictureData | None = None
    picture_caption: str = ""
    picture_svg: str = ""


@dataclass(frozen=True, slots=True)
class PrintedEdition:
    title: str
    number: int
    day: dt.date
    editor: str = ""


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The page: the first bulletin leads; `ear` holds one figure of each bulletin."""

    district: str
    sample: bool
    edition: PrintedEdition
    bulletins: tuple[PrintedBulletin, ...]
    ear: tuple[PrintedFigure, ...] = field(default=())


def paragraphs(body: str, values: Mapping[str, HasValue], language: str) -> tuple[PrintedParagraph, ...]:
    """Return `body` with figures and dates in print; KeyError for a figure without value, MarkupFault for a brace."""
    return tuple(
        PrintedParagraph(paragraph.kind, tuple(_part(part, values, language) for part in paragraph.parts))
        for paragraph in markup.parse_body(body)
    )


def line(text: str, values: Mapping[str, HasValue], language: str) -> str:
    """Return one line (a headline) with figures and dates in print."""
    return "".join(_part(part, values, language).text for part in markup.parse(text))


def number(value: Decimal, language: str, scale: str = "") -> str:
    """Return a number exactly, without trailing zeros; thousands are separated in English only."""
    scaled = value.scaleb(-SCALES[scale])
    separator = "," if language.startswith("en") else ""
    text = f"{scaled:{separator}f}"
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    space = " " if scale.isascii() and scale else ""
    return f"{plain}{space}{scale}"


def with_unit(number: str, unit: str, language: str) -> str:
    """Return 24所, 24 schools, 98.5%."""
    space = " " if language.startswith("en") and unit != "%" else ""
    return f"{number}{space}{unit}"


def day(value: dt.date, language: str) -> str:
    """Return 7月3日 or 3 July: the year stands in the dateline."""
    return f"{value.day} {MONTHS[value.month - 1]}" if language.startswith("en") else f"{value.month}月{value.day}日"


def _part(part: markup.Part, values: Mapping[str, HasValue], language: str) -> PrintedPart:
    if isinstance(part, markup.FigureMark):
        figure = values[part.name]
        text = number(figure.value, language, part.scale)
        # A rate brings its sign along; other units are words of the sentence.
        return PrintedPart(text + "%" if figure.unit == "%" else text, "figure", part.name)
    if isinstance(part, markup.DateMark):
        return PrintedPart(day(part.day, language))
    return PrintedPart(part.text)
