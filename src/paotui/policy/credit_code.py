"""The check character of the unified social credit code (GB 32100-2015): weights 3^(i-1) modulo 31."""

from __future__ import annotations

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18


def is_sound(text: str) -> bool:
    """Tell whether length, characters and check character are right; prefixes beyond digits are legal."""
    code = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if len(code) != LENGTH or set(code) - set(ALPHABET):
        return False
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(code[:-1]))
    return ALPHABET[-total % 31] == code[-1]
