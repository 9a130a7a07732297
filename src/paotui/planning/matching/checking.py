"""Verifies a plan without the solver: every pair by itself, then the proof by prices in whole numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from paotui.planning.faults import Fault, fault
from paotui.planning.matching import conditions
from paotui.planning.matching.judging import Columns, column
from paotui.planning.matching.plan import MatchingPlan, Open, Placement, Unplaced
from paotui.planning.matching.problem import MatchingProblem
from paotui.planning.matching.proof import gains


def check(problem: MatchingProblem, plan: MatchingPlan) -> list[Fault]:
    """Return what does not hold; empty when all pairs may be made, the worth is right and the bound is proven."""
    if faults := misfits(problem, plan):
        return faults
    columns = Columns(problem)
    return [*_pairs(problem, plan, columns), *_left_over(problem, plan), *_proof(problem, plan, columns)]


def misfits(problem: MatchingProblem, plan: MatchingPlan) -> list[Fault]:
    """Return what the plan names and the problem has not: such a plan cannot be told of, nor drawn."""
    return [*_names(problem, plan)]


def _names(problem: MatchingProblem, plan: MatchingPlan) -> Iterable[Fault]:
    named: list[tuple[str, str | None, str | None]]
    named = [(f"placements[{n}]", one.person, one.vacancy) for n, one in enumerate(plan.placements)]
    named += [(f"unplaced[{n}]", one.person, one.vacancy) for n, one in enumerate(plan.unplaced)]
    named += [(f"open[{n}]", one.person, one.vacancy) for n, one in enumerate(plan.open)]
    for path, person, vacancy in named:
        if person is not None and person not in problem.person_of:
            yield fault(f"{path}.person", zh=f"问题中没有“{person}”。", en=f'the problem knows no "{person}".')
        if vacancy is not None and vacancy not in problem.vacancy_of:
            yield fault(f"{path}.vacancy", zh=f"问题中没有“{vacancy}”。", en=f'the problem knows no "{vacancy}".')
    for name, price in plan.prices.items():
        if name not in problem.vacancy_of:
            yield fault(f"prices.{name}", zh="问题中没有这个岗位。", en="the problem knows no such vacancy.")
        elif price < 0:
            yield fault(f"prices.{name}", zh=f"价格 {price} 小于 0。", en=f"the price {price} is below 0.")


def _pairs(problem: MatchingProblem, plan: MatchingPlan, columns: Columns) -> Iterable[Fault]:
    wanted = [
        problem.vacancies[problem.vacancy_of[one.vacancy]].occupation
        in problem.people[problem.person_of[one.person]].occupations
        for one in plan.placements
    ]
    for number, wants in enumerate(wanted):
        if not wants:
            path = f"placements[{number}]"
            yield fault(path, zh="此人不愿从事该工种。", en="the person does not want this occupation.")
    kept = [(number, one) for number, one in enumerate(plan.placements) if wanted[number]]
    rows, places = (
        column(problem.person_of[one.person] for _, one in kept),
        column(problem.vacancy_of[one.vacancy] for _, one in kept),
    )
    ranks = column(
        problem.people[row].occupations.index(problem.vacancies[place].occupation)
        for row, place in zip(rows.tolist(), places.tolist(), strict=True)
    )
    admissible, worth = columns.judge(rows, places, ranks)
    for at in np.flatnonzero(~admissible | (worth != column(one.worth for _, one in kept))).tolist():
        yield from _pair(problem, *kept[at])
    for name, times in Counter(one.person for one in plan.placements).items():
        if times > 1:
            yield fault("placements", zh=f"{name} 安置了 {times} 次。", en=f"{name} is placed {times} times.")
    for name, times in Counter(one.vacancy for one in plan.placements).items():
        if times > (seats := problem.vacancies[problem.vacancy_of[name]].seats):
            yield fault("placements", zh=f"{name} 有 {seats} 个名额，安置了 {times} 人。",
                        en=f"{name} has {seats} seats and takes {times} people.")  # fmt: skip
    if plan.worth != (total := sum(one.worth for one in plan.placements)):
        yield fault(
            "worth", zh=f"各对之和是 {total}，写的是 {plan.worth}。", en=f"the pairs sum to {total}, not {plan.worth}."
        )


def _pair(problem: MatchingProblem, number: int, one: Placement) -> Iterable[Fault]:
    """Say in words what is wrong with a placement."""
    path = f"placements[{number}]"
    person, vacancy = problem.people[problem.person_of[one.person]], problem.vacancies[problem.vacancy_of[one.vacancy]]
    for words in conditions.lacking(problem, person, vacancy).values():
        yield fault(path, zh=f"不能成对：{words.zh}。", en=f"the pair must not be made: {words.en}.")
    if one.worth != (right := conditions.worth(problem, person, vacancy)):
        yield fault(
            f"{path}.worth", zh=f"应为 {right}，写的是 {one.worth}。", en=f"should be {right}, says {one.worth}."
        )


def _left_over(problem: MatchingProblem, plan: MatchingPlan) -> Iterable[Fault]:
    placed, told = {one.person for one in plan.placements}, Counter(one.person for one in plan.unplaced)
    for person in problem.people:
        if told[person.id] != (person.id not in placed):
            yield fault(
                "unplaced",
                zh=f"{person.id} 应恰好列在安置或未安置之一。",
                en=f"{person.id} is to be either placed or listed here, once.",
            )
    for number, one in enumerate(plan.unplaced):
        yield from _reason(problem, one, f"unplaced[{number}]")
    for number, free in enumerate(plan.open):
        yield from _open(problem, free, f"open[{number}]")
    taken = Counter(one.vacancy for one in plan.placements)
    left = {one.id: one.seats - taken[one.id] for one in problem.vacancies if one.seats > taken[one.id]}
    if left != {one.vacancy: one.seats for one in plan.open}:
        yield fault("open", zh="剩余名额与安置不符。", en="the list does not hold exactly the seats left over.")


def _open(problem: MatchingProblem, one: Open, path: str) -> Iterable[Fault]:
    if one.person is None:
        return
    person, vacancy = problem.people[problem.person_of[one.person]], problem.vacancies[problem.vacancy_of[one.vacancy]]
    lacks = {*conditions.lacking(problem, person, vacancy)}
    if one.reason == "nobody" and (not lacks or lacks != {*one.lacks}):
        yield fault(path, zh=f"实际缺 {sorted(lacks)}。", en=f"what lacks is {sorted(lacks)}.")


def _reason(problem: MatchingProblem, one: Unplaced, path: str) -> Iterable[Fault]:
    if one.vacancy is None:
        return
    person, vacancy = problem.people[problem.person_of[one.person]], problem.vacancies[problem.vacancy_of[one.vacancy]]
    lacks = {*conditions.lacking(problem, person, vacancy)}
    if lacks != {*one.lacks}:
        yield fault(
            f"{path}.lacks",
            zh=f"实际缺 {sorted(lacks)}，写的是 {sorted(one.lacks)}。",
            en=f"what lacks is {sorted(lacks)}, not {sorted(one.lacks)}.",
        )


def _proof(problem: MatchingProblem, plan: MatchingPlan, columns: Columns) -> Iterable[Fault]:
    prices = np.zeros(len(problem.vacancies), np.int64)
    for name, price in plan.prices.items():
        prices[problem.vacancy_of[name]] = price
    rents, admissible = gains(problem, columns, prices)
    bound = int(rents.sum() + (columns.seats * prices).sum())
    if plan.bound != bound:
        yield fault(
            "bound",
            zh=f"价格证明的上界是 {bound}，写的是 {plan.bound}。",
            en=f"the prices prove {bound}, not {plan.bound}.",
        )
    if plan.proven != (plan.worth == bound):
        yield fault("proven", zh="只有总值等于上界才算已证明。", en="proven means that the worth equals the bound.")
    for number, one in enumerate(plan.unplaced):
        if one.reason in ("no_occupation", "not_admissible") and admissible[problem.person_of[one.person]]:
            yield fault(f"unplaced[{number}]", zh="其实有可去的岗位。", en="there is a vacancy this person could take.")
    if plan.proven:
        yield from _slackness(problem, plan, rents.tolist())


def _slackness(problem: MatchingProblem, plan: MatchingPlan, rents: list[int]) -> Iterable[Fault]:
    """Complementary slackness, so that a wrong proof is told by name: rent earned, priced seats full."""
    for number, one in enumerate(plan.placements):
        rent = rents[problem.person_of[one.person]]
        if one.worth - plan.prices.get(one.vacancy, 0) != rent:
            yield fault(f"placements[{number}]", zh=f"按价格另有更好的岗位（可得 {rent}）。",
                        en=f"at these prices another vacancy is better (gains {rent}).")  # fmt: skip
    for left in plan.unplaced:
        if rents[problem.person_of[left.person]]:
            yield fault(
                "unplaced", zh=f"{left.person} 按价格可得益却未安置。", en=f"{left.person} could gain and has no place."
            )
    for free in plan.open:
        if plan.prices.get(free.vacancy, 0):
            yield fault("open", zh=f"{free.vacancy} 有价格却有空额。", en=f"{free.vacancy} has a price and seats left.")
