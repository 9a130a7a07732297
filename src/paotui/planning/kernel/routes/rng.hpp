// Random numbers: splitmix64 (Steele, Lea & Flood 2014). Small state, and easy to repeat in any language.
#pragma once
#include <cmath>
#include <cstdint>

namespace paotui {

struct Rng {
    uint64_t state;

    explicit Rng(uint64_t seed) : state(seed) {}

    uint64_t next() {
        uint64_t z = (state += 0x9E3779B97F4A7C15ull);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
    // Uniform in 0 … below − 1 by multiplication; the bias is below 2^-32.
    int below(int bound) { return static_cast<int>((static_cast<uint64_t>(static_cast<uint32_t>(next() >> 32)) * static_cast<uint32_t>(bound)) >> 32); }
    // Uniform in (0, 1].
    double unit() { return (static_cast<double>(next() >> 11) + 1.0) * 0x1.0p-53; }
    double exponential() { return -std::log(unit()); }
};

}  // namespace paotui
