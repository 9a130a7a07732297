"""Walks through a program: everything below a condition or expression, and the facts it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from paotui.policy import program as p

Node = p.Expr | p.Test


def below(program: p.Program, node: Node) -> tuple[Node, ...]:
    """Return what a node is directly made of; of a name, the formula it stands for."""
    match node:
        case p.All() | p.Any():
            return node.children
        case p.Not():
            return (node.child,)
        case p.Compare():
            return (node.left, node.right)
        case p.Ratio():
            return (node.numerator, node.denominator, node.right)
        case p.OneOf():
            return (node.left, *node.options)
        case p.IsKnown():
            return (node.left,)
        case p.NamedRef():
            return (program.named[node.name].expr,)
        case p.Arithmetic():
            return node.arguments
        case p.Months():
            return tuple(one for one in (node.first, node.last) if one is not None)
        case p.Later():
            return (node.date,)
        case p.Choose():
            return (*(part for branch in node.branches for part in branch), node.otherwise)
    return ()


def nodes(program: p.Program, roots: tuple[Node, ...]) -> Iterator[Node]:
    """Yield some nodes and everything below them, each once."""
    seen: set[Node] = set()
    open_ = list(reversed(roots))
    while open_:
        node = open_.pop()
        if node not in seen:
            seen.add(node)
            yield node
            open_ += reversed(below(program, node))


@lru_cache(maxsize=65536)
def facts_of(program: p.Program, node: Node) -> tuple[str, ...]:
    """Return the facts a condition or expression rests on, in the order they are named."""
    found: dict[str, None] = {}
    for one in nodes(program, (node,)):
        if isinstance(one, p.FactRef):
            found[one.name] = None
        elif isinstance(one, p.OfSeries | p.Months):
            found[one.fact] = None
    return tuple(found)


def roots(program: p.Program) -> tuple[Node, ...]:
    """Return everything an answer of the program can rest on: contradictions, requirements, formulas, the sum."""
    tests = (*program.consistent, *(one.test for one in program.requirements))
    sums = (program.result, *(() if program.cap is None else (program.cap,)))
    return (*tests, *(one.expr for one in program.named.values()), *sums)


def resting(program: p.Program) -> tuple[dict[str, list[p.Test]], dict[str, list[str]]]:
    """Return the tests, and the formulas, that rest on each fact."""
    tests: dict[str, list[p.Test]] = {}
    named: dict[str, list[str]] = {}
    for node in nodes(program, roots(program)):
        if isinstance(node, p.Test):
            for fact in facts_of(program, node):
                tests.setdefault(fact, []).append(node)
    for name, one in program.named.items():
        for fact in facts_of(program, one.expr):
            named.setdefault(fact, []).append(name)
    return tests, named
