// The best vacancies of one person at given prices, and how good the best of those left aside is.
#pragma once

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

#include "candidates.hpp"

namespace paotui::matching {

constexpr Worth nothing = -(Worth{1} << 60);  // the gain of a vacancy that does not exist

struct Offer {
    Worth gain;  // worth - price
    Index vacancy;
    Worth worth;
    bool operator<(const Offer& other) const {
        return gain > other.gain || (gain == other.gain && vacancy < other.vacancy);
    }
};

class Best {
   public:
    std::vector<Offer> offers;  // by vacancy
    Worth aside = nothing;      // the highest gain of those looked at and not among the offers

    void begin() {
        offers.clear();
        aside = nothing;
    }

    void look(const Offer& offer, Worth least) {
        offer.gain > least ? offers.push_back(offer) : void(aside = std::max(aside, offer.gain));
    }

    // Keeps the `most` of highest gain.
    void choose(Index most) {
        if (std::cmp_greater(offers.size(), most)) {
            std::nth_element(offers.begin(), offers.begin() + most, offers.end());
            for (std::size_t k = most; k < offers.size(); ++k) aside = std::max(aside, offers[k].gain);
            offers.resize(most);
        }
        std::sort(offers.begin(), offers.end(), [](const Offer& a, const Offer& b) { return a.vacancy < b.vacancy; });
    }
};

// Calls work(first, last, part) for as many parts of 0 .. count as there are processors, at the same time.
template <class Work>
void in_parts(Index count, unsigned parts, Work work) {
    std::vector<std::thread> others;
    const auto edge = [&](unsigned part) { return static_cast<Index>(std::int64_t{count} * part / parts); };
    for (unsigned part = 1; part < parts; ++part)
        others.emplace_back([&, part] { work(edge(part), edge(part + 1), part); });
    work(0, edge(1), 0U);
    for (std::thread& one : others) one.join();
}

// How many parts are worth their threads.
inline unsigned parts_of(Index count) {
    return count < 2000 ? 1 : std::clamp(std::thread::hardware_concurrency(), 1U, 16U);
}

}  // namespace paotui::matching
