"""A bulletin as an official document, .docx per GB/T 9704-2012; the template is built by document_template.py."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from docx.document import Document as DocumentType
from docx.shared import Pt
from docxtpl import DocxTemplate

from paotui.bulletin import queries
from paotui.bulletin.document_template import CORE, TEMPLATE
from paotui.bulletin.models import Bulletin
from paotui.bulletin.printed import PrintedBulletin, day

ZONE = dt.timezone(dt.timedelta(hours=8))
HEADLINE = 19
"""Characters of 2号 on a line of the core."""

NUMERALS = "零一二三四五六七八九"
WORDS = {
    "zh-hans": {
        "bulletin": "简报", "number": "{organisation}简〔{year}〕{number}号", "sample": "样例", "appendix": "附件",
        "sources": "数字来源", "figure": "名称", "value": "数值", "definition": "统计口径", "count": "记录数",
        "note": "（数字据办理记录统计，截至{as_of}；签发校验值{sha256}）",
    },
    "en": {
        "bulletin": " Bulletin", "number": "{organisation}, No. {number} of {year}", "sample": "Sample",
        "appendix": "Annex",
        "sources": "Where the figures come from", "figure": "Figure", "value": "Value", "definition": "Counted",
        "count": "Records",
        "note": "(Figures counted from records as of {as_of}; hash at sign-off {sha256})",
    },
}  # fmt: skip


def render_docx(bulletin: Bulletin, language: str = "zh-hans") -> bytes:
    """Return a signed bulletin as .docx; ValueError for a draft. Its number counts what the body signed that year."""
    story = queries.as_printed(bulletin, language)
    earlier = Bulletin.objects.filter(
        district=bulletin.district_id, organisation=bulletin.organisation_id, state=bulletin.state,
        dateline__year=bulletin.dateline.year, signed_at__lte=bulletin.signed_at,
    )  # fmt: skip
    number = earlier.exclude(signed_at=bulletin.signed_at, pk__gt=bulletin.pk).count()
    return document(story, number=number, sample=bulletin.district.is_sample, language=language)


def document(story: PrintedBulletin, *, number: int, sample: bool, language: str = "zh-hans") -> bytes:
    """Return `story` as the `number`th document of its organisation in its year."""
    english = language.startswith("en")
    words = WORDS["en" if english else "zh-hans"]
    template = DocxTemplate(str(TEMPLATE))
    organisation = story.organisation + words["bulletin"]
    date = _date(story.dateline, language)
    context: dict[str, Any] = {
        "words": words,
        "sample": words["sample"] if sample else "",
        "organisation": organisation,
        "number": words["number"].format(organisation=story.organisation, number=number, year=story.dateline.year),
        "headline": _headline(story, english),
        "subhead": story.subhead and (_straight(story.subhead) if english else f"——{story.subhead}"),
        "paragraphs": list(_paragraphs(story, english)),
        "signed_by": story.organisation,
        "date": date,
        "note": _note(story, words, language),
        "figures": [
            {"title": one.title, "text": one.text, "definition": one.definition, "count": one.count}
            for one in story.figures
        ],
    }
    template.render(context, autoescape=True)
    # Not get_docx(): that reads the template again.
    _fit_organisation(template.docx, organisation)
    _date_of(template.docx, story.dateline)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def _headline(story: PrintedBulletin, english: bool) -> str:
    """A Chinese title too long for its line breaks where it pauses nearest the middle, not wherever the line ends."""
    if english:
        return _straight(story.headline)
    headline = story.headline.replace(" ", "　")
    pauses = [place for place, character in enumerate(headline) if character in "，　：；"]
    if len(headline) <= HEADLINE or not pauses:
        return headline
    middle = min(pauses, key=lambda place: abs(place - len(headline) / 2))
    return headline[: middle + 1].rstrip("　，") + "\n" + headline[middle + 1 :]


def _straight(text: str) -> str:
    """Curly quotes are set in the Chinese face, a character wide: English takes straight ones."""
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def _paragraphs(story: PrintedBulletin, english: bool) -> Iterator[dict[str, Any]]:
    """Headings are numbered as the standard has it: 一、 二、 三、."""
    headings = 0
    for paragraph in story.paragraphs:
        text = _straight(paragraph.text) if english else paragraph.text
        if paragraph.kind == "heading":
            headings += 1
            text = f"{headings}. {text}" if english else f"{_numeral(headings)}、{text}"
        yield {"level": 1 if paragraph.kind == "heading" else 0, "text": text}


def _numeral(number: int) -> str:
    """Return a number below one hundred in Chinese: 一, 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else NUMERALS[tens]) + "十" if tens else "") + (NUMERALS[ones] if ones else "")


def _note(story: PrintedBulletin, words: dict[str, str], language: str) -> str:
    if story.as_of is None or not story.sha256:
        return ""
    local = story.as_of.astimezone(ZONE)
    as_of = f"{_date(local.date(), language)}{' ' if language.startswith('en') else ''}{local:%H:%M}"
    return words["note"].format(as_of=as_of, sha256=story.sha256[:12])


def _date(value: dt.date, language: str) -> str:
    return (
        f"{day(value, language)} {value.year}" if language.startswith("en") else f"{value.year}年{day(value, language)}"
    )


def _fit_organisation(filled: DocumentType, organisation: str) -> None:
    """The name of the organisation is as large as the width of the core allows, up to the template's size."""
    widths = sum(0.55 if character.isascii() else 1.0 for character in organisation)
    for paragraph in filled.paragraphs:
        if paragraph.style is not None and paragraph.style.name == "Organisation":
            largest = paragraph.style.font.size or Pt(42)
            for run in paragraph.runs:
                run.font.size = Pt(min(largest.pt, int(CORE[0].pt * 0.96 / max(1.0, widths))))


def _date_of(filled: DocumentType, value: dt.date) -> None:
    """The file carries the bulletin's date, not that of the download: the same bulletin gives the same document."""
    properties = filled.core_properties
    properties.created = properties.modified = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001
    properties.author = ""
