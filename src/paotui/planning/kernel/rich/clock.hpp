// When may a visit start: windows of nodes, narrowed for stops that are linked to others.
#pragma once
#include <vector>

#include "route.hpp"

namespace rich {

class Clock {
    const RichProblem& q;

  public:
    std::vector<int32_t> not_before, not_after;  // by stop, from its links

    explicit Clock(const RichProblem& problem)
        : q(problem), not_before(problem.n, 0), not_after(problem.n, BIG) {}

    // First admissible second of starting at `t` or later within [low, high], or -1; the window used goes to `used`.
    int32_t next(int node, int32_t t, int32_t low, int32_t high, const int32_t** used) const {
        t = std::max(t, low);
        const int32_t *w = q.window + 2 * q.window_at[node], *last = q.window + 2 * q.window_at[node + 1];
        while (w < last && w[1] < t) w += 2;
        if (w == last) return -1;
        const int32_t start = std::max(t, w[0]);
        *used = w;
        return start <= high ? start : -1;
    }
    int32_t next(int node, int32_t t, const int32_t** used) const {
        return node < q.n ? next(node, t, not_before[node], not_after[node], used) : next(node, t, 0, BIG, used);
    }
    // Last admissible second of starting at `t` or earlier, or -1.
    int32_t previous(int node, int32_t t) const {
        const int32_t low = node < q.n ? not_before[node] : 0;
        if (node < q.n) t = std::min(t, not_after[node]);
        const int32_t *first = q.window + 2 * q.window_at[node], *w = q.window + 2 * q.window_at[node + 1] - 2;
        while (w >= first && w[0] > t) w -= 2;
        if (w < first) return -1;
        const int32_t start = std::min(t, w[1]);
        return start >= low ? start : -1;
    }
};

}  // namespace rich
