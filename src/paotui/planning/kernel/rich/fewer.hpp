// Fewer vehicles, where sending one has a price that no temperature reaches: a short route is taken out, and the others
// are searched, with stops left out meanwhile, until they serve all.
#pragma once
#include "search.hpp"

namespace rich {

class Fewer {
    static constexpr double HOT = 10, COLD = 3.3;  // in prices of the mean nearest way
    static constexpr int TRIES = 10;               // an attempt takes this part of the whole search at most
    // Which route: the shortest, with so many stops more for every one left out by attempts at this work, and by chance.
    static constexpr double FAILED = 3, CHANCE = 4;

    const RichProblem& q;
    const RichLimits& limits;
    const Eligible& eligible;
    Searcher& one;
    std::vector<double> failed;  // by group of stops: left out by attempts so far

  public:
    Fewer(const RichProblem& problem, const RichLimits& wanted, const Eligible& who, Searcher& searcher)
        : q(problem), limits(wanted), eligible(who), one(searcher), failed(problem.n, 0) {}

    // Attempts until so many iterations or seconds. `scale`: price of the mean nearest way; `begun`: the whole search.
    void search(double scale, int64_t until, double until_time, double begun) {
        for (double t = now(); goes_on(until, until_time, t); t = now()) {
            const int v = route();
            if (v < 0) return;
            Cooling attempt{HOT * scale, COLD * scale, t, 0, one.iterations, -1};
            if (limits.deadline > 0) attempt.end = std::min(until_time, t + (limits.deadline - begun) / TRIES);
            if (limits.iterations >= 0) attempt.last = std::min(until, one.iterations + limits.iterations / TRIES + 1);
            const int32_t work = work_of(v);
            failed[work] += one.without(v, attempt);
        }
    }

  private:
    bool goes_on(int64_t until, double until_time, double t) const {
        return !one.s.missing && !one.out_of_time() && (limits.deadline <= 0 || t < until_time) && (limits.iterations < 0 || one.iterations < until);
    }
    int32_t work_of(int v) const {
        const Route& r = one.s.routes[v];
        return eligible.group_of(std::find_if(r.p.begin(), r.p.end(), [&](const Place& p) { return one.s.is_stop(p.node); })->node);
    }
    // The route to do without: it holds stops that must be served, none that are locked, and more than attempts at its
    // work have left out so far; -1: there is none.
    int route() {
        int found = -1;
        double least = 1e300;
        for (int v = 0; v < q.vehicles; ++v) {
            const Route& r = one.s.routes[v];
            if (r.locked || one.s.loads.onboard_dims(v)) continue;
            if (std::none_of(r.p.begin(), r.p.end(), [&](const Place& p) { return one.s.is_stop(p.node) && q.must[p.node]; })) continue;
            const double before = failed[work_of(v)], stops = r.stops + FAILED * before + CHANCE * one.random.real();
            if (before < r.stops && stops < least) least = stops, found = v;
        }
        return found;
    }
};

}  // namespace rich
