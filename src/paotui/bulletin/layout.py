"""Where everything goes on the page, in whole grid units. Plain values only; no typesetting here.

The page is a lattice of equal columns and lines. Each story takes some columns of a row; its head, picture and columns
of text have whole heights, so that lines of neighbouring columns stand side by side and columns of a story end within
one line of each other. Row heights are chosen together (shortest path over the units left), pictures and heads take up
what is left over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import combinations
from math import inf

GAP = 1
"""Units between two rows, the rule in the middle."""

MOST_IN_A_ROW = 4
OMITTED = 15.0
"""What it costs to leave a picture out where text needs its room; the bulletin by itself still shows it."""

FRAME = 2
"""Units a frame takes from the height of the text in it, one above and one below."""

# What looks bad costs; found by looking at pages, not by theory.
AIR, SHALLOW, LARGE, SMALL, EVEN, SIDE, SPARE, ORDER = 0.4, 1.5, 0.12, 8.0, 3.0, -15.0, 1.5, 0.6


@dataclass(frozen=True, slots=True)
class PictureRoom:
    """The least and most units a picture may take when it is as wide as 1, 2, ... columns."""

    least: tuple[int, ...]
    most: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A story as measured: lines of text at one column's width, units of its head across 1, 2, ... columns."""

    lines: int
    heads: tuple[int, ...]
    picture: PictureRoom | None = None
    side: int | None = None
    """Least height of the row when the headline stands upright in a column of its own; None when it may not."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A rectangle of the lattice: first column, columns wide, units from the top, units high."""

    column: int
    span: int
    top: int
    units: int


