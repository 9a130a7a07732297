// The shortest round from the office of a department through a set of sites, the hour left aside, for every set that the
// length of the day allows. Any tours that together reach every site of the set travel at least that much.
#pragma once
#include "day.hpp"

namespace bounding {

constexpr uint16_t NEVER = 65535;

class Untimed {
  public:
    // `possible`: sets looked at, closed downwards; those that turn out too long for the day are taken out.
    // False: more sets than allowed.
    bool run(const Day& day, const Department& one, const std::vector<int32_t>& pace, size_t most, std::vector<uint8_t>& possible,
             std::vector<uint16_t>& round) {
        int n = day.n;
        round.assign(size_t(1) << n, NEVER), round[0] = 0;
        std::vector<int32_t> before, after;
        std::vector<uint32_t> first(size_t(1) << n, 0);
        for (int size = 1; size <= n; size++) {
            after.clear();
            bool any = false;
            for (Mask mask = (Mask(1) << size) - 1; mask < Mask(1) << n;) {
                if (possible[mask] && !(mask & ~one.sites)) {
                    size_t from = after.size();
                    if (from > most) return false;
                    int32_t best = step(day, one, mask, before, first, after);
                    if (one.one_place && best + on_site(one, pace, mask) > one.span) possible[mask] = 0, after.resize(from);
                    else any = true, round[mask] = uint16_t(std::min<int32_t>(best, NEVER - 1)), first[mask] = uint32_t(from);
                }
                Mask low = mask & -mask, ripple = mask + low;
                mask = ripple | (((mask ^ ripple) >> 2) / low);
            }
            if (!any) break;
            std::swap(before, after);
            drop(possible, n, size, one.sites);
        }
        return true;
    }

  private:
    // Shortest ways from the office through the set to each of its sites; returns the shortest round.
    static int32_t step(const Day& day, const Department& one, Mask mask, const std::vector<int32_t>& before,
                        const std::vector<uint32_t>& first, std::vector<int32_t>& after) {
        int32_t best = IMPOSSIBLE;
        for (Mask rest = mask; rest; rest &= rest - 1) {
            int j = __builtin_ctz(rest);
            Mask previous = mask & ~(Mask(1) << j);
            int32_t way = IMPOSSIBLE;
            if (!previous) way = one.nearest_out[j];
            else {
                const int32_t* ways = &before[first[previous]];
                for (Mask more = previous; more; more &= more - 1) way = std::min(way, *ways++ + day.least(__builtin_ctz(more), j));
            }
            after.push_back(way);
            best = std::min(best, way + one.nearest_back[j]);
        }
        return best;
    }

    // How long the department is at sites at the least until it may go home.
    static int32_t on_site(const Department& one, const std::vector<int32_t>& pace, Mask mask) {
        int32_t sum = 0, most = 0;
        for (; mask; mask &= mask - 1) {
            int j = __builtin_ctz(mask);
            int32_t here = std::max(pace[j], one.stay[j]);
            sum += here, most = std::max(most, here - one.stay[j]);
        }
        return sum - most;
    }

    // A set with an impossible part is impossible.
    static void drop(std::vector<uint8_t>& possible, int n, int size, Mask sites) {
        for (Mask mask = (Mask(1) << std::min(n, size + 1)) - 1; size < n && mask < Mask(1) << n;) {
            if (possible[mask] && !(mask & ~sites))
                for (Mask rest = mask; rest; rest &= rest - 1)
                    if (!possible[mask & ~(rest & -rest)]) {
                        possible[mask] = 0;
                        break;
                    }
            Mask low = mask & -mask, ripple = mask + low;
            mask = ripple | (((mask ^ ripple) >> 2) / low);
        }
    }
};

}  // namespace bounding
