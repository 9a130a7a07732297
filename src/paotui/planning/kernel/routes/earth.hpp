// Straight lines on the earth, or on a plane in metres, times a detour: for more places than a table should hold.
#pragma once
#include "instance.hpp"

namespace paotui {

// Metres = ⌊line × detour + ½⌋, and what they cost or, where there is a speed, how long they take: ⌈metres × 3.6 ÷ speed⌉.
struct EarthRow {
    const double* xyz;
    double x, y, z, detour, curve, kmh;
    int32_t rate;
    [[gnu::always_inline]] int32_t operator()(int other) const {
        const double dx = x - xyz[3 * other], dy = y - xyz[3 * other + 1], dz = z - xyz[3 * other + 2];
        const double square = dx * dx + dy * dy + dz * dz, bent = square * curve;
        // The arc over a chord: 2 R asin(chord ÷ 2 R), by its series.
        const double arc = std::sqrt(square) * (1 + bent * (1.0 / 6 + bent * (3.0 / 40 + bent * (15.0 / 336 + bent * (105.0 / 3456)))));
        const int32_t metres = static_cast<int32_t>(arc * detour + 0.5);
        return kmh > 0 ? static_cast<int32_t>(std::ceil(metres * 3.6 / kmh - 1e-9)) : rate * metres;
    }
};

struct EarthMetric {
    using Row = EarthRow;
    static constexpr bool OTHER_TIMES = true;
    const double* xyz;
    double detour, curve, kmh;
    int32_t rate;
    const EarthMetric& ways() const { return *this; }
    Row row(int at) const { return {xyz, xyz[3 * at], xyz[3 * at + 1], xyz[3 * at + 2], detour, curve, kmh, rate}; }
    int32_t operator()(int a, int b) const { return row(a)(b); }
};

inline EarthMetric earth_ways(const Instance& in, int32_t rate) { return {in.xyz.data(), in.detour, in.curve, 0, rate}; }
inline EarthMetric earth_times(const Instance& in) { return {in.xyz.data(), in.detour, in.curve, in.kmh, 1}; }

}  // namespace paotui
