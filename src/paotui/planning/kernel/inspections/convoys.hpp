// Tours of convoys: ruin and recreate after SISR (Christiaens & Vanden Berghe, Transportation Science 2020) for vehicles
// that are alike but for day and hours, sites that are open on several days, and tours of few visits. What a convoy's
// members differ in lies in two times and two costs a site: from the offices, and from its start until all are back.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "instance.hpp"

namespace inspections {

struct ConvoyProblem {
    int32_t sites, kinds, vehicles, weight;  // weight: people, what a second of travel costs
    const int32_t* travel;                   // sites × sites, seconds
    const int32_t* stay;                     // sites, seconds
    const int32_t* out;                      // sites: from the offices, seconds
    const int32_t* home;                     // sites: from the start of the visit until everyone is back, seconds
    const int32_t* out_cost;                 // sites
    const int32_t* home_cost;                // sites
    const int32_t* window_ptr;               // sites × kinds + 1
    const int32_t* low;                      // earliest starts, ascending within a site and kind
    const int32_t* high;
    const int32_t* kind_of;                  // vehicles
    const int32_t* opens;                    // kinds
    const int32_t* closes;                   // kinds
};

constexpr int CONVOY_NEAR = 25;       // places are looked for beside so many sites
constexpr int CONVOY_VISITS = 62;     // most visits of a tour
constexpr double CONVOY_REMOVED = 6, CONVOY_STRING = 10;  // visits taken out on average, of one tour at most
constexpr double CONVOY_SPLIT = 0.5, CONVOY_BLINK = 0.01;
constexpr int64_t CONVOY_UNPLACED = int64_t(1) << 40;

struct ConvoyTour {
    int32_t length = 0, site[CONVOY_VISITS];
};

class ConvoySearch {
  public:
    std::vector<ConvoyTour> tours, best;  // by vehicle
    int64_t iterations = 0, cost = 0, best_cost = 0;

    ConvoySearch(const ConvoyProblem& problem, uint64_t seed) : in(problem), random(seed) {
        tours.resize(in.vehicles);
        route.assign(in.sites, -1), place.assign(in.sites, 0), earliest.assign(in.sites, 0), latest.assign(in.sites, 0);
        taken.assign(in.sites, 0), ruined.assign(in.vehicles, 0), kept.assign(in.vehicles, 0);
        changed.assign(in.vehicles, 0), empty.resize(in.kinds), empty_at.assign(in.vehicles, -1);
        near_sites();
    }

    // From nothing: every site at its cheapest place.
    void construct() {
        std::vector<int32_t> all(in.sites);
        std::iota(all.begin(), all.end(), 0);
        begin_with(std::vector<ConvoyTour>(in.vehicles), std::vector<char>(in.vehicles, 1), all);
        waiting = absent;
        sort_waiting(4);
        recreate(0);
        gather_absent();
        best = tours, best_cost = cost;
    }

    // Goes on with some of the vehicles and what they visit, and with sites nobody visits; the others are no business
    // of this search.
    void begin_with(const std::vector<ConvoyTour>& all, const std::vector<char>& own,
                    const std::vector<int32_t>& unvisited) {
        for (auto& list : empty) list.clear();
        std::fill(route.begin(), route.end(), -1);
        absent = mine = unvisited;
        cost = CONVOY_UNPLACED * int64_t(absent.size());
        busy = 0;
        for (int r = in.vehicles; r-- > 0;) {
            tours[r].length = 0;
            if (!own[r]) continue;
            tours[r] = all[r];
            if (!tours[r].length) {
                set_empty(r);
                continue;
            }
            busy++;
            cost += price(tours[r]);
            mine.insert(mine.end(), tours[r].site, tours[r].site + tours[r].length);
            refresh(r);
        }
        best = tours, best_cost = cost;
        for (int r : to_copy) changed[r] = 0;
        to_copy.clear();
    }

    double scale() const { return mean_near * in.weight; }

