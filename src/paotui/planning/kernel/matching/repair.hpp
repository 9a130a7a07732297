// Makes prices and a flow exactly optimal by successive shortest paths from whatever violates complementary
// slackness: people left over with a rent, seats left over with a price. Cold or warm, the same code.
#pragma once

#include <algorithm>
#include <queue>

#include "by_vacancy.hpp"
#include "market.hpp"

namespace paotui::matching {

class Repair {
   public:
    Repair(const Arcs& arcs, std::vector<Worth>& price, std::vector<Worth>& rent, Flow& flow)
        : arcs_(arcs), price_(price), rent_(rent), flow_(flow) {
        grow();
    }

    // As many people and vacancies as the market has by now.
    void grow() {
        for (auto* of_vacancy : {&distance_, &stamp_, &done_, &parent_arc_}) of_vacancy->resize(arcs_.vacancies, 0);
        for (auto* of_person : {&person_distance_, &person_stamp_, &arc_to_person_}) of_person->resize(arcs_.people, 0);
        for (auto* of_vacancy : {&parent_person_, &piece_to_vacancy_}) of_vacancy->resize(arcs_.vacancies);
        for (auto* of_person : {&parent_piece_, &parent_vacancy_}) of_person->resize(arcs_.people);
        by_vacancy.grow(arcs_.vacancies);
    }

    ByVacancy by_vacancy;  // made when first needed; whoever changes arcs later keeps it true

    void run(Teller& teller) {
        for (Index i = 0; i < arcs_.people; ++i)
            while (flow_.surplus(i) > 0 && rent_[i] > 0 && !teller.step()) place(i);
        for (Index j = 0; j < arcs_.vacancies; ++j)
            while (flow_.free(j) > 0 && price_[j] > 0 && !teller.step()) fill(j);
    }

   private:
    using Entry = std::pair<Worth, Index>;

    const Arcs& arcs_;
    std::vector<Worth>&price_, &rent_;
    Flow& flow_;
    std::vector<std::int64_t> distance_, person_distance_, stamp_, person_stamp_, done_, parent_arc_, arc_to_person_;
    std::vector<Index> parent_person_, parent_piece_, parent_vacancy_, piece_to_vacancy_, seen_, seen_people_;
    std::vector<Entry> heap_;
    std::int64_t turn_ = 0;

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
        for (std::int64_t a = arcs_.start[person]; a < arcs_.end[person]; ++a) {
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

    // One shortest path from a seat left over with a price: to somebody left out, or to a seat that may stay empty.
    void fill(Index origin) {
        if (!by_vacancy.built()) by_vacancy.build(arcs_);
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
            by_vacancy.each(j, [&, distance, j](const ByVacancy::Entry& back) {
                const Index i = back.person;
                const Worth to = distance + rent_[i] + price_[j] - back.worth;
                if (to >= limit || (person_stamp_[i] == turn_ && person_distance_[i] <= to)) return;
                if (person_stamp_[i] != turn_) seen_people_.push_back(i);
                person_stamp_[i] = turn_;
                person_distance_[i] = to;
                arc_to_person_[i] = arcs_.start[i] + back.place;
                parent_vacancy_[i] = j;
                if (flow_.surplus(i) > 0) {
                    limit = to;
                    comer = i;
                    return;
                }
                for (Index at = flow_.first_of(i); at >= 0; at = flow_[at].next_of_person) {
                    const Index k = flow_[at].vacancy;
                    if (stamp_[k] == turn_ && distance_[k] <= to) continue;
                    if (stamp_[k] != turn_) seen_.push_back(k);
                    stamp_[k] = turn_;
                    distance_[k] = to;
                    piece_to_vacancy_[k] = at;
                    if (to + price_[k] < limit) {
                        limit = to + price_[k];
                        emptied = k;
                        comer = -1;
                    }
                    push(to, k);
                }
            });
        }
        for (Index j : seen_)
            if (distance_[j] < limit) price_[j] -= limit - distance_[j];
        for (Index i : seen_people_)
            if (person_distance_[i] < limit) rent_[i] += limit - person_distance_[i];
        comer >= 0 ? draw(origin, comer) : drain(origin, emptied);
    }

    Index narrowest(Index origin, Index last, Index amount) {
        for (Index j = last; j != origin; j = parent_vacancy_[flow_[piece_to_vacancy_[j]].person])
            amount = std::min(amount, flow_[piece_to_vacancy_[j]].amount);
        return amount;
    }

    void draw(Index origin, Index comer) {
        const Index to = parent_vacancy_[comer];
        const Index amount = narrowest(origin, to, std::min(flow_.free(origin), flow_.surplus(comer)));
        const std::int64_t arc = arc_to_person_[comer];
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
            const Index piece = piece_to_vacancy_[j], person = flow_[piece].person, to = parent_vacancy_[person];
            flow_.take(piece, amount);
            flow_.add(person, to, arc_to_person_[person], amount);
            j = to;
        }
    }
};

}  // namespace paotui::matching
