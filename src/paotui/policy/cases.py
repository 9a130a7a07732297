"""Cases: examples written beside a policy, answered twice, one by one and in bulk, and compared with what they expect.

cases:
  - name: thirty per cent of 30 insured
    at: 2020-03-01
    facts: {insured: 30, layoffs: 6}
    expect: {outcome: qualifies, amount: 273600.00, reason: loss}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field as Spec
from pydantic import StrictBool, ValidationError, model_validator

from paotui.authored import shape, source
from paotui.authored.base import Day, Model, refusal
from paotui.policy import columns
from paotui.policy.answering import Answer, assess
from paotui.policy.bulk import assess_table
from paotui.policy.loader import Loaded, PolicyError
from paotui.policy.refusals import FactsError
from paotui.worktime import LocalText

Given = StrictBool | int | Decimal | dt.date | str | tuple[Any, ...] | None


class Expected(Model):
    """What must come out; `refused` names the code of facts that cannot be."""

    outcome: Literal["qualifies", "does_not", "unknown"] | None = None
    refused: str | None = None
    reason: str | None = None
    amount: Decimal | None = None
    version: str | None = None
    figures: dict[str, Decimal | None] = {}

    @model_validator(mode="after")
    def _outcome_or_refusal(self) -> Expected:
        if (self.outcome is None) == (self.refused is None):
            raise refusal("outcome 与 refused 必须且只能写一个", "say either `outcome` or `refused`")
        return self


class Example(Model):
    """One case: a day, facts (over the file's common ones; null: not known), and what must come out."""

    name: str
    note: str = ""
    at: Day | None = None
    version: str | None = None
    facts: dict[str, Given] = {}
    expect: Expected


class CaseFile(Model):
    """A file of cases; `facts` holds what all of them start from."""

    facts: dict[str, Given] = {}
    cases: tuple[Example, ...] = Spec(min_length=1)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case after it was answered; `failures` say what was expected and what came out."""

    name: str
    file: str
    line: int
    failures: tuple[LocalText, ...]

    @property
    def passed(self) -> bool:
        return not self.failures


def read(text: str, name: str) -> tuple[CaseFile, dict[str, int]]:
    """Return the cases of a file and its lines; raises PolicyError when the file itself is wrong."""
    tree = source.read(text, name=name)
    try:
        return CaseFile.model_validate(tree.data), tree.lines
    except ValidationError as error:
        raise PolicyError(shape.problems(error.errors(), tree, CaseFile, name=name)) from None


def run(loaded: Loaded, text: str, name: str) -> list[CaseResult]:
    """Answer every case of a file; raises PolicyError when the file itself is wrong."""
    file, lines = read(text, name)
    found = []
    for place, one in enumerate(file.cases):
        line = shape.line_of(f"cases[{place}]", lines)
        found.append(CaseResult(one.name, name, line, tuple(_failures(loaded, one, {**file.facts, **one.facts}))))
    return found


def _failures(loaded: Loaded, one: Example, facts: dict[str, Any]) -> Iterator[LocalText]:
    try:
        got: Answer | FactsError = assess(loaded, facts, one.at, version=one.version)
    except FactsError as error:
        got = error
    except ValueError as error:
        yield LocalText(f"无法评估：{error}", f"cannot be evaluated: {error}")
        return
    yield from _refusal(one.expect, got) if isinstance(got, FactsError) else _differences(one.expect, got)
    if isinstance(got, FactsError) and got.code == "facts":
        return  # columns of a table that are no facts are not looked at
    alone = ("refused", got.code, None) if isinstance(got, FactsError) else (got.outcome, got.reason, got.amount)
    together = _in_bulk(loaded, one, facts)
    if together is not None and together != alone:
        yield _otherwise("批量计算", "in bulk", _in_words(alone), _in_words(together))


def _in_words(answer: tuple[str, str, Decimal | None]) -> str:
    outcome, reason, amount = answer
    return f"{outcome} ({reason})" if amount is None else f"{outcome} ({reason}), {amount}"


def _in_bulk(loaded: Loaded, one: Example, facts: dict[str, Any]) -> tuple[str, str, Decimal | None] | None:
    """Return (outcome, reason, amount) as the bulk evaluation has them; None where a value is not of its type."""
    try:
        given = columns.of_rows(loaded.policy, [facts])
    except (TypeError, ValueError, AttributeError):
        return None
    found = assess_table(loaded, given, one.at, version=one.version, rows=1)
    return found.outcome_of(0), found.reason_of(0), found.amount_of(0)


def _refusal(expect: Expected, error: FactsError) -> Iterator[LocalText]:
    if error.code != expect.refused:
        wanted = expect.outcome or f"refused {expect.refused}"
        zh, en = (f"refused {error.code}：{error.in_language('zh-hans')}", f"refused {error.code}: {error}")
        yield LocalText(f"结果：应为 {wanted}，实为 {zh}", f"outcome: expected {wanted}, got {en}")


def _differences(expect: Expected, got: Answer) -> Iterator[LocalText]:
    if expect.refused is not None:
        yield _otherwise("结果", "outcome", f"refused {expect.refused}", f"{got.outcome} ({got.reason})")
        return
    for name, zh in (("outcome", "结果"), ("reason", "原因"), ("version", "版本"), ("amount", "金额")):
        wanted = getattr(expect, name)
        if wanted is not None and wanted != getattr(got, name):
            detail = f" ({got.reason})" if name == "outcome" else ""
            yield _otherwise(zh, name, wanted, f"{getattr(got, name)}{detail}")
    if "amount" in expect.model_fields_set and expect.amount is None and got.amount is not None:
        yield _otherwise("金额", "amount", "none", got.amount)
    for name, value in expect.figures.items():
        if name not in got.figures or got.figures[name] != value:
            yield _otherwise(name, name, value, got.figures.get(name))


def _otherwise(zh: str, en: str, wanted: object, got: object) -> LocalText:
    return LocalText(f"{zh}：应为 {wanted}，实为 {got}", f"{en}: expected {wanted}, got {got}")
