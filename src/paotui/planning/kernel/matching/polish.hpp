// Two units at a time share out their groups anew, exactly: a knapsack over the load of the first.
#pragma once

#include <algorithm>
#include <vector>

#include "indivisible.hpp"

namespace paotui::matching {

class Polish {
   public:
    Polish(const Office& office, const Near& near, Index* unit)
        : office_(office), unit_(unit), cells_(paotui::matching::overload(office, unit) ? 0 : most_cells),
          members_(office.units), beside_(office.units), changed_(office.units, 1) {
        for (Index g = 0; g < office.groups; ++g) {
            members_[unit[g]].push_back(g);
            for (const Near::Place* at = near.begin(g); at != near.end(g); ++at)
                if (at->unit != unit[g]) {
                    beside_[std::min(unit[g], at->unit)].push_back(std::max(unit[g], at->unit));
                }
        }
        for (auto& others : beside_) {
            std::sort(others.begin(), others.end());
            others.erase(std::unique(others.begin(), others.end()), others.end());
        }
    }

    // Until no two units gain.
    void run(Teller& teller) {
        for (Index round = 0; round < rounds; ++round) {
            std::vector<char> before(office_.units, 0);
            before.swap(changed_);
            bool any = false;
            for (Index a = 0; a < office_.units; ++a)
                for (const Index b : beside_[a]) {
                    if (!before[a] && !before[b] && !changed_[a] && !changed_[b]) continue;
                    if (share_out(a, b)) any = true, changed_[a] = changed_[b] = 1;
                    if (teller.stopped || ((++teller.iterations & 63) == 0 && teller.ask())) return;
                }
            if (!any) return;
        }
    }

   private:
    static constexpr Index rounds = 20;
    // Load always shared out; of more, groups times load at most, and only when nothing is beyond the capacities.
    static constexpr Worth little = 1 << 14, most_cells = 1 << 23;
    static constexpr Worth never = -(Worth{1} << 60);

    const Office& office_;
    Index* unit_;
    const Worth cells_;
    std::vector<std::vector<Index>> members_, beside_;
    std::vector<char> changed_;
    std::vector<Index> free_;
    std::vector<Worth> most_;
    std::vector<std::vector<char>> taken_;

    Worth overload(Index u, Worth load) const { return std::max<Worth>(0, load - office_.capacity[u]); }

    // Whether sharing out the groups of a and b anew lowers their overload, or else their cost.
    bool share_out(Index a, Index b) {
        free_.clear();
        Worth fixed_a = 0, fixed_b = 0, whole = 0, now = 0, used_a = 0, used_b = 0;
        for (const Index u : {a, b})
            for (const Index g : members_[u]) {
                const Worth load = office_.load[g];
                (u == a ? used_a : used_b) += load;
                if (office_.may(g, a) && office_.may(g, b)) {
                    free_.push_back(g);
                    whole += load;
                    if (u == a) now += office_.costs(g, b) - office_.costs(g, a);
                } else {
                    (u == a ? fixed_a : fixed_b) += load;
                }
            }
        if (free_.empty() || (whole > little && whole * std::ssize(free_) > cells_)) return false;
        fill(a, b, whole);
        const auto beyond = [&](Worth load) {
            return overload(a, fixed_a + load) + overload(b, fixed_b + whole - load);
        };
        Worth best = -1;
        for (Worth load = 0; load <= whole; ++load)
            if (most_[load] > never / 2 &&
                (best < 0 || beyond(load) < beyond(best) || (beyond(load) == beyond(best) && most_[load] > most_[best])))
                best = load;
        const Worth was = overload(a, used_a) + overload(b, used_b);
        if (beyond(best) > was || (beyond(best) == was && most_[best] <= now)) return false;
        hand_over(a, b, best);
        return true;
    }

    // most_[load]: what is saved at most by giving so much load of the free groups to a and the rest to b.
    void fill(Index a, Index b, Worth whole) {
        most_.assign(whole + 1, never);
        most_[0] = 0;
        if (taken_.size() < free_.size()) taken_.resize(free_.size());
        Worth reach = 0;
        for (std::size_t k = 0; k < free_.size(); ++k) {
            const Worth load = office_.load[free_[k]], saved = office_.costs(free_[k], b) - office_.costs(free_[k], a);
            reach += load;
            taken_[k].assign(whole + 1, 0);
            for (Worth w = reach; w >= load; --w)
                if (most_[w - load] + saved > most_[w]) most_[w] = most_[w - load] + saved, taken_[k][w] = 1;
        }
    }

    void hand_over(Index a, Index b, Worth load) {
        std::vector<char> to_a(free_.size(), 0);
        for (std::size_t k = free_.size(); k-- > 0;)
            if (taken_[k][load]) to_a[k] = 1, load -= office_.load[free_[k]];
        for (std::size_t k = 0; k < free_.size(); ++k) unit_[free_[k]] = to_a[k] ? a : b;
        std::vector<Index> all = members_[a];
        all.insert(all.end(), members_[b].begin(), members_[b].end());
        members_[a].clear();
        members_[b].clear();
        for (const Index g : all) members_[unit_[g]].push_back(g);
    }
};

}  // namespace paotui::matching
