// The optimum of a few stops: for every kind of vehicle the best tour through every set of whole chains (labels over
// sets of stops, dominated ones dropped), then the best way to share the chains out and to leave some undone.
#pragma once
#include <thread>

#include "search.hpp"

namespace errands {

class Exact {
  public:
    static constexpr int MOST = 15;

    Exact(const Model& model, int64_t bound, int64_t limit) : model_(model), n_(model.n), bound_(bound), limit_(limit) {
        waiting_.assign(model.chains, -1);
        for (int c = 0, k = 0; c < model.chains; ++c)
            for (int s = model.begin(c) + 1; s < model.end(c); ++s)
                if (model.stops[s].gap_min > 0 && waiting_[c] < 0) waiting_[c] = k++;
    }

    int64_t run(Answer& answer) {
        if (n_ > MOST || model_.limits) return -2;
        completions();
        if (!all_tours()) return -2;
        int vehicles = (int)model_.vehicles.size();
        std::vector<int64_t> cost((size_t)1 << model_.chains, WORST);
        cost[0] = 0;
        std::vector<Pass> passes;
        std::vector<char> enough(vehicles, 0);  // of a kind of vehicle
        for (int v = 0; v + 1 < vehicles; ++v)
            if (int type = model_.vehicles[v].type; !enough[type]) enough[type] = !share(v, cost, passes);
        return last_share(vehicles - 1, cost, passes, answer);
    }

  private:
    static constexpr int64_t WORST = INT64_MAX / 4;
    static constexpr int GAPS = 7;  // chains of two stops or more among fifteen stops

    struct Label {
        int64_t cost;
        int time, parent, next;
        int8_t last;
        std::array<int, GAPS> ready;
    };
    struct Table {
        std::vector<Label> labels;
        std::vector<int64_t> cost;
        std::vector<int> label;
    };
    struct Pass {
        int vehicle;
        std::vector<int> part;  // by set of chains: what of it this vehicle does
    };

    const Model& model_;
    int n_;
    int64_t bound_, limit_;
    std::vector<int> waiting_;      // which of a label's `ready` belongs to a chain
    std::vector<int64_t> to_come_, to_come_timed_;  // by set of stops: what the rest costs at least
    std::vector<Table> tables_;     // by kind of vehicle

    // Each stop to come costs at least the cheapest way to it, a chain not begun at most its penalty; with the time
    // that way and the service take, for whoever is out, and without.
    void completions() {
        std::vector<int64_t> into(n_, WORST), timed(n_, WORST);
        for (int s = 0; s < n_; ++s) {
            for (const Vehicle& vehicle : model_.vehicles)
                for (int o = -1; o < n_; ++o) {
                    if (o == s) continue;
                    const Arc& arc = model_.arc(vehicle, o < 0 ? vehicle.start : model_.stops[o].place, model_.stops[s].place);
                    into[s] = std::min<int64_t>(into[s], arc.cost);
                    timed[s] = std::min<int64_t>(timed[s], arc.cost + (int64_t)model_.cost_out * arc.seconds);
                }
            timed[s] += (int64_t)model_.cost_out * shortest(model_.stops[s]);
        }
        to_come_ = remaining(into);
        to_come_timed_ = remaining(timed);
    }

    int shortest(const Stop& stop) const {
        int least = NEVER;
        for (int k = stop.first; k < stop.last; ++k) least = std::min(least, model_.segments[k].duration);
        for (int k = stop.dfirst; k < stop.dlast; ++k) least = std::min(least, model_.segments[k].duration);
        return least < NEVER ? least : 0;
    }

    std::vector<int64_t> remaining(const std::vector<int64_t>& each) const {
        std::vector<int64_t> sums((size_t)1 << n_, 0);
        for (int set = 0; set < 1 << n_; ++set)
            for (int c = 0; c < model_.chains; ++c) {
                int64_t sum = 0;
                for (int s = model_.begin(c); s < model_.end(c); ++s)
                    if (!(set >> s & 1)) sum += each[s];
                int begun = set >> model_.begin(c) & 1;
                sums[set] += begun ? sum : std::min(sum, model_.given.penalty[c]);
            }
        return sums;
    }

