// Closing an insertion: whether the rest of a tour still holds behind the last stop of a chain, and what it then costs.
#pragma once
#include "tour.hpp"

namespace errands {

struct Places {  // where to insert the stops of a chain: after which nodes of the tour as it stands
    int64_t cost = INT64_MAX;
    std::vector<int> after;
};

struct Walk {
    int v, chain, first, last;
    std::array<int, DIMENSIONS> add;
    std::vector<int> trail;
    int from = 0;  // where the first stop went: nodes after it are shifted
};

class Closing {
  public:
    explicit Closing(Tours& all) : model(all.model), all_(all), scratch_(all.model.n + 2) {}

  protected:
    const Model& model;
    Tours& all_;
    std::vector<int> scratch_;  // departures of shifted nodes

    int latest_at(const Node& node, int counter_before) const { return all_.latest_at(node, counter_before); }

    // A stop of another chain may not begin before what precedes it is ready.
    int ready(const Walk& walk, const Tour& tour, const Node& node) const {
        if (node.stop < 0) return 0;
        int gap = model.stops[node.stop].gap_min;
        if (gap <= 0) return 0;
        int p = all_.position[node.stop - 1];
        return (p <= walk.from ? tour.nodes[p].leave : scratch_[p]) + gap;
    }

    void close(Walk& walk, int i, const Stop& last, int t, int64_t cost, const Vehicle& vehicle, const Tour& tour,
               Places& best) {
        const Node& next = tour.nodes[i + 1];
        if (model.gaps) t = std::max(t, ready(walk, tour, next));
        if (t > latest_at(next, last.counter)) return;
        for (int d = 0; d < model.given.dimensions; ++d)
            if (walk.add[d] > 0 && i < tour.size() && next.peak[d] + walk.add[d] > vehicle.capacity[d]) return;
        if (!tour.size()) cost += vehicle.fixed + (int64_t)model.cost_out * (tour.nodes[1].leave - vehicle.open);
        if (model.cost_out && !model.limits)
            cost += (int64_t)model.cost_out * (finish(walk, i + 1, t, last.counter, vehicle, tour) -
                                               tour.nodes.back().leave);
        if (cost >= best.cost) return;
        if (model.limits && !confirm(walk, vehicle, cost)) return;
        if (cost >= best.cost) return;
        best.cost = cost;
        best.after.assign(walk.trail.begin(), walk.trail.end());
    }

    // When the vehicle is back if it arrives at node `i` at `t`.
    int finish(Walk& walk, int i, int t, int counter_before, const Vehicle& vehicle, const Tour& tour) {
        for (; i <= tour.size(); ++i) {
            const Node& node = tour.nodes[i];
            int leave = model.leave(model.stops[node.stop], t, model.at_same_counter(counter_before, node.counter));
            if (leave == node.leave && !model.gaps) return tour.nodes.back().leave;
            scratch_[i] = leave;
            counter_before = node.counter;
            t = leave + model.arc(vehicle, node.place, tour.nodes[i + 1].place).seconds;
            if (model.gaps) t = std::max(t, ready(walk, tour, tour.nodes[i + 1]));
        }
        return t;
    }

    // With greatest times between steps only the whole schedule tells; its finish makes the cost exact.
    bool confirm(Walk& walk, const Vehicle& vehicle, int64_t& cost) {
        Tour kept = all_.tours[walk.v];
        Places places;
        places.after.assign(walk.trail.begin(), walk.trail.end());
        auto& nodes = all_.tours[walk.v].nodes;
        for (int index = walk.last - walk.first - 1; index >= 0; --index) {
            Node fresh{};
            fresh.stop = walk.first + index;
            nodes.insert(nodes.begin() + places.after[index] + 1, fresh);
        }
        bool fine = all_.refresh(walk.v);
        if (fine) cost = all_.cost_of(all_.tours[walk.v], vehicle) - kept.cost;
        all_.tours[walk.v] = std::move(kept);
        for (int i = 1; i <= all_.tours[walk.v].size(); ++i) all_.position[all_.tours[walk.v].nodes[i].stop] = i;
        return fine;
    }
};

}  // namespace errands
