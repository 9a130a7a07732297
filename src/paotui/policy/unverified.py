"""What an answer rests on without anybody having verified it in its source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from paotui.policy import program as p
from paotui.policy import walking
from paotui.worktime import LocalText


@dataclass(frozen=True, slots=True)
class Unverified:
    """Something the answer rests on that nobody has verified in its source."""

    label: LocalText
    source: str


@lru_cache(maxsize=512)
def unverified(program: p.Program, with_amount: bool) -> tuple[Unverified, ...]:
    """Return the facts, parameters, conditions and the version an answer rests on that nobody has verified."""
    sources = {one.id: one for one in program.policy.sources}
    found: dict[str, Unverified] = {}
    version = sources.get(program.version.source)
    if version is not None and not version.verified:
        found[version.id] = Unverified(
            LocalText(f"版本 {program.version.version}", f"version {program.version.version}"), version.title
        )
    roots: list[walking.Node | None] = [one.test for one in program.requirements]
    if with_amount:
        roots += [program.result, program.cap, *(program.named[name].expr for name in (*program.steps, *program.also))]
    asked = tuple(one for one in roots if one is not None)
    for name in dict.fromkeys(fact for root in asked for fact in walking.facts_of(program, root)):
        fact = program.facts[name]
        if fact.source is not None and (source := sources.get(fact.source)) and not source.verified:
            found[f"fact:{name}"] = Unverified(
                LocalText(f"{fact.label.local.zh}（口径）", f"{fact.label.local.en} (what exactly counts)"),
                source.title,
            )
    for node in walking.nodes(program, asked):
        if (
            isinstance(node, p.Test)
            and node.meta.label
            and (source := sources.get(node.meta.source))
            and not source.verified
        ):
            found.setdefault(node.meta.code, Unverified(node.meta.label.local, source.title))
        if isinstance(node, p.Param) and (value := program.parameters[node.name][1]):
            source = sources.get(value.source or "")
            if not (value.verified if value.verified is not None else bool(source and source.verified)):
                label = program.parameters[node.name][0].label
                found.setdefault(node.name, Unverified(label.local, source.title if source else ""))
    return tuple(found.values())