    // The tours of every kind of vehicle, on two threads.
    bool all_tours() {
        tables_.resize(model_.vehicles.size());
        std::vector<int> kinds;
        for (int v = 0; v < (int)model_.vehicles.size(); ++v)
            if (model_.vehicles[v].type == v) kinds.push_back(v);
        bool fine[2] = {true, true};
        auto work = [&](int t) {
            for (size_t k = t; k < kinds.size() && fine[t]; k += 2) fine[t] = tours_of(kinds[k], tables_[kinds[k]]);
        };
        if (kinds.size() < 2 || n_ < 10) return work(0), work(1), fine[0] && fine[1];
        std::thread other(work, 1);
        work(0);
        other.join();
        return fine[0] && fine[1];
    }

    bool tours_of(int v, Table& table) {
        const Vehicle& vehicle = model_.vehicles[v];
        table.cost.assign((size_t)1 << model_.chains, WORST);
        table.label.assign((size_t)1 << model_.chains, -1);
        std::vector<int> heads(((size_t)1 << n_) * n_, -1);
        Label origin{0, vehicle.open, -1, -1, -1, {}};
        auto& labels = table.labels;
        labels.push_back(origin);
        extend(0, next_stops(0, v, vehicle), 0, vehicle, labels, heads);
        for (int set = 1; set < 1 << n_; ++set) {
            int following = -1, whole = 0;
            for (int last = 0; last < n_; ++last) {
                int k = heads[(size_t)set * n_ + last];
                if (k < 0) continue;
                if (following < 0) following = next_stops(set, v, vehicle), whole = chains_if_whole(set);
                for (; k >= 0; k = labels[k].next) {
                    if (whole) finish(k, whole, vehicle, table);
                    extend(set, following, k, vehicle, labels, heads);
                    if ((int64_t)labels.size() > limit_) return false;
                }
            }
        }
        return true;
    }

    // The stops that may follow a set: next in their errand, allowed, and not too much to carry.
    int next_stops(int set, int v, const Vehicle& vehicle) const {
        std::array<int, DIMENSIONS> load = {};
        for (int s = 0; s < n_; ++s)
            if (set >> s & 1)
                for (int d = 0; d < model_.given.dimensions; ++d) load[d] += model_.stops[s].load[d];
        int found = 0;
        for (int s = 0; s < n_; ++s) {
            const Stop& stop = model_.stops[s];
            bool opens = s == model_.begin(stop.chain);
            if (set >> s & 1 || (!opens && !(set >> (s - 1) & 1)) || !model_.allows(stop.chain, v)) continue;
            bool fits = true;
            for (int d = 0; d < model_.given.dimensions; ++d) fits &= load[d] + stop.load[d] <= vehicle.capacity[d];
            if (fits) found |= 1 << s;
        }
        return found;
    }

    // The chains of a set of stops, 0 where one of them is begun and not done.
    int chains_if_whole(int set) const {
        int chains = 0;
        for (int c = 0; c < model_.chains; ++c) {
            int whole = ((1 << model_.end(c)) - 1) & ~((1 << model_.begin(c)) - 1), there = set & whole;
            if (there && there != whole) return 0;
            if (there) chains |= 1 << c;
        }
        return chains;
    }

    void finish(int k, int chains, const Vehicle& vehicle, Table& table) {
        const Label& label = table.labels[k];
        const Arc& arc = model_.arc(vehicle, model_.stops[label.last].place, vehicle.end);
        int back = label.time + arc.seconds;
        if (back > vehicle.close) return;
        int64_t cost = label.cost + arc.cost + vehicle.fixed + (int64_t)model_.cost_out * (back - vehicle.open);
        if (cost < table.cost[chains]) table.cost[chains] = cost, table.label[chains] = k;
    }

