// Which sets of sites can be visited in one day one after the other, as those needed everywhere have to: the earliest
// start at each last site, set by set.
#pragma once
#include "day.hpp"

namespace bounding {

class Timely {
  public:
    // Takes out of `possible` what cannot be done. False: more sets than allowed.
    bool run(const Day& day, const std::vector<int32_t>& pace, size_t most, std::vector<uint8_t>& possible) {
        int n = day.n;
        std::vector<int32_t> before, after;
        std::vector<uint32_t> first(size_t(1) << n, 0);
        bool any = true;
        for (int size = 1; size <= n; size++) {
            after.clear();
            bool some = false;
            for (Mask mask = (Mask(1) << size) - 1; mask < Mask(1) << n;) {
                if (!any) possible[mask] = 0;
                else {
                    size_t from = after.size();
                    if (from > most) return false;
                    if (step(day, pace, mask, before, first, after, possible)) some = true, first[mask] = uint32_t(from);
                    else possible[mask] = 0, after.resize(from);
                }
                Mask low = mask & -mask, ripple = mask + low;
                mask = ripple | (((mask ^ ripple) >> 2) / low);
            }
            any = some;
            std::swap(before, after);
        }
        return true;
    }

  private:
    static constexpr int32_t NEVER_AGAIN = INT32_MAX / 2;

    static bool step(const Day& day, const std::vector<int32_t>& pace, Mask mask, const std::vector<int32_t>& before,
                     const std::vector<uint32_t>& first, std::vector<int32_t>& after, const std::vector<uint8_t>& possible) {
        bool some = false;
        for (Mask rest = mask; rest; rest &= rest - 1) {
            int j = __builtin_ctz(rest);
            Mask previous = mask & ~(Mask(1) << j);
            int32_t earliest = NEVER_AGAIN;
            if (!previous) earliest = INT32_MIN / 2;
            else if (possible[previous]) {
                const int32_t* starts = &before[first[previous]];
                for (Mask more = previous; more; more &= more - 1, starts++)
                    if (*starts < NEVER_AGAIN) {
                        int i = __builtin_ctz(more);
                        earliest = std::min(earliest, *starts + (pace[i] > 0 ? pace[i] + day.least(i, j) : 0));
                    }
            }
            int32_t start = earliest < NEVER_AGAIN ? day.starts[j].from(earliest) : -1;
            after.push_back(start < 0 ? NEVER_AGAIN : start);
            some |= start >= 0;
        }
        return some;
    }
};

}  // namespace bounding
