"""Unified social credit codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paotui.credit_code import ALPHABET, check_character
from paotui.registry.errors import Invalid
from paotui.registry.identifiers import credit_code

# Published codes of well-known bodies: two companies and a university.
PUBLISHED = ["91110000600037341L", "914403001922038216", "12100000400010275N"]


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_codes_are_accepted(code):
    assert credit_code(code) == code


def test_blanks_small_letters_and_full_width_are_tidied():
    assert credit_code(" 91110000 600037341ｌ") == "91110000600037341L"


def test_a_prefix_that_is_no_digit_is_legal():
    first = "N2410103MC1234567"
    assert credit_code(first + check_character(first))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("9111000060003734L", "17"),
        ("91110000600037341O", "O"),
        ("91110000600037341Y", "91110000600037341Y"),
        (" ", "0"),
    ],
)
def test_what_is_wrong_is_said(code, said):
    with pytest.raises(Invalid, match=said):
        credit_code(code)


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_mistyped_character_never_passes(first, place, other):
    code = first + check_character(first)
    changed = code[:place] + other + code[place + 1 :]
    if changed == code:
        assert credit_code(changed) == code
        return
    with pytest.raises(Invalid):
        credit_code(changed)
