// Lower bounds for joint inspections behind a plain C interface: what a day costs at the least for every set of sites.
#include "inspections_bound/cover.hpp"
#include "inspections_bound/table.hpp"

using namespace bounding;

extern "C" {

#define SHOWN __attribute__((visibility("default")))

// Starts allowed at site s: window_ptr[s] .. window_ptr[s + 1] of low, high. `extra`: cost of the site on this day.
SHOWN void* bound_day(int32_t n, const int32_t* extra, const int32_t* travel, const int32_t* closed,
                      const int32_t* window_ptr, const int32_t* low, const int32_t* high) {
    Table* made = new Table;
    Day& day = made->day;
    size_t cells = size_t(n) * size_t(n);
    day.n = n, day.extra.assign(extra, extra + n);
    day.travel.assign(travel, travel + cells), day.closed.assign(closed, closed + cells);
    for (int s = 0; s < n; s++)
        day.starts.push_back({{low + window_ptr[s], low + window_ptr[s + 1]}, {high + window_ptr[s], high + window_ptr[s + 1]}});
    return made;
}

SHOWN void bound_forget(void* handle) { delete static_cast<Table*>(handle); }

// `what`: sites, officers, threads, tours, whether it can be at one place only, whether it is simple, its span.
// `lists`: out, back, nearest out, nearest back, stay, by site.
SHOWN void bound_department(void* handle, const int32_t* what, const int32_t* lists) {
    Day& day = static_cast<Table*>(handle)->day;
    Department one{Mask(what[0]), what[1], what[2], what[3], what[4] != 0, what[5] != 0, what[6], {}, {}, {}, {}, {}};
    for (auto* list : {&one.out, &one.back, &one.nearest_out, &one.nearest_back, &one.stay})
        list->assign(lists, lists + day.n), lists += day.n;
    day.departments.push_back(std::move(one));
}

// 0, or 1 when there are too many sets.
SHOWN int bound_build(void* handle, int64_t most) { return !static_cast<Table*>(handle)->build(size_t(most)); }

// Sets at these prices of the sites, the cheapest first, with their costs; returns how many.
SHOWN int32_t bound_price(void* handle, const double* prices, double threshold, int32_t most, uint32_t* sets,
                          int32_t* costs) {
    Table& table = *static_cast<Table*>(handle);
    std::vector<Found> found;
    table.price(prices, threshold, most, found);
    for (const auto& one : found) *sets++ = one.set, *costs++ = table.cost[one.set];
    return int32_t(found.size());
}

// Costs of sets, made as good as grade `fine` (see Table); what is above its limit need not be
// said closer, nor what takes more `steps` where departments are at several places at once.
SHOWN void bound_costs(void* handle, int32_t fine, int64_t steps, int32_t count, const uint32_t* sets, const int32_t* limits,
                       int32_t* costs) {
    Table& table = *static_cast<Table*>(handle);
    for (int i = 0; i < count; i++) {
        if (fine && !table.day.held()) table.settle_apart(sets[i], limits[i], fine, steps);
        else {
            if (fine) table.refine(sets[i]);
            if (fine == 2) table.settle_parts(sets[i]);
        }
        costs[i] = table.cost[sets[i]];
    }
}

// What grades sets have.
SHOWN void bound_grades(void* handle, int32_t count, const uint32_t* sets, int32_t* grades) {
    Table& table = *static_cast<Table*>(handle);
    for (int i = 0; i < count; i++) grades[i] = table.fine[sets[i]];
}

// The cheapest choice of sets, one a day at most, that holds every site once and sums to less than `limit`: their numbers in
// `chosen` (days long). Returns how many, -1 when there is none, -2 when the steps ran out.
SHOWN int32_t bound_cover(int32_t count, const uint64_t* sites, const int32_t* days_of, const double* reduced, int32_t days,
                          const double* least, uint64_t all, double limit, int64_t steps, int32_t* chosen, double* value) {
    std::vector<Choice> choices;
    for (int i = 0; i < count; i++) choices.push_back({sites[i], reduced[i], days_of[i], i});
    Cover cover(std::move(choices), {least, least + days}, all, limit, steps);
    *value = cover.value;
    for (const auto& one : cover.best) *chosen++ = one.number;
    return !cover.whole ? -2 : cover.best.empty() ? -1 : int32_t(cover.best.size());
}

// 0, or 1 when there are too many labels.
SHOWN int bound_refine(void* handle, const double* prices, double threshold, int64_t most_labels) {
    return !static_cast<Table*>(handle)->refine_below(prices, threshold, most_labels);
}
}
