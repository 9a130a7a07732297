// A tour of one vehicle: earliest departures, latest arrivals and loads at every position; and the search for the
// cheapest places of a chain in it.
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

struct Places {  // where to insert the stops of a chain: after which nodes of the tour as it stands
    int64_t cost = INT64_MAX;
    std::vector<int> after;
};

class Tours {
  public:
    explicit Tours(const Model& model)
        : model(model), tours(model.vehicles.size()), position(model.n, 0), scratch_(model.n + 2) {
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

    // The cheapest way to add a chain to a tour below `bound`; `skip(i)` true leaves a place out.
    template <class Skip> Places search(int chain, int v, int64_t bound, Skip&& skip) {
        Places best;
        best.cost = bound;
        Walk walk{v, chain, model.begin(chain), model.end(chain), {}, {}};
        walk.trail.resize(model.size(chain));
        if (model.size(chain) <= 2)
            from_start(walk, best, skip);
        else
            by_labels(walk, best, skip);
        if (best.after.empty()) best.cost = INT64_MAX;
        return best;
    }

    // Insert a chain at places found by `search`.
    void insert(int chain, int v, const Places& places) {
        auto& nodes = tours[v].nodes;
        int k = model.size(chain);
        for (int index = k - 1; index >= 0; --index) {
            Node fresh{};
            fresh.stop = model.begin(chain) + index;
            nodes.insert(nodes.begin() + places.after[index] + 1, fresh);
        }
        refresh(v);
    }

    int64_t cost_of(const Tour& tour, const Vehicle& vehicle) const {
        if (!tour.size()) return 0;
        int64_t sum = vehicle.fixed + (int64_t)model.cost_out * (tour.nodes.back().leave - vehicle.open);
        for (const Node& node : tour.nodes) sum += node.arc;
        return sum;
    }

  private:
    struct Walk {
        int v, chain, first, last;
        std::array<int, DIMENSIONS> add;
        std::vector<int> trail;
        int from = 0;  // where the first stop went: nodes after it are shifted
    };

    std::vector<int> scratch_;  // departures of shifted nodes

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

    int latest_at(const Node& node, int counter_before) const {
        return model.at_same_counter(counter_before, node.counter) ? node.dlate : node.late;
    }

    // A stop of another chain may not begin before what precedes it is ready.
    int ready(const Walk& walk, const Tour& tour, const Node& node) const {
        if (node.stop < 0) return 0;
        int gap = model.stops[node.stop].gap_min;
        if (gap <= 0) return 0;
        int p = position[node.stop - 1];
        return (p <= walk.from ? tour.nodes[p].leave : scratch_[p]) + gap;
    }

    template <class Skip> void from_start(Walk& walk, Places& best, Skip& skip) {
        const Tour& tour = tours[walk.v];
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
        Tour kept = tours[walk.v];
        Places places;
        places.after.assign(walk.trail.begin(), walk.trail.end());
        auto& nodes = tours[walk.v].nodes;
        for (int index = walk.last - walk.first - 1; index >= 0; --index) {
            Node fresh{};
            fresh.stop = walk.first + index;
            nodes.insert(nodes.begin() + places.after[index] + 1, fresh);
        }
        bool fine = refresh(walk.v);
        if (fine) cost = cost_of(tours[walk.v], vehicle) - kept.cost;
        tours[walk.v] = std::move(kept);
        for (int i = 1; i <= tours[walk.v].size(); ++i) position[tours[walk.v].nodes[i].stop] = i;
        return fine;
    }

    // Longer chains by dynamic programme over the tour: a label stands behind node `at` with `done` stops of the chain
    // placed, either at the node itself or at a stop placed behind it; the best few of each kind are kept.
    struct Label {
        int64_t cost;
        int time, parent, at, done;
        bool placed;  // stands at a stop of the chain
    };
    static constexpr int WIDTH = 4;
    struct Best {
        int count = 0, label[WIDTH + 1];
    };
    std::vector<Label> labels_;
    std::vector<Best> here_, placed_, next_;
    std::vector<std::array<int, DIMENSIONS>> loads_;

    template <class Skip> void by_labels(Walk& walk, Places& best, Skip& skip) {
        const Tour& tour = tours[walk.v];
        int k = walk.last - walk.first, n = tour.size();
        labels_.clear();
        here_.assign(k + 1, {}), next_.assign(k + 1, {});
        loads_.assign(k + 1, {});
        for (int done = 0; done < k; ++done)
            for (int d = 0; d < model.given.dimensions; ++d)
                loads_[done + 1][d] = loads_[done][d] + model.stops[walk.first + done].load[d];
        const Stop& first = model.stops[walk.first];
        int latest = std::max(first.latest, first.dlatest);
        for (int i = 0; i <= n; ++i) {
            placed_.assign(k + 1, {});
            bool careless = skip(i), any = false;
            if (tour.nodes[i].leave <= latest) {
                Label origin{0, tour.nodes[i].leave, -1, i, 0, false};
                if (!careless) put(walk, origin, -1, best);
            }
            for (int done = 1; done < k && !careless; ++done) {
                for (int c = 0; c < here_[done].count; ++c) put(walk, labels_[here_[done].label[c]], here_[done].label[c], best);
                for (int c = 0; c < placed_[done].count; ++c)
                    put(walk, labels_[placed_[done].label[c]], placed_[done].label[c], best);
            }
            for (int c = 0; c < placed_[k].count; ++c) close_label(walk, placed_[k].label[c], best);
            if (i == n) break;
            for (int done = 1; done < k; ++done) {
                next_[done].count = 0;
                for (int c = 0; c < here_[done].count; ++c) any |= go_on(walk, here_[done].label[c], best);
                for (int c = 0; c < placed_[done].count; ++c) any |= go_on(walk, placed_[done].label[c], best);
            }
            std::swap(here_, next_);
            if (!any && tour.nodes[i + 1].leave > latest) break;
        }
    }

    // Place the next stop of the chain behind whatever a label stands at.
    void put(Walk& walk, const Label from, int parent, const Places& best) {
        const Vehicle& vehicle = model.vehicles[walk.v];
        const Tour& tour = tours[walk.v];
        const Node& node = tour.nodes[from.at];
        const Stop& stop = model.stops[walk.first + from.done];
        int place = node.place, counter = node.counter;
        if (from.placed) {
            const Stop& before = model.stops[walk.first + from.done - 1];
            place = before.place, counter = before.counter;
        }
        const Arc& to = model.arc(vehicle, place, stop.place);
        bool direct = model.at_same_counter(counter, stop.counter);
        int t = from.time + to.seconds;
        if (from.done && stop.gap_min > 0) t = std::max(t, left_chain(parent) + stop.gap_min);
        if (t > (direct ? stop.dlatest : stop.latest)) return;
        for (int d = 0; d < model.given.dimensions; ++d)
            if (node.load[d] + loads_[from.done + 1][d] > vehicle.capacity[d]) return;
        Label to_label{from.cost + to.cost, model.leave(stop, t, direct), parent, from.at, from.done + 1, true};
        const Arc& onward = model.arc(vehicle, stop.place, tour.nodes[from.at + 1].place);
        if (model.given.metric && to_label.cost + onward.cost - node.arc >= best.cost) return;
        keep_label(placed_[to_label.done], to_label);
    }

    bool go_on(Walk& walk, int from_index, const Places& best) {
        const Label from = labels_[from_index];
        const Vehicle& vehicle = model.vehicles[walk.v];
        const Tour& tour = tours[walk.v];
        const Node &node = tour.nodes[from.at], &next = tour.nodes[from.at + 1];
        int place = node.place, counter = node.counter;
        if (from.placed) {
            const Stop& before = model.stops[walk.first + from.done - 1];
            place = before.place, counter = before.counter;
        }
        const Arc& arc = model.arc(vehicle, place, next.place);
        int t = from.time + arc.seconds;
        if (model.gaps) t = std::max(t, ready_label(tour, next, from_index));
        if (t > latest_at(next, counter)) return false;
        for (int d = 0; d < model.given.dimensions; ++d)
            if (next.load[d] + loads_[from.done][d] > vehicle.capacity[d]) return false;
        int leave = model.leave(model.stops[next.stop], t, model.at_same_counter(counter, next.counter));
        const Stop& wanted = model.stops[walk.first + from.done];
        if (leave > std::max(wanted.latest, wanted.dlatest)) return false;
        Label to{from.cost + arc.cost - node.arc, leave, from_index, from.at + 1, from.done, false};
        if (model.given.metric && to.cost >= best.cost) return false;
        keep_label(next_[to.done], to);
        return true;
    }

    void keep_label(Best& best, const Label& label) {
        int k = 0, count = best.count;
        for (int c = 0; c < count; ++c)
            if (labels_[best.label[c]].cost <= label.cost && labels_[best.label[c]].time <= label.time) return;
        for (int c = 0; c < count; ++c)  // what the new one dominates goes
            if (labels_[best.label[c]].cost < label.cost || labels_[best.label[c]].time < label.time)
                best.label[k++] = best.label[c];
        best.label[k] = (int)labels_.size();
        labels_.push_back(label);
        for (int c = k; c > 0 && labels_[best.label[c]].cost < labels_[best.label[c - 1]].cost; --c)
            std::swap(best.label[c], best.label[c - 1]);
        best.count = k + 1;
        if (best.count > WIDTH) {  // the cheapest and the earliest stay
            best.label[WIDTH - 1] = best.label[WIDTH];
            best.count = WIDTH;
        }
    }

    // When the last stop of the chain that is placed was left.
    int left_chain(int label) const {
        while (!labels_[label].placed) label = labels_[label].parent;
        return labels_[label].time;
    }

    int ready_label(const Tour& tour, const Node& node, int label) const {
        if (node.stop < 0) return 0;
        int gap = model.stops[node.stop].gap_min;
        if (gap <= 0) return 0;
        int p = position[node.stop - 1];
        for (; label >= 0; label = labels_[label].parent)
            if (!labels_[label].placed && labels_[label].at == p) return labels_[label].time + gap;
        return tour.nodes[p].leave + gap;
    }

    void close_label(Walk& walk, int index, Places& best) {
        const Vehicle& vehicle = model.vehicles[walk.v];
        const Tour& tour = tours[walk.v];
        const Label last = labels_[index];
        const Stop& stop = model.stops[walk.last - 1];
        const Arc& onward = model.arc(vehicle, stop.place, tour.nodes[last.at + 1].place);
        int64_t cost = last.cost + onward.cost - tour.nodes[last.at].arc;
        if (cost >= best.cost) return;
        for (int k = index; k >= 0; k = labels_[k].parent) {
            const Label& label = labels_[k];
            if (label.placed) walk.trail[label.done - 1] = label.at;
            else scratch_[label.at] = label.time;
        }
        walk.from = walk.trail.front();
        walk.add = loads_.back();
        close(walk, last.at, stop, last.time + onward.seconds, cost, vehicle, tour, best);
        walk.add = {};
    }
};

}  // namespace errands
