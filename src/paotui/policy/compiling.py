"""From the models of a policy to programs: one for each version and each stretch of time in which nothing changes."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Callable, Iterator

from paotui.policy import program as p
from paotui.policy.compiling_conditions import Compiler
from paotui.policy.schema import Parameter, ParameterValue, Policy, Version

Report = Callable[[str, str, tuple[str, str], tuple[str, str]], None]
"""Called with path, code, message and remedy, the last two as (Chinese, English)."""

ONE_DAY = dt.timedelta(days=1)


def breakpoints(policy: Policy) -> list[dt.date]:
    """Return, in order, the days on which a version, a parameter or a group begins, or has just ended."""
    return sorted({day for first, last in _stretches(policy) for day in (first, _next(last)) if day})


def _stretches(policy: Policy) -> Iterator[tuple[dt.date | None, dt.date | None]]:
    for version in policy.versions:
        yield version.from_, version.to
        for entitled in version.entitled:
            for group in entitled.groups:
                yield None, group.until
    for parameter in policy.parameters:
        for value in parameter.values:
            yield value.from_, value.to


def _next(day: dt.date | None) -> dt.date | None:
    return day + ONE_DAY if day and day < dt.date.max else None


def version_at(policy: Policy, day: dt.date) -> Version | None:
    """Return the version that holds on a day, the later one where two overlap, None where none does."""
    found = [one for one in policy.versions if one.from_ <= day and (one.to is None or day <= one.to)]
    return max(found, key=lambda one: one.from_) if found else None


def value_at(parameter: Parameter, day: dt.date) -> ParameterValue | None:
    """Return the value of a parameter on a day: the latest that began, unless it has ended."""
    begun = [one for one in parameter.values if one.from_ <= day]
    latest = max(begun, key=lambda one: one.from_) if begun else None
    return latest if latest and (latest.to is None or day <= latest.to) else None


def stretch(points: list[dt.date], day: dt.date) -> int:
    """Return the number of the stretch of time a day is in."""
    return bisect.bisect_right(points, day)


def compile_version(policy: Policy, version: Version, day: dt.date, report: Report) -> p.Program:
    """Return the program of a version at a day; what does not fit together is told to `report`."""
    values = {one.name: (one, value_at(one, day)) for one in policy.parameters}
    place = next(number for number, one in enumerate(policy.versions) if one is version)
    compiler = Compiler(policy, version, day, values, report)
    path = f"versions[{place}]"
    requirements = tuple(_requirements(compiler, version, path))
    amount = version.amount
    result = compiler.number(amount.result, f"{path}.amount.result")
    cap = compiler.number(amount.cap.is_, f"{path}.amount.cap.is") if amount.cap else None
    for one in (*policy.formulas, *amount.steps, *amount.also):
        compiler.named(one.name, one.name)
    consistent = tuple(
        compiler.condition(one, f"consistent[{number}]", None) for number, one in enumerate(policy.consistent)
    )
    program = p.Program(
        policy, version, day, {one.name: one for one in policy.facts}, values, compiler.done, consistent, requirements,
        tuple(one.name for one in amount.steps), result, cap, tuple(one.name for one in amount.also), amount.rounding,
    )  # fmt: skip
    object.__setattr__(program, "codes", tuple(codes(program)))
    _check_rounding(program, f"{path}.amount", report)
    return program


def _check_rounding(program: p.Program, path: str, report: Report) -> None:
    """Report an amount that can have parts of a fen without a word on rounding, or is rounded finer than a fen."""
    places = max(one.places for one in (program.result, program.cap) if one is not None)
    if program.rounding is None and places > 2:
        report(
            path,
            "rounding",
            ("金额可能有不足一分的零头，却没有写 rounding", "the amount can have parts of a fen and says no rounding"),
            (
                "例如 rounding: {places: 2, mode: half_up}。",
                "Write, for example, rounding: {places: 2, mode: half_up}.",
            ),
        )
    if program.rounding is not None and program.rounding.places > 2:
        report(
            f"{path}.rounding.places",
            "rounding",
            ("金额不能比分更细", "an amount cannot be finer than a fen"),
            ("places 最多写 2。", "`places` is 2 at most."),
        )


def _requirements(compiler: Compiler, version: Version, path: str) -> Iterator[p.Requirement]:
    sections: tuple[p.Section, ...] = ("fund", "who", "excluded")
    for section in sections:
        for number, one in enumerate(getattr(version, section)):
            yield p.Requirement(section, compiler.condition(one, f"{path}.{section}[{number}]", None))


def codes(program: p.Program) -> Iterator[str]:
    """Yield every reason code once: the fixed ones, those of refused facts, those of tests."""
    found = [*p.FIXED_CODES, *(f"fact:{name}" for name in program.facts)]
    found += [f"consistent:{one.meta.code}" for one in program.consistent]
    found += [test.meta.code for one in program.requirements for test in walk(one.test)]
    yield from dict.fromkeys(found)


def walk(test: p.Test) -> Iterator[p.Test]:
    """Yield a test and every test inside it."""
    yield test
    for child in children(test):
        yield from walk(child)


def children(test: p.Test) -> tuple[p.Test, ...]:
    if isinstance(test, p.All | p.Any):
        return test.children
    return (test.child,) if isinstance(test, p.Not) else ()
