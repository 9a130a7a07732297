// Puts stops into routes: cheapest place by constant-time judging, then the route timed in full; pairs, sets served
// together and linked stops keep what ties them.
#pragma once
#include "judging.hpp"
#include "neighbours.hpp"
#include "random.hpp"

namespace rich {

class Insertion {
    static constexpr int KEPT = 6;
    int width = KEPT;  // candidates kept: one where judging is exact
    int till_blink = 50;
    uint32_t tick = 0;  // an inner gap is tried with a station now and then
    Solution& s;
    const RichProblem& q;
    const Neighbours& near;
    Random& random;
    Judge judge;
    Candidate kept[KEPT];
    int count = 0;
    int only = -1;              // the one vehicle allowed, -1 = any
    std::vector<int32_t> apart;  // vehicles not allowed
    std::vector<int64_t> seen;  // by vehicle: stamp
    int64_t stamp = 0;
    std::vector<uint8_t> has_stations;
    std::vector<int32_t> leave_room;  // by stop: latest start at which all owed stops that wait for it still have their windows

  public:
    bool foresee = true;  // start in time for what has to follow
    double blink = 0.01;
    bool fallback = true;  // look everywhere when nothing fits among the neighbours

    Insertion(Solution& solution, const Neighbours& neighbours, Random& numbers)
        : s(solution), q(solution.q), near(neighbours), random(numbers), judge(solution), seen(q.vehicles, 0) {
        for (int v = 0; v < q.vehicles; ++v)
            has_stations.push_back(q.station_at[v + 1] > q.station_at[v]);
        width = exactness();
        for (int j = 0; j < q.n; ++j) leave_room.push_back(q.window[2 * q.window_at[j + 1] - 1]);
        bool changed = q.links > 0;
        for (int pass = 0; changed && pass < 500; ++pass) {
            changed = false;
            for (int k = 0; k < q.links; ++k) {
                if (!(q.link_flags[k] & NEEDS) || !q.must[q.link_b[k]]) continue;
                const int64_t last = static_cast<int64_t>(leave_room[q.link_b[k]]) - q.link_low[k];
                if (last < leave_room[q.link_a[k]]) leave_room[q.link_a[k]] = clip(last), changed |= last > 0;
            }
        }
    }

    // Serve the stops tied to j and j itself, or none of them.
    bool place_unit(int j, bool thorough) {
        const auto& unit = s.unit_of[j];
        if (unit.size() == 1) return place(j, thorough, s.budget(j));
        if (unit.size() == 2) {
            for (int ship = 0; ship < q.ships; ++ship)
                if (q.ship_pickup[ship] == unit[0] || q.ship_pickup[ship] == unit[1])
                    return place_pair(q.ship_pickup[ship], q.ship_delivery[ship], thorough);
        }
        return place_set(unit, thorough);
    }

    // Serve what is missing of a set, beside what is served.
    void complete(const std::vector<int32_t>& unit) {
        for (int j : unit)
            if (!s.served(j)) place_member(j, true);
    }
    // Put these stops, in this order, as a trip of their own somewhere else; false where no place is found.
    bool place_trip(const std::vector<int32_t>& trip, int from) {
        const int start = random.below(q.vehicles);
        for (int k = 0, tried = 0; k < q.vehicles && tried < 8; ++k) {
            const int v = (start + k) % q.vehicles;
            if (v == from || !has_stations[v] || !std::all_of(trip.begin(), trip.end(), [&](int j) { return s.fits(v, j); })) continue;
            if (!s.routes[v].stops && s.empty_of(q.twin[v]) != v) continue;
            ++tried;
            const auto old = s.nodes(v);
            const int station = q.n + q.station[q.station_at[v] + random.below(q.station_at[v + 1] - q.station_at[v])];
            const int begin = random.below(static_cast<int>(s.routes[v].trips.size()));
            for (size_t t = 0; t < s.routes[v].trips.size(); ++t) {
                const auto& trips = s.routes[v].trips;
                const int at = trips[(static_cast<size_t>(begin) + t) % trips.size()].first;
                if (at < s.routes[v].locked) continue;
                auto list = old;
                auto put = list.insert(list.begin() + at, trip.begin(), trip.end());
                if (!old.empty()) list.insert(put + static_cast<std::ptrdiff_t>(trip.size()), station);
                if (s.set(v, list)) {
                    for (int j : trip) s.count_in(j);
                    return true;
                }
                for (int j : trip) s.route_of[j] = s.place_of[j] = -1;
                s.set(v, old);
            }
        }
        return false;
    }
    // Make the times of a link whose two stops are placed agree; false where they cannot.
    bool tie(int k) {
        const int a = q.link_a[k], b = q.link_b[k], flags = q.link_flags[k];
        if (!s.served(a)) return false;
        const int va = s.route_of[a], vb = s.route_of[b];
        if ((flags & SAME && va != vb) || (flags & APART && va == vb)) return false;
        const Place &pa = s.routes[va].p[s.place_of[a]], &pb = s.routes[vb].p[s.place_of[b]];
        const int64_t low = q.link_low[k], high = q.link_high[k];
        const int32_t* w;
        int64_t at = pa.start;
        const int32_t bt = s.clock.next(b, clip(std::max<int64_t>(pb.start, at + low)), &w);
        if (bt < 0) return false;
        if (bt - at > high) at = s.clock.next(a, clip(bt - high), &w);
        if (at < 0 || bt - at < low) return false;
        s.hold_pin(k, between(at, bt, low, high, s.timing.timed[va]));
        s.touch(va), s.touch(vb);
        if (s.refresh(va) && s.refresh(vb)) return true;
        s.release_pin(k);
        s.refresh(va), s.refresh(vb);
        return false;
    }

