"""Lint: alternatives that can never decide, because one before covers them or their fact cannot be so."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.authored.errors import Level
from paotui.policy import program as p
from paotui.policy import walking
from paotui.policy.compiling import compile_version
from paotui.policy.loader import Loaded

Finding = tuple[Level, str, str, tuple[str, str], tuple[str, str]]


def reachable(loaded: Loaded) -> Iterator[Finding]:
    """Find alternatives that can never decide: covered by one before, or impossible by the limits of their fact."""
    for version in loaded.policy.versions:
        program = compile_version(loaded.policy, version, version.from_, loaded.reporter([]))
        for root in program.requirements:
            for node in walking.nodes(program, (root.test,)):
                if isinstance(node, p.Any):
                    yield from _hidden(node)
                if isinstance(node, p.Compare) and _impossible(program, node):
                    yield (
                        "warning",
                        node.path,
                        "unreachable",
                        ("按事实的上下限，这个条件永远不会满足", "by the limits of its fact this can never be met"),
                        ("核对比较的数，或事实的上下限。", "Check the number, or the limits of the fact."),
                    )


def _hidden(test: p.Any) -> Iterator[Finding]:
    for number, later in enumerate(test.children):
        for earlier in test.children[:number]:
            if _implies(later, earlier):
                yield (
                    "warning",
                    later.path,
                    "unreachable",
                    (
                        f"前面的备选条件（{earlier.path}）已经包括它，永远轮不到它",
                        f"the alternative at {earlier.path} covers it already: it can never decide",
                    ),
                    ("删去，或改正其中一个。", "Leave it out, or correct one of the two."),
                )
                break


def _implies(later: p.Test, earlier: p.Test) -> bool:
    """Tell whether whatever meets `later` surely meets `earlier`."""
    if isinstance(later, p.All) and any(_implies(one, earlier) for one in later.children):
        return True
    if isinstance(later, p.Compare) and isinstance(earlier, p.Compare):
        return _same(later.left, earlier.left) and _narrower(
            later.operator, later.right, earlier.operator, earlier.right
        )
    if isinstance(later, p.Ratio) and isinstance(earlier, p.Ratio):
        same = _same(later.numerator, earlier.numerator) and _same(later.denominator, earlier.denominator)
        return same and _narrower(later.operator, later.right, earlier.operator, earlier.right)
    if isinstance(later, p.OneOf) and isinstance(earlier, p.OneOf):
        options = {getattr(one, "value", one) for one in earlier.options}
        return _same(later.left, earlier.left) and all(getattr(one, "value", None) in options for one in later.options)
    return False


def _same(one: p.Expr, other: p.Expr) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, p.FactRef | p.NamedRef | p.Param):
        return one.name == getattr(other, "name", None)
    return isinstance(one, p.Const) and one.value == getattr(other, "value", None)


def _narrower(operator: str, right: p.Expr, wider: str, limit: p.Expr) -> bool:
    one, other = getattr(right, "value", None), getattr(limit, "value", None)
    if one is None or other is None:
        return operator == wider and _same(right, limit)
    if operator == wider and one == other:
        return True
    low, high = ("at_least", "more_than"), ("at_most", "less_than")
    if operator in low and wider in low:
        return bool(one > other or (one == other and operator == "more_than"))
    return operator in high and wider in high and bool(one < other or (one == other and operator == "less_than"))


def _impossible(program: p.Program, test: p.Compare) -> bool:
    value = getattr(test.right, "value", None)
    if not isinstance(test.left, p.FactRef) or test.left.kind != "number" or value is None:
        return False
    fact = program.facts[test.left.name]
    return bool(
        (fact.maximum is not None and test.operator in ("at_least", "more_than", "is_") and value > fact.maximum)
        or (fact.minimum is not None and test.operator in ("at_most", "less_than", "is_") and value < fact.minimum)
        or (fact.minimum is not None and test.operator == "less_than" and value == fact.minimum)
        or (fact.maximum is not None and test.operator == "more_than" and value == fact.maximum)
    )
