// A market that stands: people and vacancies change, and what the changes touch is matched anew, proven again over
// all admissible pairs. People have a list of vacancies each; of all others only the best gain (worth - price at
// the last look) is kept, in `aside`. While the rent is no less than that, nobody needs to look beyond the list.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "auction.hpp"
#include "best.hpp"
#include "filling.hpp"
#include "lists.hpp"
#include "repair.hpp"

namespace paotui::matching {

class Standing {
   public:
    // Starts with the `each` best vacancies of everybody; with prices and places (-1: none) of an earlier plan, or null.
    Standing(const Tables& tables, const Weights& weights, Index each, const Worth* price, const Index* place)
        : tables_(tables),
          weights_(weights),
          each_(each),
          cold_(!price),
          price_(tables.vacancies, 0),
          rent_(tables.people, 0),
          aside_(tables.people, nothing),
          lists_(tables),
          flow_(lists_.arcs()),
          repair_(lists_.arcs(), price_, rent_, flow_) {
        if (price) price_.assign(price, price + tables.vacancies);
        index();
        fill_lists();
        seen_ = price_;
        if (place) keep(place);
    }

    // Matches until no admissible pair is worth more than the prices of both; at most `rounds` looks.
    bool settle(Index rounds, Teller& teller) {
        if (loose_) tighten();
        if (cold_) begin_anew(teller);
        for (Index round = 0; round < rounds && !teller.stopped; ++round) {
            repair_.run(teller);
            if (teller.stopped || teller.ask()) break;
            const Index joined = look();
            if (!joined) return true;
            if (joined > tables_.people / many) begin_anew(teller);
        }
        repair_.run(teller);
        if (teller.stopped) fill_up(lists_.arcs(), flow_), loose_ = true;
        return false;
    }

    // The rows `who` of people have changed or come, `which` of vacancies have changed; other vacancies have only other
    // seats, or have come.
    void change(const Tables& tables, const Index* who, Index people, const Index* which, Index vacancies) {
        if (loose_) tighten();
        const bool others = vacancies || tables.vacancies != tables_.vacancies ||
                            tables.occupations != tables_.occupations;
        tables_ = tables;
        lists_.tidy(flow_);
        grow();
        for (Index k = 0; k < people; ++k) rent_[who[k]] = -nothing;  // no vacancy is priced for who they were
        if (others) index();
        for (Index k = 0; k < vacancies; ++k) withdraw(which[k]);
        std::vector<Index> opened;
        for (Index j = 0; j < tables_.vacancies; ++j)
            if (const Index by = tables_.seats[j] - lists_.seats(j)) reseat(j, by, opened);
        for (Index k = 0; k < vacancies; ++k)
            if (tables_.seats[which[k]] > 0) opened.push_back(which[k]);
        std::sort(opened.begin(), opened.end());
        opened.erase(std::unique(opened.begin(), opened.end()), opened.end());
        if (!opened.empty()) open(opened);
        for (Index k = 0; k < people; ++k) renew(who[k]);
        cold_ = cold_ || people > tables_.people / few;
    }

    const std::vector<Worth>& price() const { return price_; }
    const std::vector<Worth>& rent() const { return rent_; }
    std::int64_t arcs() const { return lists_.count(); }

    // The vacancy of a person (-1: none) and what the placement is worth.
    std::pair<Index, Worth> place(Index person) const {
        const Index at = flow_.first_of(person);
        return at < 0 ? std::pair{Index{-1}, Worth{0}} : std::pair{flow_[at].vacancy, lists_.arcs().worth[flow_[at].arc]};
    }

   private:
    static constexpr Index many = 100;  // more pairs join than one for so many people: a fresh start is faster
    static constexpr Index few = 8;     // the same when more than one of so many people have changed
    static constexpr Index longest = 4;  // times `each` on a list
    static constexpr Worth factor = 10, grain = 2;

    Tables tables_;
    Weights weights_;
    Index each_;
    bool cold_, loose_ = false;
    std::vector<Worth> price_, rent_, aside_, seen_;  // seen_: prices at the last look
    Lists lists_;
    Flow flow_;
    Repair repair_;
    std::optional<Candidates> candidates_;

    void index() { candidates_.emplace(tables_, weights_); }

    void fill_lists() {
        const unsigned parts = parts_of(tables_.people);
        std::vector<Lists::Part> found(parts);
        in_parts(tables_.people, parts, [&](Index first, Index last, unsigned part) {
            Best best;
            for (Index i = first; i < last; ++i) {
                look_at_all(i, best, cold_ ? 0 : -1, nullptr);
                best.choose(each_);
                aside_[i] = best.aside;
                found[part].add(best.offers);
            }
        });
        lists_.lay_out(found);
        find_rents();
    }

    void find_rents() {
        for (Index i = 0; i < tables_.people; ++i) rent_[i] = lists_.rent(i, price_);
    }

    void keep(const Index* place) {
        for (Index i = 0; i < tables_.people; ++i)
            if (const std::int64_t a = place[i] < 0 ? -1 : lists_.find(i, place[i]); a >= 0) hold(i, a);
    }

