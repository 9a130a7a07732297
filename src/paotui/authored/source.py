"""YAML as playbooks and policies use it: every value keeps its line, decimals stay exact, dates and times are typed.

Differs from YAML 1.1 where that surprises: only true and false are booleans (so `on:` and `no` stay words), 06:00 is a
time and not the number 360, 12431.516 is a Decimal and never a float, a key given twice is refused.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from paotui.authored.errors import AuthoredError, Problem, problem
from paotui.worktime import ZONE, LocalText

try:
    from yaml import CSafeLoader as Base
except ImportError:  # PyYAML without libyaml reads the same, ten times slower
    from yaml import SafeLoader as Base  # type: ignore[assignment]

MAX_NODES = 200_000
"""Aliases can blow a small file up to billions of nodes; no file of ours comes near this many."""

_OWN = "tag:paotui:"
_STR = "tag:yaml.org,2002:str"
_PATTERNS = {
    "null": r"~|null|",
    "boolean": r"true|false",
    "integer": r"[-+]?(?:0|[1-9][0-9]*)",
    "decimal": r"[-+]?[0-9]+\.[0-9]+",
    "date": r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}",
    "datetime": r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[Tt ] *[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[-+][0-9]{2}:[0-9]{2})?",
    "time": r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?",
}


class _Loader(Base):
    yaml_implicit_resolvers = {
        None: [(_OWN + name, re.compile(f"^(?:{pattern})$")) for name, pattern in _PATTERNS.items()]
    }


@dataclass(frozen=True, slots=True)
class Tree:
    """The data of a YAML text, and for every path in it the line where it is written."""

    data: Any
    lines: dict[str, int]


def read(text: str, *, name: str) -> Tree:
    """Read one YAML document; raises AuthoredError naming file and line."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise AuthoredError([_not_yaml(error, name)]) from None
    except yaml.YAMLError as error:
        raise AuthoredError([_unreadable(LocalText("不是有效的 YAML", str(error)), name)]) from None
    if node is None:
        raise AuthoredError([_unreadable(LocalText("文件是空的", "the file is empty"), name)])
    builder = _Builder(name)
    data = builder.build(node, "", 0)
    if builder.problems:
        raise AuthoredError(builder.problems)
    return Tree(data, builder.lines)


def join(path: str, key: str | int) -> str:
    """Return the path one step further: measures, measures[2], measures[2].due."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else key


@dataclass(slots=True)
class _Builder:
    name: str
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    count: int = 0

    def build(self, node: yaml.Node, path: str, depth: int) -> Any:
        self.count += 1
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        if self.count > MAX_NODES or depth > 40:
            raise AuthoredError(
                [
                    _unreadable(
                        LocalText("引用了自身，或嵌套太深", "it refers to itself or is nested far too deep"), self.name
                    )
                ]
            )
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, join(path, i), depth + 1) for i, item in enumerate(node.value)]
        return self._scalar(node.tag, str(node.value), path, line)

    def _mapping(self, node: yaml.MappingNode, path: str, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            below = join(path, key)
            line = key_node.start_mark.line + 1
            if key in found:
                self.problems.append(_twice(key, self.name, line, self.lines[below], below))
                continue
            self.lines[below] = line
            found[key] = self.build(value_node, below, depth + 1)
        return found

    def _scalar(self, tag: str, text: str, path: str, line: int) -> Any:
        try:
            return _MAKE[tag](text)
        except (KeyError, ValueError):
            self.problems.append(_no_such_value(text, self.name, line, path))
            return None


def _moment(text: str) -> dt.datetime:
    day, _, clock = text.upper().replace(" ", "T", 1).replace(" ", "").partition("T")
    offset = re.search(r"(Z|[-+]\d\d:\d\d)$", clock)
    zone = dt.datetime.fromisoformat(f"2000-01-01T00:00:00{offset[0]}").tzinfo if offset else ZONE
    return dt.datetime.combine(_day(day), _clock(clock[: offset.start()] if offset else clock), zone)


def _day(text: str) -> dt.date:
    year, month, day = (int(part) for part in text.split("-"))
    return dt.date(year, month, day)


def _clock(text: str) -> dt.time:
    hour, minute, second = (int(part) for part in f"{text}:0".split(":")[:3])
    return dt.time(hour, minute, second)


_MAKE: dict[str, Callable[[str], Any]] = {
    _STR: str,
    _OWN + "null": lambda text: None,
    _OWN + "boolean": lambda text: text == "true",
    _OWN + "integer": int,
    _OWN + "decimal": Decimal,
    _OWN + "date": _day,
    _OWN + "datetime": _moment,
    _OWN + "time": _clock,
}


def _not_yaml(error: yaml.MarkedYAMLError, name: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    said = " ".join(part for part in (error.context, error.problem) if part)
    return problem(
        LocalText(f"不是有效的 YAML（{said}）", f"this is not YAML ({said})"),
        LocalText("请检查该行的缩进、冒号和引号。", "Check the indentation, colons and quotes around this line."),
        file=name, line=mark.line + 1 if mark else 1, code="yaml",
    )  # fmt: skip


def _unreadable(said: LocalText, name: str) -> Problem:
    return problem(
        LocalText(f"无法读取文件（{said.zh}）", f"the file cannot be read ({said.en})"),
        LocalText("请从一个能用的文件复制后修改。", "Start from a copy of one that works."),
        file=name, line=1, code="yaml",
    )  # fmt: skip


def _twice(key: str, name: str, line: int, first: int, path: str) -> Problem:
    return problem(
        LocalText(f"“{key}”写了两次（第 {first} 行已有）", f"`{key}` is given twice (first on line {first})"),
        LocalText("只保留一处。", "Keep one of them."),
        file=name, line=line, path=path, code="duplicate-key",
    )  # fmt: skip


def _no_such_value(text: str, name: str, line: int, path: str) -> Problem:
    return problem(
        LocalText(f"“{text}”不是有效的日期、时间或数值", f"{text!r} is no date, time or number that exists"),
        LocalText("改正它；如果是文字，请加引号。", "Correct it, or put it in quotes when it is meant as text."),
        file=name, line=line, path=path, code="value",
    )  # fmt: skip
