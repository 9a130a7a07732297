"""Did you mean ...? One way of suggesting a name for a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from paotui.worktime import LocalText


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name most like `word`, None when nothing comes near."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def choose(word: str, known: Iterable[str]) -> LocalText:
    """Return the sentence that helps: the name meant, or the names there are."""
    names = list(dict.fromkeys(known))
    meant = closest(word, names)
    if meant:
        return LocalText(f"是不是“{meant}”？", f"Did you mean `{meant}`?")
    if not names:
        return LocalText("这里还没有可用的名称：请先定义一个。", "There is none yet: define it first.")
    return LocalText(f"可用的有：{'、'.join(names)}。", f"There are: {', '.join(names)}.")
