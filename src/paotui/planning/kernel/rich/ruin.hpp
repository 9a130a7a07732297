// What an iteration takes out of the routes: strings of neighbouring stops (Christiaens & Vanden Berghe 2020), trips,
// routes, scattered stops, stops linked to one another.
#pragma once
#include "insertion.hpp"

namespace rich {

class Ruin {
    Solution& s;
    const RichProblem& q;
    const Neighbours& near;
    Random& random;
    std::vector<int32_t> out, linked, own;
    static constexpr double STOPS = 10, STOPS_LINKED = 4, STRING = 10;  // of a ruin on average; of a string at most
    // shares: chains of linked stops; trips; scattered stops; whole routes, of these closed, with strings beside
    static constexpr double CHAIN = 0.45, TRIP = 0.07, TRIP_UNLINKED = 0.32, SCATTERED = 0.07;
    static constexpr double ROUTE = 0.1, CLOSE = 0.5, BESIDE = 0.7;

  public:
    bool closing = false;  // a route is taken out and nobody may be sent for what it served

    Ruin(Solution& solution, const Neighbours& neighbours, Random& numbers)
        : s(solution), q(solution.q), near(neighbours), random(numbers) {
        share();
    }

    // Take what the solution holds as its own share.
    void share() {
        own.clear(), linked.clear();
        for (int j = 0; j < q.n; ++j)
            if (s.own[j]) own.push_back(j);
        for (int j : own)
            if (s.linked(j)) linked.push_back(j);
    }
    bool idle() const { return own.empty(); }
    int any() { return own[random.below(static_cast<int>(own.size()))]; }

    // A trip to be moved as a whole, or nothing: stops tied to others stay.
    const std::vector<int32_t>& whole_trip() {
        out.clear();
        const int seed = any();
        if (!s.served(seed)) return out;
        const Route& r = s.routes[s.route_of[seed]];
        const Trip t = s.trip_of(seed);
        for (int i = t.first + 1; i < t.last; ++i) {
            const int j = r.p[i].node;
            if (i <= r.locked || s.linked(j) || s.unit_of[j].size() > 1) return out.clear(), out;
            out.push_back(j);
        }
        return out;
    }
    // The stops to take out, around a random one or around one that is not served.
    const std::vector<int32_t>& choose(const std::vector<int32_t>& bank) {
        out.clear(), closing = false;
        int seed = any();
        if (!bank.empty() && random.chance(0.4)) seed = bank[random.below(static_cast<int>(bank.size()))];
        double p = random.real();
        const double trips = linked.empty() ? TRIP_UNLINKED : TRIP;
        if (!linked.empty() && p < CHAIN) chain(s.linked(seed) ? seed : linked[random.below(static_cast<int>(linked.size()))]);
        else if ((p -= linked.empty() ? 0 : CHAIN) < trips) trip(seed);
        else if ((p -= trips) < ROUTE) route(seed);
        else if ((p -= ROUTE) < SCATTERED) scattered();
        else strings(seed);
        if (out.empty()) scattered();
        if (!linked.empty()) with_links();
        return out;
    }

