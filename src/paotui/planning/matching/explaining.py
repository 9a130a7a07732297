"""Says why somebody has this place, another, or none, and what it would take; and what changed between two plans."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from paotui.local_text import LocalText
from paotui.planning.assigning import SHOWN, in_points, listed, moved
from paotui.planning.faults import ProblemError, fault
from paotui.planning.matching import conditions, engine
from paotui.planning.matching.plan import MatchingPlan
from paotui.planning.matching.problem import MatchingProblem, Person, Vacancy
from paotui.planning.matching.tables import setting_of, tabulate


def explain(problem: MatchingProblem, plan: MatchingPlan, subject: str) -> list[LocalText]:
    """Return sentences on a person, a vacancy, or a pair written "person/vacancy"; ProblemError when unknown."""
    if subject in problem.person_of:
        return _on_person(problem, plan, problem.people[problem.person_of[subject]])
    if subject in problem.vacancy_of:
        return _on_vacancy(problem, plan, problem.vacancies[problem.vacancy_of[subject]])
    left, _, right = subject.partition("/")
    if left in problem.person_of and right in problem.vacancy_of:
        person, vacancy = problem.people[problem.person_of[left]], problem.vacancies[problem.vacancy_of[right]]
        return [_on_pair(problem, plan, person, vacancy)]
    raise ProblemError([fault(
        "", zh=f"没有“{subject}”：请写求职者或岗位的编号，或“求职者/岗位”。",
        en=f'there is no "{subject}": write the id of a person or a vacancy, or "person/vacancy".',
    )])  # fmt: skip


def _on_person(problem: MatchingProblem, plan: MatchingPlan, person: Person) -> list[LocalText]:
    place = {one.person: one.vacancy for one in plan.placements}.get(person.id)
    told = []
    if place:
        told.append(_on_pair(problem, plan, person, problem.vacancies[problem.vacancy_of[place]]))
    else:
        told.append(_why_unplaced(problem, plan, person))
    others = [one for one in _nearest(problem, plan, person) if one.id != place]
    return [*told, *(_on_pair(problem, plan, person, one) for one in others[:SHOWN])]


def _nearest(problem: MatchingProblem, plan: MatchingPlan, person: Person) -> list[Vacancy]:
    """Return the vacancies with seats that come nearest, in order: by the rule of the plan, in its own function."""
    offered = tuple(one for one in problem.vacancies if one.occupation in person.occupations)
    there = {one.id: row for row, one in enumerate(offered)}
    someone = person.model_copy(update={"wishes": tuple(one if one in there else "" for one in person.wishes)})
    excluded = tuple(one for one in problem.excluded if one.person == person.id and one.vacancy in there)
    part = MatchingProblem.model_construct(
        on=problem.on, weights=problem.weights, people=(someone,), vacancies=offered, excluded=excluded
    )
    setting = replace(setting_of(problem), vacancy_row={**there, "": -1})  # a wish for another trade keeps its rank
    price = np.array([plan.prices.get(one.id, 0) for one in offered], np.int64)
    rows, _ = engine.nearest_vacancies(tabulate(part, setting), np.zeros(1, np.int32), SHOWN + 1, price)
    return [offered[row] for row in rows[0].tolist() if row >= 0]


def _why_unplaced(problem: MatchingProblem, plan: MatchingPlan, person: Person) -> LocalText:
    one = next((one for one in plan.unplaced if one.person == person.id), None)
    who = person.name or person.id
    if one is None or one.vacancy is None:
        return LocalText(
            f"{who}：没有所求工种的岗位。增加一个工种志愿即可进入匹配。",
            f"{who}: no vacancy of the occupations wanted. Another occupation of choice would open some.",
        )
    vacancy = problem.vacancies[problem.vacancy_of[one.vacancy]]
    where = vacancy.name or vacancy.id
    if one.reason == "outbid":
        return LocalText(
            f"{who}：{where}的名额给了总值更高的人，差 {one.short} 分；再多一个名额，或多出这些分，就可能排上。",
            f"{who}: the seats of {where} go where they are worth more, by {one.short} points; "
            "one more seat, or more points than that, could do it.",
        )
    if one.reason == "stopped":
        return LocalText(
            f"{who}：计算提前停止，还没有排到。", f"{who}: the search was stopped before a place was found."
        )
    lacks = listed(conditions.lacking(problem, person, vacancy).values())
    return LocalText(
        f"{who}：没有可去的岗位；最接近的是{where}：{lacks.zh}。",
        f"{who}: no vacancy fits; the nearest is {where}: {lacks.en}.",
    )


def _on_vacancy(problem: MatchingProblem, plan: MatchingPlan, vacancy: Vacancy) -> list[LocalText]:
    takes = [one for one in plan.placements if one.vacancy == vacancy.id]
    where, price = vacancy.name or vacancy.id, plan.prices.get(vacancy.id, 0)
    told = [LocalText(
        f"{where}：{vacancy.seats} 个名额，安置 {len(takes)} 人；再加一个名额，总值至多增加 {price} 分。",
        f"{where}: {len(takes)} of {vacancy.seats} seats taken; one more seat would add at most {price} points.",
    )]  # fmt: skip
    told += [_why_open(problem, one.person, vacancy) for one in plan.open if one.vacancy == vacancy.id]
    people = [problem.people[problem.person_of[one.person]] for one in takes[: 4 * SHOWN]]
    return [*told, *(_on_pair(problem, plan, person, vacancy) for person in people)]


def _why_open(problem: MatchingProblem, nearest: str | None, vacancy: Vacancy) -> LocalText:
    if nearest is None:
        return LocalText(
            "有空额：能来的人都有更好的去处，或无人求此工种。",
            "Seats are left: whoever could come has a better place, or nobody wants the occupation.",
        )
    person = problem.people[problem.person_of[nearest]]
    lacks = listed(conditions.lacking(problem, person, vacancy).values())
    return LocalText(
        f"有空额：无人符合；最接近的是{person.name or person.id}：{lacks.zh}。",
        f"Seats are left: nobody fits; the nearest is {person.name or person.id}: {lacks.en}.",
    )


def _on_pair(problem: MatchingProblem, plan: MatchingPlan, person: Person, vacancy: Vacancy) -> LocalText:
    who, where = person.name or person.id, vacancy.name or vacancy.id
    if vacancy.occupation not in person.occupations:
        return LocalText(
            f"{who} → {where}：不愿从事“{vacancy.occupation}”。加为志愿即可。",
            f"{who} → {where}: '{vacancy.occupation}' is not wanted. Adding it as a choice would do.",
        )
    if lacks := conditions.lacking(problem, person, vacancy):
        against = listed(lacks.values())
        return LocalText(f"{who} → {where}：不能，{against.zh}。", f"{who} → {where}: no, {against.en}.")
    worth, price = conditions.worth(problem, person, vacancy), plan.prices.get(vacancy.id, 0)
    why = in_points(conditions.parts(problem, person, vacancy).values(), signed=True)
    if any((one.person, one.vacancy) == (person.id, vacancy.id) for one in plan.placements):
        return LocalText(
            f"{who} → {where}：安排，{worth} 分（{why.zh}）。", f"{who} → {where}: placed, {worth} points ({why.en})."
        )
    own = next((one for one in plan.placements if one.person == person.id), None)
    gains = own.worth - plan.prices.get(own.vacancy, 0) if own else 0
    short = max(price + gains - worth, 0)
    return LocalText(
        f"{who} → {where}：可以但没有安排，{worth} 分（{why.zh}）；名额价值 {price} 分，还差 {short} 分。",
        f"{who} → {where}: possible but not made, {worth} points ({why.en}); "
        f"a seat is worth {price}, {short} points short.",
    )


def diff(problem: MatchingProblem | None, before: MatchingPlan, after: MatchingPlan) -> list[LocalText]:
    """Return what changed: totals first, then person by person."""
    was = {one.person: one.vacancy for one in before.placements}
    now = {one.person: one.vacancy for one in after.placements}
    told = [LocalText(
        f"安置 {len(was)} → {len(now)} 人，总值 {before.worth} → {after.worth} 分。",
        f"{len(was)} → {len(now)} people placed, worth {before.worth} → {after.worth} points.",
    )]  # fmt: skip
    for name in sorted({*was, *now}):
        if was.get(name) == now.get(name):
            continue
        who = problem.people[problem.person_of[name]].name or name if problem and name in problem.person_of else name
        told.append(moved(who, filter(None, [was.get(name)]), filter(None, [now.get(name)])))
    return told
