"""A bulletin as an official document: the measures of GB/T 9704-2012, and the whole text."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.shared import Emu

from paotui.bulletin import document_template, documents
from paotui.bulletin.printed import PrintedBulletin, PrintedParagraph, PrintedPart

from .page_sample import front_page

LEAD = replace(front_page().bulletins[0], organisation="区人力资源和社会保障局")


def written(
    story: PrintedBulletin = LEAD, language: str = "zh-hans", number: int = 3, sample: bool = True
) -> DocumentType:
    return Document(io.BytesIO(documents.document(story, number=number, sample=sample, language=language)))


def lines(document: DocumentType) -> list[tuple[str, str]]:
    found = [(p.style.name if p.style else "", p.text) for p in document.paragraphs]
    return [(style or "", text) for style, text in found if text]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist() if name.startswith("word/")}


def test_the_sheet_has_the_margins_core_and_grid_of_the_standard():
    section = written().sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    assert round(Emu(section.page_width - section.left_margin - section.right_margin).mm) == 156
    assert round(Emu(section.page_height - section.top_margin - section.bottom_margin).mm) == 225
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid is not None
    assert grid.get(qn("w:type")) == "linesAndChars"


def test_the_core_holds_22_lines_of_28_characters_and_no_more():
    pitch, character = document_template.LINE_PITCH / 20, document_template.CHARACTER
    assert 22 * pitch <= document_template.CORE[1].pt < 23 * pitch
    assert 28 * character <= document_template.CORE[0].pt < 29 * character
    assert document_template.CORE[0].pt - 28 * character < character / 4


@pytest.mark.parametrize(
    ("style", "face", "points"),
    [
        ("Text", "仿宋", 16), ("Headline", "方正小标宋简体", 22), ("Level 1", "黑体", 16), ("Level 2", "楷体", 16),
        ("Organisation", "方正小标宋简体", 42), ("Number", "仿宋", 16), ("Page number", "宋体", 14),
    ],
)  # fmt: skip
def test_every_part_is_set_in_its_face_and_size(style: str, face: str, points: int):
    found = written().styles[style]
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == face
    assert found.font.size.pt == points


def test_head_title_text_signature_and_note_stand_in_order():
    found = lines(written())
    assert found[:5] == [
        ("Sample", "样例"),
        ("Organisation", "区人力资源和社会保障局简报"),
        ("Number", "区人力资源和社会保障局简〔2020〕3号"),
        ("Headline", "宁可自己跑断腿，不让企业多跑一趟"),
        ("Subhead", "——24所民办培训学校复课，124家企业领到稳岗返还"),
    ]
    assert [style for style, _text in found[5:8]] == ["Text", "Level 1", "Text"]
    assert found[6][1] == "一、一张清单，一趟办完"
    end = [text for style, text in found if style in {"Signature", "Note"}]
    assert end[:2] == ["区人力资源和社会保障局", "2020年7月9日"]
    assert end[2] == "（数字据办理记录统计，截至2020年7月9日18:00；签发校验值3f9a3f9a3f9a）"


def test_the_whole_text_of_the_bulletin_is_in_it():
    texts = [text for _style, text in lines(written())]
    for paragraph in LEAD.paragraphs:
        assert any(text.endswith(paragraph.text) for text in texts)


def test_every_figure_is_listed_with_what_it_counts():
    (table,) = written().tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["名称", "数值", "统计口径", "记录数"]
    assert rows[1:] == [[one.title, one.text, one.definition, str(one.count)] for one in LEAD.figures]


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages():
    document = written()
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (str(odd.alignment), str(even.alignment)) == ("RIGHT (2)", "LEFT (0)")
    assert odd.text.split() == even.text.split() == ["—", "—"]
    assert "PAGE" in odd._p.xml


def test_only_sample_districts_are_marked_as_samples():
    assert ("Sample", "样例") not in lines(written(sample=False))


def test_an_english_document_says_the_same_in_english():
    story = replace(front_page("en").bulletins[0], organisation="Human Resources Bureau")
    found = [text for _style, text in lines(written(story, "en"))]
    assert "Human Resources Bureau, No. 3 of 2020" in found
    assert "1. A single list, a single visit" in found
    assert not any("“" in text for text in found)


def test_signs_of_markup_in_a_text_are_text():
    text = "甲<乙>&{{ 丙 }}"
    story = replace(LEAD, paragraphs=(PrintedParagraph("text", (PrintedPart(text),)),))
    assert ("Text", text) in lines(written(story))


def test_a_title_too_long_for_a_line_breaks_where_it_pauses():
    story = replace(LEAD, headline="屏上提个醒 上门查到底 改完再回头 一路都平安")
    assert ("Headline", "屏上提个醒　上门查到底\n改完再回头　一路都平安") in lines(written(story))


@pytest.mark.parametrize(("number", "numeral"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一")])
def test_headings_are_numbered_in_chinese(number: int, numeral: str):
    headings = tuple(PrintedParagraph("heading", (PrintedPart("标题"),)) for _ in range(number))
    assert lines(written(replace(LEAD, paragraphs=headings)))[4 + number] == ("Level 1", f"{numeral}、标题")


def test_the_template_is_what_its_builder_makes():
    built = io.BytesIO()
    document_template.build().save(built)
    assert parts(document_template.TEMPLATE.read_bytes()) == parts(built.getvalue())
