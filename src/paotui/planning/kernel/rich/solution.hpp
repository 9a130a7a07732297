// Routes, links between stops on different routes, and a journal that takes back what an iteration did.
#pragma once
#include "chains.hpp"
#include "eligible.hpp"
#include "timing.hpp"
#include "units.hpp"

namespace rich {

// Times agreed between two linked stops: any start of a in its part and of b in its part satisfies the link.
struct Pin {
    bool held = false;
    int32_t a_low = 0, a_high = BIG, b_low = 0, b_high = BIG;
};

struct Snapshot {
    std::vector<std::vector<int32_t>> nodes;
    std::vector<Pin> pins;
    double cost = 1e300;
    int missing = 1 << 30;
};

// The prices of what a snapshot leaves out although it need not.
inline double left_out(const RichProblem& q, const Snapshot& s) {
    std::vector<uint8_t> served(q.n, 0);
    for (const auto& list : s.nodes)
        for (int x : list)
            if (x < q.n) served[x] = 1;
    double sum = 0;
    for (int j = 0; j < q.n; ++j)
        if (!served[j] && !q.must[j]) sum += q.price[j];
    return sum;
}

class Solution {
  public:
    const RichProblem& q;
    Clock clock;
    Loads loads;
    Timing timing;
    const Eligible& eligible;
    std::vector<Route> routes;
    std::vector<int32_t> route_of, place_of;  // by stop; -1 = not served
    std::vector<Pin> pins;
    std::vector<std::vector<int32_t>> links_of, unit_of;  // by stop: its links; the stops served with it or not at all
    std::vector<std::vector<int32_t>> class_members;      // by class of interchangeable vehicles
    std::vector<const int32_t*> distance_to, duration_to;  // by profile: transposed, to read arrivals along a row
    double cost = 0;
    int missing = 0;               // stops that must be served and are not
    std::vector<uint8_t> bound;    // by stop: locked to a vehicle
    std::vector<int32_t> removed;  // since the last begin()
    bool broken = false;           // is a locked stop among them, or does another share need one that is not served?
    std::vector<uint8_t> mine, own;  // vehicles and stops of the share that is searched

    Solution(const RichProblem& problem, const Eligible& who)
        : q(problem), clock(problem), loads(problem), timing(problem, clock), eligible(who), routes(problem.vehicles),
          route_of(problem.n, -1), place_of(problem.n, -1), pins(problem.links), links_of(problem.n),
          unit_of(units(problem)), bound(problem.n, 0), mine(problem.vehicles, 1), own(problem.n, 1), price(problem.price, problem.price + problem.n), budgets(rich::budgets(problem, price)), saved_at(problem.vehicles, -1) {
        for (int k = 0; k < q.links; ++k) links_of[q.link_a[k]].push_back(k), links_of[q.link_b[k]].push_back(k);
        for (int i = 0; i < q.locked_at[q.vehicles]; ++i) bound[q.locked[i]] = 1;
        transpose();
        int twins = 0;
        for (int v = 0; v < q.vehicles; ++v) twins = std::max(twins, q.twin[v] + 1);
        class_members.resize(twins), first_empty.assign(twins, 0);
        for (int v = 0; v < q.vehicles; ++v) class_members[q.twin[v]].push_back(v);
        for (int v = 0; v < q.vehicles; ++v) routes[v].vehicle = v, set(v, {});
        recount();
    }

