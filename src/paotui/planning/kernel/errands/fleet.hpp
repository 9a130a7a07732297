// Fewer tours by guided ejection (Nagata and Kobayashi, A memetic algorithm for the pickup and delivery problem with
// time windows using selective route exchange crossover, PPSN 2010): one tour is given up; who fits nowhere throws out
// others that were easier to place so far; in between the tours are shaken.
#pragma once
#include <limits>

#include "search.hpp"

namespace errands {

class Fleet {
  public:
    Fleet(Search& search, double temperature)
        : search_(search), model_(search.model), trial_(model_), places_(trial_), hardness_(model_.chains, 1),
          temperature_(temperature) {}

    // Give up the tour whose chains were easiest to place; false where there is none.
    bool give_up_a_tour() {
        int chosen = -1;
        int64_t least = std::numeric_limits<int64_t>::max();
        for (int v = 0; v < (int)search_.work.tours.size(); ++v) {
            if (!search_.work.tours[v].size()) continue;
            int64_t sum = 0;
            for (int c : search_.chains_of(v)) sum += hardness_[c];
            if (sum < least) least = sum, chosen = v;
        }
        if (chosen < 0) return false;
        search_.remember();
        for (int c : search_.chains_of(chosen)) search_.take_out_later(c);
        search_.apply_removals();
        return true;
    }

    // Place the chain thrown out last; true when nobody is left out any more.
    bool step() {
        ++search_.iterations;
        int chain = search_.absent.back();
        search_.remember();
        if (!insert_somewhere(chain)) {
            ++hardness_[chain];
            insert_with_ejection(chain);
        }
        if (search_.absent.empty()) return true;
        for (int k = 0; k < SHAKES; ++k) search_.shake(temperature_, SHAKEN);
        return false;
    }

  private:
    static constexpr int SHAKES = 30;
    static constexpr double SHAKEN = 6;  // stops that leave in one of them, on the average
    static constexpr size_t MOST = 3;    // chains thrown out for one

    struct Ejection {
        int64_t hardness = std::numeric_limits<int64_t>::max();
        int vehicle = -1, equal = 0;
        std::vector<int> chains;
        Places places;
    };

    Search& search_;
    const Model& model_;
    Tours trial_;
    Insertion places_;
    std::vector<int64_t> hardness_;
    double temperature_;

    bool may(int chain, int v) const { return search_.work.tours[v].size() && model_.allows(chain, v); }

    bool insert_somewhere(int chain) {
        Places best;
        int chosen = -1;
        for (int v = 0; v < (int)search_.work.tours.size(); ++v) {
            if (!may(chain, v)) continue;
            Places one = search_.insertion.search(chain, v, best.cost, [](int) { return false; });
            if (one.cost < best.cost) best = one, chosen = v;
        }
        if (chosen < 0) return false;
        search_.absent.pop_back();
        search_.put_in(chain, chosen, best);
        return true;
    }

    void insert_with_ejection(int chain) {
        Ejection best;
        for (int v = 0; v < (int)search_.work.tours.size(); ++v)
            if (may(chain, v)) look_into(chain, v, best);
        if (best.vehicle < 0) {  // not even where it stands alone with the others: another one first
            std::rotate(search_.absent.begin(), search_.absent.end() - 1, search_.absent.end());
            return;
        }
        search_.absent.pop_back();
        for (int c : best.chains) search_.take_out_later(c);
        search_.apply_removals();
        search_.put_in(chain, best.vehicle, best.places);
    }

    // The easiest chains of a tour without which there is room.
    void look_into(int chain, int v, Ejection& best) {
        std::vector<int> chains = search_.chains_of(v);
        std::sort(chains.begin(), chains.end(), [&](int a, int b) { return hardness_[a] < hardness_[b]; });
        std::vector<int> out;
        throw_out(chain, v, chains, 0, 0, out, best);
    }

    void throw_out(int chain, int v, const std::vector<int>& chains, size_t from, int64_t sum, std::vector<int>& out,
                   Ejection& best) {
        for (size_t k = from; k < chains.size(); ++k) {
            int64_t hardness = sum + hardness_[chains[k]];
            if (hardness > best.hardness) return;
            out.push_back(chains[k]);
            Places places = without(chain, v, out);
            if (!places.after.empty()) {
                bool draw = hardness == best.hardness && search_.random.below(++best.equal) > 0;
                if (hardness < best.hardness) best.equal = 1;
                if (!draw) best.hardness = hardness, best.vehicle = v, best.chains = out, best.places = places;
            } else if (out.size() < MOST) {
                throw_out(chain, v, chains, k + 1, hardness, out, best);
            }
            out.pop_back();
        }
    }

    Places without(int chain, int v, const std::vector<int>& out) {
        auto& nodes = trial_.tours[v].nodes;
        nodes.clear();
        for (auto& node : search_.work.tours[v].nodes)
            if (node.stop < 0 || std::find(out.begin(), out.end(), model_.stops[node.stop].chain) == out.end())
                nodes.push_back(node);
        if (!trial_.refresh(v)) return {};
        return places_.search(chain, v, INT64_MAX / 4, [](int) { return false; });
    }
};

}  // namespace errands
