"""Pictures show one mark per thing counted, the same every time."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from paotui.bulletin.pictures import ASPECTS, FORMS, RED, draw
from paotui.bulletin.printed import Mark, PictureData

SVG = "{http://www.w3.org/2000/svg}"
SITES = tuple(Mark(f"考点{i}", i != 3, 113.6 + i * 0.01, 34.7 + i % 4 * 0.012, Decimal(i)) for i in range(17))


def parsed(form: str, marks: tuple[Mark, ...] = SITES, width: float = 300, height: float = 200) -> ET.Element:
    return ET.fromstring(draw(PictureData(form, marks, "十七个考点"), width, height))


@pytest.mark.parametrize("form", FORMS)
def test_there_is_one_named_mark_for_each_thing_counted(form: str):
    names = [group.findtext(f"{SVG}title") for group in parsed(form).findall(f"{SVG}g")]
    assert sorted(filter(None, names)) == sorted(mark.name for mark in SITES)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_data_give_the_same_picture(form: str):
    assert draw(PictureData(form, SITES, "t"), 300, 200) == draw(PictureData(form, SITES, "t"), 300, 200)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_counted_is_drawn_as_nothing(form: str):
    assert parsed(form, ()).findall(f"{SVG}g") == []


@pytest.mark.parametrize("form", ["waffle", "dots", "buildings", "houses"])
def test_what_the_second_figure_did_not_count_is_not_red(form: str):
    red = [group for group in parsed(form).findall(f"{SVG}g") if RED in ET.tostring(group, encoding="unicode")]
    assert len(red) == 16


def test_a_house_has_a_dot_for_each_trip():
    for group in parsed("houses").findall(f"{SVG}g"):
        name = group.findtext(f"{SVG}title")
        expected = next(int(mark.size or 0) for mark in SITES if mark.name == name)
        assert len(group.findall(f"{SVG}circle")) == expected


def test_names_are_written_as_text_never_as_markup():
    (group,) = parsed("waffle", (Mark("<script>&", True),)).findall(f"{SVG}g")
    assert group.findtext(f"{SVG}title") == "<script>&"


def test_sites_lie_north_up_and_west_left():
    marks = (Mark("西北", True, 113.60, 34.76), Mark("东南", True, 113.66, 34.70))
    groups = {
        group.findtext(f"{SVG}title"): group.find(f"{SVG}circle") for group in parsed("dots", marks).findall(f"{SVG}g")
    }
    west, east = groups["西北"], groups["东南"]
    assert west is not None
    assert east is not None
    assert float(west.attrib["cx"]) < float(east.attrib["cx"])
    assert float(west.attrib["cy"]) < float(east.attrib["cy"])


def test_an_unknown_form_is_refused():
    with pytest.raises(ValueError, match="pie"):
        draw(PictureData("pie", SITES, ""), 10, 10)


def test_every_form_says_which_shape_becomes_it():
    assert ASPECTS.keys() == FORMS.keys()
