// The kernel of errands: see errands/*.hpp. A plain C interface; every array belongs to the caller.
#include <cstring>
#include <memory>

#include "errands/anneal.hpp"
#include "errands/exact.hpp"

using namespace errands;

#define VISIBLE extern "C" __attribute__((visibility("default")))

namespace {

std::vector<std::vector<int>> read_tours(const Model& model, const int32_t* at, const int32_t* stops) {
    std::vector<std::vector<int>> tours(model.vehicles.size());
    if (at)
        for (size_t v = 0; v < tours.size(); ++v) tours[v].assign(stops + at[v], stops + at[v + 1]);
    return tours;
}

void write_tours(const Answer& answer, int32_t* at, int32_t* stops) {
    int32_t k = 0;
    for (size_t v = 0; v < answer.stops.size(); ++v) {
        at[v] = k;
        for (int s : answer.stops[v]) stops[k++] = s;
    }
    at[answer.stops.size()] = k;
}

}  // namespace

// Improve tours (start_at NULL: none yet) until a limit or until `tell` says stop; returns the cost.
VISIBLE int64_t errands_improve(const Problem* problem, const Settings* settings, double seconds, int64_t iterations,
                                const int32_t* start_at, const int32_t* start, Tell tell, int32_t* at, int32_t* stops,
                                int64_t* done) {
    Model model(*problem);
    Annealing annealing(model, *settings, {seconds, iterations}, tell);
    Answer answer = annealing.run(read_tours(model, start_at, start));
    write_tours(answer, at, stops);
    *done = annealing.iterations();
    return answer.cost;
}

// The optimum by dynamic programme; `bound` is the cost of a known answer. Returns -1 when nothing is cheaper,
// -2 when the labels grew beyond `labels`.
VISIBLE int64_t errands_exact(const Problem* problem, int64_t bound, int64_t labels, int32_t* at, int32_t* stops) {
    Model model(*problem);
    Exact exact(model, bound, labels);
    Answer answer;
    int64_t cost = exact.run(answer);
    if (cost >= 0) write_tours(answer, at, stops);
    return cost;
}

// What no plan costs less than.
VISIBLE int64_t errands_bound(const Problem* problem) {
    static constexpr int64_t EFFORT = 300'000'000;  // ways looked at
    Model model(*problem);
    if (!model.n) return 0;
    Tree tree(model);
    int64_t found = tree.choose_prices(INT64_MAX / 8, (int)std::clamp<int64_t>(EFFORT / ((int64_t)model.n * model.n), 10, 300));
    return std::max<int64_t>(0, found);
}

// Whether chains have a place beside the tours (2), only in an empty tour (1), or in none (0).
VISIBLE void errands_fits(const Problem* problem, const int32_t* at, const int32_t* stops, const int32_t* chains,
                          int32_t count, uint8_t* fits) {
    Model model(*problem);
    Working full(model, 0), empty(model, 1);
    full.start(read_tours(model, at, stops));
    auto has_room = [&](Working& work, int chain) {
        for (int v = 0; v < (int)model.vehicles.size(); ++v) {
            if (!model.allows(chain, v) || (!work.work.tours[v].size() && model.vehicles[v].type != v)) continue;
            if (!work.insertion.search(chain, v, INT64_MAX / 4, [](int) { return false; }).after.empty()) return true;
        }
        return false;
    };
    for (int k = 0; k < count; ++k) fits[k] = has_room(full, chains[k]) ? 2 : has_room(empty, chains[k]) ? 1 : 0;
}

// What a chain would cost in a tour of a vehicle; `after` says behind which nodes. -1: it does not fit.
VISIBLE int64_t errands_insert(const Problem* problem, const int32_t* tour, int32_t size, int32_t vehicle,
                               int32_t chain, int32_t* after) {
    Model model(*problem);
    Tours work(model);
    auto& nodes = work.tours[vehicle].nodes;
    nodes.resize(size + 2);
    for (int i = 0; i < size; ++i) nodes[i + 1].stop = tour[i];
    if (!work.refresh(vehicle)) return -1;
    Insertion insertion(work);
    Places places = insertion.search(chain, vehicle, INT64_MAX, [](int) { return false; });
    if (places.after.empty()) return -1;
    std::copy(places.after.begin(), places.after.end(), after);
    return places.cost;
}

// Of every tour (empty ones left out) departures from the start and every stop and the return, earliest first, one tour
// after the other in `leave`; `cost` of every tour, -1 where the order cannot be kept.
VISIBLE void errands_schedule(const Problem* problem, const int32_t* at, const int32_t* stops, int32_t* leave, int64_t* cost) {
    Model model(*problem);
    Tours work(model);
    auto tours = read_tours(model, at, stops);
    for (size_t v = 0; v < tours.size(); ++v) {
        auto& nodes = work.tours[v].nodes;
        nodes.resize(tours[v].size() + 2);
        for (size_t i = 0; i < tours[v].size(); ++i) nodes[i + 1].stop = tours[v][i];
        if (tours[v].empty()) continue;
        cost[v] = work.refresh((int)v) ? work.tours[v].cost : -1;
        for (const Node& node : nodes) *leave++ = node.leave;
    }
}
