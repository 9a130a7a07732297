// Longer chains: labels over the tour.
#pragma once
#include "closing.hpp"

namespace errands {

class LongChains : public Closing {
  public:
    using Closing::Closing;

    // Longer chains by dynamic programme over the tour: a label stands behind node `at` with `done` stops of the chain
    // placed, either at the node itself or at a stop placed behind it; the best few of each kind are kept.
    template <class Skip> void by_labels(Walk& walk, Places& best, Skip& skip) {
        const Tour& tour = all_.tours[walk.v];
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

  private:
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

    // Place the next stop of the chain behind whatever a label stands at.
    void put(Walk& walk, const Label from, int parent, const Places& best) {
        const Vehicle& vehicle = model.vehicles[walk.v];
        const Tour& tour = all_.tours[walk.v];
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
        const Tour& tour = all_.tours[walk.v];
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
        int p = all_.position[node.stop - 1];
        for (; label >= 0; label = labels_[label].parent)
            if (!labels_[label].placed && labels_[label].at == p) return labels_[label].time + gap;
        return tour.nodes[p].leave + gap;
    }

    void close_label(Walk& walk, int index, Places& best) {
        const Vehicle& vehicle = model.vehicles[walk.v];
        const Tour& tour = all_.tours[walk.v];
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
