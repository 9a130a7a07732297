"""Public benchmark files read as problems: VRPLIB, Solomon and Gehring–Homberger, Li–Lim.

What a file is shows in its contents first, in its name only where the contents leave it open.
"""

from __future__ import annotations

import json

from paotui.planning import reading, reading_words
from paotui.planning.faults import ProblemError, fault
from paotui.planning.routes.formats import lilim, solomon, vrplib
from paotui.planning.routes.problem import Problem


def read(data: bytes, name: str = "") -> Problem:
    """The problem a public file states; raises ProblemError when it is none, or states one that cannot be."""
    text = _decoded(data)
    for known in (vrplib, solomon, lilim):
        if known.recognises(text):
            return known.read(text, _stem(name))
    if not data.strip() or data.startswith(reading_words.SHEETS):
        raise ProblemError([reading_words.no_json(data)])
    if _single(data):
        return reading.read(Problem, data)  # which refuses it
    raise ProblemError([fault(
        "",
        zh="认不出这个文件的格式。请给出 JSON、VRPLIB、Solomon（Gehring–Homberger）或 Li–Lim 文件。",
        en="this is no file of a known format. Give JSON, VRPLIB, Solomon (Gehring–Homberger) or Li–Lim.",
    )])  # fmt: skip


def _single(data: bytes) -> bool:
    """Whether it is JSON, though a single value only: null, say, of a program that had nothing to write."""
    try:
        return not isinstance(json.loads(data), dict | list)
    except (ValueError, RecursionError):
        return False


def _decoded(data: bytes) -> str:
    """The text; public files are ASCII, and a stray byte in a comment harms nobody."""
    return data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")


def _stem(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
