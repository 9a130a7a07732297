"""Identifiers an office writes down: the unified social credit code (GB 32100-2015)."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

from paotui.registry.errors import Invalid

# Without I, O, Z, S and V, which handwriting confuses with figures.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18


def credit_code(text: str) -> str:
    """Return the code in capitals without blanks; raises Invalid, saying what is wrong with it.

    Only length, characters and check character are judged: authority and region codes beyond digits are legal
    (a first character N, A or Y, for example), so prefixes are not.
    """
    code = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if len(code) != LENGTH:
        raise _wrong(
            _("%(code)s has %(length)d characters; a credit code has 18.") % {"code": code, "length": len(code)}
        )
    if strange := sorted(set(code) - set(ALPHABET)):
        sentence = _("%(code)s contains %(strange)s, which no credit code does (I, O, Z, S and V are never used).")
        raise _wrong(sentence % {"code": code, "strange": ", ".join(strange)})
    if check_character(code[:-1]) != code[-1]:
        raise _wrong(
            _("The last character of %(code)s does not fit the others: one of them is mistyped.") % {"code": code}
        )
    return code


def check_character(first: str) -> str:
    """Return the 18th character for the `first` 17: weights 3^(i-1) mod 31."""
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(first))
    return ALPHABET[-total % 31]


def _wrong(sentence: str) -> Invalid:
    return Invalid([("credit_code", sentence)], what="credit_code", remedy=_("Compare it with the business licence."))
