"""Arranging stories in whole units: nothing overlaps, nothing is lost, columns end level."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from paotui.bulletin.layout import Arrangement, PictureRoom, Slot, Story, arrange

COLUMNS, UNITS = 6, 70
ROOM = PictureRoom((5, 9, 14), (8, 15, 22))


def story(lines: int, picture: bool = False, side: int | None = None) -> Story:
    return Story(lines, (6, 5, 4, 4, 4, 7), ROOM if picture else None, side)


stories = st.lists(
    st.builds(story, st.integers(12, 60), st.booleans(), st.sampled_from([None, 12])), min_size=1, max_size=7
)


def cells(slot: Slot) -> set[tuple[int, int]]:
    return set(product(range(slot.column, slot.column + slot.span), range(slot.top, slot.top + slot.units)))


def pieces(arrangement: Arrangement) -> list[Slot]:
    found = []
    for block in arrangement.blocks:
        place = block.place
        found.append(
            Slot(place.column, 1 if block.side else place.span, place.top, place.units if block.side else block.head)
        )
        found += [*block.columns, *([block.picture] if block.picture else [])]
    return found


@settings(max_examples=60, deadline=None)
@given(stories)
def test_nothing_overlaps_and_everything_lies_on_the_page(wanted: list[Story]):
    arrangement = arrange(wanted, COLUMNS, UNITS)
    if arrangement is None:
        return
    taken = [cell for piece in pieces(arrangement) for cell in cells(piece)]
    assert len(taken) == len(set(taken))
    assert set(taken) <= cells(Slot(0, COLUMNS, 0, UNITS))


@settings(max_examples=60, deadline=None)
@given(stories)
def test_every_story_gets_exactly_its_lines_in_level_columns(wanted: list[Story]):
    arrangement = arrange(wanted, COLUMNS, UNITS)
    if arrangement is None:
        return
    assert sorted(block.story for block in arrangement.blocks) == list(range(len(wanted)))
    for block in arrangement.blocks:
        assert sum(column.units for column in block.columns) == wanted[block.story].lines
        bottoms = [column.top + column.units for column in block.columns]
        assert max(bottoms) - min(bottoms) <= 1


def test_the_first_story_leads_across_all_columns():
    arrangement = arrange([story(90, picture=True), *(story(30) for _ in range(5))], COLUMNS, UNITS)
    assert arrangement is not None
    lead = arrangement.blocks[0]
    assert (lead.story, lead.place.column, lead.place.span, lead.place.top) == (0, 0, COLUMNS, 0)


def test_a_picture_is_left_out_only_when_the_text_needs_its_room():
    roomy = arrange([story(60, picture=True), story(60)], COLUMNS, 42)
    tight = arrange([story(60, picture=True), story(60)], COLUMNS, 35)
    assert roomy is not None
    assert roomy.blocks[0].picture is not None
    assert tight is not None
    assert tight.blocks[0].picture is None


def test_one_headline_stands_upright_where_it_may():
    arrangement = arrange([story(60), story(36, side=12), story(48)], COLUMNS, 38)
    assert arrangement is not None
    assert [block.story for block in arrangement.blocks if block.side] == [1]


def test_text_that_cannot_fit_has_no_arrangement():
    assert arrange([story(COLUMNS * UNITS)], COLUMNS, UNITS) is None
