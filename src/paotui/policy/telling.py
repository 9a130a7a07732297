"""An explanation read out in one language: sentences in the order one would tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from paotui.policy import wording
from paotui.policy.answering import Answer
from paotui.policy.changes import Change, Turn
from paotui.policy.rules import Source
from paotui.policy.schema import Fact, Procedure
from paotui.worktime import LocalText

if TYPE_CHECKING:
    from paotui.policy.explaining import Explanation, Finding


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language: how to take it from a text in both, and its punctuation."""

    of: Callable[[LocalText], str]
    english: bool
    colon: str
    opened: str
    closed: str


ENGLISH = Tongue(attrgetter("en"), True, ": ", " (", ")")
CHINESE = Tongue(attrgetter("zh"), False, "：", "（", "）")

_MARK = {True: LocalText("✓", "✓"), False: LocalText("✗", "✗"), None: LocalText("？", "?")}
_OUTCOME = {
    "qualifies": LocalText("符合条件", "qualifies"),
    "does_not": LocalText("不符合条件", "does not qualify"),
    "unknown": LocalText("尚不能确定（不等于不符合）", "may qualify or not: it cannot be told yet, which is not a no"),
}
_SECTION = {
    "fund": LocalText("基金前提：", "Precondition of the fund:"),
    "who": LocalText("条件：", "Conditions:"),
    "excluded": LocalText("排除情形（须均不具备）：", "Exclusions (none may apply):"),
}
_BASIS, _WORKING, _MISSING = (
    LocalText("依据", "Basis"),
    LocalText("计算：", "Working:"),
    LocalText("还缺：", "Missing:"),
)
_NEAR = LocalText("离不符合还有多远：", "How near it is to failing:")
_CHANGES = LocalText("怎样会改变结果：", "What would change it:")
_UNVERIFIED = LocalText(
    "未核实（引用前请核对原文）：", "Not verified (compare with the original before relying on it):"
)
_OTHERS = LocalText("：该条件即满足，但其他条件仍未满足", ": this condition would be met, others would still not be")
_PROCEDURE, _PUBLICITY = LocalText("办理", "Procedure"), LocalText("公示", "Publicity")
_APPLY_FREE = LocalText("免申即享，企业只需确认", "no application; the enterprise only confirms")
_PAYMENT, _NOTE = LocalText("支付", "Payment"), LocalText("注意", "Note")
_DAYS = {"working_days": LocalText("工作日", "working days"), "calendar_days": LocalText("日", "days")}


def lines(one: Explanation, language: str) -> Iterator[str]:
    """Yield the lines of an explanation in `language` ("zh-hans", "en", ...), Chinese when in doubt.

    Verdict, conditions, sum, what is missing, what would change it, what nobody has verified, procedure.
    """
    tongue = ENGLISH if language.startswith("en") else CHINESE
    of, colon = tongue.of, tongue.colon
    yield verdict(one.title, one.subject, one.answer, tongue)
    if one.source is not None:
        yield f"{of(_BASIS)}{colon}{cited(one.source, one.clause, tongue)}"
    yield from _conditions(one, tongue)
    if one.working:
        yield of(_WORKING)
        for line in one.working:
            clause = f" [{line.clause}]" if line.clause else ""
            yield f"  {of(line.label)} = {of(line.working)} = {of(line.value)}{clause}"
    yield from _missing(one, tongue)
    if one.changes:
        yield of(_NEAR if one.answer.outcome == "qualifies" else _CHANGES)
        for change in one.changes:
            yield f"  {_change(one, change, tongue)}"
    if one.unverified:
        yield of(_UNVERIFIED)
        for each in one.unverified:
            yield f"  {of(each.label)}{' — ' if tongue.english else '——'}{each.source}"
    if one.procedure is not None and one.answer.outcome != "does_not":
        yield from _procedure(one.procedure, tongue)


def verdict(title: LocalText, subject: LocalText, found: Answer, tongue: Tongue) -> str:
    """Return the answer in one sentence."""
    of, said, version = tongue.of, tongue.of(_OUTCOME[found.outcome]), ""
    amount = "" if found.amount is None else wording.number(found.amount, money=True)
    if tongue.english:
        version = f" (version {found.version}, {found.date})" if found.version else ""
        return f"{of(title)}{version}: the {of(subject)} {said}{f', {amount} yuan' if amount else ''}."
    version = f"（版本 {found.version}，{found.date}）" if found.version else ""
    return f"{of(title)}{version}：该{of(subject)}{said}{f'，金额 {amount} 元' if amount else ''}。"


def cited(source: Source, clause: str, tongue: Tongue) -> str:
    date = f"（{source.date}）" if source.date else ""
    mark = "" if source.verified else " (not verified)" if tongue.english else "（未核实）"
    return f"《{source.title}》{source.number}{clause}{date}{mark}"


def _conditions(one: Explanation, tongue: Tongue) -> Iterator[str]:
    section = ""
    for finding in one.findings:
        if finding.section != section:
            section = finding.section
            yield tongue.of(_SECTION[section])
        yield f"{'  ' * (finding.depth + 1)}{_finding(finding, tongue)}"


