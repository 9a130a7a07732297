// Chains of one stop or two: every place behind every place, walking along the tour with the stops placed so far.
#pragma once
#include "closing.hpp"

namespace errands {

class ShortChains : public Closing {
  public:
    using Closing::Closing;

    template <class Skip> void from_start(Walk& walk, Places& best, Skip& skip) {
        const Tour& tour = all_.tours[walk.v];
        const Vehicle& vehicle = model.vehicles[walk.v];
        const Stop& stop = model.stops[walk.first];
        int latest = std::max(stop.latest, stop.dlatest);
        for (int i = 0; i <= tour.size(); ++i) {
            const Node& node = tour.nodes[i];
            if (node.leave > latest) break;
            walk.from = i;
            place(walk, walk.first, i, node.place, node.counter, node.leave, 0, 0, vehicle, tour, best, skip);
        }
    }

  private:
    // Place stop `s` after whatever stands last (at `place`, left at `time`) behind node `i`.
    template <class Skip>
    void place(Walk& walk, int s, int i, int place_before, int counter_before, int time, int ready_at, int64_t delta,
               const Vehicle& vehicle, const Tour& tour, Places& best, Skip& skip) {
        const Stop& stop = model.stops[s];
        const Arc& to = model.arc(vehicle, place_before, stop.place);
        const Node& next = tour.nodes[i + 1];
        int64_t cost = delta + to.cost;
        const Arc& onward = model.arc(vehicle, stop.place, next.place);
        int64_t closed = cost + onward.cost - tour.nodes[i].arc;
        if (closed >= best.cost && (model.given.metric || s + 1 == walk.last)) return;
        bool direct = model.at_same_counter(counter_before, stop.counter);
        int t = std::max(time + to.seconds, ready_at);
        if (t > (direct ? stop.dlatest : stop.latest) || skip(i)) return;
        int leave = model.leave(stop, t, direct);
        std::array<int, DIMENSIONS> kept = walk.add;
        for (int d = 0; d < model.given.dimensions; ++d) {
            walk.add[d] += stop.load[d];
            if (tour.nodes[i].load[d] + walk.add[d] > vehicle.capacity[d]) {
                walk.add = kept;
                return;
            }
        }
        walk.trail[s - walk.first] = i;
        if (s + 1 == walk.last)
            close(walk, i, stop, leave + onward.seconds, closed, vehicle, tour, best);
        else
            walk_on(walk, s + 1, i, stop, leave, cost, vehicle, tour, best, skip);
        walk.add = kept;
    }

    template <class Skip>
    void walk_on(Walk& walk, int s, int i, const Stop& before, int time, int64_t delta, const Vehicle& vehicle,
                 const Tour& tour, Places& best, Skip& skip) {
        const Stop& stop = model.stops[s];
        int latest = std::max(stop.latest, stop.dlatest), ready_at = time + stop.gap_min;
        int where = before.place, counter = before.counter, n = tour.size();
        for (;; ++i) {
            place(walk, s, i, where, counter, time, ready_at, delta, vehicle, tour, best, skip);
            if (i == n) return;
            const Node& next = tour.nodes[i + 1];
            const Arc& arc = model.arc(vehicle, where, next.place);
            int t = time + arc.seconds;
            if (model.gaps) t = std::max(t, ready(walk, tour, next));
            if (t > latest_at(next, counter)) return;
            for (int d = 0; d < model.given.dimensions; ++d)
                if (next.load[d] + walk.add[d] > vehicle.capacity[d]) return;
            time = model.leave(model.stops[next.stop], t, model.at_same_counter(counter, next.counter));
            scratch_[i + 1] = time;
            if (time > latest) return;
            delta += arc.cost - tour.nodes[i].arc;
            where = next.place, counter = next.counter;
        }
    }
};

}  // namespace errands