    void extend(int set, int following, int k, const Vehicle& vehicle, std::vector<Label>& labels,
                std::vector<int>& heads) {
        const Label from = labels[k];
        int place = from.last < 0 ? vehicle.start : model_.stops[from.last].place;
        int counter = from.last < 0 ? -1 : model_.stops[from.last].counter;
        for (int s = 0; s < n_; ++s) {
            if (!(following >> s & 1)) continue;
            const Stop& stop = model_.stops[s];
            const Arc& arc = model_.arc(vehicle, place, stop.place);
            int t = from.time + arc.seconds, slot = waiting_[stop.chain];
            if (slot >= 0) t = std::max(t, from.ready[slot]);
            int leave = model_.leave(stop, t, model_.at_same_counter(counter, stop.counter));
            if (leave >= NEVER) continue;
            const Arc& back = model_.arc(vehicle, stop.place, vehicle.end);
            if (leave + back.seconds > vehicle.close && model_.given.metric) continue;
            Label to{from.cost + arc.cost, leave, k, -1, (int8_t)s, from.ready};
            int64_t least = to.cost + vehicle.fixed + to_come_[set | 1 << s];
            least += model_.given.metric ? (int64_t)model_.cost_out * (leave + back.seconds - vehicle.open) : 0;
            least = std::max(least, to.cost + vehicle.fixed + (int64_t)model_.cost_out * (leave - vehicle.open) +
                                        to_come_timed_[set | 1 << s]);
            if (least >= bound_) continue;
            if (slot >= 0) to.ready[slot] = s + 1 < model_.end(stop.chain) && model_.stops[s + 1].gap_min > 0
                                                ? leave + model_.stops[s + 1].gap_min : 0;
            for (int& ready : to.ready)
                if (ready <= leave) ready = 0;
            add(to, labels, heads[(size_t)(set | 1 << s) * n_ + s]);
        }
    }

    static bool dominates(const Label& a, const Label& b) {
        if (a.cost > b.cost || a.time > b.time) return false;
        for (int k = 0; k < GAPS; ++k)
            if (a.ready[k] > std::max(b.ready[k], b.time)) return false;
        return true;
    }

    static void add(Label& label, std::vector<Label>& labels, int& head) {
        for (int k = head; k >= 0; k = labels[k].next)
            if (dominates(labels[k], label)) return;
        int* link = &head;
        while (*link >= 0)
            if (dominates(label, labels[*link])) *link = labels[*link].next;
            else link = &labels[*link].next;
        label.next = head;
        head = (int)labels.size();
        labels.push_back(label);
    }

    // One vehicle more; false where it brings nothing, so that more of its kind bring nothing either.
    bool share(int v, std::vector<int64_t>& cost, std::vector<Pass>& passes) {
        const auto& tour = tables_[model_.vehicles[v].type].cost;
        Pass pass{v, std::vector<int>(cost.size(), 0)};
        bool better = false;
        std::vector<int64_t> now = cost;
        auto take = [&](int set, int part, int64_t sum) {
            if (sum < now[set]) now[set] = sum, pass.part[set] = part, better = true;
        };
        for (int set = 1; set < (int)cost.size(); ++set) {
            take(set, set, tour[set]);
            if (passes.empty()) continue;  // nobody else does the rest
            for (int part = (set - 1) & set; part; part = (part - 1) & set) take(set, part, tour[part] + cost[set & ~part]);
        }
        if (!better) return false;
        cost = now;
        passes.push_back(std::move(pass));
        return true;
    }

    // The last vehicle takes a part; of the rest the others do some and some is left undone.
    int64_t last_share(int v, const std::vector<int64_t>& cost, const std::vector<Pass>& passes, Answer& answer) const {
        const Table& table = tables_[model_.vehicles[v].type];
        int all = (int)cost.size() - 1;
        std::vector<int64_t> others = cost;
        std::vector<int> done(cost.size());  // of a set, what the others do
        for (int set = 0; set <= all; ++set) {
            done[set] = set;
            for (int c = 0; c < model_.chains; ++c)
                if (set >> c & 1)
                    if (int64_t sum = others[set & ~(1 << c)] + model_.given.penalty[c]; sum < others[set])
                        others[set] = sum, done[set] = done[set & ~(1 << c)];
        }
        int64_t best = bound_;
        int mine = -1;
        for (int part = 0; part <= all; ++part)
            if (int64_t sum = (part ? table.cost[part] : 0) + others[all & ~part]; sum < best) best = sum, mine = part;
        if (mine < 0) return -1;
        answer.cost = best;
        answer.stops.assign(model_.vehicles.size(), {});
        if (mine) answer.stops[v] = path(table, mine);
        int left = done[all & ~mine];
        for (size_t k = passes.size(); k-- > 0;) {
            int part = passes[k].part[left], one = passes[k].vehicle;
            if (part) answer.stops[one] = path(tables_[model_.vehicles[one].type], part);
            left &= ~part;
        }
        return best;
    }

    std::vector<int> path(const Table& table, int chains) const {
        std::vector<int> stops;
        for (int k = table.label[chains]; table.labels[k].last >= 0; k = table.labels[k].parent)
            stops.push_back(table.labels[k].last);
        std::reverse(stops.begin(), stops.end());
        return stops;
    }
};

}  // namespace errands