  private:
    // One candidate suffices where judging in constant time is exact, some where durations are nearly so.
    int exactness() const {
        for (int node = 0; node < q.n + q.stations; ++node)
            if (q.window_at[node + 1] - q.window_at[node] > 1) return KEPT;
        if (q.ships || q.links) return KEPT;
        for (int x = 0; x < q.stations; ++x)
            if (~q.station_dims[x] || ~q.station_classes[x]) return KEPT;
        bool timed = false;
        for (int v = 0; v < q.vehicles; ++v) {
            if (s.timing.rests(v) || q.max_duration[v] < BIG) return KEPT;
            timed |= s.timing.timed[v];
        }
        return timed ? 3 : 1;
    }
    // --- candidates ---
    void keep(const Candidate& c) {
        if (c.delta >= NEVER || (count == width && c.delta >= kept[width - 1].delta)) return;
        for (int i = 0; i < count; ++i)
            if (kept[i].v == c.v && kept[i].gap == c.gap && kept[i].pattern == c.pattern && kept[i].second_gap == c.second_gap) return;
        int i = count < width ? count++ : width - 1;
        for (; i > 0 && kept[i - 1].delta > c.delta; --i) kept[i] = kept[i - 1];
        kept[i] = c;
        if (count == width) judge.limit = kept[width - 1].delta;
    }
    bool allowed(int v, int j) const {
        if (!s.fits(v, j) || (only >= 0 && v != only)) return false;
        return std::find(apart.begin(), apart.end(), v) == apart.end();
    }
    // Leave a place out at random, so that the search does not repeat itself (Christiaens & Vanden Berghe 2020).
    bool blinks() {
        if (--till_blink > 0) return false;
        till_blink = blink > 0 ? 1 + static_cast<int>(random.real() * 2 / blink) : 1 << 30;
        return blink > 0;
    }
    void consider_gap(int v, int at, bool split) {
        if (blinks()) return;
        judge.gap(s.routes[v], at, split && has_stations[v], [&](Pattern pattern, int station, double delta) {
            Candidate c;
            c.v = v, c.gap = at, c.pattern = pattern, c.station = station, c.delta = delta;
            keep(c);
        });
    }
    void scan_empty(int j) {
        for (int t : s.eligible.classes_of(j)) {
            const int v = s.empty_of(t);
            if (v >= 0 && allowed(v, j)) scan_route(v);
        }
    }
    void scan_route(int v) {
        for (int gap = s.routes[v].locked; gap + 1 < s.routes[v].size(); ++gap) consider_gap(v, gap, true);
    }
    void scan(int j, bool thorough) {
        count = 0;
        judge.aim(j);
        scan_empty(j);  // first: of two equal places the one that leaves other routes their slack
        if (thorough || near.size() * 2 >= q.n) {
            for (int t : s.eligible.classes_of(j))
                for (int v : s.class_members[t])
                    if (s.routes[v].stops && allowed(v, j)) scan_route(v);
        } else {
            for (const int32_t* k = near.begin(j); k < near.end(j); ++k) {
                if (!s.served(*k)) continue;
                const int v = s.route_of[*k], at = s.place_of[*k];
                if (!allowed(v, j)) continue;
                const Route& r = s.routes[v];
                consider_gap(v, at, !s.is_stop(r.p[at + 1].node) || (++tick & 3) == 0);
                if (!s.is_stop(r.p[at - 1].node) || (tick & 7) == 1) consider_gap(v, at - 1, true);
            }
            for (int v : s.eligible.stationed_of(j))
                if (s.routes[v].stops && allowed(v, j)) consider_gap(v, s.routes[v].size() - 2, true);
        }
    }

