// Puts a pick-up and its delivery into one trip: the delivery anywhere behind the pick-up, or both as a trip of their own.
#pragma once
#include "judging.hpp"
#include "neighbours.hpp"
#include "random.hpp"

namespace rich {

class Pairs {
    Solution& s;
    const RichProblem& q;
    const Neighbours& near;
    Random& random;
    Judge& judge;
    Candidates& found;
    std::vector<int64_t> seen;  // by vehicle: stamp
    int64_t stamp = 0;

    const double& blink;  // share of places left out at random
    const bool& opens;    // may vehicles be sent that are at home?

  public:
    Pairs(Solution& solution, const Neighbours& neighbours, Random& numbers, Judge& judging, Candidates& candidates, const double& blinking, const bool& opening)
        : s(solution), q(solution.q), near(neighbours), random(numbers), judge(judging), found(candidates), seen(q.vehicles, 0), blink(blinking), opens(opening) {}

    // Serve both, or none where no place is found; with `fallback`, looks everywhere when nothing fits among neighbours.
    bool place(int a, int b, bool thorough, bool fallback) {
        found.clear();
        judge.aim(b);
        ++stamp;
        const bool all = thorough || near.size() * 2 >= q.n;
        if (all) {
            for (int v = 0; v < q.vehicles; ++v)
                if (s.routes[v].stops) on_route(v, a, b);
        } else {
            for (int end : {a, b})
                for (const int32_t* k = near.begin(end); k < near.end(end); ++k)
                    if (s.served(*k)) on_route(s.route_of[*k], a, b);
        }
        for (size_t t = 0; opens && t < s.class_members.size(); ++t)
            if (const int v = s.empty_of(static_cast<int>(t)); v >= 0) on_route(v, a, b);
        for (int i = 0; i < found.size() && found[i].delta <= s.budget(a) + s.budget(b); ++i) {
            if (!put(found[i], a, b)) continue;
            s.count_in(a), s.count_in(b);
            return true;
        }
        return !all && fallback && place(a, b, true, false);
    }

