// Simulated annealing over ruin and recreate, one searcher a thread; the searchers meet and go on from the best.
#pragma once
#include <ctime>
#include <memory>
#include <thread>

#include "beginning.hpp"
#include "exchange.hpp"
#include "ruin.hpp"
#include "shares.hpp"

namespace rich {

inline double now() {
    timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

// The temperature of a stretch of a search: from hot to cold by the share of its seconds or iterations that has passed.
struct Cooling {
    double hot, cold;
    double begun, end;      // seconds; end 0: none
    int64_t first, last;    // iterations; last -1: none

    double at(int64_t iterations, double t) const {
        double share = 0;
        if (end > 0) share = (t - begun) / std::max(1e-9, end - begun);
        if (last > 0) share = std::max(share, static_cast<double>(iterations - first) / static_cast<double>(std::max<int64_t>(1, last - first)));
        return hot * std::pow(cold / hot, std::clamp(share, 0.0, 1.0));
    }
};

class Searcher {
    const RichProblem& q;
    const RichLimits& limits;
    RichStatus* status;

  public:
    Random random;
    Solution s;

  private:
    static constexpr double CROSSING = 0.5;  // of the temperature, at which tails change
    static constexpr double VEHICLES = 0.1;  // share of these steps that a vehicle changes instead
    Insertion insertion;
    Ruin ruin;
    Exchange exchange;
    std::vector<int32_t> bank, pending, old_bank, owed;
    std::vector<double> key;
    std::vector<int64_t> absences;
    std::vector<int32_t> reach;
    std::vector<uint8_t> queued;
    bool several_trips = false;
    double owing = 0;  // prices of what is pending still
    int waiting = 0;   // how much of that must be served

  public:
    bool first = false;  // of the threads
    bool divided = false;  // is it at a share of the routes?
    Snapshot best;
    int32_t best_unserved = 0;
    int64_t iterations = 0;

    Searcher(const RichProblem& problem, const Eligible& eligible, const RichLimits& wanted, const Neighbours& near, const Neighbours& around,
             RichStatus* shown, uint64_t seed)
        : q(problem), limits(wanted), status(shown), random(seed), s(problem, eligible), insertion(s, near, random), ruin(s, around, random), exchange(s, near, random),
          key(problem.n), absences(problem.n, 1), reach(problem.n, 0), queued(problem.n, 0) {
        several_trips = q.vehicles > 1 && q.stations > 0 && q.station_at[q.vehicles] > 0;
        const int depot = q.vehicles ? q.start[0] : 0;
        if (q.profiles)
            for (int j = 0; j < q.n; ++j) reach[j] = q.distance[0][static_cast<int64_t>(depot) * q.locations + q.loc[j]];
    }
    bool out_of_time() const { return status->cancel || (limits.deadline > 0 && now() >= limits.deadline); }

    // Locked and given routes first, then everything else where it is cheapest.
    void begin() {
        Beginning(s, insertion).begin();
        s.recount();
        pending.clear();
        for (int j = 0; j < q.n; ++j) pending.push_back(j);
        if (limits.only >= 0) {
            insertion.stare();
            insertion.agreement.foresee = false;
            if (!s.served(limits.only)) insertion.place_unit(limits.only, true);
            collect();
            keep_best();
            return;
        }
        s.begin();
        recreate(true, NEVER, q.n);
        collect();
        keep_best();
    }

    // Iterate until `until` iterations or seconds, or, `till_served`, until all that must be served is.
    void run(int64_t until, double until_time, const Cooling& cooling, bool till_served = false) {
        double heat = cooling.hot;
        if (ruin.idle()) return;
        for (int64_t done = 0; !till_served || s.missing; ++done) {
            if (status->cancel || (limits.iterations >= 0 && iterations >= until)) return;
            if (first && done % 64 == 63) speak();
            if (done % 8 == 0) {
                const double t = limits.deadline > 0 ? now() : 0;
                if (limits.deadline > 0 && t >= until_time) return;
                heat = cooling.at(iterations, t);
            }
            cross(CROSSING * heat);
            step(heat);
            ++iterations;
        }
    }
    void adopt(const Snapshot& other) {
        s.load(other);
        collect();
    }
    // Take the route of v out and search, as long as `cooling`, how the other vehicles now under way serve all without it:
    // how many stops that must be served are left out in the end, and nothing is changed then.
    int without(int v, const Cooling& cooling) {
        Snapshot before;
        now_at(before);
        s.begin();
        std::vector<int32_t> stops;
        for (int x : before.nodes[v])
            if (s.is_stop(x)) stops.push_back(x);
        s.remove(stops);
        collect();
        std::fill(absences.begin(), absences.end(), 1);
        s.confine();
        run(cooling.last, cooling.end, cooling, true);
        s.release();
        const int left_out = s.missing;
        if (left_out) adopt(before);
        return left_out;
    }
    // From now on leaving out what may be left out costs so many times its price; it did `before`.
    void value(double times, double before) {
        if (best.cost < 1e300) best.cost += (times - before) * left_out(q, best);
        s.value(times);
    }
    void now_at(Snapshot& there) const {
        there.nodes.resize(q.vehicles);
        for (int v = 0; v < q.vehicles; ++v) there.nodes[v] = s.nodes(v);
        there.pins = s.pins, there.cost = s.cost, there.missing = s.missing;
    }
    // Go on from a solution with a share of it, the best known of which it is for now; -1: with all of it.
    void adopt(const Snapshot& other, const Division& division, int share) {
        s.hold(division.vehicle, division.stop, share);
        ruin.share();
        adopt(other);
        keep_best();
    }

  private:
    bool better(int missing, double cost) const {
        return missing < best.missing || (missing == best.missing && cost < best.cost - 1e-9);
    }
    void keep_best() {
        s.save(best);
        best_unserved = static_cast<int32_t>(bank.size());
    }
    // While the threads are at work the first one says how far it is.
    void speak() {
        const int64_t told = status->iterations;
        status->iterations = std::max(told, iterations * std::max(1, limits.threads));
        if (divided || s.dear()) return;
        status->cost = best.cost;
        status->unserved = best_unserved;
    }
    void collect() {
        bank.clear();
        for (int j = 0; j < q.n; ++j)
            if (!s.served(j) && s.own[j]) bank.push_back(j);
    }

    // Exchange tails, now and then a vehicle.
    void cross(double heat) {
        const auto mark = s.begin();
        const int j = ruin.any();
        const double slack = heat * -std::log(1 - random.real());
        if (!(random.chance(VEHICLES) ? exchange.vehicle(j, slack) : exchange.tails(j, slack))) return;
        if (s.cost >= mark.cost + slack) s.take_back(mark);
        else if (better(s.missing, s.cost)) keep_best();
    }
    void step(double heat) {
        const auto mark = s.begin();
        if (several_trips && random.chance(0.15)) shift_trip();
        s.remove(ruin.choose(bank));
        pending = s.removed;
        sample_bank();
        const double slack = heat * -std::log(1 - random.real());
        insertion.agreement.foresee = random.chance(0.9);  // where all cannot be served, some of a chain still is
        insertion.opens = mark.missing || !ruin.closing;
        recreate(false, mark.missing ? NEVER : mark.cost + slack, mark.missing);
        insertion.opens = true;
        if (accepts(mark, slack)) {
            old_bank.swap(bank);
            merge_bank();
            if (better(s.missing, s.cost)) keep_best();
        } else {
            s.take_back(mark);
        }
        for (int j : bank) absences[j] += q.must[j];
    }
    // Trips change vehicles as a whole: costs often stay, slack does not.
    void shift_trip() {
        const std::vector<int32_t> trip = ruin.whole_trip();
        if (trip.empty()) return;
        const int from = s.route_of[trip.front()];
        s.remove(trip);
        insertion.place_trip(trip, from);
    }
    bool accepts(const Solution::Mark& mark, double slack) {
        if (s.broken) return false;
        if (s.missing != mark.missing) return s.missing < mark.missing;
        if (s.missing == 0) return s.cost < mark.cost + slack;
        int64_t before = 0, after = 0;
        for (int j : bank) before += q.must[j] ? absences[j] : 0;
        for (int j : bank)
            if (!s.served(j) && q.must[j]) after += absences[j];
        for (int j : s.removed)
            if (!s.served(j) && q.must[j] && !std::binary_search(bank.begin(), bank.end(), j)) after += absences[j];
        return after < before || s.cost < mark.cost + slack;
    }
    void merge_bank() {
        bank.clear();
        std::vector<int32_t>& gone = s.removed;
        std::sort(gone.begin(), gone.end());
        gone.erase(std::unique(gone.begin(), gone.end()), gone.end());
        size_t a = 0, b = 0;
        while (a < old_bank.size() || b < gone.size()) {
            int j;
            if (b == gone.size() || (a < old_bank.size() && old_bank[a] < gone[b])) j = old_bank[a++];
            else {
                if (a < old_bank.size() && old_bank[a] == gone[b]) ++a;
                j = gone[b++];
            }
            if (!s.served(j)) bank.push_back(j);
        }
    }
    // All of a small bank, some of a large one; half of these must be served, where there are such.
    void sample_bank() {
        constexpr int SOME = 12;
        if (static_cast<int>(bank.size()) <= SOME) {
            pending.insert(pending.end(), bank.begin(), bank.end());
            return;
        }
        owed.clear();
        for (int j : bank)
            if (q.must[j]) owed.push_back(j);
        for (int k = 0; k < SOME; ++k) {
            const std::vector<int32_t>& from = k % 2 && !owed.empty() ? owed : bank;
            pending.push_back(from[random.below(static_cast<int>(from.size()))]);
        }
    }

    // Serve what is pending; given up as soon as it costs more than `limit`, for insertions only add to that, or more than
    // `most` that must be served find no place.
    void recreate(bool first, double limit, int most) {
        sort_pending(first);
        owing = 0, waiting = 0;
        for (int j : pending)
            if (!s.served(j)) queued[j] = 1, owing += s.price_of(j), waiting += q.must[j];
        for (size_t i = 0; i < pending.size(); ++i) {
            if (first && i % 16 == 0 && out_of_time()) break;
            if ((limit < NEVER && s.cost - owing > limit) || s.missing - waiting > most) s.broken = true;
            if (s.broken) break;
            place(pending[i], 0);
        }
        for (int j : pending) queued[j] = 0;
        if (!s.broken) drop_dependents();
    }
    void dequeue(int j) {
        if (queued[j]) queued[j] = 0, owing -= s.price_of(j), waiting -= q.must[j];
    }
    void place(int j, int depth) {
        if (s.served(j) || !queued[j]) return;
        dequeue(j);
        if (depth < 200)
            for (int u : s.unit_of[j])
                for (int k : s.links_of[u])
                    if (q.link_flags[k] & NEEDS && q.link_b[k] == u && !s.served(q.link_a[k])) place(q.link_a[k], depth + 1);
        for (int u : s.unit_of[j]) dequeue(u);
        insertion.fallback = !std::binary_search(bank.begin(), bank.end(), j) || random.chance(0.1);
        insertion.place_unit(j, false);
    }
    // What needs a stop that is not served goes as well.
    void drop_dependents() {
        if (!q.links) return;
        std::vector<int32_t> list(pending);
        list.insert(list.end(), s.removed.begin(), s.removed.end());
        for (size_t i = 0; i < list.size(); ++i) {
            const int a = list[i];
            if (s.served(a)) continue;
            for (int k : s.links_of[a]) {
                const int b = q.link_b[k];
                if (!(q.link_flags[k] & NEEDS) || q.link_a[k] != a || !s.served(b)) continue;
                if (!s.own[b]) s.broken = true;
                if (!s.own[b]) continue;
                const size_t before = s.removed.size();
                s.remove({b});
                list.insert(list.end(), s.removed.begin() + static_cast<std::ptrdiff_t>(before), s.removed.end());
            }
        }
    }
    void sort_pending(bool first) {
        const int way = first ? 1 + random.below(3) : random.below(12);
        for (int j : pending) {
            double k = random.real();
            if (way >= 4 && way < 7) k = -load(j);
            else if (way == 7) k = reach[j];
            else if (way == 8) k = -reach[j];
            else if (way == 9) k = q.window[2 * q.window_at[j]];
            else if (way == 10) k = q.window[2 * q.window_at[j + 1] - 1] - q.window[2 * q.window_at[j]];
            else if (way == 11) k = -static_cast<double>(absences[j]);
            if (first && way == 1) k = q.window[2 * q.window_at[j + 1] - 1];
            if (first && way == 2) k = -reach[j];
            key[j] = k;
        }
        std::sort(pending.begin(), pending.end(), [&](int a, int b) {
            if (q.must[a] != q.must[b]) return q.must[a] > q.must[b];
            return key[a] < key[b] || (key[a] == key[b] && a < b);
        });
        pending.erase(std::unique(pending.begin(), pending.end()), pending.end());
    }
    double load(int j) const {
        double sum = 0;
        for (int d = 0; d < q.dims; ++d) sum += static_cast<double>(q.delivery[j * q.dims + d] + q.pickup[j * q.dims + d]);
        return sum;
    }
};

}  // namespace rich
