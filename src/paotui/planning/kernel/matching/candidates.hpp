// Who could take which vacancy, and what that is worth, without forming all pairs: vacancies are indexed by
// occupation, within it by strips of two kilometres and then from west to east.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "market.hpp"

namespace paotui::matching {

constexpr Index nowhere = std::numeric_limits<Index>::min();  // x of somebody or something without a place

// Rows of people and vacancies as the caller lays them out; masks are `words` 64-bit words a row.
struct Tables {
    Index people, vacancies, occupations, skill_words, condition_words;
    const Index *x, *y, *farthest, *wage, *available;
    const std::uint64_t *skills, *shifts, *refused;
    const std::int64_t* occupation_start;
    const Index* occupation;  // of a person, in order of preference
    const Worth* base;        // points of a person whatever the vacancy
    const std::int64_t* wish_start;
    const Index* wish;  // vacancies named by a person, in order
    const std::int64_t* excluded_start;
    const Index* excluded;
    const Index *to_x, *to_y, *offered, *begins, *of, *seats;
    const std::uint64_t *required, *welcome, *shift, *conditions;
};

struct Weights {
    Worth preference, wage, wage_most, distance, welcome, wish;
};

enum Missing : Index { exclusion = 1, skills = 2, wage = 4, shift = 8, distance = 16, start = 32, conditions = 64 };

class Candidates {
   public:
    Candidates(const Tables& tables, const Weights& weights) : t_(tables), w_(weights), first_(t_.occupations + 1, 0),
        place_(t_.vacancies) {
        sorted_.reserve(t_.vacancies);
        for (Index j = 0; j < t_.vacancies; ++j)
            sorted_.push_back({t_.of[j], strip(t_.to_y[j]), t_.to_x[j], j});
        for (Spot& spot : sorted_)
            if (spot.x == nowhere) spot.strip = nowhere;
        std::sort(sorted_.begin(), sorted_.end());
        plain_.reserve(t_.vacancies);
        for (const auto& [occupation, strip, x, j] : sorted_) {
            ++first_[occupation + 1];
            place_[j] = static_cast<Index>(plain_.size());
            plain_.push_back({t_.shift[j], t_.required[std::int64_t{j} * t_.skill_words],
                              t_.conditions[std::int64_t{j} * t_.condition_words], t_.offered[j], t_.begins[j], t_.to_x[j],
                              t_.to_y[j]});
        }
        for (Index o = 0; o < t_.occupations; ++o) first_[o + 1] += first_[o];
    }

    // Calls `found(vacancy, worth)` for every vacancy with seats that the person could take.
    template <class Found>
    void each(Index person, Found found) const {
        Index rank = 0;
        for (auto o = t_.occupation_start[person]; o < t_.occupation_start[person + 1]; ++o, ++rank)
            near(person, t_.occupation[o], [&](std::int64_t at) {
                if (!plainly(person, plain_[at])) return;
                const Index j = sorted_[at].vacancy;
                if (t_.seats[j] > 0 && fits_else(person, j)) found(j, worth(person, j, rank));
            });
    }

    // How far a pair is from being possible: fewer conditions first, then by how much they are missed. In thousandths: of the
    // wage asked for, of the distance accepted, of a month too late; each skill and condition, and the shift, is a whole.
    struct Miss {
        Index bits = 0;
        int count = 0;
        Worth much = 0;
        bool operator<(const Miss& other) const { return count != other.count ? count < other.count : much < other.much; }
    };
    // A vacancy somebody might take: first what is missed by least, then what is worth most beyond the price of a seat.
    struct Nearby {
        Miss miss;
        Worth gain;
        Index vacancy;
        bool operator<(const Nearby& other) const {
            if (miss < other.miss || other.miss < miss) return miss < other.miss;
            return gain != other.gain ? gain > other.gain : vacancy < other.vacancy;
        }
    };

