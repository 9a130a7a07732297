"""Why a stop is where it is, and what the alternatives would cost, in both languages."""

from __future__ import annotations

import pytest

from paotui.planning.faults import ProblemError
from paotui.planning.routes import cost, explain
from tests.planning.routes.cast import plan, problem, stop, trips, van


def said(of, by, subject: str, language: str = "en") -> list[str]:
    return [one.in_language(language) for one in explain(of, by, subject)]


def two_vans(**second):
    return [van(name="Van 1", per_km=1), van(id="two", name="Van 2", per_km=1, **second)]


def test_it_says_where_when_and_between_whom():
    of = problem(stops=[stop("a"), stop("b", name="Railway school", windows=[[0, 7200]]), stop("c")],
                 vehicles=two_vans())  # fmt: skip
    told = said(of, plan(trips("van", "a b c")), "b")
    assert told[0] == ("b (Railway school) is served by Van 1, number 2 of its 3 stops, 0:33:20–0:33:20, after a, "
                       "before c; its windows are 0:00–2:00.")  # fmt: skip
    assert told[1] == "It costs Van 1 0.00 yuan to serve it (0.0 km, 0 s)."


def test_the_detour_is_the_difference_the_checker_finds():
    of = problem(stops=[stop("a"), stop("c")], vehicles=two_vans())
    both, without = plan(trips("van", "a c")), plan(trips("van", "a"), unserved=["c"])
    difference = cost(of, both).distance - cost(of, without).distance
    assert f"It costs Van 1 {difference:.2f} yuan" in said(of, both, "c")[1]


def test_an_alternative_is_priced_against_the_plan():
    of = problem(stops=[stop("a"), stop("b")], vehicles=two_vans(fixed_cost=3))
    told = said(of, plan(trips("van", "a b")), "b")
    assert "Van 2 (not used yet) could serve it at 0:33:20, for 5.00 yuan more in total." in told


def test_an_alternative_that_cannot_be_says_why():
    of = problem(stops=[stop("a", windows=[[0, 1280]])],
                 vehicles=[van(), van(id="late", name="Van 2", shift={"earliest": 1000, "latest": 90000})])  # fmt: skip
    told = said(of, plan(trips("van", "a")), "a")
    assert told[-1] == "Van 2 cannot: a starts at 0:33:20, its windows are 0:00–0:21:20; that is 12 min too late."
    assert "晚了 12 分钟" in said(of, plan(trips("van", "a")), "a", "zh-hans")[-1]


def test_a_stop_left_out_tells_its_reason_its_relaxation_and_who_could():
    of = problem(stops=[stop("a"), stop("b", unserved_price=2)], vehicles=[van(per_km=1)])
    left = {"stop": "b", "code": "price", "reason": {"zh": "太远。", "en": "It is too far."},
            "relaxation": {"zh": "加一辆车", "en": "one more van"}}  # fmt: skip
    told = said(of, plan(trips("van", "a")).model_copy(update={"unserved": [
        type(plan(unserved=["b"]).unserved[0]).model_validate(left)]}), "b")  # fmt: skip
    assert told == [
        "b is not served: It is too far.",
        "Leaving it out costs 2.00 yuan.",
        "The smallest relaxation that would serve it: one more van",
        "van could serve it at 0:33:20, for 2.00 yuan.",
    ]


def test_changing_a_published_plan_is_part_of_the_price():
    published = {"routes": {"van": ["a", "b"]}, "per_vehicle_change": 7, "per_succession_change": 1}
    of = problem(stops=[stop("a"), stop("b")], vehicles=two_vans(), published=published)
    told = said(of, plan(trips("van", "a b")), "b")
    assert "Van 2 (not used yet) could serve it at 0:33:20, for 10.00 yuan more in total." in told  # 2 + 7 + 1


def test_partners_elsewhere_bind_the_alternatives():
    of = problem(stops=[stop("a"), stop("b")], together=[{"stops": ["a", "b"]}],
                 vehicles=[van(), van(id="two"), van(id="three")])  # fmt: skip
    told = said(of, plan(trips("van", "a"), trips("two", "b")), "a")
    assert any(line.startswith("two cannot: a, b are served by different vehicles") for line in told)
    assert any(line.startswith("three (not used yet) could serve it at 0:33:20") for line in told)


def test_locked_stops_stay_first_in_the_alternatives():
    of = problem(stops=[stop("a"), stop("b")], vehicles=[van(), van(id="two", locked=["b"])])
    told = said(of, plan(trips("van", "a"), trips("two", "b")), "a")
    assert any(line.startswith("two could serve it at 0:50") for line in told)
    assert "It is locked to two and stays there." in said(of, plan(trips("van", "a"), trips("two", "b")), "b")


def test_a_vehicle_is_told_visit_by_visit():
    told = said(problem(stops=[stop("a"), stop("b")]), plan(trips("van", "a b")), "van")
    assert told[0] == "van leaves at 0:00 and is back at 1:06:40: 1 trip, 2 stops, 4.0 km, cost 0.00 yuan."
    assert told[1:] == ["0:16:40–0:16:40 a", "0:33:20–0:33:20 b"]


def test_an_unknown_subject_is_refused_with_the_nearest():
    with pytest.raises(ProblemError, match="Did you mean 'van'"):
        explain(problem(stops=[stop("a")]), plan(trips("van", "a")), "vann")
