// A lower bound on what finishing a route costs, by client and step of the main resource: walks that may repeat clients.
#pragma once
#include <thread>

#include "pricing.hpp"

namespace paotui::bounds {

class Completion {
  public:
    explicit Completion(const Pricing& p) : p(p), value(static_cast<size_t>(p.steps) * p.n, NEVER) {
        if (p.main.by_client) by_load();
        else by_time();
    }
    // The least cost after client c whose main resource is `reached`; NEVER where the route cannot be finished.
    double after(int c, int32_t reached) const { return value[static_cast<size_t>(p.at(reached)) * p.n + c]; }
    const double* row(int step) const { return value.data() + static_cast<size_t>(step) * p.n; }

  private:
    const Pricing& p;
    std::vector<double> value;

    // Loads grow by the client alone, so that one row of sums serves all clients of a step.
    void by_load() {
        std::vector<double> ahead(p.n);
        for (int r = p.steps - 1; r >= 0; --r) {
            const int32_t low = p.floor_of(r);
            for (int k = 0; k < p.n; ++k) {
                const int64_t reached = int64_t{low} + p.main.grows[k];
                ahead[k] = reached > p.main.last[k] ? NEVER : after(k, static_cast<int32_t>(reached));
            }
            double* out = value.data() + static_cast<size_t>(r) * p.n;
            for (int c = 0; c < p.n; ++c)
                if (low + p.step > p.main.grows[c] && low <= p.main.last[c]) out[c] = least(c, ahead.data());
        }
    }

    double least(int c, const double* ahead) const {
        const double* arc = p.cost.data() + static_cast<size_t>(c) * (p.n + 1);
        double best[4] = {arc[p.n], NEVER, NEVER, NEVER};
        int k = 0;
        for (; k + 4 <= p.n; k += 4)
            for (int lane = 0; lane < 4; ++lane) {
                const double sum = arc[k + lane] + ahead[k + lane];
                best[lane] = sum < best[lane] ? sum : best[lane];
            }
        for (; k < p.n; ++k) best[0] = std::min(best[0], arc[k] + ahead[k]);
        return std::min(std::min(best[0], best[1]), std::min(best[2], best[3]));
    }

    void by_time() {
        const int width = p.n + 1;
        for (int r = p.steps - 1; r >= 0; --r) {
            double* out = value.data() + static_cast<size_t>(r) * p.n;
            for (int c = 0; c < p.n; ++c) {
                const int32_t low = std::max(p.floor_of(r), p.main.first[c]);
                if (low >= p.floor_of(r + 1) || low > p.main.last[c]) continue;
                const double* arc = p.cost.data() + static_cast<size_t>(c) * width;
                double best = p.main.after(low, c, p.n, width) < 0 ? NEVER : arc[p.n];
                for (int k = 0; k < p.n; ++k) {
                    if (!(arc[k] < NEVER)) continue;
                    const int32_t reached = p.main.after(low, c, k, width);
                    if (reached >= 0) best = std::min(best, arc[k] + after(k, reached));
                }
                out[c] = best;
            }
        }
    }
};

}  // namespace paotui::bounds
