// What inserting a stop at a gap would cost and whether it fits, in constant time. Exact for vehicles without breaks
// and stops with one window; otherwise a filter before the route is timed in full.
#pragma once
#include "candidates.hpp"
#include "solution.hpp"

namespace rich {

class Judge {
    Solution& s;
    const RichProblem& q;
    struct Rows {
        const int32_t *out, *in, *out_seconds, *in_seconds;  // from the stop to a location, and back
    };
    std::vector<Rows> rows;
    int j = 0, here = 0;
    int32_t own = 0, service = 0, opens = 0, closes = 0;
    uint64_t gives = 0, takes = 0, klass = 0, clash = 0;
    bool simple;  // serving costs nothing but the way

  public:
    explicit Judge(Solution& solution) : s(solution), q(solution.q), rows(q.profiles) {
        simple = q.territories == 0 && q.vehicle_change == 0 && q.succession_change == 0;
    }

    // How many candidates to time in full: one where judging is exact, some where durations are nearly so.
    int enough() const {
        for (int node = 0; node < q.n + q.stations; ++node)
            if (q.window_at[node + 1] - q.window_at[node] > 1) return Candidates::MOST;
        if (q.ships || q.links) return Candidates::MOST;
        for (int x = 0; x < q.stations; ++x)
            if (~q.station_dims[x] || ~q.station_classes[x]) return Candidates::MOST;
        bool timed = false;
        for (int v = 0; v < q.vehicles; ++v) {
            if (s.timing.rests(v) || q.max_duration[v] < BIG) return Candidates::MOST;
            timed |= s.timing.timed[v];
        }
        return timed ? 3 : 1;
    }

    // End of service at place i when its trip leaves the base at `release` or later; BIG where that is too late.
    int32_t ready(const Route& r, int i, int32_t release) const {
        const Trip& t = r.trips[r.p[i].trip];
        const int base = t.first;
        const int32_t leave = std::max(t.ready, release);
        if (i == base) return s.timing.rests(r.vehicle) ? std::max(r.p[i].leave, release) : leave;
        if (leave == t.leave) return r.p[i].leave;
        if (leave > r.p[i].departs) return BIG;
        return std::max(leave + r.p[i].run, r.p[i].bound);
    }

    // Cheapest station between a and b that stop j could be unloaded at / loaded at; -1: none.
    int station_between(int v, int a, int b, Pattern pattern) const {
        int best = -1;
        if (q.station_at[v + 1] - q.station_at[v] == 1) {
            const int x = q.station[q.station_at[v]];
            const bool fine = pattern == CLOSE ? s.loads.unloads_at(x, takes, klass) : s.loads.loads_at(x, gives);
            return fine ? q.n + x : -1;
        }
        int64_t shortest = INT64_MAX;
        for (int k = q.station_at[v]; k < q.station_at[v + 1]; ++k) {
            const int x = q.station[k];
            const bool fine = pattern == CLOSE ? s.loads.unloads_at(x, takes, klass) : s.loads.loads_at(x, gives);
            if (!fine) continue;
            const int64_t way = static_cast<int64_t>(s.metres(v, a, q.loc[q.n + x])) + s.metres(v, q.loc[q.n + x], b)
                + s.seconds(v, a, q.loc[q.n + x]) / 16;
            if (way < shortest) shortest = way, best = q.n + x;
        }
        return best;
    }

