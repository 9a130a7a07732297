// A tour of one vehicle: earliest departures, latest arrivals and loads at every position.
#pragma once
#include "model.hpp"

namespace errands {

struct Node {
    int stop, place, counter;
    int leave;               // earliest departure
    int late, dlate;         // latest arrival from elsewhere, from the same counter
    int arc;                 // cost of the arc to the next node
    std::array<int, DIMENSIONS> load, peak;  // after this node; the greatest from here on
};

struct Tour {
    std::vector<Node> nodes;  // nodes[0] is the start, nodes.back() the end
    int64_t cost = 0;
    uint64_t version = 0;     // equal versions are equal tours; 0: empty
    int size() const { return (int)nodes.size() - 2; }
};

class Tours {
  public:
    explicit Tours(const Model& model)
        : model(model), tours(model.vehicles.size()), position(model.n, 0) {
        for (int v = 0; v < (int)tours.size(); ++v) {
            tours[v].nodes.resize(2);
            refresh(v);
        }
    }

    const Model& model;
    std::vector<Tour> tours;
    std::vector<int> position;  // of a stop in its tour

    // Recompute everything from the stops; false where they cannot be done in this order.
    bool refresh(int v) {
        Tour& tour = tours[v];
        const Vehicle& vehicle = model.vehicles[v];
        auto& nodes = tour.nodes;
        int n = tour.size();
        nodes[0] = {-1, vehicle.start, -1, vehicle.open, NEVER, NEVER, 0, {}, {}};
        nodes[n + 1] = {-1, vehicle.end, -1, 0, vehicle.close, vehicle.close, 0, {}, {}};
        for (int i = 1; i <= n; ++i) {
            const Stop& stop = model.stops[nodes[i].stop];
            nodes[i].place = stop.place, nodes[i].counter = stop.counter;
            position[nodes[i].stop] = i;
        }
        if (!(model.limits ? forward_with_limits(tour, vehicle) : forward(tour, vehicle))) return false;
        backward(tour, vehicle);
        return true;
    }

    int64_t cost_of(const Tour& tour, const Vehicle& vehicle) const {
        if (!tour.size()) return 0;
        int64_t sum = vehicle.fixed + (int64_t)model.cost_out * (tour.nodes.back().leave - vehicle.open);
        for (const Node& node : tour.nodes) sum += node.arc;
        return sum;
    }

    int latest_at(const Node& node, int counter_before) const {
        return model.at_same_counter(counter_before, node.counter) ? node.dlate : node.late;
    }

  private:
    bool forward(Tour& tour, const Vehicle& vehicle) {
        auto& nodes = tour.nodes;
        int n = tour.size();
        for (int i = 1; i <= n + 1; ++i) {
            Node &before = nodes[i - 1], &node = nodes[i];
            const Arc& arc = model.arc(vehicle, before.place, node.place);
            before.arc = arc.cost;
            int t = before.leave + arc.seconds;
            if (i > n) {
                node.leave = t, node.load = before.load;
                return t <= vehicle.close;
            }
            const Stop& stop = model.stops[node.stop];
            if (stop.gap_min > 0) t = std::max(t, nodes[position[node.stop - 1]].leave + stop.gap_min);
            node.leave = model.leave(stop, t, model.at_same_counter(before.counter, node.counter));
            if (node.leave >= NEVER || !carry(before, node, stop, vehicle)) return false;
        }
        return true;
    }

    bool carry(const Node& before, Node& node, const Stop& stop, const Vehicle& vehicle) const {
        for (int d = 0; d < model.given.dimensions; ++d) {
            node.load[d] = before.load[d] + stop.load[d];
            if (node.load[d] > vehicle.capacity[d]) return false;
        }
        return true;
    }

    // The least schedule under greatest times between steps: where a step comes too late after the one before, that
    // one is put off, until nothing moves. Arrivals only grow, so the first schedule found is the earliest of all.
    bool forward_with_limits(Tour& tour, const Vehicle& vehicle) {
        auto& nodes = tour.nodes;
        int n = tour.size();
        std::vector<int> least(n + 2, 0);
        for (bool moved = true; moved;) {
            moved = false;
            for (int i = 1; i <= n + 1; ++i) {
                Node &before = nodes[i - 1], &node = nodes[i];
                const Arc& arc = model.arc(vehicle, before.place, node.place);
                before.arc = arc.cost;
                int t = before.leave + arc.seconds;
                if (i > n) {
                    node.leave = t, node.load = before.load;
                    if (t > vehicle.close) return false;
                    break;
                }
                const Stop& stop = model.stops[node.stop];
                bool direct = model.at_same_counter(before.counter, node.counter);
                if (stop.gap_min > 0) t = std::max(t, nodes[position[node.stop - 1]].leave + stop.gap_min);
                t = std::max(t, least[i]);
                node.leave = model.leave(stop, t, direct);
                if (node.leave >= NEVER || !carry(before, node, stop, vehicle)) return false;
                if (stop.gap_max >= NEVER) continue;
                int p = position[node.stop - 1], start = begins(stop, t, direct);
                if (start - nodes[p].leave <= stop.gap_max) continue;
                int put_off = model.arrive_for(model.stops[nodes[p].stop], start - stop.gap_max,
                                               model.at_same_counter(nodes[p - 1].counter, nodes[p].counter));
                if (put_off >= NEVER || put_off <= least[p]) return false;
                least[p] = put_off, moved = true;
            }
        }
        return true;
    }

    // When who arrives at `t` joins the queue or is served (not before the counter opens).
    int begins(const Stop& stop, int t, bool direct) const {
        for (int k = direct ? stop.dfirst : stop.first; k < (direct ? stop.dlast : stop.last); ++k)
            if (t <= model.segments[k].to) return std::max(t, model.segments[k].from);
        return NEVER;
    }

    void backward(Tour& tour, const Vehicle& vehicle) {
        auto& nodes = tour.nodes;
        int n = tour.size();
        nodes[n + 1].peak = nodes[n + 1].load;
        for (int i = n; i >= 0; --i) {
            Node &node = nodes[i], &next = nodes[i + 1];
            for (int d = 0; d < model.given.dimensions; ++d) node.peak[d] = std::max(node.load[d], next.peak[d]);
            if (!i) break;
            int x = latest_at(next, node.counter) - model.arc(vehicle, node.place, next.place).seconds;
            const Stop& stop = model.stops[node.stop];
            if (model.gaps && node.stop + 1 < model.end(stop.chain)) {
                int gap = model.stops[node.stop + 1].gap_min, j = position[node.stop + 1];
                if (gap > 0 && j > i && j <= n && nodes[j].stop == node.stop + 1)
                    x = std::min(x, latest_at(nodes[j], nodes[j - 1].counter) - gap);
            }
            node.late = model.arrive_by(stop, x, false);
            node.dlate = node.counter >= 0 ? model.arrive_by(stop, x, true) : node.late;
        }
        tour.cost = cost_of(tour, vehicle);
    }
};

}  // namespace errands
