"""Counting: one pass over records, work orders or targets, remembering every one that was counted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Literal

from paotui.playbooks.conditions import NOTHING, compiled, is_known
from paotui.playbooks.plan import RecordView, RosterTarget, WorkView
from paotui.playbooks.schema import Counting

Stream = Literal["records", "work", "targets"]


@dataclass(frozen=True, slots=True)
class Counted:
    """A number and the ids of exactly what it was counted from, in the order it came."""

    value: Decimal
    record_ids: tuple[int | str, ...] = ()
    work_ids: tuple[int | str, ...] = ()
    target_keys: tuple[int | str, ...] = ()


def counter(counting: Counting) -> Counter:
    """Return an empty counter for what a playbook says to count."""
    if counting.sum is not None:
        return _Sum(counting)
    if counting.distinct is not None:
        return _Distinct(counting)
    if counting.count == "targets":
        return _Targets(counting)
    return _Work(counting) if counting.count == "work_orders" else _Records(counting)


class Counter(ABC):
    """Takes one thing after another and says in the end how many it counted, and which."""

    reads: ClassVar[Stream]

    def __init__(self, counting: Counting) -> None:
        self.measures = frozenset(counting.of)
        self._test = compiled(counting.where)

    @abstractmethod
    def add(self, one: Any) -> None: ...

    @abstractmethod
    def counted(self) -> Counted: ...


class _Records(Counter):
    """Records of the measures for which the conditions hold."""

    reads = "records"

    def __init__(self, counting: Counting) -> None:
        super().__init__(counting)
        self._ids: list[int | str] = []

    def add(self, one: RecordView) -> None:
        if one.measure in self.measures and (self._test is None or self._test(one.facts, one.values, one.at)):
            self.take(one)

    def take(self, one: RecordView) -> None:
        self._ids.append(one.id)

    def counted(self) -> Counted:
        return Counted(Decimal(len(self._ids)), record_ids=tuple(self._ids))


class _Sum(_Records):
    """The sum of one value over records; a record that leaves it blank adds nothing and is not counted."""

    def __init__(self, counting: Counting) -> None:
        super().__init__(counting)
        self._field = counting.sum or ""
        self._total = Decimal(0)

    def take(self, one: RecordView) -> None:
        value = one.values.get(self._field)
        if value is not None:
            self._total += value
            self._ids.append(one.id)

    def counted(self) -> Counted:
        return Counted(self._total, record_ids=tuple(self._ids))


class _Distinct(_Records):
    """Different targets, organisations, people, values or facts over records; with `every`, of all the measures."""

    def __init__(self, counting: Counting) -> None:
        super().__init__(counting)
        self._key = _keys(counting.distinct or "target")
        self._of_targets = counting.distinct == "target"
        self._every = counting.every
        self._found: dict[Any, tuple[set[str], list[int | str]]] = {}
        self._order: dict[int | str, int] = {}

    def take(self, one: RecordView) -> None:
        key = self._key(one)
        if is_known(key):
            measures, ids = self._found.setdefault(key, (set(), []))
            measures.add(one.measure)
            ids.append(one.id)
            self._order[one.id] = len(self._order)

    def counted(self) -> Counted:
        kept = {key: ids for key, (seen, ids) in self._found.items() if not self._every or seen == self.measures}
        records = sorted((one for ids in kept.values() for one in ids), key=self._order.__getitem__)
        return Counted(Decimal(len(kept)), tuple(records), target_keys=tuple(kept) if self._of_targets else ())


class _Work(Counter):
    """Work orders of the measures; cancelled ones were never needed, waived ones still count as asked for."""

    reads = "work"

    def __init__(self, counting: Counting) -> None:
        super().__init__(counting)
        self._ids: list[int | str] = []

    def add(self, one: WorkView) -> None:
        if one.measure not in self.measures or one.state == "cancelled":
            return
        if self._test is None or self._test(one.facts, NOTHING, one.done_at):
            self._ids.append(one.id)

    def counted(self) -> Counted:
        return Counted(Decimal(len(self._ids)), work_ids=tuple(self._ids))


class _Targets(Counter):
    """Targets of the roster for whose facts the conditions hold."""

    reads = "targets"

    def __init__(self, counting: Counting) -> None:
        super().__init__(counting)
        self._keys: list[int | str] = []

    def add(self, one: RosterTarget) -> None:
        if self._test is None or self._test(one.facts, NOTHING, None):
            self._keys.append(one.key)

    def counted(self) -> Counted:
        return Counted(Decimal(len(self._keys)), target_keys=tuple(self._keys))


def _keys(distinct: str) -> Callable[[RecordView], Any]:
    kind, _, name = distinct.partition(":")
    if kind == "value":
        return lambda record: record.values.get(name)
    if kind == "fact":
        return lambda record: record.facts.get(name)
    return {
        "target": lambda record: record.target,
        "organisation": lambda record: record.organisation,
        "person": lambda record: record.person,
    }[kind]