    // Most that serving j may cost: its price and that of what hangs on it; no limit where it must be served.
    double budget(int j) const { return budgets[j]; }
    bool dear() const { return worth > 1; }
    double price_of(int j) const { return price[j]; }
    // From now on leaving out what may be left out costs so many times its price.
    void value(double times) {
        if (times == worth) return;
        for (int j = 0; j < q.n; ++j) {
            if (q.must[j]) continue;
            price[j] = q.price[j] * times;
            if (!served(j)) cost += q.price[j] * (times - worth);
        }
        budgets = rich::budgets(q, price), worth = times;
    }
    bool is_stop(int node) const { return node >= 0 && node < q.n; }
    bool served(int j) const { return route_of[j] >= 0; }
    bool linked(int j) const { return !links_of[j].empty(); }
    bool has_stations(int v) const { return q.station_at[v + 1] > q.station_at[v]; }
    // Where a served stop is.
    const Place& at(int j) const { return routes[route_of[j]].p[place_of[j]]; }
    const Trip& trip_of(int j) const { return routes[route_of[j]].trips[at(j).trip]; }
    // Locked stops are put where they belong at the beginning, and nowhere else.
    bool fits(int v, int j) const { return mine[v] && !bound[j] && may_serve(v, j); }
    bool may_serve(int v, int j) const { return q.fit[static_cast<int64_t>(q.kind[v]) * q.n + j]; }
    int32_t metres(int v, int a, int b) const {
        return b < 0 ? 0 : q.distance[q.profile[v]][static_cast<int64_t>(a) * q.locations + b];
    }
    int32_t seconds(int v, int a, int b) const {
        return b < 0 ? 0 : q.duration[q.profile[v]][static_cast<int64_t>(a) * q.locations + b];
    }
    // What serving stop j with vehicle v costs by itself: change of vehicle, territory.
    double serving(int v, int j) const {
        double c = 0;
        if (q.published_vehicle[j] >= 0 && q.published_vehicle[j] != v) c += q.vehicle_change;
        if (q.territory[v] >= 0) c += q.territory_cost[static_cast<int64_t>(q.territory[v]) * q.n + j];
        return c;
    }
    double following(int a, int b) const {
        return q.succession_change > 0 && is_stop(a) && is_stop(b) && q.published_next[a] == b ? -q.succession_change : 0;
    }
    bool locked(int j) const { return served(j) && place_of[j] <= routes[route_of[j]].locked; }

    // The first empty vehicle of a class of interchangeable ones, or -1.
    int empty_of(int twin) {
        auto& list = class_members[twin];
        int& k = first_empty[twin];
        while (k < static_cast<int>(list.size()) && (routes[list[k]].stops > 0 || !mine[list[k]])) ++k;
        return k < static_cast<int>(list.size()) ? list[k] : -1;
    }

    // Give route v these nodes (stops and stations); false where it cannot be driven: set it to others then.
    bool set(int v, const std::vector<int32_t>& nodes) {
        Route& r = routes[v];
        touch(v);
        forget(r);
        r.p.resize(nodes.size() + 2);
        r.p[0].node = START, r.p[0].loc = q.start[v];
        for (size_t i = 0; i < nodes.size(); ++i) r.p[i + 1].node = nodes[i], r.p[i + 1].loc = q.loc[nodes[i]];
        r.p.back().node = END, r.p.back().loc = q.end[v];
        return refresh(v);
    }
    // Put a stop behind place `gap`, with a station before or after it; -1: without.
    bool insert(int v, int gap, int node, int before_station, int after_station) {
        touch(v);
        Route& r = routes[v];
        Place place{};
        auto put = [&](int at, int what) {
            place.node = what, place.loc = q.loc[what];
            r.p.insert(r.p.begin() + at, place);
        };
        if (before_station >= 0) put(++gap, before_station);
        put(++gap, node);
        if (after_station >= 0) put(++gap, after_station);
        return refresh(v);
    }
    std::vector<int32_t> nodes(int v) const {
        std::vector<int32_t> list;
        for (int i = 1; i + 1 < routes[v].size(); ++i) list.push_back(routes[v].p[i].node);
        return list;
    }

    // Recompute everything of a route from its nodes. The stops count as served even where it cannot be driven.
    bool refresh(int v) {
        Route& r = routes[v];
        const double old = r.cost;
        r.dirty = true;
        const bool fine = compute(r);
        if (!fine) r.cost = old;
        else cost += r.cost - old;
        if (!r.stops) first_empty[q.twin[v]] = 0;
        return fine;
    }

    // Recompute its times only: stops it serves may start at others.
    bool retime(int v) {
        Route& r = routes[v];
        const double old = r.time_cost;
        if (!time(r)) return false;
        r.cost += r.time_cost - old, cost += r.time_cost - old;
        return true;
    }

    // Take stops out (with what must go with them); routes stay drivable, dropping more where they would not.
    void remove(const std::vector<int32_t>& stops) {
        leaving.assign(q.n, 0);
        std::vector<int32_t> affected;
        auto mark = [&](int j) {
            for (int u : unit_of[j]) {
                if (!own[u]) broken = true;
                if (!served(u) || leaving[u] || !own[u]) continue;
                leaving[u] = 1;
                if (std::find(affected.begin(), affected.end(), route_of[u]) == affected.end()) affected.push_back(route_of[u]);
            }
        };
        for (int j : stops) mark(j);
        for (size_t k = 0; k < affected.size(); ++k) {
            while (!shrink(affected[k])) {
                int victim = -1;  // the last stop that may go
                for (int i = routes[affected[k]].size() - 2; i > 0 && victim < 0; --i) {
                    const int j = routes[affected[k]].p[i].node;
                    if (is_stop(j)) victim = j;
                }
                if (victim < 0) {
                    set(affected[k], {});
                    break;
                }
                mark(victim);
            }
        }
    }