    // Places a person where nothing better can be gained and a seat is free.
    void hold(Index i, std::int64_t arc) {
        const Index j = lists_.arcs().head[arc];
        if (flow_.free(j) > 0 && lists_.arcs().worth[arc] - price_[j] == rent_[i]) flow_.add(i, j, arc, 1);
    }

    // After a search that was stopped: only placements that hold exactly stay.
    void tighten() {
        find_rents();
        for (Index i = 0; i < tables_.people; ++i)
            if (const Index at = flow_.first_of(i);
                at >= 0 && lists_.arcs().worth[flow_[at].arc] - price_[flow_[at].vacancy] != rent_[i])
                flow_.take(at, 1);
        loose_ = false;
    }

    void begin_anew(Teller& teller) {
        const Arcs& arcs = lists_.arcs();
        Worth largest = 1;
        for (Index i = 0; i < arcs.people; ++i)
            for (std::int64_t a = arcs.start[i]; a < arcs.end[i]; ++a) largest = std::max(largest, arcs.worth[a]);
        price_.assign(arcs.vacancies, 0);
        flow_ = Flow(arcs);
        Auction auction(arcs, price_, grain, teller);
        auction.run(largest, factor);
        find_rents();
        teller.stopped ? auction.settle(flow_) : auction.settle(flow_, rent_);
        cold_ = false;
        loose_ = teller.stopped;
    }

    void look_at_all(Index i, Best& best, Worth least, std::vector<Index>* listed) {
        best.begin();
        candidates_->each(i, [&](Index j, Worth worth) {
            if (!listed || (*listed)[j] != i) best.look({worth - price_[j], j, worth}, least);
        });
    }

    // ---- looking for pairs beyond the lists that the prices make better

    struct Joining {
        Index person;
        std::vector<Offer> offers;
    };

    struct Cheaper {
        std::vector<std::vector<Index>> of;  // vacancies whose price has fallen since the last look, by occupation
        std::vector<Worth> most;             // by how much at most
    };

    Index look() {
        const Cheaper cheaper = fallen();
        const unsigned parts = parts_of(tables_.people);
        std::vector<std::vector<Joining>> found(parts);
        in_parts(tables_.people, parts, [&](Index first, Index last, unsigned part) {
            std::vector<Index> listed(tables_.vacancies, -1);
            Best best;
            for (Index i = first; i < last; ++i) {
                look_beyond(i, cheaper, best, listed);
                if (!best.offers.empty()) found[part].push_back({i, best.offers});
            }
        });
        seen_ = price_;
        Index joined = 0;
        for (const auto& part : found)
            for (const Joining& one : part) {
                join(one.person, one.offers);
                joined += static_cast<Index>(one.offers.size());
            }
        return joined;
    }

    Cheaper fallen() const {
        Cheaper found{std::vector<std::vector<Index>>(tables_.occupations), std::vector<Worth>(tables_.occupations, 0)};
        for (Index j = 0; j < tables_.vacancies; ++j)
            if (tables_.seats[j] > 0 && price_[j] < seen_[j]) {
                found.of[tables_.of[j]].push_back(j);
                found.most[tables_.of[j]] = std::max(found.most[tables_.of[j]], seen_[j] - price_[j]);
            }
        return found;
    }

    // Finds the best vacancies beyond the list that gain more than the rent, and renews what `aside` says.
    void look_beyond(Index i, const Cheaper& cheaper, Best& best, std::vector<Index>& listed) {
        best.begin();
        Worth by = 0;
        for (auto o = tables_.occupation_start[i]; o < tables_.occupation_start[i + 1]; ++o)
            by = std::max(by, cheaper.most[tables_.occupation[o]]);
        if (aside_[i] + by <= rent_[i]) {
            aside_[i] += by;
            return;
        }
        lists_.mark(i, listed);
        if (aside_[i] > rent_[i])
            look_at_all(i, best, rent_[i], &listed);
        else
            look_at_cheaper(i, cheaper, best, listed);
        best.choose(each_);
        aside_[i] = best.aside;
    }

    void look_at_cheaper(Index i, const Cheaper& cheaper, Best& best, const std::vector<Index>& listed) const {
        best.aside = aside_[i];
        Index rank = 0;
        for (auto o = tables_.occupation_start[i]; o < tables_.occupation_start[i + 1]; ++o, ++rank)
            for (const Index j : cheaper.of[tables_.occupation[o]]) {
                if (listed[j] == i || aside_[i] + seen_[j] - price_[j] <= rent_[i]) {
                    if (listed[j] != i) best.aside = std::max(best.aside, aside_[i] + seen_[j] - price_[j]);
                    continue;
                }
                if (!candidates_->fits(i, j)) continue;
                const Worth worth = candidates_->worth(i, j, rank);
                best.look({worth - price_[j], j, worth}, rent_[i]);
            }
    }

    void join(Index i, const std::vector<Offer>& offers) {
        if (lists_.length(i) > longest * each_) return renew(i);
        lists_.extend(i, offers, repair_.by_vacancy, flow_);
        rent_[i] = lists_.rent(i, price_);
        const Index at = flow_.first_of(i);
        if (at >= 0 && lists_.arcs().worth[flow_[at].arc] - price_[flow_[at].vacancy] < rent_[i]) flow_.take(at, 1);
    }

