"""The page as PDF: all of it there, on one sheet, in our own fonts, within its margins, columns level."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from pypdf import PageObject, PdfReader

from paotui.bulletin import page
from paotui.bulletin.page import PageFull
from paotui.bulletin.printed import FrontPage, PrintedParagraph, PrintedPart
from paotui.bulletin.typesetting import PAPER

from .page_sample import front_page

LANGUAGES = ("zh-hans", "en")
Sheet = tuple[FrontPage, str, PdfReader]


@pytest.fixture(scope="module", params=LANGUAGES)
def sheet(request: pytest.FixtureRequest) -> Sheet:
    front = front_page(request.param)
    return front, request.param, PdfReader(io.BytesIO(page.render(front, request.param)))


def squeezed(text: str) -> str:
    """Text without what setting it may change: blanks, and hyphens at the ends of lines."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def test_the_page_is_one_sheet_of_a3(sheet: Sheet):
    _front, _language, pdf = sheet
    assert len(pdf.pages) == 1
    assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [842, 1191]


def test_the_whole_text_of_all_seven_stories_is_on_it(sheet: Sheet):
    front, _language, pdf = sheet
    text = squeezed(pdf.pages[0].extract_text())
    assert len(front.bulletins) == 7
    missing = [p.text for one in front.bulletins for p in one.paragraphs if squeezed(p.text) not in text]
    assert missing == []


def test_headlines_subheads_and_kickers_are_on_it(sheet: Sheet):
    front, language, pdf = sheet
    # At a break of a headline the pause is not printed; upright ones are set character by character.
    text = re.sub("[，,]", "", squeezed(pdf.pages[0].extract_text()))
    upright = {block.story for block in page.plan(front, language).arrangement.blocks if block.side}
    level = [one for number, one in enumerate(front.bulletins) if number not in upright]
    for bulletin in level:
        for words in (bulletin.headline, bulletin.subhead, bulletin.kicker):
            assert re.sub("[，,]", "", squeezed(words)) in text


def test_every_font_is_ours_and_embedded(sheet: Sheet):
    _front, _language, pdf = sheet
    used = pdf.pages[0]["/Resources"]["/Font"].values()
    fonts = [one for font in used for one in font.get_object()["/DescendantFonts"]]
    descriptors = [font.get_object()["/FontDescriptor"] for font in fonts]
    assert {re.sub(r"^/[A-Z]{6}\+", "", d["/FontName"]).split("-")[0] for d in descriptors} <= {
        "NotoSerifSC", "NotoSansSC", "LXGWWenKai", "MaShanZheng",
    }  # fmt: skip
    assert all("/FontFile2" in d or "/FontFile3" in d for d in descriptors)


def test_nothing_stands_outside_the_margins(sheet: Sheet):
    _front, _language, pdf = sheet
    points = positions(pdf.pages[0])
    assert len(points) > 200
    assert min(x for x, _y in points) >= PAPER["left"] - 1
    assert max(x for x, _y in points) <= PAPER["width"] - PAPER["left"] + 1
    assert min(y for _x, y in points) >= PAPER["height"] - PAPER["footer"] - 16
    assert max(y for _x, y in points) <= PAPER["height"] - PAPER["top"]


def positions(sheet: PageObject) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], *_rest: object) -> None:
        if text.strip():
            x, y = tm[4], tm[5]
            found.append((cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]))

    sheet.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_columns_of_a_story_end_within_one_line_of_each_other(language: str):
    for block in page.plan(front_page(language), language).arrangement.blocks:
        bottoms = [column.top + column.units for column in block.columns]
        assert max(bottoms) - min(bottoms) <= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stories_fill_the_page_to_its_foot(language: str):
    chosen = page.plan(front_page(language), language)
    top, height = chosen.arrangement.rows[-1]
    assert chosen.type_.units - (top + height) <= 3


def test_the_same_page_gives_the_same_bytes():
    printed = page.render(front_page())
    page.render.cache_clear()
    page.plan.cache_clear()
    assert page.render(front_page()) == printed


@pytest.mark.parametrize("stories", [("S5",), ("S5", "S7"), ("S1", "S2", "S4"), ("S5", "S7", "S6", "S3", "S1")])
def test_fewer_bulletins_make_a_page_too(stories: tuple[str, ...]):
    front = front_page(stories=stories)
    text = squeezed(PdfReader(io.BytesIO(page.render(front))).pages[0].extract_text())
    assert all(squeezed(paragraph.text) in text for one in front.bulletins for paragraph in one.paragraphs)


def test_pictures_give_way_before_text_does():
    front = front_page()
    longer = [replace(one, paragraphs=one.paragraphs * 2) for one in front.bulletins]
    assert page.plan(replace(front, bulletins=tuple(longer))).type_.size < page.plan(front).type_.size


def test_too_much_text_is_refused_with_the_longest_bulletin_named():
    front = front_page()
    endless = PrintedParagraph("text", (PrintedPart("跑腿办事不停歇，" * 1500),))
    lead = replace(front.bulletins[0], paragraphs=(endless,))
    with pytest.raises(PageFull) as refused:
        page.render(replace(front, bulletins=(lead, *front.bulletins[1:])))
    assert refused.value.where == "s5"
    assert lead.headline in refused.value.remedy
