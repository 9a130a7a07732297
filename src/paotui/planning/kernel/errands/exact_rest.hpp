// What stops not yet done cost at least, for every set of them.
#pragma once
#include "tree.hpp"

namespace errands {

class Rest {
  public:
    static constexpr int64_t WORST = Tree::WORST;

    Rest(const Model& model, int64_t known) : model_(model), tree_(model), weight_((size_t)1 << model.n, 0) {
        tree_.choose_prices(known, STEPS);
        heaviest_ = weight_, home_.assign(weight_.size(), WORST);
    }

    // Fill in the sets of one of `parts` equal shares.
    void span(int part, int parts) {
        Tree tree = tree_;
        for (int set = part; set < (int)weight_.size(); set += parts)
            if (set && may_be_left(set)) {
                Tree::Grown grown = tree.grow([&](int s) { return set >> s & 1; });
                weight_[set] = grown.weight, heaviest_[set] = grown.heaviest, home_[set] = grown.home;
            }
    }

    // The stops of a set done by tours that have not begun, or left undone.
    int64_t by_others(int set) const { return weight_[set]; }

    // The stops of a set when one tour may go on with some of them: `on` is its cheapest way to one, price included,
    // `back` its way home from where it stands.
    int64_t going_on(int set, int64_t on, int64_t back) const {
        if (!set) return back;
        return std::min(weight_[set] - heaviest_[set] + on + home_[set], weight_[set] + back);
    }

    int64_t price(int stop) const { return tree_.price[stop]; }

  private:
    static constexpr int STEPS = 60;
    const Model& model_;
    Tree tree_;
    std::vector<int64_t> weight_, heaviest_, home_;  // by set of stops

    // Whether what is not in the set could have been done before it: of every chain a beginning.
    bool may_be_left(int set) const {
        for (int s = 1; s < model_.n; ++s)
            if (model_.stops[s].chain == model_.stops[s - 1].chain && !(set >> s & 1) && (set >> (s - 1) & 1)) return false;
        return true;
    }
};

}  // namespace errands