    // ---- changes

    void grow() {
        lists_.grow(tables_);
        flow_.grow(tables_.people, tables_.vacancies);
        for (auto* of_person : {&rent_, &aside_}) of_person->resize(tables_.people, 0);
        for (auto* of_vacancy : {&price_, &seen_}) of_vacancy->resize(tables_.vacancies, 0);
        repair_.grow();
        if (!repair_.by_vacancy.built()) repair_.by_vacancy.build(lists_.arcs());
    }

    // Takes a vacancy off all lists; whoever has a seat there is left over.
    void withdraw(Index j) {
        while (flow_.first(j) >= 0) flow_.take(flow_.first(j), 1);
        std::vector<Index> people;
        repair_.by_vacancy.each(j, [&](const ByVacancy::Entry& entry) { people.push_back(entry.person); });
        for (const Index i : people) lists_.drop(i, j, repair_.by_vacancy, flow_);
    }

    void reseat(Index j, Index by, std::vector<Index>& opened) {
        if (lists_.seats(j) <= 0) opened.push_back(j);
        flow_.more_seats(j, by);
        lists_.more_seats(j, by);
        while (flow_.free(j) < 0) flow_.take(flow_.first(j), 1);
    }

    struct Keen {
        Worth over;  // what a seat is worth to a person beyond the rent
        Index person;
        Worth worth;
        bool operator<(const Keen& other) const {
            return over > other.over || (over == other.over && person < other.person);
        }
    };

    // Vacancies that had no seats, or were others: the keenest people take their seats, at a price for which nobody
    // else would; those next keenest have them on their lists.
    void open(const std::vector<Index>& opened) {
        const auto count = static_cast<Index>(opened.size());
        std::vector<std::vector<Keen>> keen(count);
        const std::vector<std::vector<std::pair<Index, Index>>> wanting = wanted(opened);
        in_parts(count, parts_of(count * 200), [&](Index first, Index last, unsigned) {
            for (Index k = first; k < last; ++k)
                for (const auto& [i, rank] : wanting[tables_.of[opened[k]]])
                    if (candidates_->fits(i, opened[k]))
                        keen[k].push_back({0, i, candidates_->worth(i, opened[k], rank)});
        });
        for (Index k = 0; k < count; ++k) sell(opened[k], keen[k]);
    }

    void sell(Index j, std::vector<Keen>& keen) {
        for (Keen& one : keen) one.over = one.worth - rent_[one.person];
        const auto seats = static_cast<std::size_t>(tables_.seats[j]), listed = 4 * seats + each_;
        std::partial_sort(keen.begin(), keen.begin() + std::min(listed + 1, keen.size()), keen.end());
        const Worth price = keen.size() > seats ? std::max<Worth>(0, keen[seats].over) : 0;
        price_[j] = seen_[j] = price;
        for (std::size_t k = 0; k < keen.size(); ++k) {
            const auto& [over, i, worth] = keen[k];
            std::int64_t arc = lists_.find(i, j);
            if (arc < 0 && (over <= 0 || k >= listed)) aside_[i] = std::max(aside_[i], worth - price);
            if (over <= 0 || k >= listed) continue;
            if (arc < 0) {
                lists_.extend(i, {{worth - price, j, worth}}, repair_.by_vacancy, flow_);
                arc = lists_.find(i, j);
            }
            if (over <= price && (over < price || flow_.surplus(i) == 0)) continue;
            if (flow_.free(j) == 0) continue;
            while (flow_.first_of(i) >= 0) flow_.take(flow_.first_of(i), 1);
            rent_[i] = worth - price;
            flow_.add(i, j, arc, 1);
        }
    }

    // People (and the rank) wanting each of the occupations of these vacancies.
    std::vector<std::vector<std::pair<Index, Index>>> wanted(const std::vector<Index>& opened) const {
        std::vector<char> asked(tables_.occupations, 0);
        for (const Index j : opened) asked[tables_.of[j]] = 1;
        std::vector<std::vector<std::pair<Index, Index>>> found(tables_.occupations);
        for (Index i = 0; i < tables_.people; ++i)
            for (auto o = tables_.occupation_start[i]; o < tables_.occupation_start[i + 1]; ++o)
                if (asked[tables_.occupation[o]])
                    found[tables_.occupation[o]].emplace_back(i, static_cast<Index>(o - tables_.occupation_start[i]));
        return found;
    }

    // Somebody has changed: placement and list go, the best at the prices of now are listed.
    void renew(Index i) {
        while (flow_.first_of(i) >= 0) flow_.take(flow_.first_of(i), 1);
        Best best;
        look_at_all(i, best, -1, nullptr);
        best.choose(each_);
        aside_[i] = best.aside;
        lists_.replace(i, best.offers, repair_.by_vacancy);
        rent_[i] = lists_.rent(i, price_);
    }
};

}  // namespace paotui::matching
