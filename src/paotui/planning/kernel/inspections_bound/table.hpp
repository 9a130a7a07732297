// What every set of sites costs on a day at the least: first from untimed rounds, made exact where it matters.
#pragma once
#include "sequences.hpp"
#include "timely.hpp"
#include "untimed.hpp"

namespace bounding {

struct Found {
    double reduced;
    Mask set;
};

class Table {
  public:
    Day day;
    std::vector<int32_t> cost;   // by set, IMPOSSIBLE where it cannot be visited
    std::vector<uint8_t> fine;   // whether the cost is as good as this table can make it
    int64_t refined = 0;

    // False: too large.
    bool build(size_t most) {
        int n = day.n;
        pace.assign(n, 0);
        for (const auto& one : day.departments)
            if (one.one_place && one.sites == day.all())
                for (int j = 0; j < n; j++) pace[j] = std::max(pace[j], one.stay[j]);
        std::vector<uint8_t> possible(size_t(1) << n, 1);
        if (!Timely().run(day, pace, most, possible)) return false;
        rounds.resize(day.departments.size());
        std::vector<size_t> order;
        for (size_t q = 0; q < rounds.size(); q++) order.push_back(q);
        std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return rank(a) < rank(b); });
        for (size_t q : order)
            if (!Untimed().run(day, day.departments[q], pace, most, possible, rounds[q])) return false;
        cost.assign(size_t(1) << n, IMPOSSIBLE), fine.assign(size_t(1) << n, 0);
        cost[0] = 0, fine[0] = 1;
        for (Mask set = 1; set < Mask(1) << n; set++) cost[set] = possible[set] ? quick(set) : IMPOSSIBLE;
        return true;
    }

    void refine(Mask set) {
        if (fine[set] || cost[set] >= IMPOSSIBLE) return;
        std::vector<int> sites;
        for (Mask rest = set; rest; rest &= rest - 1) sites.push_back(__builtin_ctz(rest));
        Day part = restricted(sites);
        Priced whole, thread;
        if (!Sequences().run(part, true, 1 << 26, whole) || !Sequences().run(part, false, 1 << 26, thread)) return;
        std::vector<int32_t> together(size_t(1) << sites.size(), IMPOSSIBLE), least = together;
        for (size_t i = 0; i < whole.sets.size(); i++) together[whole.sets[i]] = whole.costs[i];
        for (size_t i = 0; i < thread.sets.size(); i++) least[thread.sets[i]] = thread.costs[i];
        for (Mask local = 1; local < least.size(); local++) {
            Mask global = 0;
            for (Mask rest = local; rest; rest &= rest - 1) global |= Mask(1) << sites[__builtin_ctz(rest)];
            if (fine[global] || cost[global] >= IMPOSSIBLE) continue;
            settle(global, together[local], least[local]);
        }
    }

    // Sets that cost less than their prices by more than `threshold`, the cheapest first.
    void price(const double* prices, double threshold, int most, std::vector<Found>& found) {
        sum(prices);
        found.clear();
        double worst = threshold;
        size_t keep = size_t(most);
        for (Mask set = 1; set < Mask(1) << day.n; set++) {
            double reduced = cost[set] - low[set & 4095] - high[set >> 12];
            if (reduced >= worst) continue;
            found.push_back({reduced, set});
            if (found.size() >= 2 * keep) {
                std::nth_element(found.begin(), found.begin() + keep, found.end(), before);
                found.resize(keep);
                worst = std::max_element(found.begin(), found.end(), before)->reduced;
            }
        }
        std::sort(found.begin(), found.end(), before);
        if (found.size() > keep) found.resize(keep);
    }

  private:
    std::vector<int32_t> pace;
    std::vector<std::vector<uint16_t>> rounds;  // by department and set
    std::vector<double> low, high;

    int rank(size_t q) const {
        const auto& one = day.departments[q];
        return one.sites != day.all() ? 2 : one.one_place ? 0 : 1;
    }

    int32_t quick(Mask set) const {
        int64_t sum = day.extras(set);
        for (size_t q = 0; q < rounds.size(); q++) {
            const auto& one = day.departments[q];
            uint16_t round = rounds[q][set & one.sites];
            if (round == NEVER) return IMPOSSIBLE;
            sum += int64_t(round) * (one.rest() > 1 ? one.threads + 1 : one.officers);
        }
        return int32_t(std::min<int64_t>(sum, IMPOSSIBLE));
    }

    // `together`: all officers of each department go the same way. Else some department sends more people, and only its
    // threads go from each visit to the next: what the others travel is bounded by untimed rounds.
    void settle(Mask set, int32_t together, int32_t threads) {
        int64_t rest = threads, more = IMPOSSIBLE;
        for (size_t q = 0; q < rounds.size(); q++) {
            const auto& one = day.departments[q];
            Mask mine = set & one.sites;
            if (!mine) continue;
            int32_t once = one.rest() ? rounds[q][mine] : 0;
            rest += once;
            if (one.may_split()) more = std::min<int64_t>(more, one.rest() == 1 && one.simple ? twice(q, mine) - once : 0);
        }
        int64_t apart = threads >= IMPOSSIBLE ? IMPOSSIBLE : rest + more;
        int64_t best = std::min<int64_t>(together, apart) + day.extras(set);
        cost[set] = int32_t(std::min<int64_t>(std::max<int64_t>(cost[set], best), IMPOSSIBLE));
        fine[set] = 1, refined++;
        if (apart < together) by_parts++;
    }

    // Two rounds or more that reach every site once.
    int32_t twice(size_t q, Mask set) const {
        Mask first = set & -set, free = set & ~first;
        int32_t best = IMPOSSIBLE;
        for (Mask part = free; part; part = (part - 1) & free)
            best = std::min(best, int32_t(rounds[q][set & ~part]) + int32_t(rounds[q][part]));
        return best;
    }

    Day restricted(const std::vector<int>& sites) const {
        Day part;
        part.n = int(sites.size());
        for (int a : sites) {
            part.extra.push_back(0), part.starts.push_back(day.starts[a]);
            for (int b : sites) part.travel.push_back(day.leg(a, b)), part.closed.push_back(day.least(a, b));
        }
        for (const auto& one : day.departments) {
            Department few = one;
            few.sites = 0;
            for (size_t k = 0; k < sites.size(); k++) {
                if (one.sites >> sites[k] & 1) few.sites |= Mask(1) << k;
                few.out[k] = one.out[sites[k]], few.back[k] = one.back[sites[k]], few.stay[k] = one.stay[sites[k]];
            }
            part.departments.push_back(std::move(few));
        }
        return part;
    }

    void sum(const double* prices) {
        low.assign(size_t(1) << std::min(day.n, 12), 0), high.assign(size_t(1) << std::max(0, day.n - 12), 0);
        for (size_t bits = 1; bits < low.size(); bits++) low[bits] = low[bits & (bits - 1)] + prices[__builtin_ctz(Mask(bits))];
        for (size_t bits = 1; bits < high.size(); bits++) high[bits] = high[bits & (bits - 1)] + prices[12 + __builtin_ctz(Mask(bits))];
    }

    static bool before(const Found& a, const Found& b) { return a.reduced < b.reduced || (a.reduced == b.reduced && a.set < b.set); }

  public:
    int64_t by_parts = 0;
};

}  // namespace bounding
