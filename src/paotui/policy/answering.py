"""The answer to one case: qualifies, does not, or unknown; how much; and for which reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from paotui.policy import program as p
from paotui.policy.exact import rounded
from paotui.policy.facts import Facts, check
from paotui.policy.loader import Loaded
from paotui.policy.refusals import FactsError, Refusal, refusal
from paotui.policy.single import Case

Outcome = Literal["qualifies", "does_not", "unknown"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a policy says of one case.

    `reason` is the id of the condition that decided, `qualifies`, `amount` (it qualifies, but how much is not known) or
    `date` (the day that picks the version is not known). `amount` is yuan, None unless it qualifies. `figures` holds
    the steps and what goes with the amount, by name.
    """

    policy: str
    version: str | None
    date: dt.date | None
    outcome: Outcome
    reason: str
    amount: Decimal | None
    figures: Mapping[str, Decimal | None]


def assess(loaded: Loaded, facts: Facts, day: dt.date | None = None, *, version: str | None = None) -> Answer:
    """Return the answer for the facts of one case.

    The version is the one in force on the date fact of the policy (`dated_by`) or else on `day`, unless `version` names
    one. Raises FactsError for facts that cannot be, contradict each other, lie outside all versions, or overflow.
    """
    checked = check(loaded.policy, facts)
    on = date_of(loaded, checked, day)
    if on is None:
        return Answer(loaded.policy.policy, None, None, "unknown", p.DATE, None, {})
    program = loaded.program(on, version)
    if program is None:
        raise FactsError([outside(loaded, on)])
    return answer(Case(program, checked), on)


def date_of(loaded: Loaded, facts: Mapping[str, Any], day: dt.date | None) -> dt.date | None:
    """Return the date that picks the version: the case's own where the policy has one, else the day given."""
    named = loaded.policy.dated_by
    if named is not None and named in facts:
        return p.day_of(facts[named])
    if day is None and named is None:
        raise ValueError("a policy without `dated_by` is evaluated on a day: give one")
    return day


def outside(loaded: Loaded, day: dt.date) -> Refusal:
    held = [f"{one.version} ({one.from_} – {one.to or '…'})" for one in loaded.policy.versions]
    return refusal(
        p.NO_VERSION,
        zh=f"{day} 不在“{loaded.policy.title.zh}”任何版本的有效期内；各版本为：{'、'.join(held)}。请核对日期。",
        en=f"{day} is outside all versions of {loaded.policy.policy}; they are {', '.join(held)}. Check the date.",
    )


def answer(case: Case, day: dt.date) -> Answer:
    """Return the answer of a case under its program; raises FactsError for contradictions and overflow."""
    program = case.program
    if contradictions := [_contradiction(one) for one in program.consistent if case.test(one) is False]:
        raise FactsError(contradictions)
    outcome, reason = decide(case)
    figures: dict[str, Decimal | None] = {}
    amount = None
    if outcome == "qualifies":
        figures, amount = work_out(case)
        if amount is None:
            outcome, reason = "unknown", p.AMOUNT
    return Answer(program.policy.policy, program.version.version, day, outcome, reason, amount, figures)


def _contradiction(test: p.Test) -> Refusal:
    label = test.meta.label
    return refusal(f"consistent:{test.meta.code}",
                   zh=f"数据自相矛盾：应当“{label.zh if label else test.meta.code}”，实际不是。请核对来源后改正。",
                   en=f"the facts contradict each other: “{label.in_language('en') if label else test.meta.code}” must "
                      "hold and does not. Compare them with their sources.")  # fmt: skip


def decide(case: Case) -> tuple[Outcome, str]:
    """Return outcome and reason from the requirements alone: the first failed one, else the first unknown one."""
    unknown: p.Requirement | None = None
    for one in case.program.requirements:
        found = case.test(one.test)
        met = found if one.section != "excluded" or found is None else not found
        if met is False:
            return "does_not", reason(case, one.test, one.section == "excluded")
        if met is None and unknown is None:
            unknown = one
    return ("qualifies", way_in(case)) if unknown is None else ("unknown", reason(case, unknown.test, None))


def way_in(case: Case) -> str:
    """Return the alternative that let a case in: the first one met of the first choice of alternatives, if any."""
    for one in case.program.requirements:
        if offers_ways(one):
            return reason(case, one.test, True)
    return p.QUALIFIES


def offers_ways(requirement: p.Requirement) -> bool:
    """Tell whether a requirement is a choice of alternatives with ids of their own."""
    test = requirement.test
    named = isinstance(test, p.Any) and any(one.meta.code != test.meta.code for one in test.children)
    return named and requirement.section == "who"


def reason(case: Case, test: p.Test, value: bool | None) -> str:
    """Return the code of the innermost test that made `test` come out as `value`."""
    if isinstance(test, p.Not):
        return reason(case, test.child, None if value is None else not value)
    decisive = (isinstance(test, p.All) and value is not True) or (isinstance(test, p.Any) and value is not False)
    if decisive:
        child = next(one for one in test.children if case.test(one) is value)  # type: ignore[attr-defined]
        return reason(case, child, value)
    return test.meta.code


def work_out(case: Case) -> tuple[dict[str, Decimal | None], Decimal | None]:
    """Return every figure by name and the amount; raises FactsError where one is beyond all measure."""
    program = case.program
    figures: dict[str, Decimal | None] = {name: case.named(name) for name in program.steps}
    result = case.value(program.result)
    cap = None if program.cap is None else case.value(program.cap)
    also = {name: case.named(name) for name in program.also}
    parts = [*figures.items(), ("amount", result), ("cap", cap), *also.items()]
    for name, value in parts:
        if value is not None and abs(value) > p.MOST:
            raise FactsError([overflow(program, name, value)])
    figures.update(also)
    if result is None or (program.cap is not None and cap is None):
        return figures, None
    amount = result if cap is None else min(result, cap)
    return figures, amount if program.rounding is None else rounded(amount, program.rounding)


def overflow(program: p.Program, name: str, value: object = "") -> Refusal:
    label = program.named[name].label if name in program.named else program.policy.title
    shown = f" {value}" if value != "" else ""
    return refusal(
        p.OVERFLOW,
        zh=f"“{label.zh}”（{name}）算得{shown}，超过十万亿，数据必有错误。请核对参与计算的各项。",
        en=f"{label.in_language('en')} ({name}) comes to{shown}, beyond ten trillion: a figure it is worked out from "
           "must be wrong. Check them.",
    )  # fmt: skip
