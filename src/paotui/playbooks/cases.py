"""Cases: examples written beside a playbook, played through and compared with what they expect.

A case can be read and written by whoever knows the work: a roster, who holds which role, what is recorded when, and
what must come out. It runs on the same expansion, following and counting as a launch.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from paotui.authored import shape, source
from paotui.authored.base import in_zone
from paotui.authored.suggest import choose
from paotui.playbooks.case_file import Case, CaseFile, ExpectedWork, Recorded
from paotui.playbooks.errors import PlaybookError, problem
from paotui.playbooks.figures import evaluate
from paotui.playbooks.loader import Loaded
from paotui.playbooks.plan import Launch, RosterTarget
from paotui.playbooks.preview import preview
from paotui.playbooks.schema import Playbook
from paotui.playbooks.values import ValueErrors, parse
from paotui.playbooks.world import NotPossible, Order, World
from paotui.worktime import Calendar, LocalText

OWN_KEYS = ("name", "organisation", "person", "copies")
"""Keys of a roster row that are not facts, unless the playbook has a fact of that name."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case after it was played through; `failures` read "expected ... got ..."."""

    name: str
    file: str
    line: int
    checks: int
    failures: tuple[LocalText, ...]

    @property
    def passed(self) -> bool:
        return not self.failures


def run(loaded: Loaded, cases_source: str, name: str, calendar: Calendar) -> list[CaseResult]:
    """Play every case of a file through; raises PlaybookError when the file itself is wrong."""
    tree = source.read(cases_source, name=name)
    try:
        file = CaseFile.model_validate(tree.data)
    except ValidationError as error:
        raise PlaybookError(shape.problems(error.errors(), tree, CaseFile, name=name)) from None
    results = []
    for place, case in enumerate(file.cases):
        line = shape.line_of(f"cases[{place}]", tree.lines)
        playing = _Playing(loaded.playbook, case, calendar)
        failures = playing.failures()
        results.append(CaseResult(case.name, name, line, playing.checks, tuple(failures)))
    return results


class _Playing:
    """One case being played through."""

    def __init__(self, playbook: Playbook, case: Case, calendar: Calendar) -> None:
        self.playbook, self.case, self.calendar = playbook, case, calendar
        self.checks = 0

    def failures(self) -> list[LocalText]:
        try:
            roster = list(self._roster())
            launch = _launch(self.case)
            world = World(self.playbook, roster, launch, self.calendar)
        except PlaybookError as error:
            return [LocalText(one.in_language("zh-hans"), str(one)) for one in error.problems]
        found = [*self._play(world), *self._work(world), *self._counts(world), *self._figures(world)]
        return [*found, *self._minutes(roster, launch)]

    def _roster(self) -> Iterator[RosterTarget]:
        for row in self.case.roster:
            copies = row.get("copies", 1)
            for number in range(1, int(str(copies)) + 1):
                yield _target(self.playbook, row, f" {number}" if "copies" in row else "")

    def _play(self, world: World) -> Iterator[LocalText]:
        for one in sorted(self.case.records, key=lambda record: record.at):
            for target in world.targets if one.target == "all" else (one.target,):
                failure = self._record(world, one, target)
                if failure:
                    yield failure

    def _record(self, world: World, one: Recorded, target: str) -> LocalText | None:
        measures = [measure.id for measure in self.playbook.measures]
        for name, known in ((one.measure, measures), (target, list(world.targets))):
            if name not in known:
                hint = choose(name, known)
                return LocalText(
                    f"记录里的“{name}”不存在。{hint.zh}", f"the record names {name}, which is not there. {hint.en}"
                )
        what = LocalText(
            f"{target} 的 {one.measure}（{one.at:%m-%d %H:%M}）", f"{one.measure} of {target} ({one.at:%m-%d %H:%M})"
        )
        self.checks += one.refused is not None
        try:
            world.record(one.measure, target, one.at, one.values, one.by)
        except NotPossible as refused:
            return LocalText(
                f"{what.zh}：不能记录，{refused.text.zh}", f"{what.en}: cannot be recorded, {refused.text.en}"
            )
        except ValueErrors as refused:
            return _refused(what, one, refused)
        return None if one.refused is None else _expected(what, f"{one.refused} refused", "accepted")

    def _work(self, world: World) -> Iterator[LocalText]:
        for one in self.case.expect.work:
            self.checks += 1
            yield from _compare_work(one, world)

    def _counts(self, world: World) -> Iterator[LocalText]:
        expect, counts = self.case.expect, Counter(order.planned.measure for order in world.orders)
        if expect.work_orders is not None:
            self.checks += 1
            if expect.work_orders != counts.total():
                yield _expected(LocalText("任务单总数", "work orders"), expect.work_orders, counts.total())
        known = [measure.id for measure in self.playbook.measures]
        for measure, count in expect.counts.items():
            self.checks += 1
            if measure not in known:
                yield _no_such("措施", "measure", measure, known)
            elif counts[measure] != count:
                yield _expected(LocalText(f"{measure} 的任务单", f"work orders of {measure}"), count, counts[measure])

    def _figures(self, world: World) -> Iterator[LocalText]:
        figures = {figure.id: figure for figure in self.playbook.figures}
        at = self.case.at or max((one.at for one in world.records), default=self.case.launch.at)
        for name, value in self.case.expect.figures.items():
            self.checks += 1
            if name not in figures:
                yield _no_such("数字", "figure", name, list(figures))
                continue
            answer = evaluate(
                self.playbook, figures[name], records=world.records, work=world.work(),
                targets=world.targets.values(), at=at, calendar=self.calendar,
            )  # fmt: skip
            if answer.value != (None if value is None else Decimal(value)):
                yield _expected(LocalText(f"数字 {name}", f"figure {name}"), value, answer.value)

    def _minutes(self, roster: list[RosterTarget], launch: Launch) -> Iterator[LocalText]:
        if not self.case.expect.minutes:
            return
        found = preview(self.playbook, roster, self.calendar, launch).minutes_by_role
        for role, minutes in self.case.expect.minutes.items():
            self.checks += 1
            if found.get(role) != minutes:
                yield _expected(LocalText(f"{role} 的分钟数", f"minutes of {role}"), minutes, found.get(role))


