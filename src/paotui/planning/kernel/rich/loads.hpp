// What is on board along a route, trip by trip: capacities, classes, what bases handle.
#pragma once
#include "route.hpp"

namespace rich {

class Loads {
    const RichProblem& q;
    std::vector<std::vector<std::pair<int, int>>> shipped;  // by stop: (shipment, +1 taken on | -1 handed over)
    std::vector<std::vector<int>> numbers;                  // by stop: its shipments
    std::vector<uint64_t> gives, takes;                     // by stop: dimensions as bits
    std::vector<std::vector<int>> held;                     // by vehicle: the dimensions it can hold any of

    bool base_ok(const Route& r, int place, uint64_t dims, uint64_t classes) const {
        const int node = r.p[place].node;
        if (node < 0) return true;
        return !(dims & ~q.station_dims[node - q.n]) && !(classes & ~q.station_classes[node - q.n]);
    }

  public:
    explicit Loads(const RichProblem& problem) : q(problem), shipped(problem.n), numbers(problem.n), gives(problem.n), takes(problem.n), held(problem.vehicles) {
        for (int v = 0; v < q.vehicles; ++v)
            for (int d = 0; d < q.dims; ++d)
                if (q.capacity[v * q.dims + d] || q.onboard[v * q.dims + d]) held[v].push_back(d);
        for (int s = 0; s < q.ships; ++s) {
            shipped[q.ship_pickup[s]].push_back({s, 1});
            shipped[q.ship_delivery[s]].push_back({s, -1});
            numbers[q.ship_pickup[s]].push_back(s), numbers[q.ship_delivery[s]].push_back(s);
        }
        for (int j = 0; j < q.n; ++j)
            for (int d = 0; d < q.dims; ++d) {
                if (q.delivery[j * q.dims + d]) gives[j] |= 1ULL << d;
                if (q.pickup[j * q.dims + d]) takes[j] |= 1ULL << d;
            }
    }
    // No stop it may serve has anything of the others.
    const std::vector<int>& dims_of(int v) const { return held[v]; }
    uint64_t delivers(int j) const { return gives[j]; }
    uint64_t picks(int j) const { return takes[j]; }
    uint64_t class_of(int j) const { return q.load_class[j] < 0 ? 0 : 1ULL << q.load_class[j]; }
    uint64_t clash_of(int j) const { return q.load_class[j] < 0 ? 0 : q.clash[q.load_class[j]]; }
    const std::vector<int>& shipments_of(int j) const { return numbers[j]; }
    // May a trip of these stops begin / end at a station?
    bool loads_at(int station, uint64_t dims) const { return !(dims & ~q.station_dims[station]); }
    bool unloads_at(int station, uint64_t dims, uint64_t classes) const {
        return !(dims & ~q.station_dims[station]) && !(classes & ~q.station_classes[station]);
    }
    uint64_t onboard_dims(int v) const {
        uint64_t dims = 0;
        for (int d = 0; d < q.dims; ++d)
            if (q.onboard[v * q.dims + d]) dims |= 1ULL << d;
        return dims;
    }

    // Fill trips and loads of a route; false where something does not fit.
    bool fill(Route& r) {
        const int size = r.size(), dims = q.dims;
        r.trips.clear();
        r.trips_used = 0;
        const size_t cells = static_cast<size_t>(size) * dims;
        if (r.given.size() < cells) r.given.resize(cells), r.taken.resize(cells), r.up_to.resize(cells), r.beyond.resize(cells), r.leg.resize(cells);
        if (size == 2) {  // stays at home, whatever is on board
            trip(r, 0, 1);
            r.p[1].trip = 0;
            for (int d : held[r.vehicle]) carry(r, r.trips[0], d);
            return true;
        }
        int first = 0;
        for (int i = 1; i < size; ++i) {
            if (r.p[i].node >= 0 && r.p[i].node < q.n) continue;
            if (!trip(r, first, i)) return false;
            r.trips_used += i - first > 1;
            first = i;
        }
        r.p[size - 1].trip = static_cast<int>(r.trips.size()) - 1;
        if (r.trips_used > q.max_trips[r.vehicle]) return false;
        if (q.empty_at_end[r.vehicle] && r.trips.back().picks) return false;
        for (size_t t = 0; t < r.trips.size(); ++t)
            for (int d : held[r.vehicle])
                if (!carry(r, r.trips[t], d)) return false;
        return true;
    }

