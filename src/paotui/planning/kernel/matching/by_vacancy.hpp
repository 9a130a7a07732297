// Arcs by vacancy, for searches from seats towards people; what the search reads of one lies together.
#pragma once

#include <cstdint>
#include <vector>

#include "market.hpp"

namespace paotui::matching {

class ByVacancy {
   public:
    struct Entry {
        Worth worth;
        Index person;
        std::uint32_t place;  // among the arcs of the person
    };

    bool built() const { return !start_.empty(); }

    void build(const Arcs& arcs) {
        start_.assign(arcs.vacancies + 1, 0);
        for (Index i = 0; i < arcs.people; ++i)
            for (std::int64_t a = arcs.start[i]; a < arcs.end[i]; ++a) ++start_[arcs.head[a] + 1];
        for (Index j = 0; j < arcs.vacancies; ++j) start_[j + 1] += start_[j];
        entries_.resize(start_.back());
        end_.assign(start_.begin(), start_.end() - 1);
        for (Index i = 0; i < arcs.people; ++i)
            for (std::int64_t a = arcs.start[i]; a < arcs.end[i]; ++a)
                entries_[end_[arcs.head[a]]++] = {arcs.worth[a], i, static_cast<std::uint32_t>(a - arcs.start[i])};
        later_.assign(arcs.vacancies, {});
    }

    void forget() { start_.clear(); }

    void grow(Index vacancies) {
        if (!built()) return;
        start_.resize(vacancies + 1, start_.back());
        end_.resize(vacancies, start_.back());
        later_.resize(vacancies);
    }

    void add(Index vacancy, const Entry& entry) { later_[vacancy].push_back(entry); }

    void remove(Index vacancy, Index person) {
        Entry* const entry = find(vacancy, person);
        if (entry >= entries_.data() && entry < entries_.data() + entries_.size()) {
            *entry = entries_[--end_[vacancy]];
        } else {
            *entry = later_[vacancy].back();
            later_[vacancy].pop_back();
        }
    }

    Entry* find(Index vacancy, Index person) {
        for (std::int64_t at = start_[vacancy]; at < end_[vacancy]; ++at)
            if (entries_[at].person == person) return &entries_[at];
        for (Entry& entry : later_[vacancy])
            if (entry.person == person) return &entry;
        return nullptr;
    }

    // The same, told some time before whose turn it will be.
    template <class Ahead, class Look>
    void each(Index vacancy, Ahead ahead, Look look) const {
        const std::int64_t end = end_[vacancy];
        for (std::int64_t at = start_[vacancy]; at < end; ++at) {
            if (at + early < end) ahead(entries_[at + early].person);
            look(entries_[at]);
        }
        for (const Entry& entry : later_[vacancy]) look(entry);
    }

    template <class Look>
    void each(Index vacancy, Look look) const {
        for (std::int64_t at = start_[vacancy]; at < end_[vacancy]; ++at) look(entries_[at]);
        for (const Entry& entry : later_[vacancy]) look(entry);
    }

   private:
    static constexpr std::int64_t early = 8;  // entries

    std::vector<std::int64_t> start_, end_;
    std::vector<Entry> entries_;
    std::vector<std::vector<Entry>> later_;  // those that joined after the rest was laid out
};

}  // namespace paotui::matching
