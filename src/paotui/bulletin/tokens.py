"""Cuts a paragraph into tokens between which a line may end. Plain values only.

Chinese breaks between any two characters, but a closing mark stays with what it closes and an opening one with what
it opens; Latin words and numbers stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

CLOSING = "，。、；：？！”’）》〉】〕」』…—％%‰℃,.;:?!)]}"
OPENING = "“‘（《〈【〔「『([{"

_TOKEN = re.compile(
    rf"\s+|[{re.escape(OPENING)}]*(?:[^\s\u2e80-\uffef{re.escape(OPENING + CLOSING)}][^\s\u2e80-\uffef“”‘’…—]*|[^\s])"
    rf"[{re.escape(CLOSING)}]*\s*"
)

_LATIN = re.compile(r"[^\s\u2e80-\uffef]")


class Token(NamedTuple):
    """Some text, the style it is set in (plain, figure, lede, heading), and whether no line may end before it."""

    text: str
    style: str
    glued: bool


def tokens(parts: Iterable[tuple[str, str]]) -> list[Token]:
    """Return the tokens of (text, style) runs; joined they are the text of the runs."""
    found: list[Token] = []
    for text, style in parts:
        for piece in _TOKEN.findall(text) or [text]:
            found.append(Token(piece, style, bool(found) and _sticks(found[-1].text, piece)))
    return found


def _sticks(before: str, after: str) -> bool:
    if before[-1:] in OPENING or after[:1] in CLOSING or after[:1].isspace():
        return True
    return bool(_LATIN.match(before[-1:]) and _LATIN.match(after[:1]))
