"""What changed between two plans, as a dispatcher reads it out."""

from __future__ import annotations

from paotui.planning.routes import diff, explain
from tests.planning.routes.cast import plan, problem, route, stop, trips, van

OF = problem(stops=[stop(one) for one in "abcd"],
             vehicles=[van(name="Van 2", per_km=1), van(id="five", name="Van 5", per_km=1)])  # fmt: skip


def said(before, after, of=OF, language="en") -> list[str]:
    return [one.in_language(language) for one in diff(of, before, after)]


def test_nothing_changed():
    by = plan(trips("van", "a b c d"))
    assert said(by, by)[0] == "No route has changed."


def test_a_move_tells_both_vehicles_and_times():
    told = said(plan(trips("van", "a b"), trips("five", "c d")), plan(trips("van", "a"), trips("five", "b c d")))
    assert told[0] == "b moves from Van 2 (0:33:20) to Van 5 (0:33:20)."
    assert "b 由 Van 2（0:33:20）改为 Van 5（0:33:20）。" in said(
        plan(trips("van", "a b"), trips("five", "c d")), plan(trips("van", "a"), trips("five", "b c d")),
        language="zh-hans")  # fmt: skip


def test_stops_lost_and_won_are_told_with_the_reason():
    served, left = plan(trips("van", "a b c d")), plan(trips("van", "a b c"), unserved=["d"])
    assert "Van 2 no longer serves d: too dear" in said(served, left)
    assert "Not served are 1 instead of 0." in said(served, left)
    assert "Van 2 now serves d (1:06:40)." in said(left, served)


def test_vehicles_that_stop_or_start_driving_are_told():
    one, both = plan(trips("van", "a b c d")), plan(trips("van", "a b"), trips("five", "c d"))
    assert "Van 5 drives now, and serves 2 stops." in said(one, both)
    assert "Van 5 no longer drives." in said(both, one)


def test_another_order_and_other_times_are_told():
    told = said(plan(trips("van", "a b c d")), plan(trips("van", "a c b d")))
    assert "Van 2 changes its order: now c, then b." in told
    assert "Van 2 serves c at 0:50 instead of 0:50." not in told
    later = plan(route("van", 0, 9000, *(("stop", name, 1000 * n + 900, 1000 * n + 900, 1000 * n + 900)
                                        for n, name in enumerate("abcd", 1)), distance=8000))  # fmt: skip
    assert "Van 2 serves 4 stops at other times, up to 15 min later." in said(plan(trips("van", "a b c d")), later)


def test_totals_and_successions_close_the_account():
    told = said(plan(trips("van", "a b c d")), plan(trips("van", "a b"), trips("five", "c d")))
    assert told[-3:] == [
        "The cost is 12.00 yuan instead of 8.00 yuan (+4.00 yuan).",
        "The way is 12.0 km instead of 8.0 km.",
        "2 of 3 successions are kept (67 %).",
    ]


def test_without_the_problem_plans_are_compared_by_id():
    told = said(plan(trips("van", "a b")), plan(trips("van", "a"), trips("five", "b")), of=None)
    assert told[:2] == ["five drives now, and serves 1 stop.", "b moves from van to five."]


def test_of_a_public_file_distances_and_times_are_named_numbers():
    of = problem(stops=[stop("a"), stop("b")], vehicles=[van(), van(id="two")],
                 source={"format": "vrplib", "scale": 10}, travel={"type": "planar", "rounding": "dimacs"})  # fmt: skip
    before, after = plan(trips("van", "a b")), plan(trips("van", "a"), trips("two", "b"))
    said = [one.in_language("en") for one in diff(of, before, after)]
    assert "The distance is 6000 instead of 4000." in said
    told = [one.in_language("en") for one in explain(of, before, "b")]
    assert "It costs van 0 to serve it (distance 2000, time 2000)." in told


def test_a_plan_that_serves_a_stop_twice_is_compared_too():
    once, twice = plan(trips("van", "a b c")), plan(trips("van", "c a b a"), trips("five", "b"))
    assert any(one.startswith("b moves from Van 2") for one in said(once, twice))
    assert any(one.startswith("Van 2 changes its order: now c, then a") for one in said(once, twice))
    assert said(twice, once)
