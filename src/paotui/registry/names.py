"""Names as clerks type them: one spelling for comparing, pinyin and initials for finding."""

from __future__ import annotations

import re
import unicodedata

from pypinyin import Style, lazy_pinyin

# A surname has a reading of its own; the dictionary gives the commoner one.
SURNAMES = {
    "仇": "qiu", "单": "shan", "解": "xie", "查": "zha", "曾": "zeng", "区": "ou", "朴": "piao", "盖": "ge",
    "任": "ren", "华": "hua", "宁": "ning", "翟": "zhai", "员": "yun", "缪": "miao", "乐": "yue", "覃": "qin",
    "冼": "xian", "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai",
}  # fmt: skip
WORDS = {"单县": "shan xian", "重阳": "chong yang"}

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_GAP_BESIDE_HAN = re.compile(rf"(?<=[{_HAN}·])\s+|\s+(?=[{_HAN}·])")
_DOTS = str.maketrans({"•": "·", "‧": "·", "・": "·", "∙": "·", "⋅": "·"})


def tidy(name: str) -> str:
    """Return `name` without the accidents of typing: full-width letters, spaces between characters, odd dots."""
    text = unicodedata.normalize("NFKC", name).translate(_DOTS)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace())
    return _GAP_BESIDE_HAN.sub("", " ".join(text.split()))


def comparable(name: str) -> str:
    """Return what two spellings of one name have in common: tidied, lower case, without punctuation and spaces."""
    return "".join(c for c in tidy(name).casefold() if c.isalnum())


def pinyin(name: str, *, person: bool = False) -> str:
    """Return full pinyin and initials, "zhangyangben zyb"; a person's name starts with a surname."""
    syllables = ["".join(c for c in syllable if c.isalnum()) for syllable in _syllables(tidy(name), person)]
    full, initials = "".join(syllables), "".join(syllable[:1] for syllable in syllables)
    return f"{full} {initials}".casefold()[:255].strip()


def romanised(name: str) -> str:
    """Return a Chinese person's name in pinyin, surname first: Bai Qingyang; other names as they are."""
    if not re.fullmatch(rf"[{_HAN}]+", name):
        return name
    compound = next((s for s in SURNAMES if len(s) > 1 and name.startswith(s)), "")
    given = len(compound) or 1
    syllables = [part for syllable in _syllables(name, True) for part in syllable.split()]
    return f"{''.join(syllables[:given]).capitalize()} {''.join(syllables[given:]).capitalize()}".strip()


def _syllables(name: str, person: bool) -> list[str]:
    surname = next((s for s in sorted(SURNAMES, key=len, reverse=True) if person and name.startswith(s)), "")
    head = SURNAMES[surname].split() if surname else []
    rest = name[len(surname) :]
    for word, reading in WORDS.items():
        if word in rest:
            before, _, after = rest.partition(word)
            return [*head, *_read(before), *reading.split(), *_read(after)]
    return [*head, *_read(rest)]


def _read(text: str) -> list[str]:
    return [part for part in lazy_pinyin(text, style=Style.NORMAL) if part.strip()]
