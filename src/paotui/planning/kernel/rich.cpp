// Routes for problems of every kind the language of `paotui.planning.routes.problem` can state: ruin and recreate with
// slack induction by string removals, exact timing of routes, windows agreed between linked stops.
#include "rich/team.hpp"

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

static void solve(const RichProblem& q, const RichLimits& limits, RichStatus* status, Result& result) {
    Team team(q, limits, status);
    Solution& s = team.solve();
    for (int v = 0; v < q.vehicles; ++v) tell(s, v, result.visits);
    result.cost = s.cost, result.missing = s.missing, result.iterations = team.iterations();
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
