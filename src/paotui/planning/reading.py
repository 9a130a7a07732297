"""Reads problems and plans written as JSON; whatever is wrong is named with its path."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError

from paotui.planning import reading_words, strictness
from paotui.planning.faults import Fault, ProblemError, fault
from paotui.planning.mistaken import mistaken

if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)  # it has no public name

HALVES, HALF = re.compile(rb"\\u[dD][89a-fA-F]|\xed[\xa0-\xbf]"), re.compile("[\ud800-\udfff]")
"""Where a text may hold half of a character, and half a character."""

Read = TypeVar("Read", bound=BaseModel)


class _Told(ModelMetaclass):
    """Whoever makes a model in code (`Site(candidates=10**7)`) gets the sentences that a reader of a file gets."""

    def __call__(cls, *args: Any, **values: Any) -> Any:
        try:
            return super().__call__(*args, **values)
        except ValidationError as error:
            raise _refused(error, values) from None


class Model(BaseModel, metaclass=_Told):
    """Base of every model of a problem: unknown keys, NaN and infinities refused, frozen after reading.

    A number is a JSON number: neither true nor "12"; only money may be text, to the fen. A date is text.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler, /) -> CoreSchema:
        return strictness.to_the_letter(handler(source))

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Without what was worked out and kept (`cached_property`): it may be true of the original only."""
        made = super().model_copy(update=update, deep=deep)
        for name in made.__dict__.keys() - type(made).model_fields.keys():
            del made.__dict__[name]
        return made


def refusal(*, zh: str, en: str) -> PydanticCustomError:
    """An error of ours to raise in a validator; `read` tells it in both languages."""
    return PydanticCustomError("paotui", "{en}", {"zh": zh, "en": en})


def read(model: type[Read], text: str | bytes) -> Read:
    """Return the model read from JSON text; raises ProblemError with every fault found."""
    return validate(model, load(text))


def validate(model: type[Read], data: Any) -> Read:
    """Return the model made of plain data (dicts, lists, numbers); raises ProblemError with every fault found."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        if other := mistaken(model, data):
            raise ProblemError([other]) from None
        raise _refused(error, data) from None


def _refused(error: ValidationError, data: Any) -> ProblemError:
    wrong = error.errors()
    foreign = [one for one in wrong if (one["loc"], one["type"]) == (("kind",), "literal_error")]
    told = (_told(one, [*reading_words.written(one["loc"], data)]) for one in foreign or wrong)
    return ProblemError(dict.fromkeys(told))  # of another kind nothing else fits either


def load(text: str | bytes) -> Any:
    """Return the data of JSON text; raises ProblemError where it is no JSON, or holds NaN, or a key twice."""
    seen: list[str] = []

    def no_number(name: str) -> float:
        seen.append(name)
        return float(name)

    try:
        data = json.loads(text, parse_float=strictness.number, parse_constant=no_number, object_pairs_hook=_once)
    except ProblemError:
        raise
    except (ValueError, RecursionError) as error:
        raise ProblemError([reading_words.no_json(text, error)]) from None
    halves = HALVES.search(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    if (seen or halves) and (faults := [*_unusable(data, ())]):
        raise ProblemError(faults)
    return data


def _unusable(data: Any, path: tuple[int | str, ...]) -> Iterator[Fault]:
    """A fault for each NaN or infinity and each text with half a character, with its path."""
    texts = [data] if isinstance(data, str) else [*data] if isinstance(data, dict) else []
    if any(HALF.search(one) for one in texts):
        yield fault(
            path_of(path),
            zh="文字里有半个字符（单独的 \\ud800–\\udfff）。请改正或重新导出。",
            en="the text holds half a character (a single \\ud800–\\udfff). Correct it, or export the file again.",
        )
    if isinstance(data, float) and not math.isfinite(data):
        name = "NaN" if math.isnan(data) else "Infinity" if data > 0 else "-Infinity"
        yield fault(
            path_of(path),
            zh=f"{name} 不是数字。请写出有限的数，或删去该项。",
            en=f"{name} is no number. Write a finite one, or leave the key out.",
        )
    within = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, one in within:
        yield from _unusable(one, (*path, key))


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ProblemError([fault(
            twice, zh=f"“{twice}”写了两次。请只留一个。", en=f'the key "{twice}" is written twice. Keep one.',
        )])  # fmt: skip
    return found


def path_of(location: Sequence[int | str]) -> str:
    """("stops", 3, "windows") → "stops[3].windows"."""
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _told(error: ErrorDetails, location: Sequence[int | str]) -> Fault:
    path, context = path_of(location), error.get("ctx", {})
    given = reading_words.given(error["input"])
    match error["type"]:
        case "paotui":
            return fault(path, zh=context["zh"], en=context["en"])
        case "missing":
            return fault(path, zh="缺少这一项。请补上。", en="this key is missing. Add it.")
        case "extra_forbidden":
            return fault(
                path, zh="没有这一项。请改正名称或删去。", en="there is no such key. Correct its name or leave it out."
            )
        case "finite_number":
            return fault(path, zh=f"{given} 不是有限的数。请写出数值。", en=f"{given} is no finite number. Write one.")
        case "greater_than_equal" | "greater_than" | "less_than_equal" | "less_than":
            sign = {"greater_than_equal": "≥", "greater_than": ">", "less_than_equal": "≤", "less_than": "<"}[
                error["type"]
            ]
            limit = next(iter(context.values()))
            return fault(
                path,
                zh=f"{given} 不合要求，应 {sign} {limit}。请改正。",
                en=f"{given} should be {sign} {limit}. Correct it.",
            )
        case "literal_error" if path == "kind":
            return fault(
                path,
                zh=f"这个文件是 {given}，这里要的是 {context['expected']}。请换一个文件。",
                en=f"this file is {given}, and {context['expected']} is wanted here. Give another file.",
            )
        case "literal_error":
            return fault(
                path,
                zh=f"{given} 不在可选之列：{context['expected']}。",
                en=f"{given} is none of {context['expected']}.",
            )
        case "model_type" if not path and error["input"] is None:
            return fault(
                "",
                zh="文件里只有 null，什么也没写。请给出写有 JSON 对象 {…} 的文件。",
                en="the file says null and nothing else. Give one with a JSON object {…}.",
            )
        case "model_type" | "dict_type":
            return fault(
                path, zh=f"{given} 不是 JSON 对象。请写成 {{…}}。", en=f"{given} is no JSON object. Write {{…}}."
            )
        case _:
            zh, en = reading_words.unfit(error)
            return fault(path, zh=f"{given} 不能用：{zh}。请改正。", en=f"{given} cannot be used: {en}. Correct it.")
