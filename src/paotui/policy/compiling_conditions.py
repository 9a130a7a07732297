"""Conditions compiled: named ones looked up, comparisons checked against the kinds they compare."""

from __future__ import annotations

import datetime as dt
from typing import Any

from paotui.authored.source import join
from paotui.authored.suggest import choose
from paotui.policy import program as p
from paotui.policy.compiling_expressions import ExpressionCompiler
from paotui.policy.rules import Condition

ORDERED = ("at_least", "at_most", "more_than", "less_than")


class Compiler(ExpressionCompiler):
    """Compiles tests too; id, day and cure a test does not state it takes from the test around it, `outer`."""

    def condition(self, condition: Condition, path: str, outer: p.Meta | None, said: Condition | None = None) -> p.Test:
        meta = self._meta(condition, said, outer)
        form = condition.form
        below = join(path, form.rstrip("_"))
        if form in ("all_", "any_"):
            group = p.All if form == "all_" else p.Any
            many = getattr(condition, form)
            return group(meta, path, tuple(self.condition(one, join(below, i), meta) for i, one in enumerate(many)))
        if form == "not_":
            assert condition.not_ is not None
            return p.Not(meta, path, self.condition(condition.not_, below, meta))
        if form == "use":
            return self._use(condition, path, outer)
        if form == "entitled":
            return self._entitled(condition, meta, path)
        return self._comparison(condition, meta, path)

    def _meta(self, one: Condition, said: Condition | None, outer: p.Meta | None) -> p.Meta:
        """Return what is said of a test, first by whoever uses it, then by its definition."""
        both = [each for each in (said, one) if each is not None]

        def first(name: str) -> Any:
            return next((found for each in both if (found := getattr(each, name))), None)

        return p.Meta(
            first("id") or (outer.code if outer else ""),
            first("label"),
            first("clause") or "",
            first("source") or (outer.source if outer else self.version.source),
            first("fixed") or (outer.fixed if outer else None),
            first("curable") or (outer.curable if outer else None),
        )

    def _use(self, condition: Condition, path: str, outer: p.Meta | None) -> p.Test:
        name = str(condition.use)
        places = {one.id: (number, one) for number, one in enumerate(self.policy.conditions)}
        if name not in places:
            hint = choose(name, [str(one) for one in places])
            self.report(
                join(path, "use"),
                "unknown-name",
                (f"没有叫“{name}”的条件", f"no condition is called {name}"),
                (hint.zh, hint.en),
            )
            return p.All(self._meta(condition, None, outer), path, ())
        if f"use {name}" in self.doing:
            self.report(
                join(path, "use"),
                "cycle",
                (f"条件“{name}”绕回自身", f"the condition {name} refers to itself"),
                ("去掉其中一处 use。", "Take one `use` out."),
            )
            return p.All(self._meta(condition, None, outer), path, ())
        number, found = places[name]
        self.doing.append(f"use {name}")
        test = self.condition(found, f"conditions[{number}]", outer, condition)
        self.doing.pop()
        return test

    def _entitled(self, condition: Condition, meta: p.Meta, path: str) -> p.Test:
        name = str(condition.entitled)
        found = [one for one in self.version.entitled if one.fact == name]
        if not found or name not in self.facts or self.facts[name].type != "choice":
            hint = choose(name, [one.fact for one in self.version.entitled])
            self.report(
                join(path, "entitled"),
                "unknown-name",
                (f"本版本没有为“{name}”列出享受对象", f"this version lists no entitled groups of {name}"),
                (hint.zh, hint.en),
            )
            return p.All(meta, path, ())
        now = [group.value for group in found[0].groups if group.until is None or self.day <= group.until]
        options = tuple(p.Const("choice", 0, False, one) for one in now)
        return p.OneOf(meta, path, p.FactRef("choice", 0, False, name), options)

    def _comparison(self, condition: Condition, meta: p.Meta, path: str) -> p.Test:
        name, right = condition.comparison
        where = join(path, name.rstrip("_"))
        if condition.ratio is not None:
            above, below = (self.number(one, join(join(path, "ratio"), i)) for i, one in enumerate(condition.ratio))
            if name not in ORDERED:
                self._does_not_fit(where, name, "ratio")
                return p.All(meta, path, ())
            return p.Ratio(meta, path, above, below, name, self.number(right, where), condition.without_base)  # type: ignore[arg-type]
        given = condition.fact if condition.fact is not None else condition.value
        left = self.expression(given, join(path, condition.form))  # type: ignore[arg-type]
        if condition.fact is not None and condition.fact not in self.facts:
            self._fact(condition.fact, join(path, "fact"), left.kind)
        if name == "known":
            return p.IsKnown(meta, path, left, bool(right))
        if name == "in_":
            options = tuple(self._right(left, one, join(where, i)) for i, one in enumerate(right))  # type: ignore[arg-type, var-annotated]
            return p.OneOf(meta, path, left, options)
        if left.kind in ("text", "series", "periods") or (left.kind in ("boolean", "choice") and name in ORDERED):
            self._does_not_fit(where, name, left.kind)
            return p.All(meta, path, ())
        return p.Compare(meta, path, left, name, self._right(left, right, where))  # type: ignore[arg-type]

    def _does_not_fit(self, path: str, name: str, kind: str) -> None:
        word = name.rstrip("_")
        self.report(
            path,
            "kind",
            (f"{kind} 不能用 {word} 比较", f"{word} does not compare a {kind}"),
            ("换一种比较。", "Use another comparison."),
        )

    def _right(self, left: p.Expr, right: Any, path: str) -> p.Expr:
        if left.kind == "choice":
            return self._option(left, right, path)
        found = self.expression(right, path)
        if found.kind != left.kind:
            self.report(
                path,
                "kind",
                (f"不能拿 {left.kind} 与 {found.kind} 比较", f"a {left.kind} cannot be compared with a {found.kind}"),
                ("两边写同一类的值。", "Write values of one kind on both sides."),
            )
        return found

    def _option(self, left: p.Expr, right: Any, path: str) -> p.Expr:
        assert isinstance(left, p.FactRef)
        options = [one.value for one in self.facts[left.name].choices]
        if right not in options:
            hint = choose(str(right), options)
            self.report(
                path,
                "unknown-name",
                (f"“{right}”不是“{left.name}”的选项", f"{right} is no choice of {left.name}"),
                (hint.zh, hint.en),
            )
        return p.Const("choice", 0, False, str(right))


def fixed_on(meta: p.Meta, moments: dict[str, dt.date]) -> dt.date | None:
    """Return the day a test's facts are fixed on, as far as it is known."""
    return moments.get(meta.fixed) if isinstance(meta.fixed, str) else meta.fixed
