// The kernel of lower bounds for routes behind a plain C interface; paotui/planning/routes/bounding/pricing.py calls it.
#include <cstring>

#include "bounds/enumeration.hpp"
#include "bounds/labels.hpp"

using namespace paotui::bounds;

extern "C" {

struct paotui_bounds_pricing {
    int32_t n, memory, keep, exact, step, steps;
    int32_t main_by_client, side_by_client;
    const double* cost;                          // (n + 1)², reduced
    const int32_t *main_grows, *side_grows;      // (n + 1)² or n + 1; the second may be null
    const int32_t *main_first, *main_last, *side_first, *side_last;  // n + 1
    const int32_t* near;                         // n × memory
};

}

namespace {

void resource(Resource& made, int n, bool by_client, const int32_t* grows, const int32_t* first, const int32_t* last) {
    if (!grows) return;
    made.grows = grows, made.by_client = by_client;
    made.first.assign(first, first + n + 1);
    made.last.assign(last, last + n + 1);
}

Pricing pricing(const paotui_bounds_pricing& given) {
    Pricing p;
    p.n = given.n, p.memory = given.memory, p.keep = given.keep, p.exact = given.exact;
    p.step = given.step, p.steps = given.steps, p.near = given.near;
    p.cost.assign(given.cost, given.cost + static_cast<size_t>(p.n + 1) * (p.n + 1));
    resource(p.main, p.n, given.main_by_client, given.main_grows, given.main_first, given.main_last);
    resource(p.side, p.n, given.side_by_client, given.side_grows, given.side_first, given.side_last);
    return p;
}

int32_t written(const std::vector<Walk>& walks, int32_t room, int32_t* out, double* costs) {
    int32_t count = 0, used = 0;
    for (const Walk& walk : walks) {
        const int32_t length = static_cast<int32_t>(walk.clients.size());
        if (used + length + 1 > room) break;
        out[used] = walk.loose ? -length : length;
        std::copy(walk.clients.begin(), walk.clients.end(), out + used + 1);
        used += length + 1, costs[count++] = walk.cost;
    }
    return count;
}

}  // namespace

extern "C" {

// Writes for each route its length (below zero for one of the relaxation only) and clients to `out` (room for `room` numbers) and its cost to `costs`; returns the
// number of routes. `least` is the cost of the cheapest one, or 0.
__attribute__((visibility("default"))) int32_t paotui_bounds_price(const paotui_bounds_pricing* given, int32_t most, int32_t room, int32_t* out,
                                                                   double* costs, double* least, int64_t* size) {
    const Pricing p = pricing(*given);
    const Labels labels(p);
    *least = labels.least();
    *size = static_cast<int64_t>(labels.size());
    return written(labels.walks(most), room, out, costs);
}

// All routes below `limit`, written alike; −1 where there are more than `most` or they do not fit in `room`.
__attribute__((visibility("default"))) int32_t paotui_bounds_all(const paotui_bounds_pricing* given, double limit, int32_t most, int64_t looks,
                                                                 int32_t room, int32_t* out, double* costs) {
    const Pricing p = pricing(*given);
    const All all(p, limit, most, looks);
    const int32_t count = written(all.walks, room, out, costs);
    return all.whole && count == static_cast<int32_t>(all.walks.size()) ? count : -1;
}

}