@dataclass(frozen=True, slots=True)
class Block:
    """One story in its place: `head`, an optional `picture`, and its columns of text (units are lines)."""

    story: int
    place: Slot
    head: int
    picture: Slot | None
    columns: tuple[Slot, ...]
    side: bool = False
    """The headline stands upright in the first column; `head` is 0."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    blocks: tuple[Block, ...]
    rows: tuple[tuple[int, int], ...]
    """Top and height of each row."""
    penalty: float


@dataclass(frozen=True, slots=True)
class _Fit:
    penalty: float
    head: int
    picture_span: int = 0
    picture_units: int = 0
    side: bool = False


_NONE = _Fit(inf, 0)


def arrange(stories: Sequence[Story], columns: int, units: int) -> Arrangement | None:
    """Return the best arrangement on `columns` × `units`, the first story leading; None if none fits."""
    finder = _RowFinder(stories, columns, units)
    best: tuple[float, tuple[tuple[int, ...], ...], tuple[int, ...]] = (inf, (), ())
    for rows in _partitions(tuple(range(1, len(stories)))):
        options = [finder.lead, *(finder.penalties(row) for row in rows)]
        penalty, heights = _heights(options, units - GAP * len(rows), best[0] - _disorder(rows))
        best = min(best, (penalty + _disorder(rows), rows, heights), key=lambda one: one[0])
    if best[0] == inf:
        return None
    return _placed(stories, columns, units, best[1], best[2], best[0], finder)


class _RowFinder:
    """Finds, for the stories of a row and a height, how many columns each takes; remembers the answers."""

    def __init__(self, stories: Sequence[Story], columns: int, units: int) -> None:
        self._stories, self._columns, self._units = stories, columns, units
        self.lead = self._bearable((height, self.fit(0, columns, height).penalty) for height in range(units + 1))
        self.penalties = cache(self._penalties)

    def fit(self, story: int, span: int, height: int) -> _Fit:
        return _fit(self._stories[story], span, height, leads=story == 0)

    def spans(self, row: tuple[int, ...], height: int) -> tuple[float, tuple[int, ...]]:
        """Return the least penalty of a row of `height` and the columns each of its stories takes."""
        best: tuple[float, tuple[int, ...]] = (inf, ())
        costs = self._costs
        for spans in _compositions(self._columns, len(row)):
            penalty = EVEN if len(row) > 1 and len(set(spans)) == 1 else 0.0
            for story, span in zip(row, spans, strict=True):
                penalty += costs[story, span].get(height, inf)
                # One headline may earn SIDE, so the sum can still fall by that much.
                if penalty + SIDE >= best[0]:
                    break
            else:
                best = min(best, (penalty, spans))
        return best

    def _penalties(self, row: tuple[int, ...]) -> dict[int, float]:
        return self._bearable((height, self.spans(row, height)[0]) for height in range(self._units + 1))

    @cached_property
    def _costs(self) -> dict[tuple[int, int], dict[int, float]]:
        """The penalty of every story by its columns and height."""
        return {
            (story, span): self._bearable((h, self.fit(story, span, h).penalty) for h in range(self._units + 1))
            for story in range(1, len(self._stories))
            for span in range(1, self._columns + 1)
        }

    @staticmethod
    def _bearable(penalties: Iterable[tuple[int, float]]) -> dict[int, float]:
        """Heights worth looking at: what would look dreadful is left out, so that few are."""
        found = {height: penalty for height, penalty in penalties if penalty < inf}
        least = min(found.values(), default=inf)
        return {height: penalty for height, penalty in found.items() if penalty < max(least + 25, 60)}


def _fit(story: Story, span: int, height: int, leads: bool = False) -> _Fit:
    """How well a story fills `span` columns of `height` units, in the best of the ways it may be set."""
    head = story.heads[span - 1]
    fits = [_NONE]
    if story.side is not None and span > 1 and height >= story.side:
        fits.append(
            _aired(story, span - 1, height, (span - 1) * (height - FRAME) - story.lines, _Fit(SIDE, 0, side=True))
        )
    if height > head + 2:
        free = span * (height - head) - story.lines
        fits.append(_aired(story, span, height, free, _Fit(OMITTED if story.picture else 0, head)))
        if story.picture:
            fits += _with_picture(story, span, height, free, leads)
    return min(fits, key=lambda fit: fit.penalty)


def _with_picture(story: Story, span: int, height: int, free: int, leads: bool) -> list[_Fit]:
    """Pictures of every width; they grow before the head is given air, but past the middle size that costs."""
    assert story.picture is not None
    head, fits = story.heads[span - 1], []
    for wide in range(2 if leads and span > 3 else 1, min(span, len(story.picture.least)) + 1):
        least, most = story.picture.least[wide - 1], story.picture.most[wide - 1]
        units = min(most, free // wide, height - head)
        if units < least or 0 < height - head - units < 3:
            continue
        # A picture as wide as the story parts head and text; one column of several is too thin to look at.
        awkward = 3.0 if wide == span and span > 2 else 2.0 if wide == 1 and span > 3 else 0.0
        large = max(0.0, units - (least + most) / 2) * wide * LARGE
        small = SMALL if wide == 1 else 0.0
        fits.append(_aired(story, span, height, free - wide * units, _Fit(awkward + large + small, head, wide, units)))
    return fits


def _aired(story: Story, span: int, height: int, free: int, fit: _Fit) -> _Fit:
    """Give what is left over to the head, and what even that cannot share out to the ends of the last columns."""
    if free < 0:
        return _NONE
    # The head cannot grow into a picture that fills its columns, nor one that stands upright into the text.
    air = 0 if fit.side else min(free // span, height - fit.head - fit.picture_units)
    short = free - air * span
    depth = (story.lines + fit.picture_span * fit.picture_units) / span
    # Text in one long thin column is tiring; text two lines deep under a wide head is no story.
    tiring = max(0.0, depth - 34) * 0.5 + max(0.0, 9 - depth) * SHALLOW
    ragged = short * 0.2 + max(0, short - span) * 2.0
    return replace(fit, penalty=fit.penalty + air * air * span * AIR + ragged + tiring, head=fit.head + air)


def _heights(options: list[dict[int, float]], room: int, bar: float) -> tuple[float, tuple[int, ...]]:
    """Choose one height per row, together at most `room`, with the least penalty below `bar`; unused units cost."""
    reach: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number, penalties in enumerate(options):
        to_come = sum(min(later.values(), default=inf) for later in options[number + 1 :])
        ahead: dict[int, tuple[float, tuple[int, ...]]] = {}
        for used, (cost, heights) in reach.items():
            for height, penalty in penalties.items():
                total, sum_ = used + height, cost + penalty
                if total <= room and sum_ + to_come < bar and (total not in ahead or sum_ < ahead[total][0]):
                    ahead[total] = (sum_, (*heights, height))
        reach = ahead
    ranked = [(cost + (room - used) ** 2 * SPARE, heights) for used, (cost, heights) in reach.items()]
    return min(ranked, default=(inf, ()))


def _disorder(rows: tuple[tuple[int, ...], ...]) -> float:
    """Earlier stories belong higher up."""
    flat = [story for row in rows for story in row]
    return ORDER * sum(1 for a, b in combinations(flat, 2) if a > b)


def _partitions(items: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Rows of at most four stories; any choice of stories while there are few, else in order only."""
    if not items:
        yield ()
        return
    first, rest = items[0], items[1:]
    for extra in range(min(MOST_IN_A_ROW, len(items))):
        chosen = combinations(rest, extra) if len(items) <= 7 else [rest[:extra]]
        for others in chosen:
            left = tuple(item for item in rest if item not in others)
            yield from (((first, *others), *rows) for rows in _partitions(left))