def _launch(case: Case) -> Launch:
    return Launch(
        at=case.launch.at, period_start=case.launch.from_, period_end=case.launch.to, members=case.members,
        occurrences=case.events,
    )  # fmt: skip


def _target(playbook: Playbook, row: Mapping[str, Any], number: str) -> RosterTarget:
    name = f"{row.get('name') or ''}{number}"
    known = {fact.name for fact in playbook.target.facts}
    facts = {key: value for key, value in row.items() if key in known or key not in OWN_KEYS}
    try:
        typed = parse(playbook.target.facts, facts)
    except ValueErrors as errors:
        raise PlaybookError(
            [problem(one.text, LocalText("", ""), path=f"roster: {name}", code="roster") for one in errors.problems]
        ) from None
    kind = playbook.target.kind
    organisation = row.get("organisation") or (name if kind == "organisation" else None)
    person = row.get("person") or (name if kind == "person" else None)
    return RosterTarget(name, name, typed, organisation, person)


def _compare_work(one: ExpectedWork, world: World) -> Iterator[LocalText]:
    what = _named(one)
    about = [order for order in world.orders if _is_about(one, order)]
    if one.times == 0 or not about:
        if bool(about) or one.times != 0:
            yield _expected(what, one.times if one.times is not None else "a work order", len(about) or "none")
        return
    differing = [tuple(_differences(one, order)) for order in about]
    right = sum(not each for each in differing)
    if one.times is None and not right:
        yield from (_expected(what, wanted, got) for wanted, got in differing[0])
    elif one.times is not None and right != one.times:
        yield _expected(what, f"{one.times} like this", right)


def _is_about(one: ExpectedWork, order: Order) -> bool:
    work = order.planned
    return (
        work.measure == one.measure
        and one.target in (None, "all", work.target)
        and one.role in (None, work.role)
        and one.by in (None, work.organisation)
    )


def _differences(one: ExpectedWork, order: Order) -> Iterator[tuple[str, str]]:
    """Yield (expected, got) for what was asked and is otherwise."""
    asked = one.model_fields_set
    if "opens" in asked and not _same_time(one.opens, order.opens_at):
        yield f"opens {_shown(one.opens)}", _shown(order.opens_at)
    if "due" in asked and not _same_time(one.due, order.due_at):
        yield f"due {_shown(one.due)}", _shown(order.due_at)
    if one.state is not None and one.state != order.state:
        yield one.state, order.state
    together = {organisation for _, organisation in order.planned.participants}
    if one.with_ is not None and set(one.with_) != together:
        yield f"with {', '.join(one.with_)}", ", ".join(str(each) for each in sorted(together, key=str)) or "nobody"


def _same_time(expected: dt.date | None, got: dt.datetime | None) -> bool:
    if expected is None or got is None:
        return expected is got
    if isinstance(expected, dt.datetime):
        return in_zone(expected).replace(second=0) == in_zone(got).replace(second=0)
    return expected == in_zone(got).date()


def _shown(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return f"{in_zone(value):%Y-%m-%d %H:%M}"
    return "none" if value is None else str(value)


def _named(one: ExpectedWork) -> LocalText:
    about = " ".join(str(part) for part in (one.target, one.role, one.by) if part)
    return LocalText(f"{one.measure} {about}".strip(), f"{one.measure} {about}".strip())


def _expected(what: LocalText, wanted: Any, got: Any) -> LocalText:
    return LocalText(
        f"{what.zh}：应为 {_shown(wanted)}，实为 {_shown(got)}",
        f"{what.en}: expected {_shown(wanted)}, got {_shown(got)}",
    )


def _refused(what: LocalText, one: Recorded, refused: ValueErrors) -> LocalText | None:
    fields = [each.field for each in refused.problems]
    if one.refused in fields:
        return None
    if one.refused is not None:
        return _expected(what, f"{one.refused} refused", f"{', '.join(fields)} refused")
    first = refused.problems[0].text
    return LocalText(f"{what.zh}：{first.zh}", f"{what.en}: {first.en}")


def _no_such(zh: str, en: str, name: str, known: list[str]) -> LocalText:
    hint = choose(name, known)
    return LocalText(f"没有叫“{name}”的{zh}。{hint.zh}", f"there is no {en} called {name}. {hint.en}")
