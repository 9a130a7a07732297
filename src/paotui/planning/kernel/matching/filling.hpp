// Rents from prices, and what is done with whoever is left over when a search is stopped.
#pragma once

#include <algorithm>
#include <vector>

#include "market.hpp"

namespace paotui::matching {

inline std::vector<Worth> rents(const Arcs& arcs, const std::vector<Worth>& price) {
    std::vector<Worth> rent(arcs.people, 0);
    for (Index i = 0; i < arcs.people; ++i)
        for (std::int64_t a = arcs.start[i]; a < arcs.end[i]; ++a)
            if (arcs.seats[arcs.head[a]] > 0) rent[i] = std::max(rent[i], arcs.worth[a] - price[arcs.head[a]]);
    return rent;
}

// Gives whoever is left over the best free seat: only when stopped early.
inline void fill_up(const Arcs& arcs, Flow& flow) {
    for (Index i = 0; i < arcs.people; ++i)
        while (flow.surplus(i) > 0) {
            std::int64_t best = -1;
            for (std::int64_t a = arcs.start[i]; a < arcs.end[i]; ++a)
                if (flow.free(arcs.head[a]) > 0 && arcs.worth[a] > (best < 0 ? 0 : arcs.worth[best])) best = a;
            if (best < 0) break;
            const Index j = arcs.head[best];
            flow.add(i, j, best, std::min(flow.surplus(i), flow.free(j)));
        }
}

}  // namespace paotui::matching