@cache
def _compositions(total: int, parts: int) -> tuple[tuple[int, ...], ...]:
    if parts == 1:
        return ((total,),)
    return tuple((n, *rest) for n in range(1, total - parts + 2) for rest in _compositions(total - n, parts - 1))


def _placed(
    stories: Sequence[Story],
    columns: int,
    units: int,
    rows: tuple[tuple[int, ...], ...],
    heights: tuple[int, ...],
    penalty: float,
    finder: _RowFinder,
) -> Arrangement:
    spare = units - sum(heights) - GAP * len(rows)
    blocks, tops, top = [], [], 0
    for number, (row, height) in enumerate(zip([(0,), *rows], heights, strict=True)):
        spans = (columns,) if number == 0 else finder.spans(row, height)[1]
        column = 0
        for story, span in zip(row, spans, strict=True):
            place = Slot(column, span, top, height)
            blocks.append(_block(story, stories[story], place, finder.fit(story, span, height)))
            column += span
        tops.append((top, height))
        # What nothing could take up is spread between the rows.
        top += height + GAP + spare // max(1, len(rows))
    return Arrangement(tuple(blocks), tuple(tops), penalty)


def _block(number: int, story: Story, place: Slot, fit: _Fit) -> Block:
    frame = FRAME if fit.side else 0
    first = place.top + fit.head + frame // 2
    covered = [0] * place.span
    for index in range(place.span - fit.picture_span, place.span):
        covered[index] = fit.picture_units
    if fit.side:
        covered[0] = place.units
    heights = [max(0, place.units - fit.head - frame - under) for under in covered]
    slots = [
        Slot(place.column + index, 1, first + covered[index], lines)
        for index, lines in enumerate(_levelled(heights, story.lines))
        if lines
    ]
    picture = None
    if fit.picture_span:
        picture = Slot(place.column + place.span - fit.picture_span, fit.picture_span, first, fit.picture_units)
    return Block(number, place, fit.head, picture, tuple(slots), fit.side)


def _levelled(heights: list[int], lines: int) -> list[int]:
    """Shorten columns, the last ones first and each by one line in turn, until `lines` fill them."""
    levelled, short = list(heights), sum(heights) - lines
    while short:
        for index in reversed(range(len(levelled))):
            if short and levelled[index]:
                levelled[index] -= 1
                short -= 1
    return levelled