    // Look at stop j from now on.
    void aim(int stop) {
        j = stop, here = q.loc[j], own = q.release[j], service = q.service[j];
        gives = s.loads.delivers(j), takes = s.loads.picks(j);
        klass = takes ? s.loads.class_of(j) : 0, clash = s.loads.clash_of(j);
        opens = std::max(q.window[2 * q.window_at[j]], s.clock.not_before[j]);
        closes = std::min(q.window[2 * q.window_at[j + 1] - 1], s.clock.not_after[j]);
        const int64_t row = static_cast<int64_t>(here) * q.locations;
        for (int p = 0; p < q.profiles; ++p)
            rows[p] = {q.distance[p] + row, s.distance_to[p] + row, q.duration[p] + row, s.duration_to[p] + row};
    }
    // Ways of inserting the stop at a gap of a route: alone and, where trips may be split, before a station, behind one.
    void gap(const Route& r, int at, bool split, Candidates& found) const {
        const int v = r.vehicle;
        if (at < r.locked) return;
        const Place &k = r.p[at], &n = r.p[at + 1];
        const Rows& way = rows[q.profile[v]];
        const int64_t to = way.in[k.loc], on = n.loc < 0 ? 0 : way.out[n.loc];
        const double price = q.per_metre[v], base = simple && r.stops ? 0 : extra(r, at);
        if (hopeless(r, at, to + on - k.metres, base, found.limit())) return;
        const auto priced = [&](int64_t metres) {
            return r.distance + metres > q.max_distance[v] ? NEVER : base + price * static_cast<double>(metres);
        };
        const auto look = [&](Pattern pattern, int x, double delta) {
            if (delta >= found.limit() || !loads_fit(r, at, pattern)) return false;
            const double timed = time(r, at, pattern, x, delta);
            found.keep({timed, v, at, x, 0, pattern});
            return timed < NEVER;
        };
        if (look(PLAIN, -1, priced(to + on - k.metres))) return;  // by a station it is no shorter
        if (!split || k.open || r.trips_used >= q.max_trips[v]) return;
        int x = station_between(v, here, n.loc, CLOSE);
        if (x >= 0) {
            const int there = q.loc[x];
            look(CLOSE, x, priced(to + way.out[there] + s.metres(v, there, n.loc) - k.metres));
        }
        if (!s.is_stop(k.node)) return;
        if (q.station_at[v + 1] - q.station_at[v] > 1 || x < 0) x = station_between(v, k.loc, here, OPEN);
        if (x < 0) return;
        const int there = q.loc[x];
        look(OPEN, x, priced(s.metres(v, k.loc, there) + way.in[there] + on - k.metres));
    }

    // Succession terms of putting a stop between the stops around a gap.
    double succession(const Route& r, int gap, int stop) const {
        int a = gap, b = gap + 1;
        while (a > 0 && !s.is_stop(r.p[a].node)) --a;
        while (b + 1 < r.size() && !s.is_stop(r.p[b].node)) ++b;
        const int before = r.p[a].node, after = r.p[b].node;
        return s.following(before, stop) + s.following(stop, after) - s.following(before, after);
    }

