"""Builds templates/docx/bulletin.docx, the official document per GB/T 9704-2012 that documents.py fills.

    python -m paotui.bulletin.document_template

An office may edit the file in Word afterwards: its own red head, another closing. Section numbers in the comments are
those of the standard.
"""

from __future__ import annotations

from math import floor
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

TEMPLATE = Path(__file__).parent / "templates" / "docx" / "bulletin.docx"

FANGSONG, HEI, KAI, BIAOSONG, SONG = "仿宋", "黑体", "楷体", "方正小标宋简体", "宋体"
SIZE_2, SIZE_3, SIZE_4 = Pt(22), Pt(16), Pt(14)
RED = RGBColor(0xE6, 0x00, 0x12)

# 5.2.1, 5.2.2: A4, top 37 mm, binding side 28 mm, core 156 x 225 mm.
PAGE, TOP, LEFT, CORE = (Mm(210), Mm(297)), Mm(37), Mm(28), (Mm(156), Mm(225))
# 5.2.3: 22 lines of 28 characters. The grid says so to Word's page setup: twentieths of a point between lines, and how
# much narrower than the character a cell is, in 4096ths of a point. Paragraphs do not snap to it: other programs give a
# character wider than its cell two cells. They reach the same 22 × 28 by exact lines and tightened characters.
LINE_PITCH = int(CORE[1].pt / 22 * 20)
CHARACTER_SPACE = round((CORE[0].pt / 28 - SIZE_3.pt) * 4096)
TIGHTER = floor((CORE[0].pt / 28 - SIZE_3.pt) * 20)
CHARACTER = SIZE_3.pt + TIGHTER / 20

AFTER = {
    "w:snapToGrid": ("w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:outlineLvl", "w:rPr"),
    "w:spacing": ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:lang"),
    "w:pBdr": ("w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"),
}  # fmt: skip
"""What must come after an element among its siblings."""

WIDTHS = (40, 38, 58, 20)
"""Columns of the table of figures in millimetres: the width of the core."""

LEFT_, CENTER, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


def build() -> DocumentType:
    """Return the template as a document, with docxtpl's marks where the bulletin goes."""
    document = Document()
    _set_page(document)
    _set_styles(document)
    _write_head(document)
    _write_body(document)
    _write_appendix(document)
    _number_pages(document)
    return document


def _set_page(document: DocumentType) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = PAGE
    section.top_margin, section.left_margin = TOP, LEFT
    section.right_margin = Emu(PAGE[0] - LEFT - CORE[0])
    section.bottom_margin = Emu(PAGE[1] - TOP - CORE[1])
    # 7.5: the page number stands 7 mm below the core.
    section.footer_distance = Emu(section.bottom_margin - Mm(7) - SIZE_4)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(LINE_PITCH))
    grid.set(qn("w:charSpace"), str(CHARACTER_SPACE))
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(grid)


def _set_styles(document: DocumentType) -> None:
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _set_face(normal, FANGSONG, SIZE_3)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = Pt(LINE_PITCH / 20)
    normal.paragraph_format.widow_control = False
    properties = normal.element.get_or_add_pPr()
    _put(properties, "w:snapToGrid", "0")
    _put(normal.element.get_or_add_rPr(), "w:spacing", str(TIGHTER))
    # 7.2.1 organisation in red; 7.3.1 title; 7.3.3 body and its levels.
    _style(document, "Organisation", BIAOSONG, Pt(42), CENTER, red=True, line=Pt(56))
    _style(document, "Sample", HEI, SIZE_3, LEFT_)
    _style(document, "Number", FANGSONG, SIZE_3, CENTER)
    _style(document, "Headline", BIAOSONG, SIZE_2, CENTER, line=Pt(36))
    _style(document, "Subhead", KAI, SIZE_3, CENTER)
    _style(document, "Text", FANGSONG, SIZE_3, JUSTIFY, indent=2)
    _style(document, "Level 1", HEI, SIZE_3, JUSTIFY, indent=2)
    _style(document, "Level 2", KAI, SIZE_3, JUSTIFY, indent=2)
    _style(document, "Signature", FANGSONG, SIZE_3, RIGHT, right=4)
    _style(document, "Note", FANGSONG, SIZE_3, JUSTIFY, indent=2)
    _style(document, "Appendix", HEI, SIZE_3, LEFT_)
    _style(document, "Cell", FANGSONG, SIZE_4, LEFT_, line=Pt(20))
    _style(document, "Page number", SONG, SIZE_4, RIGHT, line=SIZE_4)