    bool has_work() const { return !mine.empty(); }

    void iterate(double temperature) {
        stamp++;
        log.clear();
        int64_t before = cost;
        waiting.clear();
        for (size_t i = 0; i < absent.size() && i < 12; i++) waiting.push_back(absent[i]), taken[absent[i]] = stamp;
        ruin();
        sort_waiting(random.below(11));
        recreate(uint64_t(CONVOY_BLINK * 0x1.0p32));
        iterations++;
        if (double(cost) < double(before) - temperature * std::log(std::max(random.unit(), 1e-300))) {
            gather_absent();
            note_changed();
        } else {
            undo();
            cost = before;
        }
    }

  private:
    using Tour = ConvoyTour;
    struct Kept {
        int32_t vehicle;
        Tour tour;
    };
    const ConvoyProblem& in;
    Random random;
    std::vector<int32_t> route, place, earliest, latest;  // of sites: vehicle or -1, position, starts that are possible
    std::vector<int32_t> near;                            // sites × others by travel
    std::vector<std::vector<int32_t>> empty;              // by kind: vehicles at home
    std::vector<int32_t> empty_at;
    std::vector<uint32_t> taken, ruined, kept;
    std::vector<int32_t> waiting, absent, mine, to_copy;
    std::vector<char> changed;  // since the best was kept
    int busy = 0, unplaced = 0;  // tours with visits; of this iteration, sites without a place
    std::vector<Kept> log;
    uint32_t stamp = 0;
    double mean_near = 1;

    int32_t travel(int a, int b) const { return in.travel[size_t(a) * in.sites + b]; }
    int kind(int r) const { return in.kind_of[r]; }

    void near_sites() {
        int count = in.sites - 1;
        near.resize(size_t(in.sites) * std::max(0, count));
        std::vector<int32_t> all;
        double sum = 0;
        for (int v = 0; v < in.sites; v++) {
            all.clear();
            for (int u = 0; u < in.sites; u++)
                if (u != v) all.push_back(u);
            auto key = [&](int u) { return std::pair(travel(u, v) + travel(v, u), u); };
            std::sort(all.begin(), all.end(), [&](int a, int b) { return key(a) < key(b); });
            std::copy(all.begin(), all.end(), near.begin() + size_t(v) * count);
            if (count) sum += travel(v, all[0]);
        }
        mean_near = std::max(1.0, sum / std::max(1, in.sites));
    }

    void set_empty(int r) {
        auto& list = empty[kind(r)];
        empty_at[r] = int(list.size());
        list.push_back(r);
    }
    void not_empty(int r) {
        auto& list = empty[kind(r)];
        empty_at[list.back()] = empty_at[r];
        list[empty_at[r]] = list.back();
        list.pop_back();
        empty_at[r] = -1;
    }
    // The first start at or after `from`; the largest number where there is none.
    int32_t start(int v, int q, int32_t from) const {
        size_t cell = size_t(v) * in.kinds + q;
        for (int w = in.window_ptr[cell]; w < in.window_ptr[cell + 1]; w++)
            if (from <= in.high[w]) return std::max(from, in.low[w]);
        return NEVER;
    }
    // The last start at or before `until`.
    int32_t finish(int v, int q, int32_t until) const {
        size_t cell = size_t(v) * in.kinds + q;
        for (int w = in.window_ptr[cell + 1]; w-- > in.window_ptr[cell];)
            if (until >= in.low[w]) return std::min(until, in.high[w]);
        return -NEVER;
    }
    static constexpr int32_t NEVER = 1 << 29;

