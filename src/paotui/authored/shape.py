"""Errors of shape in plain words: what pydantic refuses becomes a Problem with file, line, path and remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from paotui.authored.errors import Problem, problem
from paotui.authored.source import Tree, join
from paotui.authored.suggest import choose, closest
from paotui.worktime import LocalText

Explained = tuple[LocalText, LocalText]


def problems(errors: Iterable[ErrorDetails], tree: Tree, model: type[BaseModel], *, name: str) -> list[Problem]:
    """Return one Problem per path: a value that fits none of several types is reported once."""
    found: dict[str, Problem] = {}
    for error in errors:
        path, steps = _path(error, tree.data)
        message, remedy = _explain(error, _model_at(model, steps))
        one = problem(message, remedy, file=name, line=line_of(path, tree.lines), path=path, code="shape")
        # Where several types were tried, what the language itself says is told rather than that it is no number.
        if error["type"] == "paotui" or path not in found:
            found[path] = one
    told = [one for path, one in found.items() if not _told_deeper(path, found)]
    return sorted(told, key=lambda one: one.line)


def _told_deeper(path: str, found: Iterable[str]) -> bool:
    """Tell whether a part of the value at `path` is reported too: the part says it better than the whole."""
    return any(other.startswith((f"{path}.", f"{path}[")) for other in found)


def line_of(path: str, lines: Mapping[str, int]) -> int:
    """Return the line of `path`, or of the nearest thing around it that is written in the file."""
    while path and path not in lines:
        cut = max(path.rfind("."), path.rfind("["))
        path = path[:cut] if cut > 0 else ""
    return lines.get(path, 1)


def _path(error: ErrorDetails, data: Any) -> tuple[str, list[str | int]]:
    """Return the path as the author sees it: steps that name a type and not a place are left out."""
    path, steps, here = "", [], data
    for position, step in enumerate(error["loc"]):
        last = position == len(error["loc"]) - 1
        inside = (isinstance(here, dict) and step in here) or (isinstance(here, list) and isinstance(step, int))
        if not inside and not (last and error["type"] == "missing"):
            continue
        path = join(path, step)
        steps.append(step)
        here = here[step] if inside else None
    return path, steps


def _model_at(model: type[BaseModel], steps: list[str | int]) -> list[type[BaseModel]]:
    """Return the models that hold the last step: those whose fields it could be."""
    here = [model]
    for step in steps[:-1]:
        if isinstance(step, str):
            fields = [field for one in here for name, field in one.model_fields.items() if step in (name, field.alias)]
            here = [found for field in fields for found in _models_in(field.annotation)]
    return here


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]


def _explain(error: ErrorDetails, models: list[type[BaseModel]]) -> Explained:
    kind = error["type"]
    context = error.get("ctx", {})
    step = str(error["loc"][-1]) if error["loc"] else ""
    if kind == "paotui":
        return LocalText(context["zh"], context["en"]), LocalText("", "")
    if kind == "extra_forbidden":
        return _unknown_key(step, models)
    if kind == "missing":
        return (
            LocalText(f"缺少“{step}”", f"`{step}` is missing"),
            LocalText(f"请补上 {step}:", f"Add `{step}:` here."),
        )
    if kind == "literal_error":
        return _not_allowed(error)
    explain = _BY_TYPE.get(kind)
    return explain(error) if explain else _other(error)


def _unknown_key(step: str, models: list[type[BaseModel]]) -> Explained:
    known = [field.alias or name for model in models for name, field in model.model_fields.items()]
    return LocalText(f"这里不能写“{step}”", f"`{step}` is not known here"), choose(step, known)


def _not_allowed(error: ErrorDetails) -> Explained:
    allowed = str(error.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
    meant = closest(str(error["input"]), allowed.split(", "))
    zh, en = f"可用的有：{allowed}。", f"Allowed: {allowed}."
    if meant:
        zh, en = f"是不是“{meant}”？{zh}", f"Did you mean `{meant}`? {en}"
    return LocalText(f"不能写“{_shown(error)}”", f"{_shown(error)!r} is not allowed"), LocalText(zh, en)


def _list(error: ErrorDetails) -> Explained:
    shown = _shown(error)
    return (
        LocalText("这里要写列表", "this must be a list"),
        LocalText(
            f"请写成 [{shown}]，或每行一项、以“- ”开头。", f"Write [{shown}], or one line each beginning with `- `."
        ),
    )


def _text(error: ErrorDetails) -> Explained:
    return (
        LocalText(f"这里要写文字，不是“{_shown(error)}”", f"this must be text, not {_shown(error)}"),
        LocalText("如果是文字，请加引号。", "Put it in quotes when it is meant as text."),
    )


def _mapping(error: ErrorDetails) -> Explained:
    return (
        LocalText("这里要写带名称的值，例如 zh: 与 en:", "this must hold named values, such as `zh:` and `en:`"),
        LocalText("请在下一行缩进书写，每行一个“名称: 值”。", "Write them indented below, one `name: value` per line."),
    )


def _name(error: ErrorDetails) -> Explained:
    return (
        LocalText(f"名称“{_shown(error)}”的写法不对", f"the name {_shown(error)!r} is not written as names are"),
        LocalText(
            "请用小写英文字母、数字和下划线（文件的名称用连字符），以字母开头，例如 head_count。",
            "Use small letters, digits and underscores (hyphens in the key of a file), a letter first: head_count.",
        ),
    )


def _empty(error: ErrorDetails) -> Explained:
    return LocalText("这里不能为空", "this must not be empty"), LocalText(
        "请填写，或删除这一行。", "Fill it in, or leave the line out."
    )


def _repeat(error: ErrorDetails) -> Explained:
    return (
        LocalText("看不出怎样重复", "it does not say how work repeats"),
        LocalText(
            "请写 at_least 与 per（每期至少几次），或 every_minutes 与 around（按间隔），或 each（每场一次）。",
            "Write at_least and per, or every_minutes and around, or each.",
        ),
    )


def _kind(zh: str, en: str) -> Callable[[ErrorDetails], Explained]:
    def explain(error: ErrorDetails) -> Explained:
        return (
            LocalText(f"“{_shown(error)}”不能用", f"{_shown(error)!r} cannot be used"),
            LocalText(f"这里要写{zh}。", f"Write {en} here."),
        )

    return explain


def _least(error: ErrorDetails) -> Explained:
    limit = next(iter(error.get("ctx", {}).values()), "")
    return (
        LocalText(f"{_shown(error)} 超出允许范围", f"{_shown(error)} is out of range"),
        LocalText(f"界限是 {limit}。", f"The limit is {limit}: {error['msg'].lower()}."),
    )


def _other(error: ErrorDetails) -> Explained:
    said = error["msg"][0].lower() + error["msg"][1:]
    return (
        LocalText(f"“{_shown(error)}”不能用（{said}）", f"{_shown(error)!r} cannot be used ({said})"),
        LocalText("请改正这个值。", "Correct the value."),
    )


def _shown(error: ErrorDetails) -> str:
    text = str(error["input"])
    return text if len(text) <= 60 else text[:57] + "..."


_WHOLE = _kind("整数", "a whole number")
_NUMBER = _kind("数字", "a number")
_YES_NO = _kind(
    "单个值：文字、数字、日期、时间、true 或 false", "a single value: text, number, date, time, true or false"
)
_DATE = _kind("日期，例如 2020-07-03", "a date, for example 2020-07-03")
_MOMENT = _kind("日期和时间，例如 2020-07-03 15:00", "a date and time, for example 2020-07-03 15:00")
_CLOCK = _kind("时刻，例如 06:00", "a time of day, for example 06:00")

_BY_TYPE: dict[str, Callable[[ErrorDetails], Explained]] = {
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "date_type": _DATE,
    "date_from_datetime_parsing": _DATE,
    "datetime_type": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "datetime_parsing": _MOMENT,
    "time_type": _CLOCK,
    "time_parsing": _CLOCK,
    "greater_than": _least,
    "greater_than_equal": _least,
    "less_than_equal": _least,
    "tuple_type": _list,
    "list_type": _list,
    "string_type": _text,
    "model_type": _mapping,
    "model_attributes_type": _mapping,
    "string_pattern_mismatch": _name,
    "string_too_short": _empty,
    "too_short": _empty,
    "union_tag_not_found": _repeat,
    "union_tag_invalid": _repeat,
}
