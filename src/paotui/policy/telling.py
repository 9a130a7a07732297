"""An explanation read out: sentences in both languages, in the order one would tell them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from paotui.policy import wording
from paotui.policy.answering import Answer
from paotui.policy.changes import Change, Turn
from paotui.policy.rules import Source
from paotui.worktime import LocalText

if TYPE_CHECKING:
    from paotui.policy.explaining import Explanation, Finding

_MARK = {True: LocalText("✓", "✓"), False: LocalText("✗", "✗"), None: LocalText("？", "?")}
_OUTCOME = {
    "qualifies": LocalText("符合条件", "qualifies"),
    "does_not": LocalText("不符合条件", "does not qualify"),
    "unknown": LocalText("尚不能确定（不等于不符合）", "may qualify or not: it cannot be told yet, which is not a no"),
}
_SECTION = {
    "fund": LocalText("基金前提", "Precondition of the fund"),
    "who": LocalText("条件", "Conditions"),
    "excluded": LocalText("排除情形（须均不具备）", "Exclusions (none may apply)"),
}


def lines(one: Explanation) -> Iterator[LocalText]:
    """Yield the lines of an explanation: verdict, conditions, sum, what is missing, what would change it, procedure."""
    yield verdict(one.title, one.subject, one.answer)
    if one.source is not None:
        yield _labelled("依据", "Basis", cited(one.source, one.clause))
    yield from _conditions(one)
    if one.working:
        yield LocalText("计算：", "Working:")
        for line in one.working:
            clause = f" [{line.clause}]" if line.clause else ""
            yield _indented(
                LocalText(
                    f"{line.label.zh} = {line.working.zh} = {line.value.zh}{clause}",
                    f"{line.label.en} = {line.working.en} = {line.value.en}{clause}",
                )
            )
    yield from _missing(one)
    yield from _changes(one)
    if one.unverified:
        yield LocalText(
            "未核实（引用前请核对原文）：", "Not verified (compare with the original before relying on it):"
        )
        for each in one.unverified:
            yield _indented(LocalText(f"{each.label.zh}——{each.source}", f"{each.label.en} — {each.source}"))
    yield from _procedure(one)


def verdict(title: LocalText, subject: LocalText, found: Answer) -> LocalText:
    """Return the answer in one sentence."""
    said = _OUTCOME[found.outcome]
    amount = "" if found.amount is None else f"{wording.number(found.amount, money=True)}"
    zh, en = (f"，金额 {amount} 元", f", {amount} yuan") if amount else ("", "")
    version = f"（版本 {found.version}，{found.date}）" if found.version else ""
    at = f" (version {found.version}, {found.date})" if found.version else ""
    return LocalText(
        f"{title.zh}{version}：该{subject.zh}{said.zh}{zh}。", f"{title.en}{at}: the {subject.en} {said.en}{en}."
    )


def cited(source: Source, clause: str) -> LocalText:
    parts = [f"《{source.title}》", source.number, clause, f"（{source.date}）" if source.date else ""]
    mark = LocalText("", "") if source.verified else LocalText("（未核实）", " (not verified)")
    text = "".join(part for part in parts if part)
    return LocalText(f"{text}{mark.zh}", f"{text}{mark.en}")


def _labelled(zh: str, en: str, what: LocalText) -> LocalText:
    return LocalText(f"{zh}：{what.zh}", f"{en}: {what.en}")


def _indented(one: LocalText, depth: int = 1) -> LocalText:
    return LocalText("  " * depth + one.zh, "  " * depth + one.en)


def _conditions(one: Explanation) -> Iterator[LocalText]:
    section = ""
    for finding in one.findings:
        if finding.section != section:
            section = finding.section
            head = _SECTION[section]
            yield LocalText(f"{head.zh}：", f"{head.en}:")
        yield _indented(_finding(finding), finding.depth + 1)


def _finding(one: Finding) -> LocalText:
    mark = _MARK[one.met if one.section != "excluded" or one.met is None else not one.met]
    compared = (
        LocalText("", "") if one.compared == one.label else LocalText(f"：{one.compared.zh}", f": {one.compared.en}")
    )
    notes = [] if one.fixed is None or one.depth else [LocalText(f"以 {one.fixed.zh} 为准", f"as of {one.fixed.en}")]
    if one.clause:
        notes.append(wording.same(one.clause))
    note = wording.joined(notes, "; ")
    zh, en = (f"（{note.zh}）", f" ({note.en})") if notes else ("", "")
    return LocalText(f"{mark.zh} {one.label.zh}{compared.zh}{zh}", f"{mark.en} {one.label.en}{compared.en}{en}")


def _missing(one: Explanation) -> Iterator[LocalText]:
    if one.missing:
        yield LocalText("还缺：", "Missing:")
    for each in one.missing:
        yield _indented(
            LocalText(
                f"{each.label.zh}（由{each.holder.zh}掌握；用于：{each.needed_for.zh}）",
                f"{each.label.en} (held by {each.holder.en}; needed for: {each.needed_for.en})",
            )
        )


def _changes(one: Explanation) -> Iterator[LocalText]:
    if one.changes:
        yield (
            LocalText("离不符合还有多远：", "How near it is to failing:")
            if one.answer.outcome == "qualifies"
            else LocalText("怎样会改变结果：", "What would change it:")
        )
    for change in one.changes:
        yield _indented(_change(one, change))


def _change(one: Explanation, change: Change) -> LocalText:
    turned = [turn_said(one, turn) for turn in change.turns]
    zh, en = "，且".join(each.zh for each in turned), " and ".join(each.en for each in turned)
    then = change.answer
    if then is None:
        return LocalText(
            f"{zh}：该条件即满足，但其他条件仍未满足", f"{en}: this condition would be met, others would still not be"
        )
    said = _OUTCOME[then.outcome]
    amount = "" if then.amount is None else wording.number(then.amount, money=True)
    return LocalText(
        f"{zh}：则{said.zh}{f'，金额 {amount} 元' if amount else ''}",
        f"{en}: then it {said.en}{f', {amount} yuan' if amount else ''}",
    )


def turn_said(one: Explanation, turn: Turn) -> LocalText:
    """Return how a fact would have to be otherwise: 2 fewer, from 10 to 8, fixed on 2019-12-31."""
    fact = one.facts[turn.fact]
    now, then = wording.fact_value(fact, turn.now), wording.fact_value(fact, turn.then)
    others = [wording.fact_value(fact, each) for each in turn.others]
    then = LocalText("或".join(each.zh for each in (then, *others)), " or ".join(each.en for each in (then, *others)))
    by = _difference(fact, turn)
    notes = [each for each in (_fixed(one, turn), _cure(one, turn)) if each]
    note = wording.joined(notes, "; ")
    zh, en = (f"（{note.zh}）", f" ({note.en})") if notes else ("", "")
    return LocalText(
        f"{fact.label.zh}{by.zh}：{now.zh} → {then.zh}{zh}",
        f"{fact.label.in_language('en')}{by.en}: {now.en} → {then.en}{en}",
    )


def _difference(fact: Any, turn: Turn) -> LocalText:
    difference = turn.difference
    if difference is None:
        return LocalText("", "")
    shown = wording.with_unit(wording.number(abs(difference), money=fact.type == "money"), fact.unit)
    return (
        LocalText(f"增加 {shown.zh}", f" {shown.en} more")
        if difference > 0
        else LocalText(f"减少 {shown.zh}", f" {shown.en} less")
    )


def _fixed(one: Explanation, turn: Turn) -> LocalText | None:
    day, on = turn.fixed, one.answer.date
    if day is None:
        return None
    if isinstance(day, str):
        label = one.moments.get(day, wording.same(day))
        return LocalText(f"{label.zh}前", f"by the {label.en}")
    if on is not None and day < on:
        return LocalText(f"{day} 已定，只能更正差错", f"fixed since {day}: only an error can be corrected")
    return LocalText(f"{day} 前", f"by {day}")


def _cure(one: Explanation, turn: Turn) -> LocalText | None:
    if turn.curable is None:
        return None
    how, until = wording.text(turn.curable.how), turn.curable.until
    day = (
        one.moments.get(until, wording.same(until))
        if isinstance(until, str)
        else wording.same(str(until))
        if until
        else None
    )
    if day is None:
        return LocalText(f"可补正：{how.zh}", f"can be cured: {how.en}")
    return LocalText(f"可补正：{how.zh}，至 {day.zh}", f"can be cured: {how.en}, until {day.en}")


def _procedure(one: Explanation) -> Iterator[LocalText]:
    found = one.procedure
    if found is None or one.answer.outcome == "does_not":
        return
    if found.apply_free:
        yield _labelled(
            "办理", "Procedure", LocalText("免申即享，企业只需确认", "no application; the enterprise only confirms")
        )
    if found.publicity_days:
        zh, en = ("工作日", "working days") if found.publicity_counts == "working_days" else ("日", "days")
        objections = wording.text(found.objections) if found.objections else LocalText("", "")
        yield _labelled(
            "公示",
            "Publicity",
            LocalText(
                f"{found.publicity_days} 个{zh}。{objections.zh}", f"{found.publicity_days} {en}. {objections.en}"
            ),
        )
    if found.payee is not None:
        yield _labelled("支付", "Payment", wording.text(found.payee))
    for note in found.notes:
        yield _labelled("注意", "Note", wording.text(note))
