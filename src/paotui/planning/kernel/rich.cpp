// Routes for problems of every kind the language of `paotui.planning.routes.problem` can state: ruin and recreate with
// slack induction by string removals, exact timing of routes, windows agreed between linked stops.
#include "rich/search.hpp"

namespace rich {

struct Visit {
    int32_t vehicle, kind, id, arrival, start, end;  // kind: 0 stop, 1 station, 2 break; then 3: start and end of a route
};

struct Result {
    std::vector<Visit> visits;
    int64_t iterations = 0;
    double cost = 0;
    int32_t missing = 0;
};

// The visits of a route, leaving as late as the earliest end allows.
static void tell(Solution& s, int v, std::vector<Visit>& visits) {
    Route& r = s.routes[v];
    if (r.size() <= 2) return;
    s.timing.show(r);
    visits.push_back({v, 3, 0, r.start, r.start, r.end});
    auto rest = r.breaks.begin();
    auto pause = [&](int i, int after) {
        for (; rest != r.breaks.end() && rest->place == i && rest->after == after; ++rest) {
            const int32_t length = s.q.breaks[3 * (s.q.break_at[v] + rest->which) + 2];
            visits.push_back({v, 2, rest->which, rest->start, rest->start, rest->start + length});
        }
    };
    for (int i = 1; i + 1 < r.size(); ++i) {
        const Place& p = r.p[i];
        pause(i, 0);
        const bool stop = p.node < s.q.n;
        visits.push_back({v, stop ? 0 : 1, stop ? p.node : p.node - s.q.n, p.arrival, p.start, p.end});
        pause(i, 1);
    }
}

static int leader(const std::vector<std::unique_ptr<Searcher>>& all) {
    int k = 0;
    for (size_t i = 1; i < all.size(); ++i) {
        const Snapshot &a = all[i]->best, &b = all[static_cast<size_t>(k)]->best;
        if (a.missing < b.missing || (a.missing == b.missing && a.cost < b.cost)) k = static_cast<int>(i);
    }
    return k;
}

static void report(RichStatus* status, const std::vector<std::unique_ptr<Searcher>>& all) {
    const Searcher& one = *all[static_cast<size_t>(leader(all))];
    int64_t sum = 0;
    for (const auto& each : all) sum += each->iterations;
    status->iterations = sum;
    status->cost = one.best.cost;
    status->unserved = one.best_unserved;
}

template <class Work>
static void each(std::vector<std::unique_ptr<Searcher>>& all, Work work) {
    std::vector<std::thread> threads;
    for (size_t i = 1; i < all.size(); ++i) threads.emplace_back([&, i] { work(*all[i]); });
    work(*all[0]);
    for (auto& t : threads) t.join();
}

static void solve(const RichProblem& q, const RichLimits& limits, RichStatus* status, Result& result) {
    const double begun = now();
    const Eligible eligible(q);
    // A stop goes in beside those its vehicles serve; it comes out with all around it, whoever serves them.
    const Neighbours near(q, &eligible, limits.neighbours), around(q, nullptr, limits.neighbours);
    std::vector<std::unique_ptr<Searcher>> all;
    const int threads = limits.only >= 0 || q.n < 2 ? 1 : std::max(1, limits.threads);
    for (int i = 0; i < threads; ++i)
        all.push_back(std::make_unique<Searcher>(q, eligible, limits, near, around, status, limits.seed * 1000003 + static_cast<uint64_t>(i)));
    all[0]->first = true;
    each(all, [](Searcher& one) { one.begin(); });
    report(status, all);
    constexpr int PHASES = 40;
    const double scale = std::max(near.arc, 1e-6), hot = limits.hot * scale, cold = limits.cold * scale;
    const double searching = now();
    for (int phase = 1; phase <= PHASES && limits.only < 0 && q.n > 0 && q.vehicles > 0; ++phase) {
        const int64_t until = limits.iterations >= 0 ? limits.iterations * phase / PHASES : -1;
        const double until_time = limits.deadline > 0 ? searching + (limits.deadline - searching) * phase / PHASES : 0;
        each(all, [&](Searcher& one) { one.run(until, until_time, begun, hot, cold); });
        report(status, all);
        if (status->cancel || (limits.deadline > 0 && now() >= limits.deadline)) break;
        const int k = leader(all);
        for (auto& one : all)
            if (one != all[static_cast<size_t>(k)] || phase == PHASES) one->adopt(all[static_cast<size_t>(k)]->best);
    }
    Searcher& best = *all[static_cast<size_t>(leader(all))];
    if (limits.only < 0) best.adopt(Snapshot(best.best));
    for (int v = 0; v < q.vehicles; ++v) tell(best.s, v, result.visits);
    for (const auto& one : all) result.iterations += one->iterations;
    result.cost = best.s.cost, result.missing = best.s.missing;
    report(status, all);
}

}  // namespace rich

#define FACE extern "C" __attribute__((visibility("default")))

FACE void* rich_solve(const RichProblem* problem, const RichLimits* limits, RichStatus* status) {
    auto* result = new rich::Result;
    rich::solve(*problem, *limits, status, *result);
    return result;
}
FACE int64_t rich_visits(const void* result) {
    return static_cast<int64_t>(static_cast<const rich::Result*>(result)->visits.size());
}
FACE void rich_read(const void* result, int32_t* visits, double* cost, int64_t* iterations) {
    const auto& r = *static_cast<const rich::Result*>(result);
    std::copy_n(reinterpret_cast<const int32_t*>(r.visits.data()), r.visits.size() * 6, visits);
    *cost = r.cost, *iterations = r.iterations;
}
FACE void rich_free(void* result) { delete static_cast<rich::Result*>(result); }
