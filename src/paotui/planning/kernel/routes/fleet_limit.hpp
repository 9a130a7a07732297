// A smaller fleet than the search would take by itself, for a while: short routes are hard to close once they are there.
#pragma once
#include <numeric>
#include <utility>

#include "rng.hpp"
#include "route_chains.hpp"

namespace paotui {

// After a first look at how many routes the search uses, some of them are taken apart and no more than a limit may be
// opened; who finds no place waits in the bank. Later the limit gives way wherever somebody waits, and then altogether.
class FleetLimit {
  public:
    FleetLimit(const Instance& in, bool given)
        : off_(given || in.mixed || in.optional()) {
        if (off_ || in.types.empty()) return;
        const int64_t load = std::accumulate(in.clients.begin(), in.clients.end(), INT64_C(0), [](int64_t sum, const Client& c) { return sum + c.demand; });
        full_ = static_cast<double>(load) / std::max(1, in.types[0].capacity);
        shortest_ = static_cast<double>(in.n) / LONG;
    }

    // Before a stretch that begins after this fraction of the search.
    void note(double fraction, Routes& routes, std::vector<int>& bank, Rng& rng) {
        if (off_) return;
        if (!limit_ && fraction >= LOOK) begin(routes, bank, rng);
        if (fraction >= GIVE_WAY && !bank.empty()) ++limit_;
        off_ |= fraction >= END;
    }

    // How many routes worker `k` of `parts` may open, if it were `most` without the limit.
    int room(size_t used, int parts, int k, int most) const {
        if (off_ || !limit_) return most;
        const int left = std::max(0, limit_ - static_cast<int>(used));
        return std::min(most, left / parts + (k < left % parts ? 1 : 0));
    }

  private:
    static constexpr double LOOK = 0.02, GIVE_WAY = 0.2, END = 0.5;  // fractions of the search
    static constexpr double FULL = 1.08, FEWER = 0.96;  // the limit: of the routes that loads ask for, of those used
    static constexpr double WORTH = 0.975;              // of those used: a limit above it is not worth the trouble
    static constexpr double KEPT = 0.7;                 // of the limit, at the beginning
    static constexpr int LONG = 15;                     // clients a route from which it does harm

    void begin(Routes& routes, std::vector<int>& bank, Rng& rng) {
        limit_ = static_cast<int>(std::max(FULL * full_, FEWER * static_cast<double>(routes.size())));
        off_ = routes.size() < shortest_ || limit_ > WORTH * static_cast<double>(routes.size());
        if (off_) return;
        for (size_t k = routes.size(); k > 1; --k) std::swap(routes[k - 1], routes[rng.below(static_cast<int>(k))]);
        for (; static_cast<double>(routes.size()) > KEPT * limit_; routes.pop_back())
            bank.insert(bank.end(), routes.back().clients.begin(), routes.back().clients.end());
    }

    bool off_;
    int limit_ = 0;         // 0: not yet
    double full_ = 0;       // routes that would carry the loads
    double shortest_ = 0;   // fewer routes than these are long ones
};

}  // namespace paotui
