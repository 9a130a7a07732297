// What strings are too short for: routes exchange their tails (2-opt*, Potvin & Rousseau 1995), or one goes to another
// vehicle as it is. Judged in constant time, then timed in full; the times agreed between linked stops are kept.
#pragma once
#include "candidates.hpp"
#include "neighbours.hpp"
#include "random.hpp"

namespace rich {

class Exchange {
    Solution& s;
    const RichProblem& q;
    const Neighbours& near;
    Random& random;
    std::vector<int32_t> one, other;

    static constexpr int TRIES = 3;
    struct Tail {
        double delta = NEVER;
        int v = -1, gap = 0;
    };

  public:
    Exchange(Solution& solution, const Neighbours& neighbours, Random& numbers)
        : s(solution), q(solution.q), near(neighbours), random(numbers) {}

    // Behind stop a comes the tail of another route that suits it best, its own tail goes there; false: nothing is
    // changed. `limit`: about the most that it may cost.
    bool tails(int a, double limit) {
        if (!s.served(a) || s.bound[a]) return false;
        const Route& r = s.routes[s.route_of[a]];
        const int gap = random.chance(0.15) ? 0 : s.place_of[a];
        if (gap < r.locked || r.p[gap].open) return false;
        Tail best[TRIES];
        for (const int32_t* k = near.begin(a); k < near.end(a); ++k) {
            if (!s.served(*k) || s.route_of[*k] == r.vehicle || !s.mine[s.route_of[*k]]) continue;
            const Tail found{tail(r, gap, s.routes[s.route_of[*k]], s.place_of[*k] - 1), s.route_of[*k], s.place_of[*k] - 1};
            if (found.delta >= limit || found.delta >= best[TRIES - 1].delta) continue;
            int i = TRIES - 1;
            for (; i > 0 && best[i - 1].delta > found.delta; --i) best[i] = best[i - 1];
            best[i] = found;
        }
        for (const Tail& found : best)
            if (found.v >= 0 && crossed(r.vehicle, gap, found.v, found.gap)) return true;
        return false;
    }
    // The route of stop a goes to an empty vehicle of another class; false: nothing is changed.
    bool vehicle(int a, double limit) {
        if (!s.served(a)) return false;
        const int v = s.route_of[a];
        const auto& classes = s.eligible.classes_of(a);
        const int twin = classes[random.below(static_cast<int>(classes.size()))];
        const int w = twin == q.twin[v] ? -1 : s.empty_of(twin);
        const Route& r = s.routes[v];
        if (w < 0 || q.locked_at[v + 1] > q.locked_at[v] || s.loads.onboard_dims(v) || s.loads.onboard_dims(w)) return false;
        const int first = r.p[1].loc, last = r.p[r.size() - 2].loc;
        const int64_t metres = r.distance + s.metres(w, q.start[w], first) - r.p[0].metres
            + s.metres(w, last, q.end[w]) - r.p[r.size() - 2].metres;
        const double delta = q.fixed[w] - q.fixed[v] + q.per_metre[w] * static_cast<double>(metres)
            - q.per_metre[v] * static_cast<double>(r.distance) + (q.per_second[w] - q.per_second[v]) * r.duration;
        if (delta >= limit) return false;
        one = s.nodes(v);
        if (!may_drive(w, one, 0)) return false;
        s.touch(v), s.touch(w);
        if (s.set(v, {}) && s.set(w, one)) return true;
        s.set(w, {}), s.set(v, one);
        return false;
    }

