// What every set of sites costs on a day at the least: first from untimed rounds, made exact where it matters.
#pragma once
#include <unordered_map>

#include "parties.hpp"
#include "sequences.hpp"
#include "timely.hpp"
#include "together.hpp"
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
    std::vector<uint8_t> fine;   // 0 untimed, 1 timed, 2 with every choice of departments that split, EXACT: for good
    static constexpr uint8_t EXACT = 255;

    // False: too many sets.
    bool build(size_t most) {
        int n = day.n;
        if (!day.held()) return build_apart(int64_t(most));
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
        std::vector<int> sites = members(set);
        Day part = restricted(sites);
        Priced whole, thread;
        if (!Sequences().run(part, part.officers(), !part.simple(), 1 << 26, whole) || !Sequences().run(part, part.threads(), !part.simple(), 1 << 26, thread)) return;
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

    // Looks at every choice of departments that send more people than a site takes: those go in several tours, which are
    // within their windows; the others go together.
    void settle_parts(Mask set) {
        if (fine[set] != 1 || cost[set] >= IMPOSSIBLE) return;
        fine[set] = 2;
        if (!day.simple()) return;
        Day part = restricted(members(set));
        int64_t best = last_cost(part, part.officers());
        std::vector<int32_t> apart(part.departments.size(), IMPOSSIBLE);
        for (size_t q = 0; q < apart.size(); q++)
            if (part.departments[q].sites && part.departments[q].may_split()) apart[q] = several(part, q);
        for (unsigned choice = 1; choice < 1u << apart.size(); choice++) {
            std::vector<int32_t> weights = part.officers();
            int64_t sum = 0;
            for (size_t q = 0; q < apart.size(); q++)
                if (choice >> q & 1) weights[q] = part.departments[q].threads, sum += apart[q];
            if (sum >= best) continue;
            best = std::min(best, sum + last_cost(part, weights));
        }
        cost[set] = int32_t(std::min<int64_t>(std::max<int64_t>(cost[set], best + day.extras(set)), IMPOSSIBLE));
    }

    // Everybody of a set that nobody holds in one sequence at the same minute: exact below `limit`, as far as `steps` go.
    void settle_apart(Mask set, int32_t limit, int grade, int64_t steps) {
        if (fine[set] >= grade || cost[set] >= limit) return;
        std::vector<int> sites = members(set);
        fine[set] = EXACT;
        if (sites.size() > MOST_TOGETHER) return;
        int64_t loose = day.extras(set);
        std::vector<Alone> alone;
        for (size_t p = 0; p < party.size(); p++) {
            if (!(set & party[p].sites)) continue;
            if (party[p].crews > Alone::MOST_CREWS || alone.size() == Together::MOST_PARTIES)
                loose += int64_t(party[p].weight) * tours[p].back()[set & party[p].sites];
            else alone.emplace_back(day, party[p], tours[p], sites);
        }
        Together together(day, alone, sites);
        int64_t found = together.least(limit - loose, steps) + loose;
        if (found >= limit || !together.whole) fine[set] = uint8_t(found >= limit ? grade - 1 : grade);
        cost[set] = int32_t(std::min<int64_t>(std::max<int64_t>(cost[set], found), IMPOSSIBLE));
    }

    // Makes every set exact that costs less than its prices and `threshold`. False: too many labels.
    bool refine_below(const double* prices, double threshold, int64_t most_labels) {
        if (!day.held()) return true;
        sum(prices);
        std::vector<Mask> sets;
        std::vector<uint8_t> wanted(cost.size(), 0);
        for (Mask set = 1; set < cost.size(); set++)
            if (!fine[set] && cost[set] - low[set & 4095] - high[set >> 12] < threshold) sets.push_back(set), wanted[set] = 1;
        for (Mask bit = 1; bit < cost.size(); bit <<= 1)
            for (Mask set = 0; set < cost.size(); set++)
                if (!(set & bit)) wanted[set] |= wanted[set | bit];
        Priced whole, thread;
        if (!Sequences().run(day, day.officers(), !day.simple(), most_labels, whole, &wanted)) return false;
        if (!Sequences().run(day, day.threads(), !day.simple(), most_labels, thread, &wanted)) return false;
        std::unordered_map<Mask, int32_t> least, together;
        for (size_t i = 0; i < thread.sets.size(); i++) least[thread.sets[i]] = thread.costs[i];
        for (size_t i = 0; i < whole.sets.size(); i++) together[whole.sets[i]] = whole.costs[i];
        for (Mask set : sets)
            settle(set, together.count(set) ? together[set] : IMPOSSIBLE, least.count(set) ? least[set] : IMPOSSIBLE);
        return true;
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
    static constexpr size_t MOST_TOGETHER = 18;
    std::vector<std::vector<uint16_t>> rounds;              // by department and set
    std::vector<Party> party;                               // where nobody holds the visits in one sequence
    std::vector<std::vector<std::vector<uint16_t>>> tours;  // by party, number of tours and set
    std::vector<double> low, high;

    // Every party on its own, with tours of its own.
    bool build_apart(int64_t most) {
        size_t sets = size_t(1) << day.n;
        cost.assign(sets, 0), fine.assign(sets, 0);
        for (Mask set = 1; set < sets; set++) cost[set] = cost[set & (set - 1)] + day.extra[__builtin_ctz(set)];
        party = parties(day);
        for (const auto& one : party) {
            Rounds found;
            if (!found.run(day, one, most)) return false;
            for (Mask set = 1; set < sets; set++) {
                uint16_t least = found.least.back()[set & one.sites];
                if (least == Rounds::NEVER) cost[set] = IMPOSSIBLE;
                else if (cost[set] < IMPOSSIBLE) cost[set] += one.weight * least;
            }
            tours.push_back(std::move(found.least));
        }
        fine[0] = 1;
        return true;
    }

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
        fine[set] = 1;
    }

    // Two rounds or more that reach every site once.
    int32_t twice(size_t q, Mask set) const {
        Mask first = set & -set, free = set & ~first;
        int32_t best = IMPOSSIBLE;
        for (Mask part = free; part; part = (part - 1) & free)
            best = std::min(best, int32_t(rounds[q][set & ~part]) + int32_t(rounds[q][part]));
        return best;
    }

    static std::vector<int> members(Mask set) {
        std::vector<int> sites;
        for (; set; set &= set - 1) sites.push_back(__builtin_ctz(set));
        return sites;
    }

    // What all sites of the day cost together.
    static int32_t last_cost(const Day& part, const std::vector<int32_t>& weights) {
        Priced found;
        if (!Sequences().run(part, weights, false, 1 << 26, found)) return 0;
        return !found.sets.empty() && found.sets.back() == part.all() ? found.costs.back() : IMPOSSIBLE;
    }

    // What those of a department travel who are not its threads, in two tours or more: each within the windows.
    static int32_t several(const Day& part, size_t q) {
        const Department& one = part.departments[q];
        if (one.rest() != 1) return one.rest() > 1 ? 0 : IMPOSSIBLE;
        std::vector<int> sites = members(one.sites);
        Table alone;
        alone.day = part;
        Day own = alone.restricted(sites);
        Department only = own.departments[q];
        only.one_place = true;
        own.departments = {only};
        Priced found;
        if (!Sequences().run(own, {1}, false, 1 << 26, found)) return 0;
        size_t sets = size_t(1) << sites.size();
        std::vector<int32_t> tour(sets, IMPOSSIBLE), few, more;
        for (size_t i = 0; i < found.sets.size(); i++) tour[found.sets[i]] = found.costs[i];
        few = tour;
        int32_t best = IMPOSSIBLE;
        for (int tours = 2; tours <= one.tours - one.threads; tours++) {
            more.assign(sets, IMPOSSIBLE);
            for (Mask set = 1; set < sets; set++) {
                Mask first = set & -set, free = set & ~first;
                for (Mask rest = free; rest; rest = (rest - 1) & free) more[set] = std::min(more[set], tour[set & ~rest] + few[rest]);
            }
            best = std::min(best, more[sets - 1]);
            few = more;
        }
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
};

}  // namespace bounding