  private:
    bool free(int j) const {
        if (!s.served(j)) return false;
        for (int u : s.unit_of[j])
            if (s.locked(u) || !s.own[u]) return false;
        return true;
    }
    void add(int j) {
        if (free(j)) out.push_back(j);
    }
    void strings(int seed) {
        double mean = 0;
        int tours = 0;
        for (const auto& r : s.routes)
            if (r.stops) mean += r.stops, tours += std::max(1, r.trips_used);
        if (!tours) return;
        const double longest = std::min(STRING, mean / tours);
        const double most = 4 * (linked.empty() ? STOPS : STOPS_LINKED) / (1 + longest) - 1;
        const int count = static_cast<int>(1 + random.real() * most);
        std::vector<std::pair<int, int>> done;
        string_at(seed, longest, done);
        for (const int32_t* k = near.begin(seed); k < near.end(seed) && static_cast<int>(done.size()) < count; ++k)
            string_at(*k, longest, done);
    }
    void string_at(int j, double longest, std::vector<std::pair<int, int>>& done) {
        if (!free(j)) return;
        const Route& r = s.routes[s.route_of[j]];
        const int number = r.p[s.place_of[j]].trip;
        const std::pair<int, int> key{s.route_of[j], number};
        if (std::find(done.begin(), done.end(), key) != done.end()) return;
        done.push_back(key);
        const Trip& t = r.trips[number];
        const int first = std::max(t.first, r.locked) + 1, size = t.last - first, at = s.place_of[j];
        if (size < 1) return;
        const int length = std::min(size, static_cast<int>(1 + random.real() * std::min<double>(size, longest)));
        int spared = 0;
        if (length > 1 && length < size && random.chance(0.5))
            for (spared = 1; length + spared < size && random.chance(0.99) && spared < size / 2; ++spared) {
                if (random.chance(0.5)) break;
            }
        const int span = length + spared;
        const int low = std::max(first, at - span + 1), high = std::min(at, t.last - span);
        const int begin = low + random.below(std::max(1, high - low + 1));
        const int skip = spared ? 1 + random.below(std::max(1, length - 1)) : length;
        for (int i = 0; i < span; ++i)
            if (i < skip || i >= skip + spared) add(r.p[begin + i].node);
    }
    void trip(int seed) {
        if (!s.served(seed)) return strings(seed);
        const Route& r = s.routes[s.route_of[seed]];
        const Trip t = s.trip_of(seed);
        if (t.last - t.first > 40) return strings(seed);
        for (int i = t.first + 1; i < t.last; ++i) add(r.p[i].node);
        if (random.chance(0.5)) {
            for (const int32_t* k = near.begin(seed); k < near.end(seed); ++k)
                if (s.served(*k) && s.route_of[*k] != r.vehicle) {
                    std::vector<std::pair<int, int>> done;
                    string_at(*k, 6, done);
                    break;
                }
        }
    }
    // The shorter of two routes, and strings of others: room for what it served.
    void route(int seed) {
        const int x = any();
        if (s.served(x) && (!s.served(seed) || s.routes[s.route_of[x]].stops < s.routes[s.route_of[seed]].stops)) seed = x;
        if (!s.served(seed) || s.routes[s.route_of[seed]].stops > 50) return strings(seed);
        const int v = s.route_of[seed];
        for (const Place& p : s.routes[v].p)
            if (s.is_stop(p.node)) add(p.node);
        closing = random.chance(CLOSE);
        if (!out.empty() && random.chance(BESIDE)) strings_beside(v);
    }
    void strings_beside(int v) {
        std::vector<std::pair<int, int>> done;
        const int most = 1 + random.below(3), size = static_cast<int>(out.size());
        for (int turn = 0; turn < most; ++turn) {
            const int x = out[random.below(size)];
            const size_t before = done.size();
            for (const int32_t* k = near.begin(x); k < near.end(x) && done.size() == before; ++k)
                if (s.served(*k) && s.route_of[*k] != v) string_at(*k, STRING, done);
        }
    }
    void scattered() {
        const int count = 1 + random.below(8);
        for (int i = 0; i < count; ++i) add(any());
    }
    // A linked stop, what it is linked to, and neighbours of these.
    void chain(int j) {
        std::vector<int32_t> queue{j};
        const int most = 2 + random.below(8);
        for (size_t i = 0; i < queue.size() && static_cast<int>(queue.size()) < most; ++i)
            for (int k : s.links_of[queue[i]]) {
                const int other = s.partner(k, queue[i]);
                if (std::find(queue.begin(), queue.end(), other) == queue.end()) queue.push_back(other);
            }
        std::vector<std::pair<int, int>> done;
        for (int x : queue) {
            add(x);
            if (random.chance(0.5)) string_at(x, 4, done);
        }
        if (random.chance(0.5) && near.size()) string_at(near.begin(j)[random.below(std::min(near.size(), 10))], 6, done);
    }
    void with_links() {
        const size_t before = out.size();
        for (size_t i = 0; i < before; ++i)
            for (int k : s.links_of[out[i]])
                if (random.chance(0.4)) add(s.partner(k, out[i]));
    }
};

}  // namespace rich