    // --- windows agreed with linked stops ---
    bool agree(int j) {
        only = -1;
        apart.clear();
        if (s.links_of[j].empty()) return true;
        int32_t low = 0, high = BIG;
        for (int k : s.links_of[j]) {
            const bool is_b = q.link_b[k] == j;
            const int i = s.partner(k, j), flags = q.link_flags[k];
            if (!s.served(i)) {
                if (flags & NEEDS && is_b) return false;
                continue;
            }
            const Place& p = s.routes[s.route_of[i]].p[s.place_of[i]];
            const int64_t least = is_b ? static_cast<int64_t>(p.start) + q.link_low[k] : static_cast<int64_t>(p.start) - q.link_high[k];
            const int64_t most = is_b ? static_cast<int64_t>(p.latest_start) + q.link_high[k] : static_cast<int64_t>(p.latest_start) - q.link_low[k];
            low = static_cast<int32_t>(std::max<int64_t>(low, least)), high = static_cast<int32_t>(std::min<int64_t>(high, most));
            if (flags & SAME) {
                if (only >= 0 && only != s.route_of[i]) return false;
                only = s.route_of[i];
            }
            if (flags & APART) apart.push_back(s.route_of[i]);
        }
        const int32_t early = foresee ? std::min(high, leave_room[j]) : high;
        s.clock.not_before[j] = low, s.clock.not_after[j] = early < std::max(low, q.window[2 * q.window_at[j]]) ? high : early;
        return low <= high;
    }
    // After j has its time: fix what linked stops may still do, and time their routes anew.
    bool settle(int j) {
        if (s.links_of[j].empty()) return true;
        std::vector<int> again{s.route_of[j]};
        for (int k : s.links_of[j]) {
            const int i = s.partner(k, j);
            if (!s.served(i) || s.pins[k].held) continue;
            Pin pin;
            if (!split(k, j, i, &pin)) return false;
            s.hold_pin(k, pin);
            if (std::find(again.begin(), again.end(), s.route_of[i]) == again.end()) again.push_back(s.route_of[i]);
        }
        s.narrow(j);
        for (int v : again) {
            s.touch(v);
            if (!s.refresh(v)) return false;
        }
        return true;
    }
    bool split(int k, int j, int i, Pin* pin) const {
        const bool is_b = q.link_b[k] == j;
        const Place &pj = s.routes[s.route_of[j]].p[s.place_of[j]], &pi = s.routes[s.route_of[i]].p[s.place_of[i]];
        const int64_t low = q.link_low[k], high = q.link_high[k];
        const int64_t first = is_b ? pj.start - high : pj.start + low, last = is_b ? pj.start - low : pj.start + high;
        const int32_t* w;
        const int32_t at = s.clock.next(i, static_cast<int32_t>(std::max<int64_t>(pi.start, first)), &w);
        if (at < 0 || at > last || at > pi.latest_start) return false;
        const int64_t a = is_b ? at : pj.start, b = is_b ? pj.start : at;
        *pin = between(a, b, low, high, s.timing.timed[is_b ? s.route_of[i] : s.route_of[j]]);
        return true;
    }
    // Parts for a and b around their times, so that any two seconds of them keep the link; slack is halved, or all left
    // to a whose route gains by leaving later.
    static Pin between(int64_t a, int64_t b, int64_t low, int64_t high, bool to_a) {
        const int64_t spare = b - a - low, more = high - (b - a), lead = to_a ? spare : spare / 2;
        Pin pin;
        pin.held = true;
        pin.a_high = clip(a + lead), pin.b_low = clip(b - (spare - lead));
        pin.a_low = high >= BIG ? 0 : clip(a - more / 2), pin.b_high = high >= BIG ? BIG : clip(b + (more - more / 2));
        return pin;
    }
    static int32_t clip(int64_t t) { return static_cast<int32_t>(std::clamp<int64_t>(t, 0, BIG)); }

