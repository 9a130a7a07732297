"""Lint: what a well-formed policy says that cannot be meant, or that nobody could check.

Errors keep a policy from answering rightly; warnings are for the author to judge. Names that mean nothing, kinds that
do not fit and references that run in a circle are refused on loading already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from itertools import pairwise
from typing import Any

from paotui.authored.errors import Level, Problem
from paotui.authored.source import join
from paotui.policy import program as p
from paotui.policy import walking
from paotui.policy.compiling import ONE_DAY, compile_version
from paotui.policy.linting_alternatives import reachable
from paotui.policy.loader import Loaded
from paotui.policy.rules import Condition, Text
from paotui.policy.schema import Policy, Version

Finding = tuple[Level, str, str, tuple[str, str], tuple[str, str]]


def lint(loaded: Loaded) -> list[Problem]:
    """Return what is wrong with a policy, by line, each with file, path and what to do."""
    found: list[Problem] = []
    reports = {level: loaded.reporter(found, level) for level in ("error", "warning")}
    for check in CHECKS:
        for level, path, code, message, remedy in check(loaded):
            reports[level](path, code, message, remedy)
    return sorted(found, key=lambda one: (one.line, one.level, one.path))


def errors(problems: Collection[Problem]) -> list[Problem]:
    """Return the problems that keep a policy from being used."""
    return [one for one in problems if one.level == "error"]


def _programs(loaded: Loaded) -> Iterator[tuple[int, p.Program]]:
    """Yield (number of the version, its program on its first day)."""
    for number, version in enumerate(loaded.policy.versions):
        yield number, compile_version(loaded.policy, version, version.from_, loaded.reporter([]))


def intervals(loaded: Loaded) -> Iterator[Finding]:
    """Find versions that overlap, and days between them on which none holds."""
    order = sorted(enumerate(loaded.policy.versions), key=lambda one: one[1].from_)
    for (_before, first), (number, second) in pairwise(order):
        path = f"versions[{number}].from"
        if first.to is None or second.from_ <= first.to:
            yield (
                "error",
                path,
                "overlap",
                (
                    f"版本 {second.version} 与 {first.version} 的有效期重叠",
                    f"version {second.version} overlaps {first.version}",
                ),
                (
                    f"把 {first.version} 的 to 改为 {second.from_ - ONE_DAY}。",
                    f"End {first.version} on {second.from_ - ONE_DAY}.",
                ),
            )
        elif second.from_ > first.to + ONE_DAY:
            yield (
                "warning",
                path,
                "gap",
                (
                    f"{first.to + ONE_DAY} 至 {second.from_ - ONE_DAY} 没有版本",
                    f"no version holds from {first.to + ONE_DAY} to {second.from_ - ONE_DAY}",
                ),
                ("确认确无规定，否则补上版本。", "Make sure there was none, or add it."),
            )


def parameter_dates(loaded: Loaded) -> Iterator[Finding]:
    """Find parameters without a value on a day on which a version needs one, and values given twice for a day."""
    for number, parameter in enumerate(loaded.policy.parameters):
        starts = [one.from_ for one in parameter.values]
        for place, one in enumerate(parameter.values):
            if starts.index(one.from_) < place:
                yield (
                    "error",
                    f"parameters[{number}].values[{place}].from",
                    "overlap",
                    (f"{one.from_} 有两个值", f"there are two values from {one.from_}"),
                    ("只保留一个。", "Keep one of them."),
                )
    for version in loaded.policy.versions:
        for name, days in _valueless(loaded, version).items():
            place = next(at for at, one in enumerate(loaded.policy.parameters) if one.name == name)
            said = ", ".join(str(day) for day in days)
            yield (
                "warning",
                f"parameters[{place}]",
                "no-value",
                (
                    f"参数 {name} 自 {said} 起没有值，而版本 {version.version} 用到它",
                    f"{name} has no value from {said} on, and version {version.version} uses it",
                ),
                (
                    "补上当日的值；没有公布的，答复会是“未知”。",
                    "Add the value; until then answers that need it are unknown.",
                ),
            )


def _valueless(loaded: Loaded, version: Version) -> dict[str, list[dt.date]]:
    """Return, by parameter, the days within a version from which on it has no value."""
    found: dict[str, list[dt.date]] = {}
    before: set[str] = set()
    for day in _days(loaded, version.from_, version.to):
        program = compile_version(loaded.policy, version, day, loaded.reporter([]))
        now = {name for name in _parameters(program, _roots(program)) if program.parameters[name][1] is None}
        for name in sorted(now - before):
            found.setdefault(name, []).append(day)
        before = now
    return found


def _days(loaded: Loaded, first: dt.date, last: dt.date | None) -> list[dt.date]:
    """Return the first days of all stretches of time within a version."""
    return [day for day in sorted({first, *loaded.points}) if first <= day and (last is None or day <= last)]


def _roots(program: p.Program) -> tuple[walking.Node, ...]:
    found: list[walking.Node | None] = [one.test for one in program.requirements]
    found += [*program.consistent, program.result, program.cap]
    found += [program.named[name].expr for name in (*program.steps, *program.also)]
    return tuple(one for one in found if one is not None)


def _parameters(program: p.Program, roots: tuple[walking.Node, ...]) -> list[str]:
    return [one.name for one in walking.nodes(program, roots) if isinstance(one, p.Param)]


def unused(loaded: Loaded) -> Iterator[Finding]:
    """Find parameters, facts, formulas and conditions that no version uses."""
    used: set[str] = {loaded.policy.dated_by or ""}
    for _number, program in _programs(loaded):
        for node in walking.nodes(program, _roots(program)):
            used.update(walking.facts_of(program, node) if isinstance(node, p.Expr) else ())
            used.update({node.name} if isinstance(node, p.Param | p.NamedRef) else ())
    parts: tuple[tuple[str, tuple[Any, ...], str, str], ...] = (
        ("parameters", loaded.policy.parameters, "参数", "parameter"),
        ("facts", loaded.policy.facts, "事实", "fact"),
        ("formulas", loaded.policy.formulas, "公式", "formula"),
    )
    for part, many, zh, en in parts:
        for number, one in enumerate(many):
            identifies = getattr(one, "type", "") in ("credit_code", "text")
            if one.name not in used and not identifies:
                yield _unused(f"{part}[{number}]", f"{zh} {one.name}", f"the {en} {one.name}")
    conditions = _used_conditions(loaded.policy)
    for number, condition in enumerate(loaded.policy.conditions):
        if condition.id not in conditions:
            yield _unused(f"conditions[{number}]", f"条件 {condition.id}", f"the condition {condition.id}")


def _unused(path: str, zh: str, en: str) -> Finding:
    return (
        "warning",
        path,
        "unused",
        (f"{zh} 没有用到", f"{en} is used nowhere"),
        ("用上它，或删去。", "Use it, or leave it out."),
    )


def _used_conditions(policy: Policy) -> set[str]:
    roots = [one for version in policy.versions for one in (*version.fund, *version.who, *version.excluded)]
    return {
        str(one.use)
        for root in (*roots, *policy.conditions, *policy.consistent)
        for _path, one in _inside(root, "")
        if one.use
    }


def _inside(one: Condition, path: str) -> Iterator[tuple[str, Condition]]:
    """Yield (path, condition) of a condition and all inside it."""
    yield path, one
    for form in ("all", "any"):
        for number, child in enumerate(getattr(one, f"{form}_") or ()):
            yield from _inside(child, f"{join(path, form)}[{number}]")
    if one.not_ is not None:
        yield from _inside(one.not_, join(path, "not"))


def citations(loaded: Loaded) -> Iterator[Finding]:
    """Find values without a source, sources nobody knows, and requirements that do not say when their fact is fixed."""
    known = {one.id for one in loaded.policy.sources}
    for number, parameter in enumerate(loaded.policy.parameters):
        for place, value in enumerate(parameter.values):
            path = f"parameters[{number}].values[{place}]"
            if value.source is None:
                yield (
                    "error",
                    path,
                    "uncited",
                    (f"参数 {parameter.name} 的这个值没有出处", f"this value of {parameter.name} cites no source"),
                    (
                        "写上 source；没有文件的，引一个 verified: false 的来源。",
                        "Add `source`; general knowledge cites one with `verified: false`.",
                    ),
                )
            elif value.source not in known:
                yield _no_source(join(path, "source"), value.source)
    for number, fact in enumerate(loaded.policy.facts):
        if fact.source is not None and fact.source not in known:
            yield _no_source(f"facts[{number}].source", fact.source)
    for number, version in enumerate(loaded.policy.versions):
        if version.source not in known:
            yield _no_source(f"versions[{number}].source", version.source)
    for path, one in _conditions(loaded.policy):
        if one.source is not None and one.source not in known:
            yield _no_source(join(path, "source"), one.source)


def _no_source(path: str, name: str) -> Finding:
    return (
        "error",
        path,
        "unknown-name",
        (f"没有叫“{name}”的来源", f"no source is called {name}"),
        ("在 sources 里写上它。", "Add it to `sources`."),
    )


def _conditions(policy: Policy) -> Iterator[tuple[str, Condition]]:
    for part in ("conditions", "consistent"):
        for number, one in enumerate(getattr(policy, part)):
            yield from _inside(one, f"{part}[{number}]")
    for number, version in enumerate(policy.versions):
        for section in ("fund", "who", "excluded"):
            for place, one in enumerate(getattr(version, section)):
                yield from _inside(one, f"versions[{number}].{section}[{place}]")


def fixed_days(loaded: Loaded) -> Iterator[Finding]:
    """Find requirements that do not say on which day their facts are fixed, and moments nobody defined."""
    moments = {one.name for one in loaded.policy.moments}
    for _number, program in _programs(loaded):
        for one in program.requirements:
            fixed = one.test.meta.fixed
            if fixed is None and not _all_fixed(one.test):
                yield (
                    "warning",
                    one.test.path,
                    "not-fixed",
                    (
                        f"条件 {one.test.meta.code} 没有写以哪一天为准",
                        f"{one.test.meta.code} does not say on which day its facts are fixed",
                    ),
                    ("写上 fixed: 日期或 moments 里的名称。", "Add `fixed`: a date, or a name from `moments`."),
                )
            for test in walking.nodes(program, (one.test,)):
                if isinstance(test, p.Test) and isinstance(named := test.meta.fixed, str) and named not in moments:
                    yield (
                        "error",
                        test.path,
                        "unknown-name",
                        (f"moments 里没有“{named}”", f"no moment is called {named}"),
                        ("在 moments 里定义它。", "Define it in `moments`."),
                    )


def _all_fixed(test: p.Test) -> bool:
    inner = getattr(test, "children", ())
    return bool(inner) and all(one.meta.fixed is not None or _all_fixed(one) for one in inner)


def names(loaded: Loaded) -> Iterator[Finding]:
    """Find names given twice, and ids that two conditions of a version share."""
    policy = loaded.policy
    seen: dict[str, str] = {}
    parts: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("facts", policy.facts),
        ("parameters", policy.parameters),
        ("formulas", policy.formulas),
    )
    for part, many in parts:
        for number, one in enumerate(many):
            if one.name in seen:
                yield (
                    "error",
                    f"{part}[{number}].name",
                    "duplicate-name",
                    (
                        f"名称“{one.name}”已用于 {seen[one.name]}",
                        f"the name {one.name} is used already at {seen[one.name]}",
                    ),
                    ("换一个名称。", "Choose another name."),
                )
            seen.setdefault(one.name, f"{part}[{number}]")
    yield from _shared_ids(policy)
    keys = [one.version for one in policy.versions]
    for number, version in enumerate(policy.versions):
        if version.version in keys[:number]:
            yield (
                "error",
                f"versions[{number}].version",
                "duplicate-name",
                (f"版本“{version.version}”写了两次", f"there are two versions {version.version}"),
                ("换一个名称。", "Choose another name."),
            )
    if policy.dated_by is not None and all(one.name != policy.dated_by or one.type != "date" for one in policy.facts):
        yield (
            "error",
            "dated_by",
            "unknown-name",
            (f"没有叫“{policy.dated_by}”的日期事实", f"no date fact is called {policy.dated_by}"),
            ("写一个 type: date 的事实的名称。", "Name a fact of `type: date`."),
        )


def _shared_ids(policy: Policy) -> Iterator[Finding]:
    for number, version in enumerate(policy.versions):
        ids: set[str] = set()
        for section in ("fund", "who", "excluded"):
            for place, root in enumerate(getattr(version, section)):
                for path, one in _inside(root, f"versions[{number}].{section}[{place}]"):
                    name = one.id or one.use
                    if name in ids:
                        yield (
                            "error",
                            path,
                            "duplicate-name",
                            (
                                f"版本 {version.version} 里有两个条件叫“{name}”",
                                f"two conditions of version {version.version} are called {name}",
                            ),
                            ("换一个 id：答复以它为原因代码。", "Choose another id: answers name it as their reason."),
                        )
                    ids.update({name} if name else ())


def texts(loaded: Loaded) -> Iterator[Finding]:
    """Find texts without an English version."""
    for path, one in _texts(loaded.policy, ""):
        if not one.en:
            yield (
                "warning",
                path,
                "no-english",
                (f"“{one.zh}”没有英文", f"“{one.zh}” has no English"),
                ("补上 en。", "Add `en`."),
            )


def _texts(model: object, path: str) -> Iterator[tuple[str, Text]]:
    if isinstance(model, Text):
        yield path, model
    elif isinstance(model, tuple):
        for number, one in enumerate(model):
            yield from _texts(one, f"{path}[{number}]")
    elif fields := getattr(type(model), "model_fields", None):
        for name, field in fields.items():
            yield from _texts(getattr(model, name), join(path, field.alias or name))


CHECKS: tuple[Callable[[Loaded], Iterator[Finding]], ...] = (
    names,
    intervals,
    parameter_dates,
    unused,
    citations,
    fixed_days,
    reachable,
    texts,
)