  private:
    // Can no way through the gap keep the windows, or cost less than `limit`? By a station it is longer than straight.
    bool hopeless(const Route& r, int at, int64_t metres, double base, double limit) const {
        const int v = r.vehicle;
        const Place &k = r.p[at], &n = r.p[at + 1];
        const Trip& t = r.trips[k.trip];
        const Rows& way = rows[q.profile[v]];
        const int32_t to = way.in_seconds[k.loc], on = n.loc < 0 ? 0 : way.out_seconds[n.loc];
        if (t.release <= t.ready) {
            const int32_t begin = std::max((at == t.first ? t.ready : k.leave) + to, opens);
            if (begin > closes || begin + service + on > n.latest) return true;
        }
        const double least = base + q.per_metre[v] * static_cast<double>(metres);
        if (!s.timing.timed[v] || least >= limit) return least >= limit;
        const double longer = std::max(0, r.busy + service + to + on - k.seconds - r.duration);
        return least + longer * (q.per_second[v] + q.balance * (2.0 * r.duration + longer)) >= limit;
    }
    // The stretch up to place k when its trip leaves the base at `release` or later.
    Segment later_trip(const Route& r, int base, const Place& k, int32_t release) const {
        const Segment start = base == 0 ? Segment{0, std::max(q.earliest[r.vehicle], release), BIG}
                                        : join(r.p[base].before, 0, {0, release, BIG});
        if (&k == &r.p[base]) return start;
        return join(start, 0, {std::max(k.run, k.bound - k.departs), std::min(k.bound - k.run, k.departs), k.departs});
    }
    double extra(const Route& r, int at) const {
        const double c = s.serving(r.vehicle, j) + (r.stops ? 0 : q.fixed[r.vehicle]);
        return q.succession_change > 0 ? c + succession(r, at, j) : c;
    }
    bool loads_fit(const Route& r, int gap, Pattern pattern) const {
        const int v = r.vehicle, dims = q.dims;
        const Trip& t = r.trips[r.p[gap].trip];
        if (clash & t.classes && pattern == PLAIN) return false;
        const int first = r.p[t.first].node, last = r.p[t.last].node;
        if (pattern != OPEN && first >= q.n && !s.loads.loads_at(first - q.n, gives)) return false;
        if (pattern != CLOSE && last >= q.n && !s.loads.unloads_at(last - q.n, takes, klass)) return false;
        if (pattern != CLOSE && takes && last == END && q.empty_at_end[v]) return false;
        for (int d : s.loads.dims_of(v)) {
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

    double time(const Route& r, int gap, Pattern pattern, int station, double delta) const {
        const int v = r.vehicle;
        const Rows& way = rows[q.profile[v]];
        const Place &k = r.p[gap], &n = r.p[gap + 1];
        const Trip& t = r.trips[k.trip];
        const int32_t early = gap == t.first ? 0 : k.release_before, later = n.release_from;
        const bool timed = s.timing.timed[v];
        const int32_t *w, *wx = nullptr;
        const int x = station < 0 ? 0 : q.loc[station];
        int32_t free, begin, to = way.in_seconds[k.loc], on = n.loc < 0 ? 0 : way.out_seconds[n.loc];
        Segment seg = timed ? k.before : Segment{};
        if (pattern == OPEN) {
            free = ready(r, gap, early);
            if (free >= BIG) return NEVER;
            begin = s.clock.next(station, free + s.seconds(v, k.loc, x), &wx);
            if (begin < 0) return NEVER;
            const int32_t release = std::max(later, own);
            free = std::max(begin + q.service[station], release);
            if (timed) {
                seg = join(seg, s.seconds(v, k.loc, x), {q.service[station], wx[0], wx[1]});
                seg = join(seg, 0, {0, release, BIG});
            }
            to = way.in_seconds[x];
        } else {
            free = ready(r, gap, std::max(pattern == PLAIN ? t.release : early, own));
            if (free >= BIG) return NEVER;
            if (timed && own > t.release) seg = later_trip(r, t.first, k, own);
        }
        begin = s.clock.next(j, free + to, &w);
        if (begin < 0) return NEVER;
        free = begin + service;
        if (timed)
            seg = join(seg, to, {service, std::max(w[0], s.clock.not_before[j]), std::min(w[1], s.clock.not_after[j])});
        if (pattern == CLOSE) {
            begin = s.clock.next(station, free + way.out_seconds[x], &wx);
            if (begin < 0) return NEVER;
            free = std::max(begin + q.service[station], later);
            if (timed) {
                seg = join(seg, way.out_seconds[x], {q.service[station], wx[0], wx[1]});
                seg = join(seg, 0, {0, later, BIG});
            }
            on = s.seconds(v, x, n.loc);
        }
        const int32_t arrive = free + on;
        if (arrive > n.latest) return NEVER;
        if (!timed) return delta;
        seg = join(seg, on, n.from);
        if (!s.timing.rests(v) && seg.duration > q.max_duration[v]) return NEVER;
        const int32_t end = std::max(arrive, n.from.earliest) + n.from.duration;
        return delta + s.timing.time_cost(v, seg.duration, end) - r.time_cost;
    }
};

}  // namespace rich
