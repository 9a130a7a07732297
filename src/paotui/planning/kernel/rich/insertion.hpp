// Puts stops into routes: cheapest place by constant-time judging, then the route timed in full; pairs, sets served
// together and linked stops keep what ties them.
#pragma once
#include "agreement.hpp"
#include "pairs.hpp"

namespace rich {

class Insertion {
    int till_blink = 50;
    uint32_t tick = 0;    // an inner gap is tried with a station now and then
    double blink = 0.01;  // share of places left out at random
    Solution& s;
    const RichProblem& q;
    const Neighbours& near;
    Random& random;
    Judge judge;
    Candidates found;
    Pairs pairs;

  public:
    Agreement agreement;
    bool opens = true;     // may send vehicles that are at home
    bool fallback = true;  // look everywhere when nothing fits among the neighbours

    Insertion(Solution& solution, const Neighbours& neighbours, Random& numbers)
        : s(solution), q(solution.q), near(neighbours), random(numbers), judge(solution), found(judge.enough()),
          pairs(solution, neighbours, numbers, judge, found, blink, opens), agreement(solution) {}

    // Look at every place from now on.
    void stare() { blink = 0; }

    // Serve the stops tied to j and j itself, or none of them.
    bool place_unit(int j, bool thorough) {
        const auto& unit = s.unit_of[j];
        if (unit.size() == 1) return place(j, thorough, s.budget(j));
        const auto& ships = s.loads.shipments_of(j);
        if (unit.size() > 2 || ships.empty() || s.linked(unit[0]) || s.linked(unit[1])) return place_set(unit, thorough);
        return pairs.place(q.ship_pickup[ships[0]], q.ship_delivery[ships[0]], thorough, fallback);
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
            if (v == from || !s.mine[v] || !s.has_stations(v) || !std::all_of(trip.begin(), trip.end(), [&](int j) { return s.fits(v, j); })) continue;
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
                s.set(v, old);
            }
        }
        return false;
    }
  private:
    // --- looking ---
    bool allowed(int v, int j) const { return s.fits(v, j) && agreement.allows(v); }
    // Leave a place out at random, so that the search does not repeat itself (Christiaens & Vanden Berghe 2020).
    bool blinks() {
        if (--till_blink > 0) return false;
        till_blink = blink > 0 ? 1 + static_cast<int>(random.real() * 2 / blink) : 1 << 30;
        return blink > 0;
    }
    void consider_gap(int v, int at, bool split) {
        if (!blinks()) judge.gap(s.routes[v], at, split && s.has_stations(v), found);
    }
    void scan_empty(int j) {
        if (!opens) return;
        for (int t : s.eligible.classes_of(j)) {
            const int v = s.empty_of(t);
            if (v >= 0 && allowed(v, j)) scan_route(v);
        }
    }
    void scan_route(int v) {
        for (int gap = s.routes[v].locked; gap + 1 < s.routes[v].size(); ++gap) consider_gap(v, gap, true);
    }
    void scan(int j, bool thorough) {
        found.clear();
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

    // --- trying ---
    bool put(int j, const Candidate& c) {
        const bool fine = s.insert(c.v, c.gap, j, c.pattern == OPEN ? c.station : -1, c.pattern == CLOSE ? c.station : -1);
        if (fine && agreement.settle(j)) return true;
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
            if (s.served(i) && s.own[i] && s.route_of[i] != c.v) s.touch(s.route_of[i]), s.refresh(s.route_of[i]);
        }
    }

    // Try candidates in the order judged, until one holds that the next cannot beat; none dearer than `budget`.
    bool settle_best(int j, double budget) {
        int best = -1;
        double best_delta = NEVER;
        for (int i = 0; i < found.size() && found[i].delta < best_delta - 1e-9; ++i) {
            const double before = s.cost;
            reopen(j);
            if (!put(j, found[i])) continue;
            const double delta = s.cost - before;
            const bool last = delta < found[i].delta + 1e-6 || i + 1 == found.size() || found[i + 1].delta >= delta - 1e-9;
            if (last && delta <= best_delta && delta <= budget) return count_in(j);
            if (delta < best_delta) best = i, best_delta = delta;
            take(j, found[i]);
        }
        if (best < 0 || best_delta > budget) return close(j);
        reopen(j);
        return put(j, found[best]) ? count_in(j) : close(j);
    }
    void reopen(int j) {
        if (s.linked(j)) agreement.agree(j);
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
        if (!agreement.agree(j)) return close(j);
        scan(j, thorough);
        if (found.size() && found[0].delta > budget) return close(j);
        if (settle_best(j, budget)) return true;
        if (thorough || !fallback || near.size() * 2 >= q.n || !agreement.agree(j)) return close(j);
        scan(j, true);
        return settle_best(j, budget);
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
        for (int j : unit) budget += s.budget(j) - s.price_of(j);
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
            const Trip& t = s.trip_of(i);
            low = std::max(low, takes ? t.first : s.place_of[i]);
            high = std::min(high, takes ? s.place_of[i] - 1 : t.last - 1);
        }
        if (v < 0) return place(j, thorough, NEVER);
        if (!agreement.agree(j) || !allowed(v, j)) return close(j);
        found.clear();
        judge.aim(j);
        for (int gap = std::max(low, s.routes[v].locked); gap <= high; ++gap) consider_gap(v, gap, false);
        return settle_best(j, NEVER);
    }
};

}  // namespace rich
