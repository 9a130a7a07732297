"""Verifies plans from the problem alone: own travel times, own clock, own costs; no code in common with a solver.

Every rule of the language is one small function in one of these modules:

- `reading_in`: vehicles and stops exist, visits agree with trips; `timetable` makes times where a plan has none
- `hours`: ways, services, windows, quiet zones, shifts, releases, longest duration and distance
- `service`: capabilities, vehicles a stop names, stations, number of trips
- `loads`: capacities, stations that handle a load, classes that never mix, emptying, shipments
- `ties`: orders, rounds, stops together; `locks`: started routes; `rests`: breaks
- `covered`: every stop served once or listed; `figures`: what the plan states of itself, costs included
"""

from __future__ import annotations

from collections.abc import Iterator

from paotui.planning.faults import Fault
from paotui.planning.routes.checker import (
    costs,
    covered,
    figures,
    hours,
    loads,
    locks,
    reading_in,
    rests,
    service,
    ties,
)
from paotui.planning.routes.checker.case import Case
from paotui.planning.routes.checker.driving import Drive, Fleet
from paotui.planning.routes.plan import Cost, Plan
from paotui.planning.routes.problem import Problem

__all__ = ["check", "cost", "driven", "misfits"]


def check(problem: Problem, plan: Plan) -> list[Fault]:
    """Everything in the plan that breaks the problem's rules or is stated wrong; empty when it holds."""
    fleet, faults = driven(problem, plan)
    for drive in fleet.drives:
        faults += _of_route(drive)
    return [*faults, *_of_plan(fleet, plan)]


def cost(problem: Problem, plan: Plan) -> Cost:
    """What the plan costs, whether or not it holds; routes that cannot be read count nothing."""
    fleet, _ = driven(problem, plan)
    return costs.cost(fleet, [str(one.stop) for one in plan.unserved])


def driven(problem: Problem, plan: Plan) -> tuple[Fleet, list[Fault]]:
    """The routes as driven, and what is wrong with those that cannot be."""
    case = Case(problem)
    drives, faults = reading_in.drives(case, plan)
    return Fleet(case, tuple(drives)), faults


def misfits(problem: Problem, plan: Plan) -> list[Fault]:
    """What the plan names and the problem has not, and routes that cannot be driven: neither told of nor drawn."""
    case = Case(problem)
    return [*(one for by in reading_in.faults_of(case, plan) for one in by), *covered.strangers(case, plan)]


def _of_route(drive: Drive) -> Iterator[Fault]:
    for rules in (service, hours, rests, loads):
        yield from rules.check(drive)


def _of_plan(fleet: Fleet, plan: Plan) -> Iterator[Fault]:
    yield from covered.check(fleet, plan)
    yield from ties.check(fleet)
    yield from loads.shipments(fleet)
    yield from loads.left_on_board(fleet)
    yield from locks.check(fleet, {str(one.stop) for one in plan.unserved})
    yield from figures.check(fleet, plan)