    // --- trying ---
    bool put(int j, const Candidate& c) {
        const bool fine = s.insert(c.v, c.gap, j, c.pattern == OPEN ? c.station : -1, c.pattern == CLOSE ? c.station : -1);
        if (fine && settle(j)) return true;
        take(j, c);
        return false;
    }
    void take(int j, const Candidate& c) {
        for (int k : s.links_of[j]) s.release_pin(k);
        Route& r = s.routes[c.v];
        const int at = s.place_of[j] - (c.pattern == OPEN), width = c.pattern == PLAIN ? 1 : 2;
        r.p.erase(r.p.begin() + at, r.p.begin() + at + width);
        s.route_of[j] = s.place_of[j] = -1;
        s.refresh(c.v);
        for (int k : s.links_of[j]) {
            const int i = s.partner(k, j);
            if (s.served(i) && s.route_of[i] != c.v) s.touch(s.route_of[i]), s.refresh(s.route_of[i]);
        }
    }

    // Try candidates in the order judged, until one holds that the next cannot beat; none dearer than `budget`.
    bool settle_best(int j, double budget) {
        int best = -1;
        double best_delta = NEVER;
        for (int i = 0; i < count && kept[i].delta < best_delta - 1e-9; ++i) {
            const double before = s.cost;
            reopen(j);
            if (!put(j, kept[i])) continue;
            const double delta = s.cost - before;
            const bool last = delta < kept[i].delta + 1e-6 || i + 1 == count || kept[i + 1].delta >= delta - 1e-9;
            if (last && delta <= best_delta && delta <= budget) return count_in(j);
            if (delta < best_delta) best = i, best_delta = delta;
            take(j, kept[i]);
        }
        if (best < 0 || best_delta > budget) return close(j);
        reopen(j);
        return put(j, kept[best]) ? count_in(j) : close(j);
    }
    void reopen(int j) {
        if (!s.links_of[j].empty()) agree(j);
    }
    bool close(int j) {
        s.narrow(j);
        return false;
    }
    bool count_in(int j) {
        s.count_in(j);
        return true;
    }

    bool place(int j, bool thorough, double budget) {
        if (!agree(j)) return close(j);
        scan(j, thorough);
        if (count && kept[0].delta > budget) return close(j);
        if (settle_best(j, budget)) return true;
        if (thorough || !fallback || near.size() * 2 >= q.n || !agree(j)) return close(j);
        scan(j, true);
        return settle_best(j, budget);
    }

