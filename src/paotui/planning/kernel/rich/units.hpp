// What belongs together: stops served together or not at all.
#pragma once
#include <algorithm>
#include <vector>

#include "problem.hpp"

namespace rich {

// By stop, those tied to it by shipments or served together with it, itself among them.
inline std::vector<std::vector<int32_t>> units(const RichProblem& q) {
    std::vector<int32_t> root(q.n);
    for (int j = 0; j < q.n; ++j) root[j] = j;
    auto find = [&](int j) {
        while (root[j] != j) j = root[j] = root[root[j]];
        return j;
    };
    auto tie = [&](int a, int b) {
        a = find(a), b = find(b);
        root[std::max(a, b)] = std::min(a, b);
    };
    for (int s = 0; s < q.ships; ++s) tie(q.ship_pickup[s], q.ship_delivery[s]);
    for (int k = 0; k < q.links; ++k)
        if (q.link_flags[k] & BOTH) tie(q.link_a[k], q.link_b[k]);
    std::vector<std::vector<int32_t>> members(q.n), unit_of(q.n);
    for (int j = 0; j < q.n; ++j) members[find(j)].push_back(j);
    for (int j = 0; j < q.n; ++j) unit_of[j] = members[find(j)];
    return unit_of;
}

}  // namespace rich
