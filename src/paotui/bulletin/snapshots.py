"""What a bulletin said when it was signed: its words, every figure with what it counted, the picture, and a hash."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from paotui.bulletin import illustrations, markup
from paotui.bulletin.figures import FigureAnswer
from paotui.bulletin.models import Bulletin
from paotui.bulletin.printed import PrintedFigure, number, with_unit
from paotui.registry.ledger_rows import canonical

TEXTS = ("kicker", "headline", "subhead", "body")
SIGNED_WORDS = (*TEXTS, *(f"{name}_en" for name in TEXTS), "byline", "correspondent", "photo_credit", "picture")


def named_figures(bulletin: Bulletin) -> tuple[str, ...]:
    """Return the figures a bulletin names in either language, those of the text first, then those of its picture."""
    texts = [getattr(bulletin, name) for name in (*TEXTS, *(f"{name}_en" for name in TEXTS))]
    in_text = [figure for text in texts for figure in markup.figures(text)]
    drawn = illustrations.drawn_from(bulletin.picture) if bulletin.picture else ()
    return tuple(dict.fromkeys([*in_text, *drawn]))


def freeze(bulletin: Bulletin, answers: Mapping[str, FigureAnswer], as_of: dt.datetime) -> dict[str, Any]:
    """Return the snapshot of a bulletin as JSON keeps it in every database."""
    snapshot: dict[str, Any] = {
        "as_of": as_of.isoformat(),
        "words": {name: getattr(bulletin, name) for name in SIGNED_WORDS} | {"dateline": bulletin.dateline.isoformat()},
        "figures": {name: _frozen(answer) for name, answer in answers.items()},
    }
    if bulletin.picture:
        snapshot["picture"] = _without_floats(illustrations.count_marks(bulletin.district, bulletin.picture, as_of))
    return snapshot


def _frozen(answer: FigureAnswer) -> dict[str, Any]:
    counted, definition = answer.counted, answer.definition
    return {
        "value": str(answer.value),
        "unit": definition.unit.model_dump(),
        "title": definition.title.model_dump(),
        "definition": definition.definition.model_dump(),
        "playbook": f"{definition.playbook.playbook} {definition.playbook.version}",
        "count": answer.count,
        "records": list(counted.record_ids),
        "work_orders": list(counted.work_ids),
        "targets": list(counted.target_keys),
    }


def _without_floats(marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Coordinates become texts of six digits: a float does not hash the same everywhere."""
    return [mark | {axis: f"{mark[axis]:.6f}" for axis in ("x", "y") if axis in mark} for mark in marks]


def marks(snapshot: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the marks of a frozen picture with their coordinates as numbers again."""
    return [m | {axis: float(m[axis]) for axis in ("x", "y") if axis in m} for m in snapshot.get("picture", [])]


def digest(snapshot: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a snapshot's canonical JSON."""
    return hashlib.sha256(canonical(dict(snapshot)).encode()).hexdigest()


def printed_figures(snapshot: Mapping[str, Any], language: str) -> dict[str, PrintedFigure]:
    """Return the figures of a snapshot as they are printed, by name."""
    as_of = dt.datetime.fromisoformat(snapshot["as_of"])
    return {name: _printed(name, frozen, as_of, language) for name, frozen in snapshot["figures"].items()}


def _printed(name: str, frozen: Mapping[str, Any], as_of: dt.datetime, language: str) -> PrintedFigure:
    value = Decimal(frozen["value"])
    said = {key: _said(frozen[key], language) for key in ("unit", "title", "definition")}
    digits = number(value, language)
    text = with_unit(digits, said["unit"], language)
    return PrintedFigure(
        name, value, digits, text, said["unit"], said["title"], said["definition"], as_of, frozen["count"]
    )


def _said(text: Mapping[str, str], language: str) -> str:
    return text["en"] if language.startswith("en") and text["en"] else text["zh"]
