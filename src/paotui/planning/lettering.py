"""Words on pictures: names that do not cover each other, and what the signs stand for, in both languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from html import escape

GREY = "#555"


def width(text: str, size: float) -> float:
    """How wide a text is at most; Chinese characters are as wide as they are high."""
    return size * sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.62 for letter in text)


class Names:
    """Finds room for names beside their points; whoever finds none is named only where a pointer rests."""

    def __init__(self, size: float, points: Iterable[tuple[float, float]] = (), right: float = 1e9) -> None:
        self._size, self._right = size, right
        self._taken = [(x - 4, y - 4, x + 4, y + 4) for x, y in points]

    def beside(self, x: float, y: float, text: str) -> str:
        """Return the name as SVG, right of the point, left, below or above it; "" where it would cover another."""
        wide, size = width(text, self._size), self._size
        for left, base in ((x + 7, y + size * 0.35), (x - 7 - wide, y + size * 0.35),
                           (x - wide / 2, y + 7 + size), (x - wide / 2, y - 8)):  # fmt: skip
            box = (left, base - size, left + wide, base + 2)
            if left < 2 or box[2] > self._right or any(_overlap(box, other) for other in self._taken):
                continue
            self._taken.append(box)
            return f'<text x="{left:.1f}" y="{base:.1f}" font-size="{size:g}" fill="{GREY}">{escape(text)}</text>'
        return ""


Box = tuple[float, float, float, float]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def legend(x: float, y: float, signs: Iterable[tuple[str, str, str]], size: float = 11) -> Iterator[str]:
    """A row of signs with what they stand for; a sign is SVG drawn around (0, 0), six units each way."""
    for sign, zh, en in signs:
        said = f"{zh} {en}"
        yield f'<g transform="translate({x + 6:.1f},{y:.1f})">{sign}</g>'
        yield f'<text x="{x + 17:.1f}" y="{y + size * 0.35:.1f}" font-size="{size:g}">{escape(said)}</text>'
        x += 17 + width(said, size) + 14


def dot(colour: str, radius: float = 4) -> str:
    return f'<circle r="{radius:g}" fill="{colour}"/>'


def ring(colour: str) -> str:
    return f'<circle r="5" fill="#fff" stroke="{colour}" stroke-width="2"/>'


def square(colour: str) -> str:
    return f'<rect x="-5" y="-5" width="10" height="10" fill="{colour}"/>'


def stroke(colour: str) -> str:
    return f'<path d="M-6,0H6" stroke="{colour}" stroke-width="2"/>'
