"""Finds numbers somebody typed into a bulletin instead of naming a figure. Plain values only.

Strict on purpose: what is a name and not a count (三类组织, COVID-19) is marked {label:…} by the writer, where the
person who signs sees it. Found are digits of any script, Chinese numerals with a place value or before a measure
word, shares (百分之…, …成), and English number words; one by itself is an article.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from paotui.bulletin.markup import Words, parse_body


class Unsourced(NamedTuple):
    """A number that no figure stands behind: as typed, its position in the source, and the words around it."""

    text: str
    position: int
    around: str


_DIGIT = "零〇一二三四五六七八九两俩仨壹贰叁肆伍陆柒捌玖"
_PLACE = "十百千万亿拾佰仟"
# Measure words of people, bodies, places, things, times, lengths, weights and money; the longer ones first.
_MEASURES = (
    "平方米|平方公里|小时|分钟|点钟|公斤|千克|公里|千米|厘米|公顷|毫升|"
    "个|家|人|名|次|所|处|条|辆|户|项|位|座|栋|幢|套|间|件|份|篇|期|场|届|轮|批|支|类|种|台|部|本|张|块|片|段|层|楼|集|级|组|"
    "队|班|对|双|遍|趟|回|起|宗|笔|倍|成|桶|袋|箱|瓶|把|根|棵|盏|顶|只|头|扇|门|口|字|句|页|册|封|元|角|万|亿|吨|斤|克|升|米|亩|"
    "年|月|日|天|周|秒|点|时|岁|强|大"
)
_CHINESE = re.compile(
    rf"百分之[{_DIGIT}{_PLACE}点]+"
    rf"|[{_DIGIT}{_PLACE}]+分之[{_DIGIT}{_PLACE}]+"
    rf"|[{_DIGIT}]*(?:[{_DIGIT}][{_PLACE}]|十[{_DIGIT}])[{_DIGIT}{_PLACE}]*(?:[余多来几]?(?:{_MEASURES}))?"
    rf"|[{_DIGIT}{_PLACE}数几半]+[余多来]?(?:{_MEASURES})"
)
# A bare 一 or 几 before a measure word is "a" and "some" (一位校长, 几个窗口) unless it is stressed as a count or an
# ordinal (共一家, 第一集). 人数, 数字, 多数, 四周 and 千克 contain numerals that belong to them.
_FIXED_CHINESE = re.compile(
    rf"(?<![共仅只第达{_DIGIT}{_PLACE}])[一几](?:{_MEASURES})"
    r"|[每这那同某统唯之]一.?|[人户次件份总分指多少岁]数.?|数字|千万(?!元)|千[克米瓦]|四[处周]|第一时间|千家万户|万家灯火"
)

_ENGLISH = re.compile(
    r"\b(?:(?:only|just|exactly) one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    r"|hundreds?|thousands?|millions?|billions?|dozens?|half|twice|doubled?|tripled?|per ?cent)\b",
    re.IGNORECASE,
)
# ① ⑴ ㈠ number the points of a list.
_ENUMERATORS = re.compile(r"[\u2460-\u24ff\u2776-\u2793\u3220-\u3229]")


def unsourced(text: str) -> list[Unsourced]:
    """Return the typed numbers of `text` (bulletin markup), by position; MarkupFault when a brace is wrong."""
    words = (part for paragraph in parse_body(text) for part in paragraph.parts if isinstance(part, Words))
    return [
        Unsourced(part.text[start:end], part.position + start, part.text[max(0, start - 8) : end + 8])
        for part in words
        for start, end in _merged([*_digits(part.text), *_chinese(part.text), *_english(part.text)])
    ]


def _digits(text: str) -> Iterator[tuple[int, int]]:
    run: list[int] = []
    for position, character in enumerate(text + " "):
        if _is_digit(character) or (run and character in ",.，．" and _is_digit(text[position + 1 : position + 2])):
            run.append(position)
        elif run:
            yield run[0], run[-1] + (2 if character in "%％‰" else 1)
            run = []


def _is_digit(character: str) -> bool:
    """Any script's digits (Arabic, full-width), fractions and Roman numerals, but 〇, which is a Chinese numeral."""
    if not character or character == "〇" or _ENUMERATORS.match(character):
        return False
    return unicodedata.category(character) in {"Nd", "No", "Nl"}


def _chinese(text: str) -> Iterator[tuple[int, int]]:
    fixed = [match.span() for match in _FIXED_CHINESE.finditer(text)]
    for match in _CHINESE.finditer(text):
        if not any(start <= match.start() and match.end() <= end for start, end in fixed):
            yield match.span()


def _english(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _ENGLISH.finditer(text))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