def _finding(one: Finding, tongue: Tongue) -> str:
    of = tongue.of
    mark = of(_MARK[one.met if one.section != "excluded" or one.met is None else not one.met])
    label = of(one.label)
    compared = "" if one.compared is one.label or one.compared == one.label else f"{tongue.colon}{of(one.compared)}"
    note = one.clause
    if one.fixed is not None and not one.depth:
        fixed = f"as of {of(one.fixed)}" if tongue.english else f"以 {of(one.fixed)} 为准"
        note = f"{fixed}; {note}" if note else fixed
    return f"{mark} {label}{compared}{tongue.opened}{note}{tongue.closed}" if note else f"{mark} {label}{compared}"


def _missing(one: Explanation, tongue: Tongue) -> Iterator[str]:
    of = tongue.of
    if one.missing:
        yield of(_MISSING)
    for each in one.missing:
        label, holder, needed_for = of(each.label), of(each.holder), of(each.needed_for)
        if tongue.english:
            yield f"  {label} (held by {holder}; needed for: {needed_for})"
        else:
            yield f"  {label}（由{holder}掌握；用于：{needed_for}）"


def _change(one: Explanation, change: Change, tongue: Tongue) -> str:
    between = " and " if tongue.english else "，且"
    turned = between.join([turn_said(one, turn, tongue) for turn in change.turns])
    then = change.answer
    if then is None:
        return f"{turned}{tongue.of(_OTHERS)}"
    said = tongue.of(_OUTCOME[then.outcome])
    amount = "" if then.amount is None else wording.number(then.amount, money=True)
    if tongue.english:
        return f"{turned}: then it {said}{f', {amount} yuan' if amount else ''}"
    return f"{turned}：则{said}{f'，金额 {amount} 元' if amount else ''}"


def turn_said(one: Explanation, turn: Turn, tongue: Tongue) -> str:
    """Return how a fact would have to be otherwise: 2 fewer, from 10 to 8, fixed on 2019-12-31."""
    fact, of = one.facts[turn.fact], tongue.of
    now, then = of(wording.fact_value(fact, turn.now)), of(wording.fact_value(fact, turn.then))
    if turn.others:
        either = " or " if tongue.english else "或"
        then = either.join([then, *(of(wording.fact_value(fact, each)) for each in turn.others)])
    said = f"{of(fact.label.local)}{_difference(fact, turn, tongue)}{tongue.colon}{now} → {then}"
    notes = [each for each in (_fixed(one, turn, tongue), _cure(one, turn, tongue)) if each]
    return f"{said}{tongue.opened}{'; '.join(notes)}{tongue.closed}" if notes else said


def _difference(fact: Fact, turn: Turn, tongue: Tongue) -> str:
    difference = turn.difference
    if difference is None:
        return ""
    shown = tongue.of(wording.fact_value(fact, abs(difference)))
    if tongue.english:
        return f" {shown} more" if difference > 0 else f" {shown} less"
    return f"增加 {shown}" if difference > 0 else f"减少 {shown}"


def _moment(one: Explanation, day: object, tongue: Tongue) -> str:
    """Return a day, or a moment by its label."""
    return tongue.of(one.moments[day]) if isinstance(day, str) and day in one.moments else str(day)


def _fixed(one: Explanation, turn: Turn, tongue: Tongue) -> str:
    day, on = turn.fixed, one.answer.date
    if day is None:
        return ""
    if isinstance(day, str):
        label = _moment(one, day, tongue)
        return f"by the {label}" if tongue.english else f"{label}前"
    if on is not None and day < on:
        return f"fixed since {day}: only an error can be corrected" if tongue.english else f"{day} 已定，只能更正差错"
    return f"by {day}" if tongue.english else f"{day} 前"


def _cure(one: Explanation, turn: Turn, tongue: Tongue) -> str:
    if turn.curable is None:
        return ""
    how, until = tongue.of(turn.curable.how.local), turn.curable.until
    said = f"can be cured: {how}" if tongue.english else f"可补正：{how}"
    if not until:
        return said
    day = _moment(one, until, tongue)
    return f"{said}, until {day}" if tongue.english else f"{said}，至 {day}"


def _procedure(found: Procedure, tongue: Tongue) -> Iterator[str]:
    of, colon = tongue.of, tongue.colon
    if found.apply_free:
        yield f"{of(_PROCEDURE)}{colon}{of(_APPLY_FREE)}"
    if found.publicity_days:
        objections, days = found.objections, of(_DAYS[found.publicity_counts])
        after = of(objections.local) if objections else ""
        counted = f"{found.publicity_days} {days}. " if tongue.english else f"{found.publicity_days} 个{days}。"
        yield f"{of(_PUBLICITY)}{colon}{counted}{after}"
    if found.payee is not None:
        yield f"{of(_PAYMENT)}{colon}{of(found.payee.local)}"
    for note in found.notes:
        yield f"{of(_NOTE)}{colon}{of(note.local)}"
