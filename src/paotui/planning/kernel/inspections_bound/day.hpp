// One day of joint inspections as the bound sees it. Visits of a day are taken in the order of their starts; a
// department whose officers cannot be at two sites at once goes from each of its visits to the next.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

namespace bounding {

using Mask = uint32_t;
constexpr int32_t IMPOSSIBLE = 1 << 29;
constexpr int MOST_PARTIAL = 4;

struct Starts {  // starts allowed at a site, in order and disjoint
    std::vector<int32_t> low, high;
    int32_t from(int32_t arrival) const {  // the earliest at or after arrival; -1: none
        for (size_t w = 0; w < low.size(); w++)
            if (arrival <= high[w]) return std::max(arrival, low[w]);
        return -1;
    }
};

struct Department {
    Mask sites = 0;      // of the day, that need it
    int32_t officers;    // the fewest a site takes
    int32_t threads;     // so many of them go from each visit to the next one, whoever they are
    int32_t tours;       // how many can be made
    bool one_place;      // its visits cannot overlap
    bool simple;         // nobody has two tours, and every site takes as many officers
    int32_t span;        // from the first to the last hour somebody is there
    std::vector<int32_t> out, back;                  // from the office to a site and back
    std::vector<int32_t> nearest_out, nearest_back;  // the same, no longer than any way round
    std::vector<int32_t> stay;
    int32_t rest() const { return officers - threads; }
    bool may_split() const { return tours > officers; }
};

struct Day {
    int n = 0;
    std::vector<int32_t> extra;   // by site: cost of visiting it on this day
    std::vector<int32_t> travel;  // n × n
    std::vector<int32_t> closed;  // n × n: the same, no longer than any way round
    std::vector<Starts> starts;
    std::vector<Department> departments;

    int32_t leg(int a, int b) const { return travel[size_t(a) * n + b]; }
    int32_t least(int a, int b) const { return closed[size_t(a) * n + b]; }
    Mask all() const { return n == 32 ? ~Mask(0) : (Mask(1) << n) - 1; }
    // Whether some department keeps all visits in one sequence.
    bool held() const {
        for (const auto& one : departments)
            if (one.one_place && one.sites == all()) return true;
        return false;
    }
    // Who goes from one visit to the next does not come by the office or by a site left aside.
    bool simple() const {
        for (const auto& one : departments)
            if (!one.simple) return false;
        return true;
    }
    std::vector<int32_t> officers() const {
        std::vector<int32_t> all;
        for (const auto& one : departments) all.push_back(one.officers);
        return all;
    }
    std::vector<int32_t> threads() const {
        std::vector<int32_t> all;
        for (const auto& one : departments) all.push_back(one.threads);
        return all;
    }
    int32_t extras(Mask set) const {
        int32_t sum = 0;
        for (; set; set &= set - 1) sum += extra[__builtin_ctz(set)];
        return sum;
    }
};

}  // namespace bounding
