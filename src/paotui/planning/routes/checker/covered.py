"""Every stop is served once, or listed as not served once; nothing disappears."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.planning.routes.checker.case import Case
from paotui.planning.routes.checker.driving import Fleet
from paotui.planning.routes.checker.faults import Fault, fault
from paotui.planning.routes.plan import Plan


def check(fleet: Fleet, plan: Plan) -> Iterator[Fault]:
    yield from _twice(fleet)
    yield from strangers(fleet.case, plan)
    yield from _left_out(fleet, plan)
    listed = {str(one.stop) for one in plan.unserved}
    named = {str(stop) for route in plan.routes for trip in route.trips for stop in trip}
    for name in fleet.case.stops:
        if name not in named and name not in listed and name not in fleet.served:
            yield fault(
                "routes",
                zh=f"{name} 既未服务，也未列入 unserved。请安排或列出原因。",
                en=f"{name} is neither served nor listed as unserved. Serve it, or list it with the reason.",
            )


def _twice(fleet: Fleet) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for drive in fleet.drives:
        for one in drive.stops:
            before = seen.setdefault(one.visit.id, one.path)
            if before != one.path:
                yield fault(
                    one.path,
                    zh=f"{one.visit.id} 已在 {before} 服务过。请只留一次。",
                    en=f"{one.visit.id} is served at {before} already. Keep one.",
                )


def strangers(case: Case, plan: Plan) -> Iterator[Fault]:
    """Stops listed as not served that the problem has not."""
    for place, one in enumerate(plan.unserved):
        if (name := str(one.stop)) not in case.stops:
            path = f"unserved[{place}].stop"
            yield fault(path, zh=f"问题中没有点“{name}”。请改正。", en=f"the problem has no stop '{name}'. Correct it.")


def _left_out(fleet: Fleet, plan: Plan) -> Iterator[Fault]:
    listed: set[str] = set()
    for place, one in enumerate(plan.unserved):
        name, path = str(one.stop), f"unserved[{place}].stop"
        if name in fleet.served:
            yield fault(
                path,
                zh=f"{name} 已由 {fleet.served[name][0].name} 服务。请从此处删去。",
                en=f"{name} is served by {fleet.served[name][0].name}. Take it off this list.",
            )
        elif name in listed:
            yield fault(path, zh=f"{name} 列了两次。请只留一次。", en=f"{name} is listed twice. Keep one.")
        listed.add(name)
