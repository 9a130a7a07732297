// What a search returns.
#pragma once
#include <cstdint>
#include <vector>

namespace errands {

// One way to do the chains.
struct Answer {
    int64_t cost = INT64_MAX;
    std::vector<std::vector<int>> stops;  // by vehicle
};

}  // namespace errands
