"""Names on pictures never cover each other."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from paotui.planning.lettering import Names, legend, width

SPOTS = st.lists(
    st.tuples(st.floats(10, 300), st.floats(10, 300), st.text("院ab", min_size=1, max_size=9)), max_size=30
)


@given(SPOTS)
def test_no_two_names_overlap(spots) -> None:
    names, boxes = Names(10), []
    for x, y, text in spots:
        if drawn := names.beside(x, y, text):
            found = re.search(r'x="([-0-9.]+)" y="([-0-9.]+)"', drawn)
            assert found
            left, base = map(float, found.groups())
            boxes.append((left, base - 10, left + width(text, 10), base))
    for place, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:place]:
            apart = left >= other[2] - 0.2 or other[0] >= right - 0.2 or top >= other[3] or other[1] >= bottom
            assert apart, (boxes[place], other)


def test_the_first_name_stands_right_of_its_point_and_the_next_one_gives_way() -> None:
    names = Names(10)
    first, second = names.beside(50, 50, "aa"), names.beside(50, 50, "bb")
    assert 'x="57.0"' in first
    assert second
    assert 'x="57.0"' not in second


def test_a_legend_says_each_sign_in_both_languages() -> None:
    assert "等候 waiting" in "".join(legend(0, 0, [("<path/>", "等候", "waiting")]))
