// The cheapest places of a chain in a tour, and putting it there.
#pragma once
#include "long_chains.hpp"
#include "short_chains.hpp"

namespace errands {

class Insertion {
  public:
    explicit Insertion(Tours& all) : model(all.model), all_(all), short_(all), long_(all) {}

    // The cheapest way to add a chain to a tour below `bound`; `skip(i)` true leaves a place out.
    template <class Skip> Places search(int chain, int v, int64_t bound, Skip&& skip) {
        Places best;
        best.cost = bound;
        Walk walk{v, chain, model.begin(chain), model.end(chain), {}, {}};
        walk.trail.resize(model.size(chain));
        if (model.size(chain) <= 2)
            short_.from_start(walk, best, skip);
        else
            long_.by_labels(walk, best, skip);
        if (best.after.empty()) best.cost = INT64_MAX;
        return best;
    }

    // Insert a chain at places found by `search`.
    void insert(int chain, int v, const Places& places) {
        auto& nodes = all_.tours[v].nodes;
        int k = model.size(chain);
        for (int index = k - 1; index >= 0; --index) {
            Node fresh{};
            fresh.stop = model.begin(chain) + index;
            nodes.insert(nodes.begin() + places.after[index] + 1, fresh);
        }
        all_.refresh(v);
    }

  private:
    const Model& model;
    Tours& all_;
    ShortChains short_;
    LongChains long_;
};

}  // namespace errands