def _style(
    document: DocumentType,
    name: str,
    face: str,
    size: Pt,
    align: WD_ALIGN_PARAGRAPH,
    *,
    red: bool = False,
    line: Pt | None = None,
    indent: int = 0,
    right: int = 0,
) -> None:
    style = document.styles.add_style(name, 1)
    assert isinstance(style, ParagraphStyle)
    style.base_style = document.styles["Normal"]
    _set_face(style, face, size)
    style.paragraph_format.alignment = align
    if red:
        style.font.color.rgb = RED
    if line is not None:
        style.paragraph_format.line_spacing = line
    # In characters, so that the grid decides how wide they are.
    if indent or right:
        found = style.element.get_or_add_pPr().get_or_add_ind()
        for name, count in (("firstLine", indent), ("right", right)):
            found.set(qn(f"w:{name}Chars"), str(count * 100))
            found.set(qn(f"w:{name}"), str(round(count * CHARACTER * 20)))


def _set_face(style: ParagraphStyle, face: str, size: Pt) -> None:
    style.font.name, style.font.size = "Times New Roman", size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), face)
    # Curly quotes and dashes belong to either script; here they are Chinese.
    fonts.set(qn("w:hint"), "eastAsia")


def _write_head(document: DocumentType) -> None:
    """7.2: sample mark, organisation, number, and the red line 4 mm below it."""
    first = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    first.style = document.styles["Sample"]
    first.add_run("{{ sample }}")
    document.add_paragraph()
    _add(document, "{{ organisation }}", "Organisation")
    document.add_paragraph()
    number = _add(document, "{{ number }}", "Number")
    _line_below(number, "E60012", Mm(4))
    document.add_paragraph()
    document.add_paragraph()


def _write_body(document: DocumentType) -> None:
    """7.3: title two lines below the red line, one empty line, text; signature and date four characters in."""
    _add(document, "{{ headline }}", "Headline")
    _when(document, "subhead", "{{ subhead }}", "Subhead")
    document.add_paragraph()
    _add(document, "{%p for paragraph in paragraphs %}", "Text")
    _add(document, "{%p if paragraph.level == 1 %}", "Text")
    _add(document, "{{ paragraph.text }}", "Level 1")
    _add(document, "{%p else %}", "Text")
    _add(document, "{{ paragraph.text }}", "Text")
    _add(document, "{%p endif %}", "Text")
    _add(document, "{%p endfor %}", "Text")
    document.add_paragraph()
    _add(document, "{{ signed_by }}", "Signature")
    _add(document, "{{ date }}", "Signature")
    _when(document, "note", "{{ note }}", "Note")


def _write_appendix(document: DocumentType) -> None:
    """7.3.6: on a new page, marked in the first line; here, where every number comes from."""
    mark = _add(document, "{{ words.appendix }}", "Appendix")
    mark.paragraph_format.page_break_before = True
    document.add_paragraph()
    _add(document, "{{ words.sources }}", "Headline")
    document.add_paragraph()
    table = document.add_table(rows=4, cols=4)
    table.style = document.styles["Table Grid"]
    table.autofit = False
    for column, wide in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(wide)
    for number, texts in enumerate(_rows()):
        for cell, text, width in zip(table.rows[number].cells, texts, WIDTHS, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].style = document.styles["Cell"]
            cell.paragraphs[0].add_run(text)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    _repeat(table.rows[0])


def _rows() -> list[tuple[str, str, str, str]]:
    return [
        ("{{ words.figure }}", "{{ words.value }}", "{{ words.definition }}", "{{ words.count }}"),
        ("{%tr for figure in figures %}", "", "", ""),
        ("{{ figure.title }}", "{{ figure.text }}", "{{ figure.definition }}", "{{ figure.count }}"),
        ("{%tr endfor %}", "", "", ""),
    ]


def _number_pages(document: DocumentType) -> None:
    """7.5: 4号 digits between dashes; odd pages right, even pages left, one character in."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT_)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Page number"]
        paragraph.alignment = align
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
        side = "right" if align == RIGHT else "left"
        indent.set(qn(f"w:{side}Chars"), "100")
        indent.set(qn(f"w:{side}"), str(round(SIZE_4.pt * 20)))
        paragraph.add_run("— ")
        _field(paragraph, "PAGE")
        paragraph.add_run(" —")


def _add(document: DocumentType, text: str, style: str) -> Paragraph:
    return document.add_paragraph(text, style=document.styles[style])


def _when(document: DocumentType, name: str, text: str, style: str) -> None:
    for line in (f"{{%p if {name} %}}", text, "{%p endif %}"):
        _add(document, line, style)


def _put(parent: Any, name: str, value: str) -> None:
    """Set a property where the schema wants it; a wrong order makes Word call the file damaged."""
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    successors = AFTER[name]
    parent.insert_element_before(element, *successors)


def _line_below(paragraph: Paragraph, colour: str, away: Mm) -> None:
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", str(round(away.pt))), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(border, *AFTER["w:pBdr"])


def _repeat(row: Any) -> None:
    """The heading of a table stands on each of its pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _field(paragraph: Paragraph, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def main() -> None:
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    build().save(str(TEMPLATE))


if __name__ == "__main__":
    main()
