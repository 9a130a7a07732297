// What inserting a stop at a gap would cost and whether it fits, in constant time. Exact for vehicles without breaks
// and stops with one window; otherwise a filter before the route is timed in full.
#pragma once
#include "solution.hpp"

namespace rich {

constexpr double NEVER = 1e290;

enum Pattern : int8_t { PLAIN = 0, CLOSE = 1, OPEN = 2 };  // CLOSE: stop, station; OPEN: station, stop

struct Candidate {
    double delta = NEVER;
    int v = -1, gap = 0, station = -1, second_gap = 0;
    Pattern pattern = PLAIN;
};

class Judge {
    Solution& s;
    const RichProblem& q;

  public:
    explicit Judge(Solution& solution) : s(solution), q(solution.q) {}

    // End of service at place i when its trip leaves the base at `release` or later; BIG where that is too late.
    int32_t ready(const Route& r, int i, int32_t release) const {
        const int base = r.trips[r.p[i].trip].first;
        const int32_t begin = base == 0 ? q.earliest[r.vehicle] : r.p[base].end;
        const int32_t leave = std::max(begin, release);
        if (i == base) return s.timing.rests(r.vehicle) ? std::max(r.p[i].leave, release) : leave;
        if (leave == r.p[base].leave) return r.p[i].leave;
        if (leave > r.p[i].departs) return BIG;
        return std::max(leave + r.p[i].run, r.p[i].bound);
    }

    // Cheapest station between a and b that stop j could be unloaded at / loaded at.
    int station_between(int v, int a, int b, int j, Pattern pattern) const {
        int best = -1;
        int64_t shortest = INT64_MAX;
        for (int k = q.station_at[v]; k < q.station_at[v + 1]; ++k) {
            const int x = q.station[k];
            const bool fine = pattern == CLOSE ? s.loads.unloads_at(x, s.loads.picks(j), s.loads.picks(j) ? s.loads.class_of(j) : 0)
                                               : s.loads.loads_at(x, s.loads.delivers(j));
            if (!fine) continue;
            const int64_t way = static_cast<int64_t>(s.metres(v, a, q.loc[q.n + x])) + s.metres(v, q.loc[q.n + x], b)
                + s.seconds(v, a, q.loc[q.n + x]) / 16;
            if (way < shortest) shortest = way, best = q.n + x;
        }
        return best;
    }

    double single(int v, int gap, Pattern pattern, int j, int* station) const {
        const Route& r = s.routes[v];
        const Place &k = r.p[gap], &n = r.p[gap + 1];
        const Trip& t = r.trips[k.trip];
        if (!loads_fit(r, gap, t, pattern, j)) return NEVER;
        const int32_t from = k.loc, to = n.loc, here = q.loc[j];
        const int64_t old = k.metres;
        int64_t metres;
        if (pattern == PLAIN) metres = static_cast<int64_t>(s.metres(v, from, here)) + s.metres(v, here, to) - old;
        else {
            *station = pattern == CLOSE ? station_between(v, here, to, j, CLOSE) : station_between(v, from, here, j, OPEN);
            if (*station < 0) return NEVER;
            const int32_t x = q.loc[*station];
            metres = pattern == CLOSE ? static_cast<int64_t>(s.metres(v, from, here)) + s.metres(v, here, x) + s.metres(v, x, to) - old
                                      : static_cast<int64_t>(s.metres(v, from, x)) + s.metres(v, x, here) + s.metres(v, here, to) - old;
        }
        if (r.distance + metres > q.max_distance[v]) return NEVER;
        double delta = q.per_metre[v] * static_cast<double>(metres) + s.serving(v, j) + (r.stops ? 0 : q.fixed[v]);
        if (q.succession_change > 0) delta += succession(r, gap, j);
        if (delta >= limit) return NEVER;
        return time(r, gap, t, pattern, j, *station, delta);
    }
    double limit = NEVER;  // nothing dearer is looked at closely

    // Succession terms of putting `first` … `last` between the stops around a gap.
    double succession(const Route& r, int gap, int j) const {
        int a = gap, b = gap + 1;
        while (a > 0 && !s.is_stop(r.p[a].node)) --a;
        while (b + 1 < r.size() && !s.is_stop(r.p[b].node)) ++b;
        const int before = r.p[a].node, after = r.p[b].node;
        return s.following(before, j) + s.following(j, after) - s.following(before, after);
    }