    // --- pick-up and delivery ---
    bool place_pair(int a, int b, bool thorough) {
        if (!s.links_of[a].empty() || !s.links_of[b].empty()) return place_set(s.unit_of[a], thorough);
        count = 0, only = -1;
        judge.aim(b);
        apart.clear();
        ++stamp;
        const bool all = thorough || near.size() * 2 >= q.n;
        if (all) {
            for (int v = 0; v < q.vehicles; ++v)
                if (s.routes[v].stops) pair_route(v, a, b);
        } else {
            for (int end : {a, b})
                for (const int32_t* k = near.begin(end); k < near.end(end); ++k)
                    if (s.served(*k)) pair_route(s.route_of[*k], a, b);
        }
        for (size_t t = 0; t < s.class_members.size(); ++t)
            if (const int v = s.empty_of(static_cast<int>(t)); v >= 0) pair_route(v, a, b);
        for (int i = 0; i < count; ++i) {
            if (kept[i].delta > s.budget(a) + s.budget(b)) break;
            if (put_pair(kept[i], a, b)) {
                s.count_in(a), s.count_in(b);
                return true;
            }
        }
        return !all && fallback && place_pair(a, b, true);
    }
    void pair_route(int v, int a, int b) {
        if (seen[v] == stamp || !s.fits(v, a) || !s.fits(v, b)) return;
        seen[v] = stamp;
        const Route& r = s.routes[v];
        for (int gap = r.locked; gap + 1 < r.size(); ++gap) pair_from(r, gap, a, b);
        if (q.station_at[v + 1] == q.station_at[v] || r.trips_used >= q.max_trips[v] || !r.stops) return;
        for (const Trip& t : r.trips)  // a trip of its own
            if (t.first >= r.locked) pair_trip(r, t.first, a, b);
    }
    void pair_trip(const Route& r, int gap, int a, int b) {
        const int v = r.vehicle;
        const int station = judge.station_between(v, q.loc[b], r.p[gap + 1].loc, CLOSE);
        if (station < 0) return;
        Candidate c;
        c.v = v, c.gap = c.second_gap = gap, c.pattern = CLOSE, c.station = station;
        const int from = r.p[gap].loc, to = r.p[gap + 1].loc;
        const int64_t metres = static_cast<int64_t>(s.metres(v, from, q.loc[a])) + s.metres(v, q.loc[a], q.loc[b]) +
            s.metres(v, q.loc[b], q.loc[station]) + s.metres(v, q.loc[station], to) - r.p[gap].metres;
        c.delta = q.per_metre[v] * static_cast<double>(metres) + s.serving(v, a) + s.serving(v, b);
        keep(c);
    }
    void pair_from(const Route& r, int gap, int a, int b) {
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
            pair_keep(r, gap, gap, a, b, base, metres, at_b + q.service[b] + s.seconds(v, lb, n.loc), timed);
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
                pair_keep(r, gap, i, a, b, base, metres, on, timed);
            }
            arrive = leave + p.seconds;
        }
    }
    // Does what a ships fit on the leg behind place i?
    bool room(const Route& r, int i, int a) const {
        for (int d = 0; d < q.dims; ++d) {
            int64_t load = r.leg[i * q.dims + d];
            for (int x : s.loads.shipments_of(a)) load += q.ship_pickup[x] == a ? q.ship_load[x * q.dims + d] : 0;
            if (load > q.capacity[r.vehicle * q.dims + d]) return false;
        }
        return true;
    }
    void pair_keep(const Route& r, int gap, int second, int a, int b, double base, int64_t metres, int32_t on, bool timed) {
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
        keep(c);
    }
    bool put_pair(const Candidate& c, int a, int b) {
        auto list = s.nodes(c.v);
        const auto old = list;
        if (c.pattern == CLOSE) list.insert(list.begin() + c.gap, {a, b, c.station});
        else {
            list.insert(list.begin() + c.second_gap, b);
            list.insert(list.begin() + c.gap, a);
        }
        if (s.set(c.v, list)) return true;
        s.set(c.v, old);
        s.route_of[a] = s.place_of[a] = s.route_of[b] = s.place_of[b] = -1;
        return false;
    }

    // --- sets: one after the other, all or none ---
    bool place_set(const std::vector<int32_t>& unit, bool thorough) {
        const double before = s.cost;
        double budget = 0;
        std::vector<int32_t> order(unit.begin(), unit.end());
        for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(static_cast<int>(i))]);
        // a pick-up before its delivery
        for (size_t pass = 0; pass < order.size(); ++pass)
            for (int x = 0; x < q.ships; ++x) {
                auto p = std::find(order.begin(), order.end(), q.ship_pickup[x]);
                auto d = std::find(order.begin(), order.end(), q.ship_delivery[x]);
                if (p != order.end() && d < p) std::iter_swap(p, d);
            }
        std::vector<int32_t> done;
        for (int j : order) {
            if (s.served(j)) continue;
            if (place_member(j, thorough)) {
                done.push_back(j);
                continue;
            }
            s.remove(done);
            return false;
        }
        for (int j : unit) budget += s.budget(j) - q.price[j];
        if (s.cost - before <= budget) return true;
        s.remove(done);
        return false;
    }
    bool place_member(int j, bool thorough) {
        int v = -1, low = 0, high = BIG;
        for (int x : s.loads.shipments_of(j)) {
            const bool takes = q.ship_pickup[x] == j;
            const int i = takes ? q.ship_delivery[x] : q.ship_pickup[x];
            if (!s.served(i)) continue;
            v = s.route_of[i];
            const Route& r = s.routes[v];
            const Trip& t = r.trips[r.p[s.place_of[i]].trip];
            low = std::max(low, takes ? t.first : s.place_of[i]);
            high = std::min(high, takes ? s.place_of[i] - 1 : t.last - 1);
        }
        if (v < 0) return place(j, thorough, NEVER);
        if (!agree(j) || !allowed(v, j)) return close(j);
        count = 0;
        judge.aim(j);
        for (int gap = std::max(low, s.routes[v].locked); gap <= high; ++gap) consider_gap(v, gap, false);
        return settle_best(j, NEVER);
    }
};

}  // namespace rich
