"""Which vehicle could serve a stop if it had nothing else to do; who fits nothing, and what nobody fits."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.local_text import LocalText
from paotui.planning.faults import Fault, fault
from paotui.planning.routes.checker import trial
from paotui.planning.routes.checker.case import Case, may_serve
from paotui.planning.routes.checker.words import reason
from paotui.planning.routes.problem import Problem, Stop

TOO_MUCH_TO_SHIP = LocalText(
    "其运送的货物超过各车的容量", "what is shipped from or to it is more than any vehicle holds"
)


def remarks(problem: Problem) -> Iterator[Fault]:
    """Stops no vehicle fits, with what keeps the nearest from it; vehicles that fit no stop, or stay loaded."""
    case = Case(problem)
    kinds = list(_one_of_each(case))
    fitting: set[str] = set()
    for number, stop in enumerate(problem.stops):
        name = stop.id if stop.id in case.stops else f"{stop.id}@1"
        able = next((kind for kind in _likely(kinds, fitting) if _fits(case, kind, name)), None)
        if able is None and kinds:
            yield _nobody(case, kinds, f"stops[{number}]", case.stops[name])
        elif able is not None:
            fitting.add(able)
    for kind in kinds:
        if kind not in fitting and problem.stops and not any(_fits(case, kind, name) for name in case.stops):
            yield _useless(problem, case, kind)
        vehicle = case.fleet[kind]
        if vehicle.empty_at_end and any(vehicle.onboard.values()):
            yield from _loaded(problem, case, kind)


def _one_of_each(case: Case) -> Iterator[str]:
    """A vehicle of each kind in service, by name."""
    seen: set[str] = set()
    for name, vehicle in case.fleet.items():
        if vehicle.id not in seen:
            seen.add(vehicle.id)
            yield name


def _likely(kinds: list[str], fitting: set[str]) -> list[str]:
    """Those that have fitted something first: most often they fit the next as well."""
    return sorted(kinds, key=lambda kind: kind not in fitting)


def _fits(case: Case, kind: str, name: str) -> bool:
    """Whether the vehicle, with nothing else to do, can serve the stop: a look at both first, driving takes longer."""
    return _able(case, kind, case.stops[name]) and not trial.alone(case, kind, name)


def _able(case: Case, kind: str, stop: Stop) -> bool:
    vehicle = case.fleet[kind]
    loads = [stop.delivery, stop.pickup, *(case.shipments[one] for one, _ in case.shipments_at.get(stop.id, []))]
    return (
        set(stop.requires) <= set(vehicle.capabilities)
        and may_serve(case, kind, stop)
        and all(amount <= vehicle.capacities.get(name, 0) for load in loads for name, amount in load.items())
    )


def _nobody(case: Case, kinds: list[str], path: str, stop: Stop) -> Fault:
    least = min((trial.alone(case, kind, stop.id) for kind in kinds), key=len)
    said = reason(least[0].text) if least else TOO_MUCH_TO_SHIP
    return fault(
        path,
        zh=f"没有车辆能服务 {stop.id}（{said.zh}）。它将列为未服务。",
        en=f"no vehicle can serve {stop.id} ({said.en}). It will be listed as not served.",
    )


def _loaded(problem: Problem, case: Case, kind: str) -> Iterator[Fault]:
    """Nothing where the vehicle, with nothing else to do, can be emptied in time."""
    against = trial.faults(trial.drive(case, kind, [[]]))
    if not against:
        return
    said = reason(against[0].text)
    yield fault(
        f"vehicles[{_place(problem, case, kind)}].onboard",
        zh=f"{kind} 收车前无法清空（{said.zh}），计划中将仍载货。请放宽班次或增加场站。",
        en=f"{kind} cannot be emptied by its end ({said.en}); it will stay loaded. Give it more time or a station.",
    )


def _useless(problem: Problem, case: Case, kind: str) -> Fault:
    return fault(
        f"vehicles[{_place(problem, case, kind)}]",
        zh=f"{kind} 一个点也服务不了。请核对其容量、能力和班次。",
        en=f"{kind} can serve no stop at all. Look at its capacities, capabilities and shift.",
    )


def _place(problem: Problem, case: Case, kind: str) -> int:
    return next(number for number, one in enumerate(problem.vehicles) if one.id == case.fleet[kind].id)
