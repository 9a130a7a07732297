// Joint inspections behind a plain C interface.
#include "inspections/pricing.hpp"
#include "inspections/run.hpp"

using namespace inspections;

extern "C" {

// `option`, `length` and `slot` (of one route after the other): the start where `given`, the best plan on return; `begins`: start of each visit.
// Returns 0, or 1 when the given start did not hold and was left aside.
__attribute__((visibility("default"))) int inspections_solve(const Instance* in, const Settings* settings, int given,
                                                              int32_t* option, int32_t* length, int32_t* slot,
                                                              int32_t* begins, Outcome* outcome,
                                                              int (*tell)(double, int64_t, int64_t)) {
    Plan start;
    if (given)
        start = {{option, option + in->sites}, {length, length + in->routes}, {slot, slot + in->slots}, 0};
    Run run(*in, *settings, {tell});
    bool held = run.start(given ? &start : nullptr);
    const Plan& best = run.go();
    Schedule final(*in);
    final.load_plan(best, run.site_of());
    std::copy(best.option.begin(), best.option.end(), option);
    std::copy(best.length.begin(), best.length.end(), length);
    std::copy(best.slot.begin(), best.slot.end(), slot);
    std::copy(final.est.begin(), final.est.end(), begins);
    *outcome = {best.cost, run.iterations(), int32_t(std::count(best.option.begin(), best.option.end(), -1))};
    return held ? 0 : 1;
}

// The cheapest tours at these prices, for bounds. `sizes`: sites, open, close, most tours, rough. Fills `best`, the number
// of tours in `count`, and their lengths and sites one after the other. Returns 1 when there were too many labels.
__attribute__((visibility("default"))) int inspections_price(const int32_t* sizes, const int32_t* travel,
                                                              const int32_t* stay, const int32_t* window_ptr,
                                                              const int32_t* low, const int32_t* high,
                                                              const double* price, const uint64_t* memory,
                                                              double threshold, int64_t labels_limit, double* best,
                                                              int32_t* count, int32_t* lengths, int32_t* visited) {
    Pricing pricing{sizes[0], travel, stay, window_ptr, low, high, price, memory, sizes[1], sizes[2], labels_limit,
                    sizes[4] != 0};
    std::vector<Tour> found;
    if (!pricing.run(threshold, sizes[3], *best, found)) return 1;
    *count = int32_t(found.size());
    for (const Tour& tour : found) {
        *lengths++ = int32_t(tour.sites.size());
        visited = std::copy(tour.sites.begin(), tour.sites.end(), visited);
    }
    return 0;
}
}
