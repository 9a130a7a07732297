"""The newspaper page: chooses a size of type and an arrangement that fill it, and has it printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from math import inf
from typing import Any

from django.utils.translation import gettext as _

from paotui.bulletin import page_words, pictures, typesetting
from paotui.bulletin.layout import Arrangement, Block, PictureRoom, Slot, Story, arrange
from paotui.bulletin.printed import FrontPage, PrintedBulletin
from paotui.bulletin.typesetting import Measured, NoRoom, Type
from paotui.registry.errors import Refusal

BONUS = 17.0
"""What an arrangement can earn at most: type sizes that cost more than that beyond the best need not be tried."""


class PageFull(Refusal):
    """The bulletins do not fit on one page, not even in the smallest type."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a page will be set: the size of type, the stories as measured in it, and where each goes."""

    type_: Type
    stories: list[Story]
    measured: list[Measured]
    arrangement: Arrangement


@lru_cache(maxsize=8)
def render(front: FrontPage, language: str = "zh-hans") -> bytes:
    """Return the page as PDF: A3, one page, fonts embedded; PageFull when there is too much text.

    The same page gives the same bytes: it carries its own date, not that of the printing. Setting takes seconds, so
    the last few pages are kept, by everything that stands on them.
    """
    words = page_words.data(front, language)
    chosen = plan(front, language)
    while True:
        try:
            return _printed(front, words, chosen)
        except NoRoom as more:
            # What needs more lines than measured is given them, and all is arranged again.
            stories = [replace(one, lines=one.lines + more.left[number]) for number, one in enumerate(chosen.stories)]
            arrangement = arrange(stories, chosen.type_.columns, chosen.type_.units)
            if arrangement is None:
                raise _full(front) from None
            chosen = replace(chosen, stories=stories, arrangement=arrangement)


@lru_cache(maxsize=8)
def plan(front: FrontPage, language: str = "zh-hans") -> Plan:
    """Choose the size of type and the arrangement that fill the page best; PageFull when none holds the text."""
    words, best = page_words.data(front, language), inf
    chosen: Plan | None = None
    for cost, type_ in sorted(_types(language), key=lambda pair: pair[0]):
        if cost - BONUS > best:
            break
        measured = typesetting.measure(words, type_)
        stories = _stories(front, language, type_, measured)
        arrangement = arrange(stories, type_.columns, type_.units)
        if arrangement and arrangement.penalty + cost < best:
            best, chosen = arrangement.penalty + cost, Plan(type_, stories, measured, arrangement)
    if chosen is None:
        raise _full(front)
    return chosen


def _printed(front: FrontPage, words: dict[str, Any], chosen: Plan) -> bytes:
    blocks = [_block(front, chosen.type_, chosen.measured[one.story], one) for one in chosen.arrangement.blocks]
    rules = list(_rules(chosen.arrangement, chosen.type_))
    return typesetting.print_page(words, chosen.type_, blocks, rules, front.edition.day)


def _types(language: str) -> Iterator[tuple[float, Type]]:
    """Type sizes with what it costs to stray from the wanted one."""
    if language.startswith("en"):
        columns, leadings = 5, {1.36: 0, 1.42: 1, 1.29: 2}
        sizes = {9.0: 0, 8.6: 0, 8.2: 1, 9.4: 2, 7.8: 4, 10.0: 6, 7.4: 8, 10.8: 12, 7.0: 14}
    else:
        columns, leadings = 6, {1.5: 0, 1.58: 1, 1.42: 2}
        # A whole number of characters to the line: full lines need no stretching.
        column = typesetting.column_of(columns)
        sizes = {column / many: cost for many, cost in {13: 0, 12: 0, 11: 4, 14: 9, 15: 16, 16: 22}.items()}
    for (size, cost), (leading, more) in product(sizes.items(), leadings.items()):
        yield cost + more, Type(columns, typesetting.column_of(columns), size, round(size * leading, 3))


def _stories(front: FrontPage, language: str, type_: Type, measured: list[Measured]) -> list[Story]:
    upright = _upright(front, language, measured)
    return [
        Story(
            one.lines,
            tuple(type_.units_for(height + 0.9 * type_.unit) for height in one.heads),
            _picture_room(bulletin, one, type_),
            type_.units_for(one.side) if number == upright else None,
        )
        for number, (one, bulletin) in enumerate(zip(measured, front.bulletins, strict=True))
    ]


def _upright(front: FrontPage, language: str, measured: list[Measured]) -> int | None:
    """The story whose headline may stand upright: the shortest without a picture, in Chinese only."""
    plain = [number for number, one in enumerate(front.bulletins) if number and one.picture is None]
    if language.startswith("en") or not plain:
        return None
    return min(plain, key=lambda number: measured[number].lines)


def _picture_room(bulletin: PrintedBulletin, measured: Measured, type_: Type) -> PictureRoom | None:
    if bulletin.picture is None:
        return None
    rooms = [(type_.width(span), caption) for span, caption in enumerate(measured.captions[:3], start=1)]
    least, most = (
        tuple(type_.units_for(width * aspect + caption) for width, caption in rooms)
        for aspect in pictures.ASPECTS[bulletin.picture.form]
    )
    return PictureRoom(least, most)


def _block(front: FrontPage, type_: Type, measured: Measured, block: Block) -> dict[str, Any]:
    picture, data = None, front.bulletins[block.story].picture
    if block.picture is not None and data is not None:
        height = block.picture.units * type_.unit - measured.captions[block.picture.span - 1]
        picture = _slot(block.picture) | {
            "svg": pictures.draw(data, type_.width(block.picture.span), height),
            "alt": data.title,
        }
    return _slot(block.place) | {
        "story": block.story,
        "head": block.head,
        "side": block.side,
        "picture": picture,
        "columns": [_slot(one) for one in block.columns],
    }


def _rules(arrangement: Arrangement, type_: Type) -> Iterator[dict[str, Any]]:
    """Rules between rows (the lead's is double), between stories, and between the columns of a story."""
    for number, (top, _height) in enumerate(arrangement.rows[1:]):
        across = Slot(0, type_.columns, top, 0)
        yield _slot(across) | {"kind": "across" if number else "double", "top": top - 0.5}
    framed = [block.place for block in arrangement.blocks if block.side]
    for block in arrangement.blocks:
        if block.side:
            yield _slot(block.place) | {"kind": "frame"}
        elif block.place.column and not any(_beside(place, block.place) for place in framed):
            yield _slot(block.place) | {"kind": "story"}
        for one in block.columns:
            if one.column > block.place.column + block.side:
                yield _slot(one) | {"kind": "column"}


def _beside(left: Slot, right: Slot) -> bool:
    """Whether `right` begins where `left` ends: a frame needs no rule beside it."""
    return left.top == right.top and left.column + left.span == right.column


def _slot(slot: Slot) -> dict[str, Any]:
    return {"column": slot.column, "span": slot.span, "top": slot.top, "units": slot.units}


def _full(front: FrontPage) -> PageFull:
    longest = max(front.bulletins, key=lambda one: sum(len(paragraph.text) for paragraph in one.paragraphs))
    return PageFull(
        _("The bulletins do not fit on one page, not even in the smallest type."),
        what="page",
        where=longest.slug,
        remedy=_("Shorten a bulletin (the longest is “%(headline)s”) or leave one to the next edition.")
        % {"headline": longest.headline},
    )