    // --- links ---
    int partner(int link, int j) const { return q.link_a[link] == j ? q.link_b[link] : q.link_a[link]; }
    void release_pin(int link) {
        if (!pins[link].held || !own[q.link_a[link]] || !own[q.link_b[link]]) return;
        pin_journal.push_back({link, pins[link]});
        pins[link].held = false;
        narrow(q.link_a[link]), narrow(q.link_b[link]);
    }
    void hold_pin(int link, const Pin& pin) {
        pin_journal.push_back({link, pins[link]});
        pins[link] = pin;
        narrow(q.link_a[link]), narrow(q.link_b[link]);
    }
    void narrow(int j) {
        int32_t low = 0, high = BIG;
        for (int k : links_of[j]) {
            if (!pins[k].held) continue;
            const bool a = q.link_a[k] == j;
            low = std::max(low, a ? pins[k].a_low : pins[k].b_low);
            high = std::min(high, a ? pins[k].a_high : pins[k].b_high);
        }
        clock.not_before[j] = low, clock.not_after[j] = high;
    }

    // --- journal ---
    struct Mark {
        double cost;
        int missing;
    };
    Mark begin() {
        ++round;
        used = 0;
        pin_journal.clear();
        removed.clear();
        broken = false;
        return {cost, missing};
    }
    void take_back(const Mark& mark) {
        for (auto k = pin_journal.rbegin(); k != pin_journal.rend(); ++k) pins[k->first] = k->second;
        for (auto& [link, pin] : pin_journal) narrow(q.link_a[link]), narrow(q.link_b[link]);
        for (size_t k = 0; k < used; ++k) forget(routes[saved[k].vehicle]);
        for (size_t k = 0; k < used; ++k) {
            Route& r = routes[saved[k].vehicle];
            std::swap(r, saved[k]);
            learn(r);
            first_empty[q.twin[r.vehicle]] = 0;
        }
        cost = mark.cost, missing = mark.missing;
    }

    void load(const Snapshot& s) {
        pins = s.pins;
        for (int j = 0; j < q.n; ++j)
            if (linked(j)) narrow(j);
        begin();
        for (auto& r : routes) forget(r);
        for (int v = 0; v < q.vehicles; ++v) set(v, s.nodes[v]);
        recount();
        begin();
    }
    // Search these vehicles and stops only; all again: share -1.
    void hold(const std::vector<int32_t>& vehicles, const std::vector<int32_t>& stops, int share) {
        for (int v = 0; v < q.vehicles; ++v) mine[v] = share < 0 || vehicles[v] == share;
        for (int j = 0; j < q.n; ++j) own[j] = share < 0 || stops[j] == share;
        std::fill(first_empty.begin(), first_empty.end(), 0);
    }
    // Until release(), nobody is sent who is not under way now.
    void confine() {
        for (int v = 0; v < q.vehicles; ++v) mine[v] = routes[v].size() > 2;
        std::fill(first_empty.begin(), first_empty.end(), 0);
    }
    void release() {
        std::fill(mine.begin(), mine.end(), 1);
        std::fill(first_empty.begin(), first_empty.end(), 0);
    }
    // Update a snapshot of this solution: only routes changed since the last time.
    void save(Snapshot& s) {
        s.nodes.resize(q.vehicles);
        for (int v = 0; v < q.vehicles; ++v)
            if (routes[v].dirty) s.nodes[v] = nodes(v), routes[v].dirty = false;
        s.pins = pins, s.cost = cost, s.missing = missing;
    }
    void recount() {
        cost = 0, missing = 0;
        for (auto& r : routes) cost += r.cost;
        for (int j = 0; j < q.n; ++j)
            if (!served(j)) cost += price[j], missing += q.must[j];
    }
    // Served or not changed: prices and counts. Call after a stop was placed or removed.
    void count_in(int j) { cost -= price[j], missing -= q.must[j]; }
    void count_out(int j) { cost += price[j], missing += q.must[j]; }

    void touch(int v) {
        if (saved_at[v] == round) return;
        saved_at[v] = round;
        if (used == saved.size()) saved.emplace_back();
        saved[used++] = routes[v];
    }

