// Ejection chains: a unit beyond its capacity passes a group on, whoever takes it another one, until everything fits.
#pragma once

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "indivisible.hpp"

namespace paotui::matching {

class Chains {
   public:
    Chains(const Office& office, const Near& near, Index* unit)
        : office_(office), near_(near), unit_(unit), used_(office.units, 0), members_(office.units) {
        for (Index g = 0; g < office.groups; ++g) {
            used_[unit[g]] += office.load[g];
            members_[unit[g]].push_back(g);
        }
    }

    // Relieves units beyond their capacity by the chain that costs least, as long as one is found.
    void run(Teller& teller) {
        for (Index round = 0; round < rounds; ++round) {
            bool any = false;
            for (Index u = 0; u < office_.units; ++u)
                if (used_[u] > office_.capacity[u]) {
                    if (teller.ask()) return;
                    any |= relieve(u);
                }
            if (!any) return;
        }
    }

   private:
    static constexpr Index rounds = 10, longest = 8;  // links of a chain
    static constexpr std::size_t most = 200'000;      // labels of a search

    struct Label {
        Index unit;
        Worth beyond, cost;
        Index before, group;  // the label before, and the group that came from there
    };

    const Office& office_;
    const Near& near_;
    Index* unit_;
    std::vector<Worth> used_;
    std::vector<std::vector<Index>> members_;
    std::vector<Label> labels_;

    bool relieve(Index first) {
        labels_ = {{first, used_[first] - office_.capacity[first], 0, -1, -1}};
        Index end = -1;
        std::size_t from = 0;
        for (Index link = 0; link < longest && from < labels_.size() && labels_.size() < most; ++link) {
            const std::size_t to = labels_.size();
            std::unordered_map<std::uint64_t, Index> seen;
            for (std::size_t k = from; k < to; ++k)
                if (labels_[k].beyond > 0) pass_on(static_cast<Index>(k), seen);
            for (std::size_t k = to; k < labels_.size(); ++k)
                if (labels_[k].beyond == 0 && (end < 0 || labels_[k].cost < labels_[end].cost))
                    end = static_cast<Index>(k);
            from = to;
        }
        if (end < 0) return false;
        for (Index at = end; labels_[at].before >= 0; at = labels_[at].before) hand(labels_[at].group, labels_[at].unit);
        return true;
    }

    bool visited(Index label, Index unit) const {
        for (; label >= 0; label = labels_[label].before)
            if (labels_[label].unit == unit) return true;
        return false;
    }

    void pass_on(Index label, std::unordered_map<std::uint64_t, Index>& seen) {
        const Label now = labels_[label];
        for (const Index g : members_[now.unit]) {
            if (office_.load[g] < now.beyond) continue;
            for (const Near::Place* at = near_.begin(g); at != near_.end(g); ++at) {
                if (visited(label, at->unit)) continue;
                const Worth beyond = std::max<Worth>(0, used_[at->unit] + office_.load[g] - office_.capacity[at->unit]);
                const Worth cost = now.cost + office_.costs(g, at->unit) - office_.costs(g, now.unit);
                const auto key = static_cast<std::uint64_t>(at->unit) << 32 | static_cast<std::uint64_t>(beyond);
                const auto [found, fresh] = seen.try_emplace(key, static_cast<Index>(labels_.size()));
                if (fresh)
                    labels_.push_back({at->unit, beyond, cost, label, g});
                else if (cost < labels_[found->second].cost)
                    labels_[found->second] = {at->unit, beyond, cost, label, g};
            }
        }
    }

    void hand(Index group, Index to) {
        std::vector<Index>& here = members_[unit_[group]];
        here.erase(std::find(here.begin(), here.end(), group));
        used_[unit_[group]] -= office_.load[group];
        unit_[group] = to;
        members_[to].push_back(group);
        used_[to] += office_.load[group];
    }
};

}  // namespace paotui::matching