    void refresh(int r) {
        Tour& tour = tours[r];
        int q = kind(r), n = tour.length;
        int32_t t = in.opens[q];
        for (int k = 0; k < n; k++) {
            int v = tour.site[k];
            t += k ? travel(tour.site[k - 1], v) : in.out[v];
            t = earliest[v] = start(v, q, t);
            t += in.stay[v];
            route[v] = r, place[v] = k;
        }
        for (int k = n - 1; k >= 0; k--) {
            int v = tour.site[k];
            int32_t until = k + 1 < n ? latest[tour.site[k + 1]] - travel(v, tour.site[k + 1]) - in.stay[v]
                                      : in.closes[q] - in.home[v];
            latest[v] = finish(v, q, until);
        }
    }

    int64_t price(const Tour& tour) const {
        int64_t sum = in.out_cost[tour.site[0]] + in.home_cost[tour.site[tour.length - 1]];
        for (int k = 1; k < tour.length; k++) sum += int64_t(in.weight) * travel(tour.site[k - 1], tour.site[k]);
        return sum;
    }

    void keep(int r) {
        if (kept[r] == stamp) return;
        kept[r] = stamp;
        log.push_back({r, tours[r]});
    }

    void undo() {
        for (int v : waiting) route[v] = -1;
        for (const Kept& one : log) {
            int r = one.vehicle;
            if (!tours[r].length && one.tour.length) not_empty(r), busy++;
            if (tours[r].length && !one.tour.length) set_empty(r), busy--;
            tours[r] = one.tour;
        }
        for (const Kept& one : log)
            if (one.tour.length) refresh(one.vehicle);
    }

    void note_changed() {
        for (const Kept& one : log)
            if (!changed[one.vehicle]) changed[one.vehicle] = 1, to_copy.push_back(one.vehicle);
        if (cost >= best_cost) return;
        best_cost = cost;
        for (int r : to_copy) best[r] = tours[r], changed[r] = 0;
        to_copy.clear();
    }

    void gather_absent() {
        if (absent.empty() && unplaced == 0) return;
        absent.erase(std::remove_if(absent.begin(), absent.end(), [&](int v) { return route[v] >= 0; }), absent.end());
        for (int v : waiting)
            if (route[v] < 0 && std::find(absent.begin(), absent.end(), v) == absent.end()) absent.push_back(v);
    }

    void ruin() {
        double mean = double(mine.size() - absent.size()) / std::max(1, busy);
        double longest = std::min(CONVOY_STRING, std::max(1.0, mean));
        int count = 1 + int(random.unit() * std::max(1.0, 4 * CONVOY_REMOVED / (1 + longest) - 1));
        int seed = absent.empty() || random.below(2) ? mine[random.below(int(mine.size()))] : absent[random.below(int(absent.size()))];
        if (route[seed] >= 0) take_string(seed, longest), count--;
        const int32_t* list = &near[size_t(seed) * (in.sites - 1)];
        for (int i = 0; i < in.sites - 1 && count > 0; i++) {
            int v = list[i];
            if (taken[v] == stamp || route[v] < 0 || ruined[route[v]] == stamp) continue;
            take_string(v, longest), count--;
        }
    }

    // A string around a site; or the two ends of its tour, of which a string between them stays.
    void take_string(int v, double longest) {
        int r = route[v];
        Tour& tour = tours[r];
        ruined[r] = stamp;
        keep(r);
        int n = tour.length, length = 1 + int(random.unit() * std::min(double(n), longest)), stays = 0;
        length = std::min(length, n);
        if (length < n && length > 1 && random.unit() < CONVOY_SPLIT) stays = n - length;
        int whole = length + stays, first = std::max(0, place[v] - random.below(whole));
        first = std::min(first, n - whole);
        int gap = stays ? first + random.below(length + 1) : n;  // where those that stay begin
        int64_t before = price(tour);
        int kept_visits = 0;
        for (int k = 0; k < n; k++) {
            int u = tour.site[k];
            bool goes = k >= first && k < first + whole && !(k >= gap && k < gap + stays);
            if (goes) waiting.push_back(u), taken[u] = stamp, route[u] = -1, cost += CONVOY_UNPLACED;
            else tour.site[kept_visits++] = u;
        }
        tour.length = kept_visits;
        cost -= before;
        if (kept_visits) cost += price(tour), refresh(r);
        else set_empty(r), busy--;
    }