  private:
    // The stretch up to place k when its trip leaves the base at `release` or later.
    Segment later_trip(const Route& r, int base, const Place& k, int32_t release) const {
        const Segment start = base == 0 ? Segment{0, std::max(q.earliest[r.vehicle], release), BIG}
                                        : join(r.p[base].before, 0, {0, release, BIG});
        if (&k == &r.p[base]) return start;
        return join(start, 0, {std::max(k.run, k.bound - k.departs), std::min(k.bound - k.run, k.departs), k.departs});
    }
    bool loads_fit(const Route& r, int gap, const Trip& t, Pattern pattern, int j) const {
        const int v = r.vehicle, dims = q.dims;
        if (gap < r.locked) return false;
        if (s.loads.clash_of(j) & t.classes && pattern == PLAIN) return false;
        const int first = r.p[t.first].node, last = r.p[t.last].node;
        const uint64_t gives = s.loads.delivers(j), takes = s.loads.picks(j);
        if (pattern != OPEN && first >= q.n && !s.loads.loads_at(first - q.n, gives)) return false;
        if (pattern != CLOSE && last >= q.n && !s.loads.unloads_at(last - q.n, takes, takes ? s.loads.class_of(j) : 0)) return false;
        if (pattern != CLOSE && takes && last == END && q.empty_at_end[v]) return false;
        if (pattern != PLAIN && (r.p[gap].open || r.trips_used >= q.max_trips[v])) return false;
        for (int d = 0; d < dims; ++d) {
            const int64_t room = q.capacity[v * dims + d], dl = q.delivery[j * dims + d], pu = q.pickup[j * dims + d];
            const int cell = gap * dims + d, end = (t.last - 1) * dims + d;
            if (pattern == PLAIN) {
                if (r.up_to[cell] + dl > room || r.beyond[cell] + pu > room) return false;
            } else if (pattern == CLOSE) {
                if (r.given[cell] + dl > room || r.taken[cell] + pu > room) return false;
            } else if (r.given[end] - r.given[cell] + dl > room || r.taken[end] - r.taken[cell] + pu > room) {
                return false;
            }
        }
        return true;
    }

    double time(const Route& r, int gap, const Trip& t, Pattern pattern, int j, int station, double delta) const {
        const int v = r.vehicle;
        const Place &k = r.p[gap], &n = r.p[gap + 1];
        const int32_t early = gap == t.first ? 0 : k.release_before, later = n.release_from, own = q.release[j];
        const bool timed = s.timing.timed[v];
        const int32_t *w, *wx = nullptr;
        int32_t at = k.loc, ready_at, begin;
        Segment seg = timed ? k.before : Segment{};
        if (pattern == OPEN) {
            ready_at = ready(r, gap, early);
            if (ready_at >= BIG) return NEVER;
            const int32_t x = q.loc[station];
            begin = s.clock.next(station, ready_at + s.seconds(v, at, x), &wx);
            if (begin < 0) return NEVER;
            const int32_t release = std::max(later, own);
            ready_at = std::max(begin + q.service[station], release);
            if (timed) {
                seg = join(seg, s.seconds(v, at, x), {q.service[station], wx[0], wx[1]});
                seg = join(seg, 0, {0, release, BIG});
            }
            at = x;
        } else {
            ready_at = ready(r, gap, std::max(pattern == PLAIN ? t.release : early, own));
            if (ready_at >= BIG) return NEVER;
            if (timed && own > t.release) seg = later_trip(r, t.first, k, own);
        }
        const int32_t here = q.loc[j];
        begin = s.clock.next(j, ready_at + s.seconds(v, at, here), &w);
        if (begin < 0) return NEVER;
        int32_t t_now = begin + q.service[j];
        if (timed)
            seg = join(seg, s.seconds(v, at, here), {q.service[j], std::max(w[0], s.clock.not_before[j]), std::min(w[1], s.clock.not_after[j])});
        at = here;
        if (pattern == CLOSE) {
            const int32_t x = q.loc[station];
            begin = s.clock.next(station, t_now + s.seconds(v, at, x), &wx);
            if (begin < 0) return NEVER;
            t_now = std::max(begin + q.service[station], later);
            if (timed) {
                seg = join(seg, s.seconds(v, at, x), {q.service[station], wx[0], wx[1]});
                seg = join(seg, 0, {0, later, BIG});
            }
            at = x;
        }
        const int32_t arrive = t_now + s.seconds(v, at, n.loc);
        if (arrive > n.latest) return NEVER;
        if (!timed) return delta;
        seg = join(seg, s.seconds(v, at, n.loc), n.from);
        const int32_t end = std::max(arrive, n.from.earliest) + n.from.duration;
        const bool rests = s.timing.rests(v);
        if (!rests && seg.duration > q.max_duration[v]) return NEVER;
        return delta + s.timing.time_cost(v, seg.duration, end) - r.time_cost;
    }
};

}  // namespace rich
