// The vacancies each person has on a list, as arcs of a market; lists grow, shrink and are replaced.
#pragma once

#include <algorithm>
#include <vector>

#include "best.hpp"
#include "by_vacancy.hpp"
#include "market.hpp"

namespace paotui::matching {

class Lists {
   public:
    // What one part of the people found, one behind the other.
    struct Part {
        std::vector<Index> counts, head;
        std::vector<Worth> worth;
        void add(const std::vector<Offer>& offers) {
            counts.push_back(static_cast<Index>(offers.size()));
            for (const Offer& one : offers) head.push_back(one.vacancy), worth.push_back(one.worth);
        }
    };

    explicit Lists(const Tables& tables) { grow(tables); }
    Lists(const Lists&) = delete;
    Lists& operator=(const Lists&) = delete;

    const Arcs& arcs() const { return arcs_; }
    std::int64_t count() const { return live_; }
    Index seats(Index vacancy) const { return seats_[vacancy]; }

    void more_seats(Index vacancy, Index by) { seats_[vacancy] += by; }

    // People come with a unit each and no list, vacancies without seats (at the very beginning: with theirs).
    void grow(const Tables& tables) {
        start_.resize(tables.people, 0);
        end_.resize(tables.people, 0);
        supply_.resize(tables.people, 1);
        if (seats_.empty()) seats_.assign(tables.seats, tables.seats + tables.vacancies);
        seats_.resize(tables.vacancies, 0);
        point(tables.people, tables.vacancies);
    }

    void lay_out(const std::vector<Part>& parts) {
        Index i = 0;
        for (const Part& part : parts) {
            std::int64_t at = static_cast<std::int64_t>(head_.size());
            head_.insert(head_.end(), part.head.begin(), part.head.end());
            worth_.insert(worth_.end(), part.worth.begin(), part.worth.end());
            for (const Index count : part.counts) {
                start_[i] = at;
                end_[i++] = at += count;
            }
        }
        live_ = static_cast<std::int64_t>(head_.size());
        point(arcs_.people, arcs_.vacancies);
    }

    Index length(Index i) const { return static_cast<Index>(end_[i] - start_[i]); }

    // Lays lists out anew where much of the room is no longer used.
    void tidy(Flow& flow) {
        if (static_cast<std::int64_t>(head_.size()) <= 2 * live_ + 1000) return;
        std::vector<Index> head;
        std::vector<Worth> worth;
        head.reserve(live_);
        worth.reserve(live_);
        for (Index i = 0; i < arcs_.people; ++i) {
            const std::int64_t from = start_[i], length = end_[i] - from;
            start_[i] = static_cast<std::int64_t>(head.size());
            end_[i] = start_[i] + length;
            head.insert(head.end(), head_.begin() + from, head_.begin() + from + length);
            worth.insert(worth.end(), worth_.begin() + from, worth_.begin() + from + length);
            flow.moved(i, start_[i] - from);
        }
        head_.swap(head);
        worth_.swap(worth);
        point(arcs_.people, arcs_.vacancies);
    }

    Worth rent(Index i, const std::vector<Worth>& price) const {
        Worth most = 0;
        for (std::int64_t a = start_[i]; a < end_[i]; ++a)
            if (seats_[head_[a]] > 0) most = std::max(most, worth_[a] - price[head_[a]]);
        return most;
    }

    std::int64_t find(Index i, Index vacancy) const {
        for (std::int64_t a = start_[i]; a < end_[i]; ++a)
            if (head_[a] == vacancy) return a;
        return -1;
    }

    void mark(Index i, std::vector<Index>& listed) const {
        for (std::int64_t a = start_[i]; a < end_[i]; ++a) listed[head_[a]] = i;
    }

    // More vacancies for a person; what flows keeps flowing.
    void extend(Index i, const std::vector<Offer>& offers, ByVacancy& by_vacancy, Flow& flow) {
        const std::int64_t from = start_[i], length = end_[i] - from;
        begin(i);
        for (std::int64_t a = from; a < from + length; ++a) push(head_[a], worth_[a]);
        live_ -= length;
        end_[i] = start_[i] + length;
        flow.moved(i, start_[i] - from);
        append(i, offers, by_vacancy);
        point(arcs_.people, arcs_.vacancies);
    }

    void replace(Index i, const std::vector<Offer>& offers, ByVacancy& by_vacancy) {
        if (by_vacancy.built())
            for (std::int64_t a = start_[i]; a < end_[i]; ++a) by_vacancy.remove(head_[a], i);
        live_ -= end_[i] - start_[i];
        begin(i);
        append(i, offers, by_vacancy);
        point(arcs_.people, arcs_.vacancies);
    }

    // Takes a vacancy off the list of a person who has no seat there.
    void drop(Index i, Index vacancy, ByVacancy& by_vacancy, Flow& flow) {
        const std::int64_t a = find(i, vacancy), last = --end_[i];
        by_vacancy.remove(vacancy, i);
        --live_;
        if (a == last) return;
        head_[a] = head_[last];
        worth_[a] = worth_[last];
        by_vacancy.find(head_[a], i)->place = static_cast<std::uint32_t>(a - start_[i]);
        flow.renamed(i, last, a);
    }

   private:
    std::vector<std::int64_t> start_, end_;
    std::vector<Index> head_, supply_, seats_;
    std::vector<Worth> worth_;
    std::int64_t live_ = 0;
    Arcs arcs_{};

    void begin(Index i) { start_[i] = end_[i] = static_cast<std::int64_t>(head_.size()); }

    void push(Index vacancy, Worth worth) {
        head_.push_back(vacancy);
        worth_.push_back(worth);
        ++live_;
    }

    void append(Index i, const std::vector<Offer>& offers, ByVacancy& by_vacancy) {
        for (const Offer& one : offers) {
            if (by_vacancy.built())
                by_vacancy.add(one.vacancy, {one.worth, i, static_cast<std::uint32_t>(end_[i] - start_[i])});
            push(one.vacancy, one.worth);
            ++end_[i];
        }
    }

    void point(Index people, Index vacancies) {
        arcs_ = {people, vacancies, start_.data(), end_.data(), head_.data(), worth_.data(), supply_.data(), seats_.data()};
    }
};

}  // namespace paotui::matching
