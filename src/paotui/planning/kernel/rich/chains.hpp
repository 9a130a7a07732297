// What hangs on a stop along chains of stops that need one another: prices, time, depth.
#pragma once
#include "route.hpp"

namespace rich {

inline int32_t clip(int64_t t) { return static_cast<int32_t>(std::clamp<int64_t>(t, 0, BIG)); }

// Let `pass` look at all links as long as it says that something changed.
template <class Pass>
void until_settled(Pass pass) {
    for (int turn = 0; turn < 500 && pass(); ++turn) {}
}

// By stop, its price and those of the stops that need it; no limit where one must be served.
inline std::vector<double> budgets(const RichProblem& q, std::vector<double> most) {
    for (int j = 0; j < q.n; ++j)
        if (q.must[j]) most[j] = 1e250;
    const std::vector<double> own = most;
    for (int pass = 0; pass < std::min(q.links, 16); ++pass) {  // along chains of stops that need one another
        std::vector<double> sum = own;
        for (int k = 0; k < q.links; ++k)
            if (q.link_flags[k] & NEEDS && !(q.link_flags[k] & BOTH)) sum[q.link_a[k]] += most[q.link_b[k]];
        most.swap(sum);
    }
    return most;
}

// By stop, latest start at which all owed stops that wait for it still have their windows.
inline std::vector<int32_t> latest_starts(const RichProblem& q) {
    std::vector<int32_t> latest;
    for (int j = 0; j < q.n; ++j) latest.push_back(q.window[2 * q.window_at[j + 1] - 1]);
    until_settled([&] {
        bool changed = false;
        for (int k = 0; k < q.links; ++k) {
            if (!(q.link_flags[k] & NEEDS) || !q.must[q.link_b[k]]) continue;
            const int64_t last = static_cast<int64_t>(latest[q.link_b[k]]) - q.link_low[k];
            if (last < latest[q.link_a[k]]) latest[q.link_a[k]] = clip(last), changed |= last > 0;
        }
        return changed;
    });
    return latest;
}

// By stop, how many stops it waits for in a row.
inline std::vector<int32_t> depths(const RichProblem& q) {
    std::vector<int32_t> depth(q.n, 0);
    until_settled([&] {
        bool changed = false;
        for (int k = 0; k < q.links; ++k) {
            const bool both = q.link_flags[k] & BOTH;
            int32_t &a = depth[q.link_a[k]], &b = depth[q.link_b[k]];
            const int32_t least = both ? std::max(a, b) : a + 1;
            if (b < least) b = least, changed = true;
            if (both && a < least) a = least, changed = true;
        }
        return changed;
    });
    return depth;
}

}  // namespace rich
