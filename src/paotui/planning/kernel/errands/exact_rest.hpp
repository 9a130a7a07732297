// What stops not yet done cost at least, whoever does them: spanning trees in the spirit of Held and Karp (The
// traveling-salesman problem and minimum spanning trees, Operations Research 1970), one for every set of stops.
//
// Stops to come hang together with a root that stands for tours still to begin; every stop has two neighbours, so a
// price λ a neighbour, taken back twice, changes nothing for a plan and a lot for the tree.
#pragma once
#include <cmath>

#include "model.hpp"

namespace errands {

class Rest {
  public:
    static constexpr int64_t WORST = INT64_MAX / 16;

    Rest(const Model& model, int64_t known) : model_(model), n_(model.n), price_(n_, 0) {
        weigh();
        choose_prices(known);
        size_t sets = (size_t)1 << n_;
        tree_.assign(sets, 0), heaviest_.assign(sets, 0), home_.assign(sets, WORST);
    }

    // Fill in the sets of one of `parts` equal shares.
    void span(int part, int parts) {
        for (int set = part; set < 1 << n_; set += parts)
            if (set && opens_whole(set)) {
                Tree tree = grow(set);
                tree_[set] = tree.weight, heaviest_[set] = tree.heaviest, home_[set] = tree.home;
            }
    }

    // The stops of a set done by tours that have not begun, or left undone.
    int64_t by_others(int set) const { return tree_[set]; }

    // The stops of a set when one tour may go on with some of them: `on` is its cheapest way to one, price included,
    // `back` its way home from where it stands.
    int64_t going_on(int set, int64_t on, int64_t back) const {
        if (!set) return back;
        return std::min(tree_[set] - heaviest_[set] + on + home_[set], tree_[set] + back);
    }

    int64_t price(int stop) const { return price_[stop]; }

  private:
    struct Tree {
        int64_t weight, heaviest, home;
        std::vector<int> neighbours;
    };

    const Model& model_;
    int n_;
    std::vector<int64_t> between_, begin_, end_, undone_, lasts_;
    std::vector<int64_t> price_;
    std::vector<int64_t> tree_, heaviest_, home_;  // by set of stops

    void weigh() {
        between_.assign((size_t)n_ * n_, WORST);
        begin_.assign(n_, WORST), end_.assign(n_, WORST), undone_.assign(n_, WORST), lasts_.assign(n_, 0);
        int64_t out = model_.cost_out;
        for (int s = 0; s < n_; ++s) {
            const Stop& stop = model_.stops[s];
            auto [opens, shortest] = soonest(stop);
            lasts_[s] = out * shortest;
            undone_[s] = model_.given.penalty[stop.chain] / model_.size(stop.chain);
            for (int v = 0; v < (int)model_.vehicles.size(); ++v) {
                const Vehicle& vehicle = model_.vehicles[v];
                if (vehicle.type != v || !model_.allows(stop.chain, v)) continue;
                const Arc &to = model_.arc(vehicle, vehicle.start, stop.place), &home = model_.arc(vehicle, stop.place, vehicle.end);
                if (s == model_.begin(stop.chain))
                    begin_[s] = std::min(begin_[s], vehicle.fixed + to.cost + out * std::max(to.seconds, opens - vehicle.open));
                if (s + 1 == model_.end(stop.chain)) end_[s] = std::min(end_[s], home.cost + out * home.seconds);
                for (int o = 0; o < n_; ++o) {
                    const Arc& arc = model_.arc(vehicle, stop.place, model_.stops[o].place);
                    int64_t weight = arc.cost + out * arc.seconds;
                    for (int64_t* one : {&between_[s * n_ + o], &between_[o * n_ + s]}) *one = std::min(*one, weight);
                }
            }
        }
    }

    // When a stop first opens, and the least it takes.
    std::pair<int, int> soonest(const Stop& stop) const {
        int opens = NEVER, least = NEVER;
        for (auto [first, last] : {std::pair{stop.first, stop.last}, std::pair{stop.dfirst, stop.dlast}})
            for (int k = first; k < last; ++k) {
                opens = std::min(opens, model_.segments[k].from);
                least = std::min(least, model_.segments[k].duration);
            }
        return least < NEVER ? std::pair{opens, least} : std::pair{0, 0};
    }

    // Whether what is not in the set could have been done before it: of every chain a beginning.
    bool opens_whole(int set) const {
        for (int s = 1; s < n_; ++s)
            if (model_.stops[s].chain == model_.stops[s - 1].chain && !(set >> s & 1) && (set >> (s - 1) & 1)) return false;
        return true;
    }

    // The least tree over a set of stops and the root (Prim).
    Tree grow(int set, bool count = false) const {
        Tree tree{0, 0, WORST, {}};
        int stop[32], from[32], size = 0, homeward = 0;
        int64_t key[32];
        for (int s = 0; s < n_; ++s)
            if (set >> s & 1) {
                stop[size++] = s;
                tree.weight += lasts_[s] - 2 * price_[s];
                if (end_[s] + price_[s] < tree.home) tree.home = end_[s] + price_[s], homeward = s;
            }
        if (count) tree.neighbours.assign(n_, 0);
        for (int k = 0; k < size; ++k) {
            int s = stop[k];
            int64_t begun = begin_[s] + price_[s] + tree.home, left = undone_[s] + 2 * price_[s];
            key[k] = std::min(begun, left), from[k] = begun <= left ? -1 : -2;
        }
        for (int open = size; open > 0; --open) {
            int least = 0;
            for (int k = 1; k < open; ++k)
                if (key[k] < key[least]) least = k;
            int s = stop[least];
            tree.weight += key[least];
            tree.heaviest = std::max(tree.heaviest, key[least]);
            if (count) {
                ++tree.neighbours[s];
                ++tree.neighbours[from[least] >= 0 ? from[least] : from[least] == -1 ? homeward : s];
            }
            stop[least] = stop[open - 1], key[least] = key[open - 1], from[least] = from[open - 1];
            const int64_t* row = &between_[s * n_];
            for (int k = 0; k + 1 < open; ++k)
                if (int64_t weight = row[stop[k]] + price_[s] + price_[stop[k]]; weight < key[k]) key[k] = weight, from[k] = s;
        }
        return tree;
    }

    // Prices by subgradients on the tree of all stops, until it hardly grows.
    void choose_prices(int64_t known) {
        static constexpr int STEPS = 60;
        int all = (1 << n_) - 1;
        std::vector<int64_t> best(n_, 0);
        int64_t most = -WORST;
        double eager = 1;
        for (int step = 0; step < STEPS; ++step, eager *= 0.95) {
            Tree tree = grow(all, true);
            if (tree.weight > most) most = tree.weight, best = price_;
            int64_t off = 0;
            for (int one : tree.neighbours) off += (int64_t)(one - 2) * (one - 2);
            double target = std::min((double)known, 1.1 * (double)tree.weight + 1);
            double much = eager * (target - (double)tree.weight) / (double)std::max<int64_t>(1, off);
            if (!off || much <= 0) break;
            for (int s = 0; s < n_; ++s) price_[s] += std::llround(std::min(much, 1e7) * (tree.neighbours[s] - 2));
        }
        price_ = best;
    }
};

}  // namespace errands