  private:
    std::vector<std::vector<int32_t>> tables;  // those transposed
    std::vector<double> price, budgets;
    double worth = 1;
    std::vector<uint8_t> leaving;
    std::vector<int32_t> first_empty;  // by class of vehicles: members before it are in use
    std::vector<Route> saved;          // as they were at begin(), the first `used` of them
    size_t used = 0;
    std::vector<int64_t> saved_at;  // by vehicle: round
    int64_t round = 0;
    std::vector<std::pair<int, Pin>> pin_journal;

    void forget(const Route& r) {
        for (int i = 1; i + 1 < r.size(); ++i)
            if (is_stop(r.p[i].node) && route_of[r.p[i].node] == r.vehicle) route_of[r.p[i].node] = place_of[r.p[i].node] = -1;
    }
    void learn(const Route& r) {
        for (int i = 1; i + 1 < r.size(); ++i)
            if (is_stop(r.p[i].node)) route_of[r.p[i].node] = r.vehicle, place_of[r.p[i].node] = i;
    }
    bool compute(Route& r) {
        const int v = r.vehicle, size = r.size();
        r.stops = 0, r.locked = 0, r.distance = 0, r.busy = 0;
        const int locks = q.locked_at[v + 1] - q.locked_at[v];
        double extra = 0;
        int last = START, lock = 0;
        for (int i = 0; i < size; ++i) {
            Place& p = r.p[i];
            if (i + 1 < size) {
                p.metres = metres(v, p.loc, r.p[i + 1].loc), p.seconds = seconds(v, p.loc, r.p[i + 1].loc);
                r.distance += p.metres, r.busy += p.seconds;
            }
            if (p.node >= 0) r.busy += q.service[p.node];
            if (!is_stop(p.node)) continue;
            route_of[p.node] = v, place_of[p.node] = i;
            ++r.stops;
            if (lock < locks) {
                while (lock < locks && q.locked[q.locked_at[v] + lock] != p.node) ++lock;
                if (lock++ < locks) r.locked = i;
            }
            extra += serving(v, p.node) + following(last, p.node);
            last = p.node;
        }
        r.breaks.clear();
        if (!loads.fill(r) || !time(r)) return false;
        const bool drives = size > 2;
        r.cost = drives ? (r.stops ? q.fixed[v] : 0) + q.per_metre[v] * static_cast<double>(r.distance) + r.time_cost + extra : 0;
        return true;
    }

    // Times, breaks and their cost, of a route that is known but for these.
    bool time(Route& r) {
        const int v = r.vehicle;
        for (const BreakAt& b : r.breaks) r.busy -= timing.length(v, b.which);
        if (!timing.fill(r)) return false;
        for (const BreakAt& b : r.breaks) r.busy += timing.length(v, b.which);
        r.time_cost = r.size() > 2 ? timing.time_cost(v, r.duration, r.end) : 0;
        return true;
    }

    // Take the leaving stops out of route v and leave out stations that have lost their use.
    bool shrink(int v) {
        Route& r = routes[v];
        touch(v);
        for (int i = 1; i + 1 < r.size(); ++i) {
            const int j = r.p[i].node;
            if (!is_stop(j) || !leaving[j]) continue;
            route_of[j] = place_of[j] = -1;
            count_out(j);
            for (int k : links_of[j]) release_pin(k);
            removed.push_back(j);
            broken |= i <= r.locked;
        }
        std::vector<int32_t> list;
        for (int i = 1; i + 1 < r.size(); ++i)
            if (!is_stop(r.p[i].node) || route_of[r.p[i].node] >= 0) list.push_back(r.p[i].node);
        return set(v, loads.without_idle_stations(v, list));
    }

    void transpose() {
        for (int p = 0; p < q.profiles; ++p) {
            distance_to.push_back(turned(q.distance[p]));
            duration_to.push_back(q.duration[p] == q.distance[p] ? distance_to.back() : turned(q.duration[p]));
        }
    }
    // The table itself where it is symmetric.
    const int32_t* turned(const int32_t* table) {
        const int64_t size = q.locations;
        bool symmetric = true;
        for (int64_t a = 0; a < size && symmetric; ++a)
            for (int64_t b = 0; b < a && symmetric; ++b) symmetric = table[a * size + b] == table[b * size + a];
        if (symmetric) return table;
        tables.emplace_back(static_cast<size_t>(size * size));
        for (int64_t a = 0; a < size; ++a)
            for (int64_t b = 0; b < size; ++b) tables.back()[static_cast<size_t>(b * size + a)] = table[a * size + b];
        return tables.back().data();
    }
};

}  // namespace rich
