// What stops cost at least, whoever does them: spanning trees in the spirit of Held and Karp (The traveling-salesman
// problem and minimum spanning trees, Operations Research 1970).
//
// Stops hang together with a root that stands for tours still to begin; every stop has two neighbours, so a price for a
// neighbour, taken back twice, changes nothing for a plan and a lot for the tree.
#pragma once
#include <cmath>

#include "model.hpp"

namespace errands {

class Tree {
  public:
    static constexpr int64_t WORST = INT64_MAX / 16;

    explicit Tree(const Model& model) : model_(model), n_(model.n), price(n_, 0), begin_(n_, WORST), end_(n_, WORST),
                                        undone_(n_), lasts_(n_), between_((size_t)n_ * n_, WORST) {
        for (int s = 0; s < n_; ++s) weigh(s);
        weigh_arcs();
        stop_.resize(n_), from_.resize(n_), key_.resize(n_);
    }

  private:
    const Model& model_;
    int n_;

  public:
    struct Grown {
        int64_t weight = 0, heaviest = 0;
        int64_t home = WORST;  // least way home from any of the stops, with its price
        std::vector<int> neighbours;
    };

    std::vector<int64_t> price;

    // The least tree over the root and the stops for which `has` is true (Prim).
    template <class Has> Grown grow(Has&& has, bool count = false) {
        Grown tree;
        int homeward = 0, open = 0;
        for (int s = 0; s < n_; ++s)
            if (has(s)) {
                stop_[open++] = s;
                tree.weight += lasts_[s] - 2 * price[s];
                if (end_[s] + price[s] < tree.home) tree.home = end_[s] + price[s], homeward = s;
            }
        if (count) tree.neighbours.assign(n_, 0);
        for (int k = 0; k < open; ++k) {
            int s = stop_[k];
            int64_t begun = begin_[s] + price[s] + tree.home, left = undone_[s] + 2 * price[s];
            key_[k] = std::min(begun, left), from_[k] = begun <= left ? ROOT : NOBODY;
        }
        for (; open > 0; --open) {
            int k = (int)(std::min_element(key_.begin(), key_.begin() + open) - key_.begin()), s = stop_[k], from = from_[k];
            tree.weight += key_[k];
            tree.heaviest = std::max(tree.heaviest, key_[k]);
            if (count) ++tree.neighbours[s], ++tree.neighbours[from >= 0 ? from : from == ROOT ? homeward : s];
            stop_[k] = stop_[open - 1], key_[k] = key_[open - 1], from_[k] = from_[open - 1];
            reach_from(s, open - 1);
        }
        return tree;
    }

    // Prices by subgradients on the tree of all stops; returns its weight, which no plan costs less than. `known`: the
    // cost of a plan.
    int64_t choose_prices(int64_t known, int steps) {
        std::vector<int64_t> best(n_, 0);
        int64_t most = -WORST;
        double eager = 1, patience = std::pow(0.03, 1.0 / steps);
        for (int step = 0; step < steps; ++step, eager *= patience) {
            Grown tree = grow([](int) { return true; }, true);
            if (tree.weight > most) most = tree.weight, best = price;
            int64_t off = 0;
            for (int one : tree.neighbours) off += (int64_t)(one - 2) * (one - 2);
            double target = std::min((double)known, 1.1 * (double)tree.weight + 1);
            double much = eager * (target - (double)tree.weight) / (double)std::max<int64_t>(1, off);
            if (!off || much <= 0) break;
            for (int s = 0; s < n_; ++s) price[s] += std::llround(std::min(much, 1e7) * (tree.neighbours[s] - 2));
        }
        price = best;
        return most;
    }

  private:
    static constexpr int ROOT = -1, NOBODY = -2;  // where a stop hangs that begins a tour, that is left undone
    std::vector<int64_t> begin_, end_, undone_, lasts_, between_;
    std::vector<int> stop_, from_;  // not in the tree yet, and what each would hang on
    std::vector<int64_t> key_;

    void reach_from(int s, int open) {
        const int64_t* row = &between_[(size_t)s * n_];
        for (int k = 0; k < open; ++k)
            if (int64_t weight = row[stop_[k]] + price[s] + price[stop_[k]]; weight < key_[k])
                key_[k] = weight, from_[k] = s;
    }

    void weigh(int s) {
        const Stop& stop = model_.stops[s];
        int64_t out = model_.cost_out;
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

    // Ways between stops that can follow each other: in time, and in the order of their chain.
    void weigh_arcs() {
        std::vector<const Arc*> kinds;
        for (const Vehicle& vehicle : model_.vehicles)
            if (std::find(kinds.begin(), kinds.end(), vehicle.arcs) == kinds.end()) kinds.push_back(vehicle.arcs);
        for (int s = 0; s < n_; ++s) {
            const Stop& stop = model_.stops[s];
            auto [opens, shortest] = soonest(stop);
            for (int o = 0; o < n_; ++o) {
                const Stop& other = model_.stops[o];
                if (o == s || (other.chain == stop.chain && o != s + 1)) continue;
                int64_t least = WORST;
                for (const Arc* arcs : kinds) {
                    const Arc& arc = arcs[(size_t)stop.place * model_.places + other.place];
                    if (opens + shortest + arc.seconds > std::max(other.latest, other.dlatest)) continue;
                    least = std::min(least, arc.cost + (int64_t)model_.cost_out * arc.seconds);
                }
                for (int64_t* one : {&between_[(size_t)s * n_ + o], &between_[(size_t)o * n_ + s]}) *one = std::min(*one, least);
            }
        }
    }
};

}  // namespace errands
