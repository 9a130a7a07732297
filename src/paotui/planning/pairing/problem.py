"""Units paired with compounds: who may take what, how much, and what a pair costs; the problem as JSON says it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from paotui.planning import assigning, reading
from paotui.planning.assigning import unknown
from paotui.planning.faults import Fault, fault, twice
from paotui.planning.plane import Middle, Plane, Point

Points = Annotated[int, Field(ge=0, le=10_000)]
Words = tuple[str, ...]
ALL = "*"


class Role(reading.Model):
    """What a compound needs one unit for: a branch 结对支部, a cadre 包院干部, a judge, a clerk.

    Compounds of the communities `whole` ("*": of every community) go to one unit together.
    """

    id: str = Field(min_length=1)
    name: str = ""
    whole: Words = ()


class Unit(reading.Model):
    """Who takes compounds: at most the load `most`; balance compares load / strength."""

    id: str = Field(min_length=1)
    name: str = ""
    role: str = "unit"
    at: Point | None = None
    most: int | None = Field(None, ge=0, le=1_000_000)
    strength: int = Field(1, ge=1, le=10_000)
    skills: Words = ()


class Compound(reading.Model):
    """What is taken 楼院 (or a case, or a work order), as one: its load cannot be shared."""

    id: str = Field(min_length=1)
    name: str = ""
    community: str = ""
    at: Point | None = None
    load: int = Field(1, ge=1, le=100_000)
    roles: Words | None = None  # None: one unit of every role
    requires: Words = ()  # skills the unit must have
    welcome: Words = ()  # skills it had better have


class Conflict(reading.Model):
    """A unit that must not take a compound, or any of a community; the reason is shown to whoever asks."""

    unit: str
    compound: str | None = None
    community: str | None = None
    reason: str = Field(min_length=1)


class Pair(reading.Model):
    unit: str
    compound: str


class Weights(reading.Model):
    """What a pair costs in points: distance × metres / 1000 (rounded down) + competence × welcome skills missing
    + keep where the compound had another unit in this role: so a pair is changed only for a gain above `keep`.
    """

    distance: Points = 10
    competence: Points = 20
    keep: Points = 50


class PairingProblem(reading.Model):
    kind: Literal["pairing"] = "pairing"
    name: str = ""
    roles: tuple[Role, ...] = (Role(id="unit"),)
    units: tuple[Unit, ...]
    compounds: tuple[Compound, ...]
    conflicts: tuple[Conflict, ...] = ()
    before: tuple[Pair, ...] = ()
    fixed: tuple[Pair, ...] = ()
    farthest: int | None = Field(None, ge=0)  # metres between unit and compound
    weights: Weights = Weights()

    def after(self, pairs: tuple[Pair, ...]) -> PairingProblem:
        """With these pairs as those of before, where it names none."""
        return self if self.before or not pairs else self.model_copy(update={"before": pairs})

    @cached_property
    def unit_of(self) -> dict[str, int]:
        return {unit.id: number for number, unit in enumerate(self.units)}

    @cached_property
    def compound_of(self) -> dict[str, int]:
        return {compound.id: number for number, compound in enumerate(self.compounds)}

    @cached_property
    def conflict_reasons(self) -> dict[str, dict[str, list[str]]]:
        """Reasons by unit and compound."""
        members: dict[str, list[str]] = {}
        for compound in self.compounds:
            members.setdefault(compound.community, []).append(compound.id)
        found: dict[str, dict[str, list[str]]] = {}
        for one in self.conflicts:
            named = [one.compound] if one.compound is not None else members.get(one.community or "", [])
            for compound_id in named:
                found.setdefault(one.unit, {}).setdefault(compound_id, []).append(one.reason)
        return found

    @cached_property
    def fixed_unit(self) -> dict[tuple[str, str], str]:
        """The unit a compound is fixed to, by role and compound."""
        return {(self.units[self.unit_of[one.unit]].role, one.compound): one.unit for one in self.fixed}

    @cached_property
    def old_unit(self) -> dict[tuple[str, str], str]:
        """The unit a compound had, by role and compound."""
        return {(self.units[self.unit_of[one.unit]].role, one.compound): one.unit for one in self.before}

    @cached_property
    def plane(self) -> Plane:
        return Middle([*(one.at for one in self.units), *(one.at for one in self.compounds)]).plane

    def units_of(self, role: str) -> list[Unit]:
        return [unit for unit in self.units if unit.role == role]

    def groups(self, role: Role) -> list[list[Compound]]:
        """Return the compounds that need the role, those that stay together in one list, in their order."""
        found: dict[tuple[str, str], list[Compound]] = {}
        for one in self.compounds:
            if one.roles is None or role.id in one.roles:
                whole = one.community and (one.community in role.whole or ALL in role.whole)
                found.setdefault(("community", one.community) if whole else ("compound", one.id), []).append(one)
        return list(found.values())


def _faults(problem: PairingProblem) -> Iterable[Fault]:
    communities = {one.community for one in problem.compounds}
    roles = {role.id for role in problem.roles}
    for key, things in (("roles", problem.roles), ("units", problem.units), ("compounds", problem.compounds)):
        yield from twice(key, [thing.id for thing in things])
    for number, role in enumerate(problem.roles):
        for place, name in enumerate(role.whole):
            if name != ALL and name not in communities:
                yield unknown(f"roles[{number}].whole[{place}]", name)
    for number, unit in enumerate(problem.units):
        if unit.role not in roles:
            yield unknown(f"units[{number}].role", unit.role)
    for number, compound in enumerate(problem.compounds):
        for place, name in enumerate(compound.roles or ()):
            if name not in roles:
                yield unknown(f"compounds[{number}].roles[{place}]", name)
    for number, one in enumerate(problem.conflicts):
        path = f"conflicts[{number}]"
        if one.unit not in problem.unit_of:
            yield unknown(f"{path}.unit", one.unit)
        if one.compound is not None and one.compound not in problem.compound_of:
            yield unknown(f"{path}.compound", one.compound)
        if one.community is not None and one.community not in communities:
            yield unknown(f"{path}.community", one.community)
        if (one.compound is None) == (one.community is None):
            yield fault(path, zh="请在楼院和社区中恰好写一项。", en="name either a compound or a community.")
    for key in ("before", "fixed"):
        yield from _pairs(problem, key, getattr(problem, key))


def _pairs(problem: PairingProblem, key: str, pairs: Iterable[Pair]) -> Iterable[Fault]:
    seen: set[tuple[str, str]] = set()
    for number, one in enumerate(pairs):
        known = one.unit in problem.unit_of
        if not known:
            yield unknown(f"{key}[{number}].unit", one.unit)
        if one.compound not in problem.compound_of:
            yield unknown(f"{key}[{number}].compound", one.compound)
        role = problem.units[problem.unit_of[one.unit]].role if known else ""
        if known and (role, one.compound) in seen:
            yield fault(
                f"{key}[{number}]", zh=f"“{one.compound}”在同一角色下已有一对。请只留一对。",
                en=f'"{one.compound}" has a pair in this role already. Keep one.',
            )  # fmt: skip
        seen.add((role, one.compound))


def read_problem(data: bytes, name: str = "") -> PairingProblem:
    """Return the problem written as JSON; raises ProblemError with every fault found."""
    return assigning.read(PairingProblem, data, _faults)
