// Makes prices and a flow exactly optimal by successive shortest paths from whatever violates complementary
// slackness: people left over with a rent, seats left over with a price. Cold or warm, the same code.
#pragma once

#include <algorithm>
#include <queue>

#include "market.hpp"

namespace paotui::matching {

class Repair {
   public:
    Repair(const Arcs& arcs, std::vector<Worth>& price, std::vector<Worth>& rent, Flow& flow, Teller& teller)
        : arcs_(arcs),
          price_(price),
          rent_(rent),
          flow_(flow),
          teller_(teller),
          distance_(arcs.vacancies),
          person_distance_(arcs.people),
          stamp_(arcs.vacancies, 0),
          person_stamp_(arcs.people, 0),
          done_(arcs.vacancies, 0),
          parent_arc_(arcs.vacancies),
          parent_person_(arcs.vacancies),
          parent_piece_(arcs.people),
          parent_vacancy_(arcs.people) {}

    void run() {
        for (Index i = 0; i < arcs_.people; ++i)
            while (flow_.surplus(i) > 0 && rent_[i] > 0 && !teller_.step()) place(i);
        for (Index j = 0; j < arcs_.vacancies; ++j)
            while (flow_.free(j) > 0 && price_[j] > 0 && !teller_.step()) fill(j);
    }

   private:
    using Entry = std::pair<Worth, Index>;

    const Arcs& arcs_;
    std::vector<Worth>&price_, &rent_;
    Flow& flow_;
    Teller& teller_;
    std::vector<Worth> distance_, person_distance_;
    std::vector<std::int64_t> stamp_, person_stamp_, done_, parent_arc_;
    std::vector<Index> parent_person_, parent_piece_, parent_vacancy_, seen_, seen_people_;
    std::vector<Entry> heap_;
    std::int64_t turn_ = 0;
    // Arcs by vacancy, made when first needed; what the search reads of one lies together.
    struct Back {
        Worth worth;
        Index person;
        std::uint32_t place;  // among the arcs of the person
    };
    std::vector<std::int64_t> back_start_;
    std::vector<Back> back_;

    void begin() {
        ++turn_;
        heap_.clear();
        seen_.clear();
        seen_people_.clear();
    }

    void push(Worth distance, Index node) {
        heap_.emplace_back(distance, node);
        std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
    }

    Entry pop() {
        std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
        const Entry entry = heap_.back();
        heap_.pop_back();
        return entry;
    }

    // One shortest path from a person left over: to a free seat, or to somebody (perhaps the person) who rather leaves.
    void place(Index origin) {
        begin();
        Worth limit = rent_[origin];
        Index leaver = origin, seat = -1;
        reach(origin, 0, -1, limit);
        while (!heap_.empty()) {
            const auto [distance, j] = pop();
            if (distance >= limit) break;
            if (done_[j] == turn_ || distance > distance_[j]) continue;
            done_[j] = turn_;
            if (flow_.free(j) > 0) {
                limit = distance;
                seat = j;
                break;
            }
            for (Index at = flow_.first(j); at >= 0; at = flow_[at].next) {
                const Index k = flow_[at].person;
                if (person_stamp_[k] == turn_) continue;
                if (distance + rent_[k] < limit) {
                    limit = distance + rent_[k];
                    leaver = k;
                }
                reach(k, distance, at, limit);
            }
        }
        for (Index j : seen_)
            if (done_[j] == turn_ && distance_[j] < limit) price_[j] += limit - distance_[j];
        for (Index k : seen_people_)
            if (person_distance_[k] < limit) rent_[k] -= limit - person_distance_[k];
        seat >= 0 ? lead_to_seat(origin, seat) : lead_out(origin, leaver);
    }

    void reach(Index person, Worth distance, Index piece, Worth limit) {
        person_stamp_[person] = turn_;
        person_distance_[person] = distance;
        parent_piece_[person] = piece;
        seen_people_.push_back(person);
        const Worth base = distance + rent_[person];
        for (std::int64_t a = arcs_.start[person]; a < arcs_.start[person + 1]; ++a) {
            const Index j = arcs_.head[a];
            const Worth to = base + price_[j] - arcs_.worth[a];
            if (to >= limit || (stamp_[j] == turn_ && distance_[j] <= to) || arcs_.seats[j] <= 0) continue;
            if (stamp_[j] != turn_) seen_.push_back(j);
            stamp_[j] = turn_;
            distance_[j] = to;
            parent_arc_[j] = a;
            parent_person_[j] = person;
            push(to, j);
        }
    }

    void lead_to_seat(Index origin, Index seat) {
        Index amount = std::min(flow_.surplus(origin), flow_.free(seat));
        for (Index k = parent_person_[seat]; k != origin; k = parent_person_[flow_[parent_piece_[k]].vacancy])
            amount = std::min(amount, flow_[parent_piece_[k]].amount);
        shift(origin, seat, amount);
    }

    void lead_out(Index origin, Index leaver) {
        if (leaver == origin) return;  // the rent is 0 now: staying out is as good as any vacancy
        Index amount = flow_.surplus(origin);
        for (Index k = leaver; k != origin; k = parent_person_[flow_[parent_piece_[k]].vacancy])
            amount = std::min(amount, flow_[parent_piece_[k]].amount);
        const Index from = flow_[parent_piece_[leaver]].vacancy;
        flow_.take(parent_piece_[leaver], amount);
        shift(origin, from, amount);
    }

