"""The unified social credit code (GB 32100-2015): 18 characters, the last of them checking the others.

Authority and region codes beyond digits are legal (a first character N, A or Y, for example): prefixes are not judged.
"""

from __future__ import annotations

import unicodedata

# Without I, O, Z, S and V, which handwriting confuses with figures.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18


def plain(text: str) -> str:
    """Return a code as it is compared: in capitals, of normal width, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def check_character(first: str) -> str:
    """Return the 18th character for the `first` 17: weights 3^(i-1) mod 31."""
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(first))
    return ALPHABET[-total % 31]


def is_sound(text: str) -> bool:
    """Tell whether length, characters and check character are right."""
    code = plain(text)
    return len(code) == LENGTH and not set(code) - set(ALPHABET) and check_character(code[:-1]) == code[-1]
