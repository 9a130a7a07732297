// Every route without a repeated client that costs less than a limit at given prices, one after the other in depth.
#pragma once
#include "completion.hpp"

namespace paotui::bounds {

class All {
  public:
    // Ends with `whole` false where there are more than `most` routes, or looking takes more than `looks` steps.
    All(const Pricing& p, double limit, size_t most, int64_t looks) : p(p), arcs(p), completion(p, arcs), limit(limit), most(most), looks(looks), there(p.n, 0) {
        for (int c = 0; c < p.n && whole; ++c) {
            if (!(p.arc(p.n, c) < NEVER)) continue;
            const int32_t main = p.main.after(p.main.first[p.n], p.n, c, p.n + 1);
            const int32_t side = p.side.there() ? p.side.after(p.side.first[p.n], p.n, c, p.n + 1) : 0;
            if (main >= 0 && side >= 0) go(c, p.arc(p.n, c), main, side);
        }
    }
    bool whole = true;
    std::vector<Walk> walks;

  private:
    const Pricing& p;
    Arcs arcs;
    Completion completion;
    const double limit;
    const size_t most;
    int64_t looks;
    std::vector<uint8_t> there;
    std::vector<int32_t> path;

    void go(int c, double cost, int32_t main, int32_t side) {
        if (cost + completion.after(c, main) >= limit) return;
        there[c] = 1;
        path.push_back(c);
        close(c, cost, main, side);
        const double rest = completion.after_all(p.at(main) + 1);
        for (const Arc* arc = arcs.begin(c); whole && arc != arcs.end(c) && cost + arc->cost + rest < limit; ++arc) {
            whole = --looks > 0;
            if (there[arc->to]) continue;
            const int32_t reached = p.main.after(main, c, arc->to, p.n + 1);
            const int32_t beside = p.side.there() ? p.side.after(side, c, arc->to, p.n + 1) : 0;
            if (reached >= 0 && beside >= 0) go(arc->to, cost + arc->cost, reached, beside);
        }
        path.pop_back();
        there[c] = 0;
    }

    void close(int c, double cost, int32_t main, int32_t side) {
        const double total = cost + p.arc(c, p.n);
        if (!(total < limit) || p.main.after(main, c, p.n, p.n + 1) < 0) return;
        if (p.side.there() && p.side.after(side, c, p.n, p.n + 1) < 0) return;
        if (walks.size() < most) walks.push_back({total, false, path});
        else whole = false;
    }
};

}  // namespace paotui::bounds
