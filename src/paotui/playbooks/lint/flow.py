"""Flow: order without cycles, and no measure that can never come into being."""

from __future__ import annotations

from paotui.playbooks.lint.finder import Finder
from paotui.playbooks.lint.satisfiable import conflict
from paotui.playbooks.schema import Measure


def check(finder: Finder) -> None:
    cyclic = _cycles(finder)
    for path, measure in finder.each_measure():
        _arising(finder, path, measure)
        _waits_for_something(finder, path, measure)
    _never(finder, cyclic)


def _before(finder: Finder, measure: Measure) -> list[str]:
    named = [*measure.after, *([measure.on.measure] if measure.on else [])]
    return [name for name in named if name in finder.measures]


def _cycles(finder: Finder) -> set[str]:
    """Report every cycle once, naming its members in order; return the measures in cycles."""
    found: set[str] = set()
    for path, measure in finder.each_measure():
        if measure.id in found:
            continue
        circle = _way_back(finder, measure.id)
        if circle:
            found.update(circle)
            shown = " → ".join([*circle, circle[0]])
            finder.add(
                path,
                "cycle",
                (f"措施互相等待：{shown}", f"these measures wait for each other: {shown}"),
                ("去掉其中一个 after 或 on。", "Take out one `after` or `on` of them."),
            )
    return found


def _way_back(finder: Finder, start: str) -> list[str] | None:
    """Return the shortest way from a measure through what it waits for back to itself."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for name in _before(finder, finder.measures[way[-1]]):
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return None


def _arising(finder: Finder, path: str, measure: Measure) -> None:
    if measure.on is None:
        return
    if measure.after:
        finder.add(
            f"{path}.after",
            "arises-and-waits",
            ("由记录引出的措施不再等待别的措施", "work that arises from a record waits for nothing else"),
            ("去掉 after，或去掉 on。", "Leave out `after`, or `on`."),
        )
    if measure.repeat is not None:
        finder.add(
            f"{path}.repeat",
            "arises-and-repeats",
            ("由记录引出的措施不能重复", "work that arises from a record happens once for each record"),
            ("去掉 repeat，或去掉 on。", "Leave out `repeat`, or `on`."),
        )


def _waits_for_something(finder: Finder, path: str, measure: Measure) -> None:
    before = [finder.measures[name] for name in measure.after if name in finder.measures]
    if before and all(one.on is not None for one in before):
        first = before[0].on
        finder.add(
            f"{path}.after",
            "waits-for-arising",
            ("只等待可能不出现的措施，等于不等", "it waits only for work that may never arise, which is not waiting"),
            (
                f"再写上引出它的 {first.measure if first else ''}。",
                f"Name {first.measure if first else ''} as well, from which it arises.",
            ),
        )


def _never(finder: Finder, cyclic: set[str]) -> None:
    """Report measures whose conditions contradict each other, and those that would arise from such a measure."""
    never: dict[str, str] = {}
    paths = {measure.id: path for path, measure in finder.each_measure()}
    for name, path in paths.items():
        clash = conflict(finder.measures[name].when, finder.facts, {})
        if clash:
            never[name] = name
            finder.add(
                f"{path}.when",
                "never",
                (f"条件永远不成立：{clash.zh}", f"these conditions never hold: {clash.en}"),
                ("改正条件，或删除该措施。", "Correct the conditions, or remove the measure."),
            )
        _trigger_never(finder, path, finder.measures[name], never)
    _follow_never(finder, paths, never, cyclic)


def _trigger_never(finder: Finder, path: str, measure: Measure, never: dict[str, str]) -> None:
    if measure.on is None or measure.on.measure not in finder.measures:
        return
    values = {field.name: field for field in finder.measures[measure.on.measure].record}
    clash = conflict(measure.on.when, finder.facts, values)
    if clash:
        never[measure.id] = measure.id
        finder.add(
            f"{path}.on.when",
            "never",
            (f"条件永远不成立：{clash.zh}", f"these conditions never hold: {clash.en}"),
            ("改正条件，或删除该措施。", "Correct the conditions, or remove the measure."),
        )


def _follow_never(finder: Finder, paths: dict[str, str], never: dict[str, str], cyclic: set[str]) -> None:
    grew = True
    while grew:
        grew = False
        for name, path in paths.items():
            on = finder.measures[name].on
            if name in never or name in cyclic or on is None or on.measure not in never:
                continue
            never[name] = on.measure
            grew = True
            finder.add(
                f"{path}.on.measure",
                "never",
                (f"由“{on.measure}”引出，而它永远不会发生", f"it arises from {on.measure}, which never happens"),
                ("改正前一项措施，或删除本项。", "Correct that measure, or remove this one."),
            )
