"""Records: nothing asked twice, nothing personal or traceable without a reason, everything in both languages."""

from __future__ import annotations

from paotui.playbooks.lint.finder import Finder, walk
from paotui.playbooks.schema import Field, Text

NUMBERS = ("integer", "decimal", "money")


def check(finder: Finder) -> None:
    _asked_twice(finder)
    for path, field in finder.each_field():
        _field(finder, path, field)
    _evidence(finder)
    for path, one in walk(finder.playbook):
        if isinstance(one, Text) and not one.en:
            finder.warn(
                path,
                "translation",
                (f"“{one.zh[:20]}”没有英文", f"{one.zh[:20]} has no English text"),
                ("补上 en:。", "Add `en:`."),
            )


def _asked_twice(finder: Finder) -> None:
    asked: dict[str, str] = dict.fromkeys(finder.facts, "target")
    for path, measure in finder.each_measure():
        for place, field in enumerate(measure.record):
            first = asked.setdefault(field.name, measure.id)
            if first != measure.id and field.same_as is None:
                finder.add(
                    f"{path}.record[{place}]",
                    "asked-twice",
                    (f"“{field.label.zh}”已在 {first} 问过", f"{field.name} is asked already in {first}"),
                    (
                        f"删除它；确需再记一次的，写 same_as: {first}.{field.name}。",
                        f"Leave it out, or say `same_as: {first}.{field.name}` where it is repeated on purpose.",
                    ),
                )


def _field(finder: Finder, path: str, field: Field) -> None:
    if (field.type == "choice") != bool(field.choices):
        finder.add(
            path,
            "choices",
            ("只有 choice 类型要有选项，且必须有", "choices go with the type choice, and it needs them"),
            ("写上 choices，或改类型。", "Add `choices`, or change the type."),
        )
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        finder.add(
            path,
            "range",
            ("最小值大于最大值", "the minimum is above the maximum"),
            ("对调或改正。", "Swap or correct them."),
        )
    if field.type not in NUMBERS and (field.minimum is not None or field.maximum is not None):
        finder.add(
            path,
            "range",
            (f"{field.type} 类型没有大小", f"a value of type {field.type} has no minimum or maximum"),
            ("去掉 minimum 和 maximum。", "Leave out `minimum` and `maximum`."),
        )
    if field.type == "decimal" and field.unit is None:
        finder.warn(
            path,
            "unit",
            (f"“{field.label.zh}”没有单位", f"{field.name} has no unit"),
            ("补上 unit。", "Add `unit`."),
        )
    if field.personal and field.why is None:
        finder.add(
            path,
            "personal",
            (f"“{field.label.zh}”是个人信息，没有写明为什么要", f"{field.name} is personal and does not say why"),
            ("补上 why，或不要这一项（个人信息保护法第六条）。", "Add `why`, or do not ask for it."),
        )


def _evidence(finder: Finder) -> None:
    for path, measure in finder.each_measure():
        for place, one in enumerate(measure.evidence):
            given = {"why": one.why, "basis": one.basis, "expires": one.expires}
            missing = [name for name, value in given.items() if not value]
            if one.kind in ("photo", "position") and missing:
                shown = ", ".join(missing)
                finder.add(
                    f"{path}.evidence[{place}]",
                    "evidence",
                    (
                        f"照片、定位必须写明理由、依据和期限，缺 {shown}",
                        f"a {one.kind} must say why, on what basis and until when: {shown} missing",
                    ),
                    ("补齐，或不要求照片、定位。", "Add what is missing, or do without it."),
                )