    void shift(Index origin, Index to, Index amount) {
        for (Index j = to;;) {
            const Index k = parent_person_[j];
            const std::int64_t arc = parent_arc_[j];
            if (k == origin) {
                flow_.add(k, j, arc, amount);
                return;
            }
            const Index piece = parent_piece_[k], from = flow_[piece].vacancy;
            flow_.take(piece, amount);
            flow_.add(k, j, arc, amount);
            j = from;
        }
    }

    void turn_arcs() {
        if (!back_start_.empty()) return;
        back_start_.assign(arcs_.vacancies + 1, 0);
        const std::int64_t total = arcs_.start[arcs_.people];
        for (std::int64_t a = 0; a < total; ++a) ++back_start_[arcs_.head[a] + 1];
        for (Index j = 0; j < arcs_.vacancies; ++j) back_start_[j + 1] += back_start_[j];
        back_.resize(total);
        std::vector<std::int64_t> at(back_start_.begin(), back_start_.end() - 1);
        for (Index i = 0; i < arcs_.people; ++i)
            for (std::int64_t a = arcs_.start[i]; a < arcs_.start[i + 1]; ++a)
                back_[at[arcs_.head[a]]++] = {arcs_.worth[a], i, static_cast<std::uint32_t>(a - arcs_.start[i])};
    }

    // One shortest path from a seat left over with a price: to somebody left out, or to a seat that may stay empty.
    void fill(Index origin) {
        turn_arcs();
        begin();
        Worth limit = price_[origin];
        Index emptied = origin, comer = -1;
        stamp_[origin] = turn_;
        distance_[origin] = 0;
        seen_.push_back(origin);
        push(0, origin);
        while (!heap_.empty()) {
            const auto [distance, j] = pop();
            if (distance >= limit) break;
            if (done_[j] == turn_ || distance > distance_[j]) continue;
            done_[j] = turn_;
            for (std::int64_t b = back_start_[j]; b < back_start_[j + 1]; ++b) {
                const Index i = back_[b].person;
                const Worth to = distance + rent_[i] + price_[j] - back_[b].worth;
                if (to >= limit || (person_stamp_[i] == turn_ && person_distance_[i] <= to)) continue;
                if (person_stamp_[i] != turn_) seen_people_.push_back(i);
                person_stamp_[i] = turn_;
                person_distance_[i] = to;
                parent_arc_of(i) = arcs_.start[i] + back_[b].place;
                parent_vacancy_[i] = j;
                if (flow_.surplus(i) > 0) {
                    limit = to;
                    comer = i;
                    continue;
                }
                for (Index at = flow_.first_of(i); at >= 0; at = flow_[at].next_of_person) {
                    const Index k = flow_[at].vacancy;
                    if (stamp_[k] == turn_ && distance_[k] <= to) continue;
                    if (stamp_[k] != turn_) seen_.push_back(k);
                    stamp_[k] = turn_;
                    distance_[k] = to;
                    parent_piece_of(k) = at;
                    if (to + price_[k] < limit) {
                        limit = to + price_[k];
                        emptied = k;
                        comer = -1;
                    }
                    push(to, k);
                }
            }
        }
        for (Index j : seen_)
            if (distance_[j] < limit) price_[j] -= limit - distance_[j];
        for (Index i : seen_people_)
            if (person_distance_[i] < limit) rent_[i] += limit - person_distance_[i];
        comer >= 0 ? draw(origin, comer) : drain(origin, emptied);
    }

    // While filling, the arc by which a person was reached and the piece by which a vacancy was.
    std::vector<std::int64_t> arc_to_person_;
    std::vector<Index> piece_to_vacancy_;
    std::int64_t& parent_arc_of(Index person) {
        if (arc_to_person_.empty()) arc_to_person_.resize(arcs_.people);
        return arc_to_person_[person];
    }
    Index& parent_piece_of(Index vacancy) {
        if (piece_to_vacancy_.empty()) piece_to_vacancy_.resize(arcs_.vacancies);
        return piece_to_vacancy_[vacancy];
    }

    Index narrowest(Index origin, Index last, Index amount) {
        for (Index j = last; j != origin; j = parent_vacancy_[flow_[parent_piece_of(j)].person])
            amount = std::min(amount, flow_[parent_piece_of(j)].amount);
        return amount;
    }

    void draw(Index origin, Index comer) {
        const Index to = parent_vacancy_[comer];
        const Index amount = narrowest(origin, to, std::min(flow_.free(origin), flow_.surplus(comer)));
        const std::int64_t arc = parent_arc_of(comer);
        pull(origin, to, amount);
        flow_.add(comer, to, arc, amount);
    }

    void drain(Index origin, Index emptied) {
        if (emptied == origin) return;  // the price is 0 now: the seats may stay empty
        pull(origin, emptied, narrowest(origin, emptied, flow_.free(origin)));
    }

    // Moves `amount` along the path so that `last` has seats free instead of `origin`.
    void pull(Index origin, Index last, Index amount) {
        for (Index j = last; j != origin;) {
            const Index piece = parent_piece_of(j), person = flow_[piece].person, to = parent_vacancy_[person];
            flow_.take(piece, amount);
            flow_.add(person, to, parent_arc_of(person), amount);
            j = to;
        }
    }
};

}  // namespace paotui::matching
