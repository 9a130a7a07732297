"""The conditions of one pair, read off the problem itself: for words and for the checker, not for bulk."""

from __future__ import annotations

from paotui.local_text import LocalText, counted
from paotui.planning.matching.plan import Condition
from paotui.planning.matching.problem import MatchingProblem, Person, Vacancy

NAMES = {
    "exclusion": LocalText("被排除", "excluded"),
    "skills": LocalText("技能", "skills"),
    "wage": LocalText("工资", "wage"),
    "shift": LocalText("班次", "shift"),
    "distance": LocalText("距离", "distance"),
    "start": LocalText("到岗日期", "start date"),
    "conditions": LocalText("劳动条件", "conditions of work"),
}


def lacking(problem: MatchingProblem, person: Person, vacancy: Vacancy) -> dict[Condition, LocalText]:
    """Return what stands against the pair, each with the smallest change that would do; the occupation left aside."""
    found: dict[Condition, LocalText] = {}
    if reason := problem.excluded_why.get((person.id, vacancy.id)):
        found["exclusion"] = LocalText(f"已被排除：{reason}", f"excluded: {reason}")
    if needed := sorted({*vacancy.skills} - {*person.skills}):
        found["skills"] = LocalText(f"需补上技能：{'、'.join(needed)}", f"skills to acquire: {', '.join(needed)}")
    if vacancy.wage < person.wage:
        less = person.wage - vacancy.wage
        found["wage"] = LocalText(f"工资差 {less} 元/月", f"the wage is {less} yuan a month short")
    if vacancy.shift and person.shifts and vacancy.shift not in person.shifts:
        found["shift"] = LocalText(f"须接受{vacancy.shift}", f"the shift '{vacancy.shift}' would have to be accepted")
    if person.farthest is not None and (far := problem.plane.metres(person.at, vacancy.at)) > person.farthest:
        more = far - person.farthest
        found["distance"] = LocalText(f"超出可接受距离 {more} 米", f"{more} m farther than accepted")
    if vacancy.start and person.available and vacancy.start < person.available:
        late = (person.available - vacancy.start).days
        found["start"] = LocalText(f"到岗晚 {late} 天", f"available {late} days too late")
    if refused := sorted({*vacancy.conditions} & {*person.refuses}):
        found["conditions"] = LocalText(f"不接受：{'、'.join(refused)}", f"refused: {', '.join(refused)}")
    return found


def parts(problem: MatchingProblem, person: Person, vacancy: Vacancy) -> dict[str, tuple[int, LocalText]]:
    """Return the parts of the worth of an admissible pair in points, each with its words."""
    weights, rank = problem.weights, person.occupations.index(vacancy.occupation)
    over = min(vacancy.wage - person.wage, weights.wage_most)
    far, skills = problem.plane.metres(person.at, vacancy.at), len({*vacancy.welcome} & {*person.skills})
    days = (problem.on - person.waiting_since).days if person.waiting_since else 0
    months = min(max(days, 0) // 30, weights.waiting_most)
    wished = person.wishes.index(vacancy.id) + 1 if vacancy.id in person.wishes else 0
    return {
        "placed": (weights.placed, LocalText("上岗", "a placement")),
        "preference": (
            -weights.preference * rank,
            LocalText(f"第 {rank + 1} 志愿工种", f"occupation of choice {rank + 1}"),
        ),
        "wage": (weights.wage * over // 100, LocalText(f"工资高出要求 {over} 元", f"wage {over} yuan above the least")),
        "distance": (-(weights.distance * far // 1000), LocalText(f"相距 {far} 米", f"{far} m away")),
        "welcome": (weights.welcome * skills, LocalText(f"加分技能 {skills} 项", counted(skills, "welcome skill"))),
        "waiting": (weights.waiting * months, LocalText(f"已等 {months} 个月", f"{counted(months, 'month')} waited")),
        "wish": (weights.wish // wished if wished else 0, LocalText(f"点名志愿第 {wished} 位", f"wish no. {wished}")),
    }


def worth(problem: MatchingProblem, person: Person, vacancy: Vacancy) -> int:
    """Return the worth of an admissible pair in points."""
    return max(1, sum(points for points, _ in parts(problem, person, vacancy).values()))