  private:
    // About what it costs that the head of a, up to gap i, is followed by the tail of b behind gap k, and the other way round.
    double tail(const Route& a, int i, const Route& b, int k) const {
        const int v = a.vehicle, w = b.vehicle;
        if (q.profile[v] != q.profile[w] || k < b.locked || b.p[k].open) return NEVER;
        const Place &p = a.p[i], &pn = a.p[i + 1], &r = b.p[k], &rn = b.p[k + 1];
        const bool empty = k == 0 && i + 2 == a.size();
        double delta = empty ? -q.fixed[w] : 0;
        delta += q.per_metre[v] * (s.metres(v, p.loc, rn.loc) - p.metres);
        delta -= q.per_metre[w] * r.metres;
        if (!empty) delta += q.per_metre[w] * s.metres(w, r.loc, pn.loc);
        if (!room(a, i, b, k, v) || (!empty && !room(b, k, a, i, w))) return NEVER;
        const double longer = hours(a, p, s.seconds(v, p.loc, rn.loc), rn);
        if (longer >= NEVER) return NEVER;
        const double shorter = empty ? -b.time_cost : hours(b, r, s.seconds(w, r.loc, pn.loc), pn);
        return shorter >= NEVER ? NEVER : delta + longer + shorter;
    }
    // What the hours of a route cost more when it goes from place p straight on to `next` of another; NEVER: too late.
    double hours(const Route& r, const Place& p, int32_t way, const Place& next) const {
        const int v = r.vehicle;
        if (p.leave + way > next.latest) return NEVER;
        if (!s.timing.timed[v]) return 0;
        const Segment whole = join(p.before, way, next.from);
        const int32_t end = std::max(p.leave + way, next.from.earliest) + next.from.duration;
        return s.timing.time_cost(v, whole.duration, end) - r.time_cost;
    }
    // Does vehicle v hold what the trip around gap i of a has given out and taken on, and that of b behind gap k?
    bool room(const Route& a, int i, const Route& b, int k, int v) const {
        const int dims = q.dims, last = (b.trips[b.p[k].trip].last - 1) * dims;
        for (int d : s.loads.dims_of(v)) {
            const int64_t most = q.capacity[v * dims + d];
            if (a.given[i * dims + d] + b.given[last + d] - b.given[k * dims + d] > most) return false;
            if (a.taken[i * dims + d] + b.taken[last + d] - b.taken[k * dims + d] > most) return false;
        }
        return true;
    }
    bool crossed(int v, int i, int w, int k) {
        const std::vector<int32_t> old = s.nodes(v), old_other = s.nodes(w), tail(old.begin() + i, old.end());
        one = old, other = old_other;
        one.erase(one.begin() + i, one.end());
        one.insert(one.end(), other.begin() + k, other.end());
        other.erase(other.begin() + k, other.end());
        other.insert(other.end(), tail.begin(), tail.end());
        if (q.kind[v] != q.kind[w] && (!may_drive(v, one, i) || !may_drive(w, other, k))) return false;
        s.touch(v), s.touch(w);
        one = s.loads.without_idle_stations(v, one), other = s.loads.without_idle_stations(w, other);
        if (s.set(v, one) && s.set(w, other) && tied(one) && tied(other)) return true;
        s.set(v, old), s.set(w, old_other);
        return false;
    }
    bool may_drive(int v, const std::vector<int32_t>& list, int from) const {
        for (size_t i = static_cast<size_t>(from); i < list.size(); ++i) {
            if (s.is_stop(list[i]) ? !s.fits(v, list[i]) : !uses(v, list[i] - q.n)) return false;
        }
        return true;
    }
    bool uses(int v, int station) const {
        return std::find(q.station + q.station_at[v], q.station + q.station_at[v + 1], station) != q.station + q.station_at[v + 1];
    }
    // Are stops that go with the same vehicle, or with different ones, served so?
    bool tied(const std::vector<int32_t>& list) const {
        if (!q.links) return true;
        for (int j : list) {
            if (!s.is_stop(j)) continue;
            for (int k : s.links_of[j]) {
                const int i = s.partner(k, j);
                if (!s.served(i)) continue;
                if (q.link_flags[k] & SAME && s.route_of[i] != s.route_of[j]) return false;
                if (q.link_flags[k] & APART && s.route_of[i] == s.route_of[j]) return false;
            }
        }
        return true;
    }
};

}  // namespace rich