  private:
    void on_route(int v, int a, int b) {
        if (seen[v] == stamp || !s.fits(v, a) || !s.fits(v, b)) return;
        seen[v] = stamp;
        const Route& r = s.routes[v];
        for (int gap = r.locked; gap + 1 < r.size(); ++gap) from_gap(r, gap, a, b);
        if (!s.has_stations(v) || r.trips_used >= q.max_trips[v] || !r.stops) return;
        for (const Trip& t : r.trips)  // a trip of its own
            if (t.first >= r.locked) own_trip(r, t.first, a, b);
    }
    void own_trip(const Route& r, int gap, int a, int b) {
        const int v = r.vehicle;
        const int station = judge.station_between(v, q.loc[b], r.p[gap + 1].loc, CLOSE);
        if (station < 0) return;
        Candidate c;
        c.v = v, c.gap = c.second_gap = gap, c.pattern = CLOSE, c.station = station;
        const int from = r.p[gap].loc, to = r.p[gap + 1].loc;
        const int64_t metres = static_cast<int64_t>(s.metres(v, from, q.loc[a])) + s.metres(v, q.loc[a], q.loc[b]) +
            s.metres(v, q.loc[b], q.loc[station]) + s.metres(v, q.loc[station], to) - r.p[gap].metres;
        c.delta = q.per_metre[v] * static_cast<double>(metres) + s.serving(v, a) + s.serving(v, b);
        found.keep(c);
    }
    void from_gap(const Route& r, int gap, int a, int b) {
        const int v = r.vehicle;
        const Place& k = r.p[gap];
        const Trip& t = r.trips[k.trip];
        if ((s.loads.clash_of(a) | s.loads.clash_of(b)) & t.classes) return;
        const int32_t own = std::max(q.release[a], q.release[b]);
        int32_t leave = judge.ready(r, gap, std::max(t.release, own));
        if (leave >= BIG) return;
        const int32_t la = q.loc[a], lb = q.loc[b];
        const int32_t* w;
        int32_t begin = s.clock.next(a, leave + s.seconds(v, k.loc, la), &w);
        if (begin < 0 || !room(r, gap, a)) return;
        leave = begin + q.service[a];
        const int64_t to_a = s.metres(v, k.loc, la);
        const double base = s.serving(v, a) + s.serving(v, b) + (r.stops ? 0 : q.fixed[v]);
        const bool timed = s.timing.timed[v];
        // b right behind a
        int32_t at_b = s.clock.next(b, leave + s.seconds(v, la, lb), &w);
        if (at_b < 0) return;
        const Place& n = r.p[gap + 1];
        if (at_b + q.service[b] + s.seconds(v, lb, n.loc) <= n.latest) {
            const int64_t metres = to_a + s.metres(v, la, lb) + s.metres(v, lb, n.loc) - k.metres;
            keep(r, gap, gap, a, b, base, metres, at_b + q.service[b] + s.seconds(v, lb, n.loc), timed);
        }
        // b further on: a before n, then on along the trip
        int32_t arrive = leave + s.seconds(v, la, n.loc);
        const int64_t first = to_a + s.metres(v, la, n.loc) - k.metres;
        for (int i = gap + 1; i < t.last; ++i) {
            const Place& p = r.p[i];
            if (arrive > p.latest || !room(r, i, a)) return;
            const int32_t start = s.clock.next(p.node, arrive, &w);
            if (start < 0) return;
            leave = start + q.service[p.node];
            at_b = s.clock.next(b, leave + s.seconds(v, p.loc, lb), &w);
            if (at_b < 0) return;
            const Place& m = r.p[i + 1];
            const int32_t on = at_b + q.service[b] + s.seconds(v, lb, m.loc);
            if (on <= m.latest) {
                const int64_t metres = first + s.metres(v, p.loc, lb) + s.metres(v, lb, m.loc) - p.metres;
                keep(r, gap, i, a, b, base, metres, on, timed);
            }
            arrive = leave + p.seconds;
        }
    }
    // Does what a ships fit on the leg behind place i?
    bool room(const Route& r, int i, int a) const {
        for (int d : s.loads.dims_of(r.vehicle)) {
            int64_t load = r.leg[i * q.dims + d];
            for (int x : s.loads.shipments_of(a)) load += q.ship_pickup[x] == a ? q.ship_load[x * q.dims + d] : 0;
            if (load > q.capacity[r.vehicle * q.dims + d]) return false;
        }
        return true;
    }
    void keep(const Route& r, int gap, int second, int a, int b, double base, int64_t metres, int32_t on, bool timed) {
        if (r.distance + metres > q.max_distance[r.vehicle]) return;
        if (blink > 0 && random.chance(blink)) return;
        Candidate c;
        c.v = r.vehicle, c.gap = gap, c.second_gap = second;
        c.delta = base + q.per_metre[c.v] * static_cast<double>(metres);
        if (q.succession_change > 0) c.delta += judge.succession(r, gap, a) + judge.succession(r, second, b);
        if (timed) {
            const Place& n = r.p[second + 1];
            const int32_t end = std::max(on, n.from.earliest) + n.from.duration;
            const int32_t longer = std::max(end - r.start, r.duration + q.service[a] + q.service[b]);
            c.delta += s.timing.time_cost(c.v, longer, end) - r.time_cost;
        }
        found.keep(c);
    }
    bool put(const Candidate& c, int a, int b) {
        auto list = s.nodes(c.v);
        const auto old = list;
        if (c.pattern == CLOSE) list.insert(list.begin() + c.gap, {a, b, c.station});
        else {
            list.insert(list.begin() + c.second_gap, b);
            list.insert(list.begin() + c.gap, a);
        }
        if (s.set(c.v, list)) return true;
        s.set(c.v, old);
        return false;
    }
};

}  // namespace rich