    // Nodes of a route but for stations that nothing is left to do at.
    std::vector<int32_t> without_idle_stations(int v, const std::vector<int32_t>& list) const {
        uint64_t picks = onboard_dims(v), handed = 0;
        bool idle = !picks;  // nothing happened since the last base
        int base = -1;       // station it was, -1 = start
        std::vector<int32_t> kept;
        for (size_t i = 0; i < list.size(); ++i) {
            const int x = list[i];
            if (is_stop(x)) {
                idle = false, picks |= takes[x];
                kept.push_back(x);
                continue;
            }
            if (idle && (base < 0 || base == x)) continue;
            if (idle && merges(list, i, base)) continue;
            kept.push_back(x);
            base = x, idle = true, handed = picks, picks = 0;
        }
        // A station right before the end only where something must be handed over there.
        if (!kept.empty() && !is_stop(kept.back()) && !(q.empty_at_end[v] && handed)) kept.pop_back();
        bool any = false;
        for (int x : kept) any |= is_stop(x);
        if (!any && !(onboard_dims(v) && q.empty_at_end[v])) kept.clear();
        return kept;
    }

  private:
    bool is_stop(int node) const { return node >= 0 && node < q.n; }
    // May the trip that begins at station list[i] begin at `base` instead?
    bool merges(const std::vector<int32_t>& list, size_t i, int base) const {
        for (size_t k = i + 1; k < list.size() && is_stop(list[k]); ++k)
            if (!loads_at(base - q.n, gives[list[k]])) return false;
        return true;
    }
    bool trip(Route& r, int first, int last) {
        Trip t{first, last, 0, 0, 0, 0, 0, 0, 0};
        uint64_t clash = 0;
        if (first == 0) t.picks = onboard_dims(r.vehicle);
        const int number = static_cast<int>(r.trips.size());
        r.p[first].trip = number;
        r.p[first].release_before = 0;
        int open = 0;
        r.p[first].open = 0;
        for (int i = first + 1; i < last; ++i) {
            const int j = r.p[i].node;
            r.p[i].trip = number;
            t.release = std::max(t.release, q.release[j]);
            r.p[i].release_before = t.release;
            t.delivers |= gives[j], t.picks |= takes[j];
            t.classes |= class_of(j), clash |= clash_of(j);
            if (takes[j]) t.picks_class |= class_of(j);
            for (auto [s, sign] : shipped[j]) open += sign;
            r.p[i].open = open;
        }
        int32_t from = 0;
        for (int i = last - 1; i > first; --i) from = std::max(from, q.release[r.p[i].node]), r.p[i].release_from = from;
        r.p[last].release_from = 0;
        r.trips.push_back(t);
        if (t.classes & clash) return false;
        return base_ok(r, first, t.delivers, 0) && base_ok(r, last, t.picks, t.picks_class);
    }
    bool carry(Route& r, const Trip& t, int d) {
        const int dims = q.dims;
        const int64_t room = q.capacity[r.vehicle * dims + d];
        int64_t load = t.first == 0 ? q.onboard[r.vehicle * dims + d] : 0, given = 0, taken = load, most = 0;
        for (int i = t.first + 1; i < t.last; ++i) load += q.delivery[r.p[i].node * dims + d];
        r.leg[t.first * dims + d] = most = load;
        r.up_to[t.first * dims + d] = load;
        r.given[t.first * dims + d] = 0, r.taken[t.first * dims + d] = taken;
        for (int i = t.first + 1; i < t.last; ++i) {
            const int j = r.p[i].node;
            given += q.delivery[j * dims + d], taken += q.pickup[j * dims + d];
            load += q.pickup[j * dims + d] - q.delivery[j * dims + d];
            for (auto [s, sign] : shipped[j]) load += sign * q.ship_load[s * dims + d];
            r.leg[i * dims + d] = load, most = std::max(most, load);
            r.up_to[i * dims + d] = most, r.given[i * dims + d] = given, r.taken[i * dims + d] = taken;
        }
        int64_t behind = 0;
        for (int i = t.last - 1; i >= t.first; --i) behind = std::max(behind, r.leg[i * dims + d]), r.beyond[i * dims + d] = behind;
        return most <= room;
    }
};

}  // namespace rich
