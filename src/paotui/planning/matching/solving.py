"""From problem to plan: candidates, market, and the reasons of whoever and whatever is left over."""

from __future__ import annotations

from typing import Literal

import numpy as np

from paotui.planning.assigning import Watch
from paotui.planning.matching import engine
from paotui.planning.matching.exchange import Exchange
from paotui.planning.matching.plan import Condition, MatchingParams, MatchingPlan, Open, Unplaced
from paotui.planning.matching.problem import MatchingProblem
from paotui.planning.matching.tables import Array
from paotui.planning.stop import OnProgress, Stop

CONDITIONS: tuple[Condition, ...] = ("exclusion", "skills", "wage", "shift", "distance", "start", "conditions")


def solve(
    problem: MatchingProblem,
    stop: Stop,
    seed: int = 1,
    params: MatchingParams | None = None,
    on_progress: OnProgress | None = None,
    start: MatchingPlan | None = None,
) -> MatchingPlan:
    """Return the matching of highest worth, proven; when stopped before, the best found with its bound.

    Nothing is left to chance, so `seed` changes nothing. From `start` only what has changed is matched anew.
    """
    watch = Watch(stop, on_progress, len(problem.people), "worth")
    exchange = Exchange(problem, params)
    if start is not None:
        exchange.begin_from(start)
    exchange.match(watch)
    plan = planned(exchange)
    watch.tell(plan.iterations, plan.worth, len(plan.unplaced))
    return plan


def planned(exchange: Exchange) -> MatchingPlan:
    """Return the plan of an exchange that has been matched."""
    market = exchange.market
    people, vacancies = exchange.people, exchange.vacancies
    rows = np.flatnonzero(market.place >= 0)
    taken, worth = market.place[rows], market.worth[rows]
    price = np.where(exchange.tables.seats > 0, market.price, 0)
    bound = exchange.bound() if exchange.proven else _bound(exchange, price)
    total = int(worth.sum())
    return MatchingPlan.model_validate({
        "worth": total, "bound": bound, "proven": total == bound, "iterations": market.iterations,
        "placements": [
            {"person": people[person].id, "vacancy": vacancies[vacancy].id, "worth": points}
            for person, vacancy, points in zip(rows.tolist(), taken.tolist(), worth.tolist(), strict=True)
        ],
        "prices": {vacancies[vacancy].id: int(price[vacancy]) for vacancy in np.flatnonzero(price).tolist()},
        "unplaced": _unplaced(exchange, price, proven=total == bound),
        "open": _open(exchange, price, proven=total == bound),
    })  # fmt: skip


def _bound(exchange: Exchange, price: Array) -> int:
    """Return what the prices of an exchange that was stopped prove over all admissible pairs."""
    best = engine.candidates(exchange.tables, 1, price=price)
    return int((best.worth - price[best.head]).sum() + (exchange.tables.seats * price).sum())


def _unplaced(exchange: Exchange, price: Array, *, proven: bool) -> list[Unplaced]:
    """Say of everybody without a place what stands against it: the nearest vacancy and what it would take."""
    people, vacancies = exchange.people, exchange.vacancies
    left = np.flatnonzero((exchange.market.place < 0) & exchange.present).astype(np.int32)
    best = engine.candidates(exchange.tables, 1, who=left, price=price, least=np.iinfo(np.int64).min // 4)
    has, told = np.diff(best.start) > 0, dict[int, Unplaced]()
    for row, vacancy, worth in zip(left[has].tolist(), best.head.tolist(), best.worth.tolist(), strict=True):
        short = int(price[vacancy]) - worth
        reason: Literal["outbid", "stopped"] = "outbid" if proven else "stopped"
        told[row] = Unplaced(
            person=people[row].id, reason=reason, vacancy=vacancies[vacancy].id, short=max(short, 0)
        )  # fmt: skip
    misses, lacks = engine.nearest_vacancies(exchange.tables, left[~has], 1, price)
    for row, vacancy, bits in zip(left[~has].tolist(), misses[:, 0].tolist(), lacks[:, 0].tolist(), strict=True):
        told[row] = (
            Unplaced(person=people[row].id, reason="no_occupation")
            if vacancy < 0
            else Unplaced(
                person=people[row].id, reason="not_admissible", vacancy=vacancies[vacancy].id, lacks=named(bits)
            )
        )
    return [told[row] for row in sorted(told)]


def _open(exchange: Exchange, price: Array, *, proven: bool) -> list[Open]:
    """Say of every vacancy with seats left whether somebody could take them, and who comes nearest if nobody."""
    people, vacancies, tables, place = exchange.people, exchange.vacancies, exchange.tables, exchange.market.place
    left = tables.seats - np.bincount(place[place >= 0], minlength=len(vacancies))
    rows = np.flatnonzero(left > 0)
    nearest, lacks = engine.nearest_people(tables, rows)
    elsewhere: Literal["placed_elsewhere", "stopped"] = "placed_elsewhere" if proven else "stopped"
    return [
        Open(
            vacancy=vacancies[row].id, seats=int(left[row]), reason="nobody",
            person=people[person].id if person >= 0 else None, lacks=named(bits),
        )
        if person < 0 or bits
        else Open(vacancy=vacancies[row].id, seats=int(left[row]), reason=elsewhere)
        for row, person, bits in zip(rows.tolist(), nearest.tolist(), lacks.tolist(), strict=True)
    ]  # fmt: skip


def named(bits: int) -> tuple[Condition, ...]:
    """Return the conditions the bits of the kernel stand for."""
    return tuple(name for place, name in enumerate(CONDITIONS) if bits >> place & 1)