    // Calls `found(Nearby)` for every vacancy with seats of the person's occupations; price may be null: 0.
    template <class Found>
    void nearby(Index person, const Worth* price, Found found) const {
        Index rank = 0;
        for (auto o = t_.occupation_start[person]; o < t_.occupation_start[person + 1]; ++o, ++rank)
            for (Index s = first_[t_.occupation[o]]; s < first_[t_.occupation[o] + 1]; ++s)
                if (const Index j = sorted_[s].vacancy; t_.seats[j] > 0)
                    found(Nearby{missed(person, j), worth(person, j, rank) - (price ? price[j] : 0), j});
    }

    Miss missed(Index i, Index j) const {
        Miss miss{missing(i, j)};
        miss.count = std::popcount(static_cast<unsigned>(miss.bits));
        if (miss.bits & wage) miss.much += 1000 * (t_.wage[i] - Worth{t_.offered[j]}) / std::max<Worth>(1, t_.wage[i]);
        if (miss.bits & distance) miss.much += 1000 * (metres(i, j) - t_.farthest[i]) / std::max<Worth>(1, t_.farthest[i]);
        if (miss.bits & start) miss.much += 1000 * (t_.available[i] - Worth{t_.begins[j]}) / 30;
        if (miss.bits & shift) miss.much += 1000;
        if (miss.bits & skills) miss.much += 1000 * lacking(i, j);
        if (miss.bits & conditions) miss.much += 1000 * refused(i, j);
        return miss;
    }

    Index missing(Index i, Index j) const {
        Index bits = 0;
        for (Index k = 0; k < t_.skill_words; ++k)
            if (t_.required[std::int64_t{j} * t_.skill_words + k] & ~t_.skills[std::int64_t{i} * t_.skill_words + k])
                bits |= skills;
        for (Index k = 0; k < t_.condition_words; ++k)
            if (t_.conditions[std::int64_t{j} * t_.condition_words + k] &
                t_.refused[std::int64_t{i} * t_.condition_words + k])
                bits |= conditions;
        if (t_.offered[j] < t_.wage[i]) bits |= wage;
        if (!(t_.shift[j] & t_.shifts[i])) bits |= shift;
        if (t_.begins[j] < t_.available[i]) bits |= start;
        if (metres(i, j) > t_.farthest[i]) bits |= distance;
        for (auto e = t_.excluded_start[i]; e < t_.excluded_start[i + 1]; ++e)
            if (t_.excluded[e] == j) bits |= exclusion;
        return bits;
    }

    // Whether nothing is missing, found out as soon as anything is.
    bool fits(Index i, Index j) const { return plainly(i, plain_[place_[j]]) && fits_else(i, j); }

    Worth worth(Index i, Index j, Index rank) const {
        Worth points = t_.base[i] - w_.preference * rank;
        points += w_.wage * std::clamp<Worth>(t_.offered[j] - t_.wage[i], 0, w_.wage_most) / 100;
        points -= w_.distance * metres(i, j) / 1000;
        int welcome = 0;
        for (Index k = 0; k < t_.skill_words; ++k)
            welcome += std::popcount(t_.welcome[std::int64_t{j} * t_.skill_words + k] &
                                     t_.skills[std::int64_t{i} * t_.skill_words + k]);
        points += w_.welcome * welcome;
        for (auto s = t_.wish_start[i]; s < t_.wish_start[i + 1]; ++s)
            if (t_.wish[s] == j) points += w_.wish / (1 + s - t_.wish_start[i]);
        return std::max<Worth>(points, 1);
    }

   private:
    struct Spot {
        Index occupation, strip, x, vacancy;
        auto operator<=>(const Spot&) const = default;
    };
    // What rules most pairs out, in the order in which vacancies are looked at: one after the other in memory.
    struct Plain {
        std::uint64_t shift, required, conditions;
        Index offered, begins, x, y;
    };
    static constexpr Index height = 2000;  // metres of a strip
    static constexpr Index few = 48;       // so many are looked at one by one

