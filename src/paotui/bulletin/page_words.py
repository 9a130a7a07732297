"""The words of the page that no bulletin carries, in both languages, and the page's data as Typst takes it."""

from __future__ import annotations

import re
from typing import Any

from paotui.bulletin import printed
from paotui.bulletin.printed import FrontPage, PrintedBulletin
from paotui.bulletin.tokens import tokens
from paotui.registry.names import romanised

WORDS = {
    "zh-hans": {
        "ear": "今日数字",
        "ear_note": "个个有出处，逐条可打开",
        "motto": "事办了多少，记录说了算",
        "sample": "样例版面　人名、企业名均为虚构",
        "number": "第{number}期",
        "editor": "责任编辑：{editor}",
        "note": "本版数字均由办理记录统计得出，签发时定格，可在网上版逐一打开查看。",
    },
    "en": {
        "ear": "Today in figures",
        "ear_note": "each counted from records",
        "motto": "What was done, counted from the record",
        "sample": "Sample page: people and enterprises are invented",
        "number": "No. {number}",
        "editor": "Editor: {editor}",
        "note": "Every figure on this page was counted from records, frozen at sign-off, and opens on the site.",
    },
}  # fmt: skip
_OFFICE = re.compile(r"^(?:本报)?(?:记者|通讯员|制图|摄影|责任编辑)(?:[\s:：]+|$)")
EDITORS = {"本报编辑部": "the editors", "本报": "this paper"}
"""Who signs together, not a person whose name could be romanised."""

WEEKDAYS = {
    "zh-hans": ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


def data(front: FrontPage, language: str) -> dict[str, Any]:
    """Return everything of the page but its geometry: {page, ear, stories}."""
    words = WORDS[_key(language)]
    edition = front.edition
    editor = name(edition.editor, language)
    return {
        "page": {
            "title": edition.title,
            "district": front.district,
            "language": _key(language),
            "words": words,
            "folio": _folio(front, language, words),
            "footer": [words["note"], editor and words["editor"].format(editor=editor)],
        },
        "ear": [{"number": one.number, "unit": one.unit, "title": one.title} for one in front.ear],
        "stories": [_story(one, language, lead=not rank) for rank, one in enumerate(front.bulletins)],
    }


def credit(bulletin: PrintedBulletin, language: str) -> str:
    if not bulletin.photo_credit:
        return ""
    by = name(bulletin.photo_credit, language)
    return f"Graphic: {by}" if _key(language) == "en" else f"{by}　制图"


def _folio(front: FrontPage, language: str, words: dict[str, str]) -> list[str]:
    day, key = front.edition.day, _key(language)
    date = f"{printed.day(day, language)} {day.year}" if key == "en" else f"{day.year}年{printed.day(day, language)}"
    sample = [words["sample"]] if front.sample else []
    return [
        f"{date}　{WEEKDAYS[key][day.weekday()]}",
        front.district,
        *sample,
        words["number"].format(number=front.edition.number),
    ]


def _story(bulletin: PrintedBulletin, language: str, lead: bool) -> dict[str, Any]:
    # A pause in a Chinese headline is as wide as a character.
    headline = bulletin.headline if _key(language) == "en" else bulletin.headline.replace(" ", "　")
    return {
        "rank": "lead" if lead else "pictured" if bulletin.picture else "plain",
        "kicker": bulletin.kicker,
        "headline": headline,
        "breaks": [part for part in re.split("[， 　]", headline) if part],
        "subhead": bulletin.subhead and (f"——{bulletin.subhead}" if _key(language) != "en" else bulletin.subhead),
        "byline": _byline(bulletin, language) if lead else "",
        "caption": bulletin.picture_caption,
        "credit": credit(bulletin, language),
        "paragraphs": list(_paragraphs(bulletin, language, lead)),
    }


def _paragraphs(bulletin: PrintedBulletin, language: str, lead: bool) -> list[dict[str, Any]]:
    lines = []
    for number, paragraph in enumerate(bulletin.paragraphs):
        plain = "heading" if paragraph.kind == "heading" else "plain"
        runs = [(part.text, "figure" if part.kind == "figure" and plain == "plain" else plain) for part in paragraph]
        if not number and not lead:
            runs.insert(0, (_lede(bulletin, language), "lede"))
        lines.append(
            {
                "kind": paragraph.kind,
                "indent": 1 if _key(language) == "en" else 2,
                "tokens": [tuple(token) for token in tokens(runs)],
            }
        )
    return lines


def _byline(bulletin: PrintedBulletin, language: str) -> str:
    reporter, correspondent = name(bulletin.byline, language), name(bulletin.correspondent, language)
    if _key(language) == "en":
        return _joined("; ", f"By {reporter}" if reporter else "", correspondent and f"correspondent {correspondent}")
    return _joined("　", f"□本报记者　{reporter}" if reporter else "", correspondent and f"通讯员　{correspondent}")


def _lede(bulletin: PrintedBulletin, language: str) -> str:
    """The dateline that opens a report: 本报7月9日讯（记者 何晓光 通讯员 周敏）."""
    day = printed.day(bulletin.dateline, language)
    reporter, correspondent = name(bulletin.byline, language), name(bulletin.correspondent, language)
    if _key(language) == "en":
        names = _joined(" and ", reporter, correspondent)
        return f"{day} ({names}) — " if names else f"{day} — "
    names = _joined(" ", reporter and f"记者 {reporter}", correspondent and f"通讯员 {correspondent}")
    return f"本报{day}讯（{names}）" if names else f"本报{day}讯　"


def _joined(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)


def name(text: str, language: str) -> str:
    """Return a name without office and sample mark, which the page prints itself: 通讯员 柏清扬（样例） is 柏清扬."""
    bare = _OFFICE.sub("", text.strip()).removesuffix("（样例）").strip()
    if _key(language) != "en":
        return bare
    return EDITORS.get(bare) or romanised(bare)


def _key(language: str) -> str:
    return "en" if language.startswith("en") else "zh-hans"
