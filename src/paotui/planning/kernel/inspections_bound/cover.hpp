// The cheapest choice of at most one set a day that visits every site once: depth first, the site with the fewest sets
// next, cut by the reduced costs.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

namespace bounding {

struct Choice {
    uint64_t sites;
    double reduced;  // against the prices of its sites
    int32_t day, number;
};

class Cover {
  public:
    std::vector<Choice> best;
    double value;  // of `best`: sum of its reduced costs
    bool whole = true;

    // `least`: per day the least reduced cost (≤ 0). Looks for less than `limit`.
    Cover(std::vector<Choice> choices, std::vector<double> least, uint64_t sites, double limit, int64_t most_steps)
        : value(limit), least(std::move(least)), left(most_steps) {
        std::sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) {
            return a.reduced != b.reduced ? a.reduced < b.reduced : a.number < b.number;
        });
        double rest = 0;
        for (double one : this->least) rest += one;
        search(choices, sites, 0, rest);
    }

  private:
    std::vector<double> least;
    std::vector<Choice> taken;
    int64_t left;

    // `rest`: the least the days still free can add.
    void search(const std::vector<Choice>& choices, uint64_t open, double sum, double rest) {
        if (!open) {
            if (sum < value - 1e-6) value = sum, best = taken;
            return;
        }
        int count[64] = {};
        for (const auto& one : choices)
            for (uint64_t more = one.sites; more; more &= more - 1) count[__builtin_ctzll(more)]++;
        int pick = -1;
        for (uint64_t more = open; more; more &= more - 1) {
            int site = __builtin_ctzll(more);
            if (pick < 0 || count[site] < count[pick]) pick = site;
        }
        std::vector<Choice> few;
        for (const auto& one : choices) {
            if (!(one.sites >> pick & 1)) continue;
            double others = rest - least[one.day], so_far = sum + one.reduced;
            if (so_far + others >= value - 1e-6) continue;
            if ((left -= int64_t(choices.size())) < 0) {
                whole = false;
                return;
            }
            few.clear();
            for (const auto& other : choices)
                if (other.day != one.day && !(other.sites & one.sites) &&
                    so_far + others - least[other.day] + other.reduced < value - 1e-6)
                    few.push_back(other);
            taken.push_back(one);
            search(few, open & ~one.sites, so_far, others);
            taken.pop_back();
        }
    }
};

}  // namespace bounding
