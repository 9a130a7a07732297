"""Names and faults the rules share."""

from __future__ import annotations

from paotui.planning.faults import Fault, fault
from paotui.planning.routes.checker.case import Case

__all__ = ["Fault", "fault", "stated", "stop_name"]


def stop_name(case: Case, name: str) -> str:
    """ "s3" or "s3 (铁路一中)" where the stop has a name of its own."""
    stop = case.stops.get(name)
    return f"{name} ({stop.name})" if stop and stop.name else name


def stated(path: str, what: tuple[str, str], said: object, found: object) -> Fault:
    """The plan states one number, and its own visits give another."""
    zh, en = what
    return fault(
        path,
        zh=f"{zh}写的是 {said}，按行程重算为 {found}。请改正。",
        en=f"{en} is stated as {said}, and comes to {found} when driven again. Correct it.",
    )
