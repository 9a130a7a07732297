"""What is wrong with JSON that cannot be read, and with values that do not fit, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from pydantic_core import ErrorDetails

from paotui.planning import strictness
from paotui.planning.faults import Fault, fault

SHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks (.xlsx, .ods; .xls) begin."""

UNFIT = {
    "int_type": ("应为整数", "a whole number is wanted"),
    "int_parsing": ("应为整数", "a whole number is wanted"),
    "int_from_float": ("应为整数，不能有小数", "a whole number is wanted, without a fraction"),
    "int_parsing_size": ("这个数太大", "the number is too large"),
    "float_type": ("应为数字", "a number is wanted"),
    "float_parsing": ("应为数字", "a number is wanted"),
    "decimal_type": ("应为数字", "a number is wanted"),
    "decimal_parsing": ("应为数字", "a number is wanted"),
    "bool_type": ("应为 true 或 false", "true or false is wanted"),
    "bool_parsing": ("应为 true 或 false", "true or false is wanted"),
    "string_type": ("应为文字，写在引号里", "a text in quotation marks is wanted"),
    "list_type": ("应为列表 […]", "a list […] is wanted"),
    "tuple_type": ("应为列表 […]", "a list […] is wanted"),
    "set_type": ("应为列表 […]", "a list […] is wanted"),
    "frozen_set_type": ("应为列表 […]", "a list […] is wanted"),
    "date_type": ("应为日期，如 2020-07-07", "a date such as 2020-07-07 is wanted"),
    "date_parsing": ("应为日期，如 2020-07-07", "a date such as 2020-07-07 is wanted"),
    "date_from_datetime_parsing": ("应为日期，如 2020-07-07", "a date such as 2020-07-07 is wanted"),
    "date_from_datetime_inexact": ("应为日期，不带时刻", "a date without a time of day is wanted"),
}


def unfit(error: ErrorDetails) -> tuple[str, str]:
    """Why a value does not fit, Chinese and English; without full stops."""
    context = error.get("ctx", {})
    match error["type"]:
        case "string_type" | "int_type" if error["loc"][-1:] in (("str",), ("int",)):
            return "应为编号，即文字或整数", "an id is wanted, a text or a whole number"
        case "int_type" | "float_type" if isinstance(error["input"], str):
            zh, en = UNFIT[error["type"]]
            return f"{zh}，不加引号", f"{en}, without quotation marks"
        case "int_type" if isinstance(error["input"], float):
            return UNFIT["int_from_float" if abs(error["input"]) < strictness.WHOLE else "int_parsing_size"]
        case "string_too_short" | "too_short":
            unit_zh, unit = _counted(error["type"], least := context["min_length"])
            return f"至少要有 {least} {unit_zh}", f"at least {least} {unit} {'is' if least == 1 else 'are'} wanted"
        case "string_too_long" | "too_long":
            unit_zh, unit = _counted(error["type"], most := context["max_length"])
            return f"至多 {most} {unit_zh}", f"at most {most} {unit} {'is' if most == 1 else 'are'} allowed"
        case "string_pattern_mismatch":
            return f"应符合 {context['pattern']}", f"it should match {context['pattern']}"
        case known if known in UNFIT:
            return UNFIT[known]
        case _:
            return error["msg"], error["msg"]


def _counted(what: str, number: int) -> tuple[str, str]:
    """What a limit of length counts, Chinese and English."""
    if what.startswith("string"):
        return "个字", "character" if number == 1 else "characters"
    return "项", "entry" if number == 1 else "entries"


def written(location: Sequence[int | str], data: object) -> Iterator[int | str]:
    """The location as the file has it: without the names by which a choice of models is told apart."""
    for place, part in enumerate(location):
        last = place + 1 == len(location)
        if isinstance(data, dict):
            if part in data or last:
                yield part
            data = data.get(part, data)
        elif isinstance(data, list | tuple):
            yield part
            data = data[part] if isinstance(part, int) and part < len(data) else None
        elif part not in ("str", "int"):
            yield part


def given(value: object) -> str:
    """The value as it is written in JSON, cut where it is long."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    try:
        told = repr(value)
    except ValueError:  # more digits than Python writes
        return "…"
    return told if len(told) <= 60 else f"{told[:57]}…"


def no_json(text: str | bytes, error: Exception | None = None) -> Fault:
    """Why a text is no JSON: where, and what seems to have happened to the file."""
    data = text.encode() if isinstance(text, str) else text
    if data.startswith(SHEETS):
        return fault(
            "", zh="这是电子表格，这里要的是 JSON 文件。请换一个文件。",
            en="this is a spreadsheet, and a JSON file is wanted here. Give another file.",
        )  # fmt: skip
    if not data.strip():
        return fault("", zh="文件是空的。请给出 JSON 文件。", en="the file is empty. Give a JSON file.")
    if isinstance(error, UnicodeDecodeError):
        return fault(
            "", zh="文件不是 UTF-8 编码的 JSON。请另存为 UTF-8。", en="this is no JSON in UTF-8. Save it as UTF-8."
        )
    if isinstance(error, json.JSONDecodeError):
        return _at(error)
    if isinstance(error, ValueError):
        return fault(
            "", zh="文件里有一个数，位数多得读不了。请改正。",
            en="a number has more digits than can be read. Correct it.",
        )  # fmt: skip
    return fault(
        "", zh="括号嵌套太深。请核对是否为正确的 JSON 文件。",
        en="brackets are nested too deep. Check that it is the right file.",
    )  # fmt: skip


def _at(error: json.JSONDecodeError) -> Fault:
    where = f"{error.lineno}:{error.colno}"
    if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
        return fault(
            where, zh="不是有效的 JSON：写到这里就断了，文件可能不完整。请重新导出或补全。",
            en="this is no JSON: it breaks off here, and the file may not be whole. Export it again, or complete it.",
        )  # fmt: skip
    return fault(
        where, zh="不是有效的 JSON。请改正此行此列（引号、逗号、括号）。",
        en=f"this is no JSON ({error.msg}). Put right this line and column.",
    )  # fmt: skip