    void sort_waiting(int how) {
        for (size_t i = waiting.size(); i > 1; i--) std::swap(waiting[i - 1], waiting[random.below(int(i))]);
        auto by = [&](auto key) {
            std::stable_sort(waiting.begin(), waiting.end(), [&](int a, int b) { return key(a) < key(b); });
        };
        auto freedom = [&](int v) {
            int64_t sum = 0;
            for (int w = in.window_ptr[size_t(v) * in.kinds]; w < in.window_ptr[size_t(v + 1) * in.kinds]; w++)
                sum += in.high[w] - in.low[w];
            return sum;
        };
        if (how < 4) return;
        if (how < 6) return by([&](int v) { return -in.stay[v]; });
        if (how < 8) return by([&](int v) { return -in.out[v]; });
        if (how < 9) return by([&](int v) { return in.out[v]; });
        by(freedom);
    }

    struct Found {
        int64_t price;
        int vehicle, position;
    };

    void recreate(uint64_t skip) {
        unplaced = 0;
        for (int v : waiting) {
            Found found{CONVOY_UNPLACED, -1, 0};
            for (int q = 0; q < in.kinds; q++) {
                if (empty[q].empty()) continue;
                int64_t alone = int64_t(in.out_cost[v]) + in.home_cost[v];
                if (alone >= found.price || start(v, q, in.opens[q] + in.out[v]) + in.home[v] > in.closes[q]) continue;
                if (skip && (random.next() >> 32) < skip) continue;
                found = {alone, empty[q].back(), 0};
            }
            const int32_t* list = &near[size_t(v) * (in.sites - 1)];
            int look = std::min(in.sites - 1, CONVOY_NEAR);
            for (int i = 0; i < in.sites - 1 && (i < look || found.vehicle < 0); i++) {
                int u = list[i], r = route[u];
                if (r < 0 || tours[r].length >= CONVOY_VISITS) continue;
                try_at(v, r, place[u], skip, found);
                try_at(v, r, place[u] + 1, skip, found);
            }
            if (found.vehicle >= 0) put(v, found);
            else unplaced++;
        }
    }

    // Before position k of a tour that has visits.
    void try_at(int v, int r, int k, uint64_t skip, Found& found) {
        const Tour& tour = tours[r];
        int q = kind(r), n = tour.length, a = k ? tour.site[k - 1] : -1, b = k < n ? tour.site[k] : -1;
        int32_t to = a >= 0 ? travel(a, v) : 0, from = b >= 0 ? travel(v, b) : 0;
        int64_t extra;
        if (a >= 0 && b >= 0) extra = int64_t(in.weight) * (to + from - travel(a, b));
        else if (a >= 0) extra = int64_t(in.weight) * to + in.home_cost[v] - in.home_cost[a];
        else extra = int64_t(in.weight) * from + in.out_cost[v] - in.out_cost[b];
        if (extra >= found.price) return;
        int32_t arrival = a >= 0 ? earliest[a] + in.stay[a] + to : in.opens[q] + in.out[v];
        int32_t begins = start(v, q, arrival);
        if (b >= 0 ? begins + in.stay[v] + from > latest[b] : begins + in.home[v] > in.closes[q]) return;
        if (skip && (random.next() >> 32) < skip) return;
        found = {extra, r, k};
    }

    void put(int v, const Found& found) {
        int r = found.vehicle;
        keep(r);
        Tour& tour = tours[r];
        if (!tour.length) not_empty(r), busy++;
        for (int k = tour.length; k > found.position; k--) tour.site[k] = tour.site[k - 1];
        tour.site[found.position] = v;
        tour.length++;
        cost += found.price - CONVOY_UNPLACED;
        refresh(r);
    }
};

}  // namespace inspections
