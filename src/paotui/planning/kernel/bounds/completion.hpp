// A lower bound on what finishing a route costs, by client and step of the main resource: walks that may repeat clients.
#pragma once
#include "pricing.hpp"

namespace paotui::bounds {

class Completion {
  public:
    Completion(const Pricing& p, const Arcs& arcs) : p(p), value(static_cast<size_t>(p.steps) * p.n, NEVER), floors(p.steps + 1, NEVER) {
        for (int r = p.steps - 1; r >= 0; --r) {
            floors[r] = floors[r + 1];
            for (int c = 0; c < p.n; ++c) {
                // The least a label of this step may be.
                const int32_t low = std::max(p.floor_of(r), p.main.by_client ? p.main.grows[c] : p.main.first[c]);
                if (low >= p.floor_of(r + 1) || low > p.main.last[c]) continue;
                const double found = least(arcs, c, low, floors[r + 1]);
                value[static_cast<size_t>(r) * p.n + c] = found;
                floors[r] = std::min(floors[r], found);
            }
        }
    }
    // The least cost after client c whose main resource is `reached`; NEVER where the route cannot be finished.
    double after(int c, int32_t reached) const { return value[static_cast<size_t>(p.at(reached)) * p.n + c]; }
    // The least cost after whatever client is reached in this step or later.
    double after_all(int step) const { return floors[step]; }

  private:
    const Pricing& p;
    std::vector<double> value, floors;

    double least(const Arcs& arcs, int c, int32_t low, double rest) const {
        double best = p.main.after(low, c, p.n, p.n + 1) < 0 ? NEVER : p.arc(c, p.n);
        for (const Arc* arc = arcs.begin(c); arc != arcs.end(c) && arc->cost + rest < best; ++arc) {
            const int32_t reached = p.main.after(low, c, arc->to, p.n + 1);
            if (reached >= 0) best = std::min(best, arc->cost + after(arc->to, reached));
        }
        return best;
    }
};

}  // namespace paotui::bounds
