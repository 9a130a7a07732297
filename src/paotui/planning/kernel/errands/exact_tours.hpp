// The best tour of one vehicle through every set of whole chains: labels over sets of stops, dominated ones dropped,
// and those that with the least the rest can cost are no better than an answer known.
#pragma once
#include "exact_rest.hpp"

namespace errands {

// GAPS: chains in which a step must be ready before it begins, at most; each label remembers until when.
template <int GAPS> class ToursOf {
  public:
    ToursOf(const Model& model, const Rest& rest, int v, int64_t bound, size_t limit)
        : model_(model), rest_(rest), vehicle_(model.vehicles[v]), v_(v), n_(model.n), bound_(bound), limit_(limit) {
        cost.assign((size_t)1 << model.chains, Rest::WORST);
        label_.assign((size_t)1 << model.chains, -1);
        first_.assign(((size_t)1 << n_) + 1, 0);
        waiting_.assign(model.chains, -1);
        for (int c = 0, k = 0; c < model.chains; ++c)
            for (int s = model.begin(c) + 1; s < model.end(c); ++s)
                if (GAPS && model.stops[s].gap_min > 0 && waiting_[c] < 0) waiting_[c] = k++;
        copy_arcs();
    }

    std::vector<int64_t> cost;  // by set of chains

    // False where the labels grew beyond the limit.
    bool run() {
        labels_.push_back({0, vehicle_.open, NOWHERE, 0, {}});
        first_[1] = 1;
        for (int set = 1; set < 1 << n_; ++set) {
            if (may_be(set)) reach(set);
            first_[set + 1] = (int)labels_.size();
            if (labels_.size() > limit_) return false;
        }
        return true;
    }

    std::vector<int> path(int chains) const {
        std::vector<int> stops;
        for (int k = label_[chains]; labels_[k].last != NOWHERE; k = (int)labels_[k].parent)
            stops.push_back((int)labels_[k].last);
        std::reverse(stops.begin(), stops.end());
        return stops;
    }

  private:
    static constexpr uint32_t NOWHERE = 15;
    struct Label {
        int64_t cost;
        int time;
        uint32_t last : 4, parent : 28;
        [[no_unique_address]] std::array<int, GAPS> ready;
    };

    const Model& model_;
    const Rest& rest_;
    const Vehicle& vehicle_;
    int v_, n_;
    int64_t bound_;
    size_t limit_;
    std::vector<int> waiting_;  // which of a label's `ready` belongs to a chain
    std::vector<Label> labels_;
    std::vector<int> first_, label_;  // by set of stops; by set of chains
    Arc arcs_[16][16], home_[16];     // from a stop, row 15 from the start, to a stop

    void copy_arcs() {
        for (int s = 0; s < n_; ++s) {
            arcs_[NOWHERE][s] = model_.arc(vehicle_, vehicle_.start, model_.stops[s].place);
            home_[s] = model_.arc(vehicle_, model_.stops[s].place, vehicle_.end);
            for (int o = 0; o < n_; ++o) arcs_[s][o] = model_.arc(vehicle_, model_.stops[s].place, model_.stops[o].place);
        }
    }

    // Whether a vehicle can stand somewhere with exactly these stops done: in order, allowed, not too much to carry.
    bool may_be(int set) const {
        std::array<int, DIMENSIONS> load = {};
        for (int s = 0; s < n_; ++s) {
            if (!(set >> s & 1)) continue;
            const Stop& stop = model_.stops[s];
            if (s != model_.begin(stop.chain) && !(set >> (s - 1) & 1)) return false;
            if (!model_.allows(stop.chain, v_)) return false;
            for (int d = 0; d < model_.given.dimensions; ++d) load[d] += stop.load[d];
        }
        for (int d = 0; d < model_.given.dimensions; ++d)
            if (load[d] > vehicle_.capacity[d]) return false;
        return true;
    }

    void reach(int set) {
        int chains = chains_if_whole(set);
        for (int s = 0; s < n_; ++s) {
            bool latest = set >> s & 1 && (s + 1 == model_.end(model_.stops[s].chain) || !(set >> (s + 1) & 1));
            if (!latest) continue;
            int before = set & ~(1 << s);
            size_t group = labels_.size();
            if (first_[before] == first_[before + 1]) continue;
            int64_t least = vehicle_.fixed + at_least(set, s) - (int64_t)model_.cost_out * vehicle_.open;
            for (int k = first_[before]; k < first_[before + 1]; ++k) extend(k, s, least, group);
            if (chains)
                for (size_t k = group; k < labels_.size(); ++k) finish((int)k, set, chains);
        }
    }

    // What is to come after a set whose last stop is `s`.
    int64_t at_least(int set, int s) const {
        int left = ((1 << n_) - 1) & ~set;
        int64_t on = Rest::WORST, out = model_.cost_out;
        for (int o = 0; o < n_; ++o)
            if (left >> o & 1) on = std::min(on, arcs_[s][o].cost + out * arcs_[s][o].seconds + rest_.price(o));
        return rest_.going_on(left, on, home_[s].cost + out * home_[s].seconds);
    }

    void extend(int k, int s, int64_t least, size_t group) {
        const Label& from = labels_[k];
        const Stop& stop = model_.stops[s];
        const Arc& arc = arcs_[from.last][s];
        int t = from.time + arc.seconds, slot = GAPS ? waiting_[stop.chain] : -1;
        if constexpr (GAPS > 0)
            if (slot >= 0) t = std::max(t, from.ready[slot]);
        bool direct = from.last != NOWHERE && model_.at_same_counter(model_.stops[from.last].counter, stop.counter);
        int leave = model_.leave(stop, t, direct);
        if (leave >= NEVER || (model_.given.metric && leave + home_[s].seconds > vehicle_.close)) return;
        Label to{from.cost + arc.cost, leave, (uint32_t)s, (uint32_t)k, from.ready};
        if (to.cost + (int64_t)model_.cost_out * leave + least >= bound_) return;
        if constexpr (GAPS > 0) {
            if (slot >= 0)
                to.ready[slot] = s + 1 < model_.end(stop.chain) && model_.stops[s + 1].gap_min > 0 ? leave + model_.stops[s + 1].gap_min : 0;
            for (int& ready : to.ready)
                if (ready <= leave) ready = 0;
        }
        add(to, group);
    }

    static bool dominates(const Label& a, const Label& b) {
        if (a.cost > b.cost || a.time > b.time) return false;
        for (int k = 0; k < GAPS; ++k)
            if (a.ready[k] > std::max(b.ready[k], b.time)) return false;
        return true;
    }

    void add(const Label& label, size_t group) {
        for (size_t k = group; k < labels_.size(); ++k)
            if (dominates(labels_[k], label)) return;
        for (size_t k = group; k < labels_.size();)
            if (dominates(label, labels_[k])) labels_[k] = labels_.back(), labels_.pop_back();
            else ++k;
        labels_.push_back(label);
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

    void finish(int k, int set, int chains) {
        const Label& label = labels_[k];
        const Arc& arc = home_[label.last];
        int back = label.time + arc.seconds;
        if (back > vehicle_.close) return;
        int64_t sum = label.cost + arc.cost + vehicle_.fixed + (int64_t)model_.cost_out * (back - vehicle_.open);
        if (sum + rest_.by_others(((1 << n_) - 1) & ~set) >= bound_) return;
        if (sum < cost[chains]) cost[chains] = sum, label_[chains] = k;
    }
};

}  // namespace errands