    const Tables& t_;
    const Weights& w_;
    std::vector<Spot> sorted_;
    std::vector<Plain> plain_;  // of the same vacancies
    std::vector<Index> first_, place_;  // of an occupation; of a vacancy: where it is looked at

    // All that rules most pairs out. Whole metres are within reach where the distance is less than a metre more.
    bool plainly(Index i, const Plain& one) const {
        if (!(one.shift & t_.shifts[i]) || one.begins < t_.available[i] || one.offered < t_.wage[i]) return false;
        if (one.required & ~t_.skills[std::int64_t{i} * t_.skill_words]) return false;
        if (one.conditions & t_.refused[std::int64_t{i} * t_.condition_words]) return false;
        if (t_.x[i] == nowhere || one.x == nowhere) return true;
        const double dx = double(t_.x[i]) - one.x, dy = double(t_.y[i]) - one.y, reach = t_.farthest[i] + 1.0;
        return dx * dx + dy * dy < reach * reach;
    }

    // What `plainly` leaves open: words beyond the first 64, exclusions.
    bool fits_else(Index i, Index j) const {
        for (Index k = 1; k < t_.skill_words; ++k)
            if (t_.required[std::int64_t{j} * t_.skill_words + k] & ~t_.skills[std::int64_t{i} * t_.skill_words + k])
                return false;
        for (Index k = 1; k < t_.condition_words; ++k)
            if (t_.conditions[std::int64_t{j} * t_.condition_words + k] &
                t_.refused[std::int64_t{i} * t_.condition_words + k])
                return false;
        const auto excluded = t_.excluded + t_.excluded_start[i], end = t_.excluded + t_.excluded_start[i + 1];
        return std::find(excluded, end, j) == end;
    }

    int lacking(Index i, Index j) const {
        int count = 0;
        for (Index k = 0; k < t_.skill_words; ++k)
            count += std::popcount(t_.required[std::int64_t{j} * t_.skill_words + k] &
                                   ~t_.skills[std::int64_t{i} * t_.skill_words + k]);
        return count;
    }
    int refused(Index i, Index j) const {
        int count = 0;
        for (Index k = 0; k < t_.condition_words; ++k)
            count += std::popcount(t_.conditions[std::int64_t{j} * t_.condition_words + k] &
                                   t_.refused[std::int64_t{i} * t_.condition_words + k]);
        return count;
    }

    static Index strip(Index y) { return y >= 0 ? y / height : -((height - 1 - y) / height); }

    Worth metres(Index i, Index j) const {
        if (t_.x[i] == nowhere || t_.to_x[j] == nowhere) return 0;
        const double dx = double(t_.x[i]) - t_.to_x[j], dy = double(t_.y[i]) - t_.to_y[j];
        return static_cast<Worth>(std::sqrt(dx * dx + dy * dy));
    }

    template <class Look>
    void near(Index person, Index occupation, Look look) const {
        const std::int64_t from = first_[occupation], to = first_[occupation + 1];
        const Worth reach = std::min<Worth>(t_.farthest[person], 1'000'000'000);
        if (to - from <= few || t_.x[person] == nowhere || reach > 200 * height) {
            for (std::int64_t at = from; at != to; ++at) look(at);
            return;
        }
        for (std::int64_t at = from; at != to && sorted_[at].strip == nowhere; ++at) look(at);
        const Worth west = t_.x[person] - reach - 1, east = t_.x[person] + reach + 1;
        const Worth low = t_.y[person] - reach - 1, high = t_.y[person] + reach + 1;
        for (Worth s = strip(static_cast<Index>(low)); s <= strip(static_cast<Index>(high)); ++s) {
            const Spot first{occupation, static_cast<Index>(s), static_cast<Index>(west), nowhere};
            const auto begins = std::lower_bound(sorted_.begin() + from, sorted_.begin() + to, first);
            for (std::int64_t at = begins - sorted_.begin(); at != to && sorted_[at].strip == s && sorted_[at].x <= east; ++at)
                look(at);
        }
    }
};

}  // namespace paotui::matching
