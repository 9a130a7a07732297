"""Identifiers an office writes down: the unified social credit code (GB 32100-2015)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from paotui.credit_code import ALPHABET, LENGTH, check_character, plain
from paotui.registry.errors import Invalid


def credit_code(text: str) -> str:
    """Return the code in capitals without blanks; raises Invalid, saying what is wrong with it.

    Only length, characters and check character are judged, no prefixes.
    """
    code = plain(text)
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


def _wrong(sentence: str) -> Invalid:
    return Invalid([("credit_code", sentence)], what="credit_code", remedy=_("Compare it with the business licence."))
