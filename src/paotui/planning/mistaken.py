"""A problem given where a plan is wanted, or a plan for a problem: told in one sentence, not by every key."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel

from paotui.planning.faults import Fault, fault

NO_PLAN = fault(
    "", zh="这是问题，不是方案。请给出由 --out 写出的文件。",
    en="this is a problem, not a plan. Give the file written by --out.",
)  # fmt: skip
NO_PROBLEM = fault(
    "", zh="这是方案，不是问题。请给出制订方案时所用的问题文件。",
    en="this is a plan, not a problem. Give the file it was made from.",
)  # fmt: skip

_other: dict[type[BaseModel], tuple[type[BaseModel], Fault]] = {}


def tell_apart(problem: type[BaseModel], plan: type[BaseModel]) -> None:
    """Make known which plan belongs to which problem: each planner does, once."""
    _other.update({problem: (plan, NO_PROBLEM), plan: (problem, NO_PLAN)})


def mistaken(model: type[BaseModel], data: Any) -> Fault | None:
    """Say that data which do not fit the model are of the other sort: by `kind`, or by keys where both have it."""
    if model not in _other or not isinstance(data, dict):
        return None
    (other, told), kind = _other[model], data.get("kind")
    wanted, others = _kinds(model), _kinds(other)
    if kind in others and kind not in wanted:
        return told
    if kind is not None and kind not in others:
        return None
    own, foreign = model.model_fields.keys(), other.model_fields.keys()
    return told if len(data.keys() & (foreign - own)) > len(data.keys() & (own - foreign)) else None


def _kinds(model: type[BaseModel]) -> tuple[Any, ...]:
    return get_args(model.model_fields["kind"].annotation)
