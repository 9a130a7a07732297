"""The language of the terminal: Chinese where the locale says so, English elsewhere (as the C locale means it)."""

from __future__ import annotations

import functools
import gettext
import os
from collections.abc import Mapping
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def chosen(env: Mapping[str, str] = os.environ) -> str:
    """ "zh-hans" or "en", from PAOTUI_LANGUAGE, else LC_ALL, LC_MESSAGES, LANG in the order of POSIX."""
    for name in ("PAOTUI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := env.get(name):
            return "zh-hans" if value.lower().startswith("zh") else "en"
    return "en"


@functools.cache
def _catalogue(language: str) -> gettext.NullTranslations:
    names = ["zh_Hans"] if language == "zh-hans" else []
    return gettext.translation("django", LOCALE, languages=names, fallback=True)


def translate(sentence: str) -> str:
    """The sentence in the terminal's language; works before the framework is set up."""
    return _catalogue(chosen()).gettext(sentence)
