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
        vacancy_.resize(arcs_.vacancies, {});
        person_.resize(arcs_.people, {});
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

    // What a search writes of a vacancy and of a person: each together, since memory is what a search waits for.
    struct ReachedVacancy {
        std::int64_t turn = 0, done = 0, distance = 0, arc = 0;  // the turns in which it was reached and left again
        Index person = -1, piece = -1;                           // from whom, over what (forth: arc, back: piece)
    };
    struct ReachedPerson {
        std::int64_t turn = 0, distance = 0, arc = 0;
        Index piece = -1, vacancy = -1;  // from which vacancy (forth: piece, back: arc)
    };

    const Arcs& arcs_;
    std::vector<Worth>&price_, &rent_;
    Flow& flow_;
    std::vector<ReachedVacancy> vacancy_;
    std::vector<ReachedPerson> person_;
    std::vector<Index> seen_, seen_people_;
    std::vector<Entry> heap_;
    std::vector<std::pair<Index, Index>> holders_;
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
            if (vacancy_[j].done == turn_ || distance > vacancy_[j].distance) continue;
            vacancy_[j].done = turn_;
            if (flow_.free(j) > 0) {
                limit = distance;
                seat = j;
                break;
            }
            for (const auto& [at, k] : holders(j)) {
                if (person_[k].turn == turn_) continue;
                if (distance + rent_[k] < limit) {
                    limit = distance + rent_[k];
                    leaver = k;
                }
                reach(k, distance, at, limit);
            }
        }
        for (Index j : seen_)
            if (vacancy_[j].done == turn_ && vacancy_[j].distance < limit) price_[j] += limit - vacancy_[j].distance;
        for (Index k : seen_people_)
            if (person_[k].distance < limit) rent_[k] -= limit - person_[k].distance;
        seat >= 0 ? lead_to_seat(origin, seat) : lead_out(origin, leaver);
    }

    // Pieces and people of a vacancy; what is read of them next is on its way to the cache already.
    const std::vector<std::pair<Index, Index>>& holders(Index j) {
        holders_.clear();
        for (Index at = flow_.first(j); at >= 0; at = flow_[at].next) {
            const Index k = flow_[at].person;
            holders_.emplace_back(at, k);
            __builtin_prefetch(&person_[k], 1);
            __builtin_prefetch(&rent_[k], 1);
            __builtin_prefetch(&arcs_.start[k]);
            __builtin_prefetch(&arcs_.end[k]);
        }
        for (const auto& [at, k] : holders_) {
            __builtin_prefetch(&arcs_.head[arcs_.start[k]]);
            __builtin_prefetch(&arcs_.worth[arcs_.start[k]]);
            __builtin_prefetch(&arcs_.worth[arcs_.start[k]] + 8);
        }
        return holders_;
    }

    void reach(Index person, Worth distance, Index piece, Worth limit) {
        person_[person].turn = turn_;
        person_[person].distance = distance;
        person_[person].piece = piece;
        seen_people_.push_back(person);
        const Worth base = distance + rent_[person];
        for (std::int64_t a = arcs_.start[person]; a < arcs_.end[person]; ++a) {
            const Index j = arcs_.head[a];
            const Worth to = base + price_[j] - arcs_.worth[a];
            if (to >= limit || (vacancy_[j].turn == turn_ && vacancy_[j].distance <= to)) continue;
            if (arcs_.seats[j] <= 0) continue;
            if (vacancy_[j].turn != turn_) seen_.push_back(j);
            vacancy_[j].turn = turn_;
            vacancy_[j].distance = to;
            vacancy_[j].arc = a;
            vacancy_[j].person = person;
            push(to, j);
        }
    }

    void lead_to_seat(Index origin, Index seat) {
        Index amount = std::min(flow_.surplus(origin), flow_.free(seat));
        for (Index k = vacancy_[seat].person; k != origin; k = vacancy_[flow_[person_[k].piece].vacancy].person)
            amount = std::min(amount, flow_[person_[k].piece].amount);
        shift(origin, seat, amount);
    }

    void lead_out(Index origin, Index leaver) {
        if (leaver == origin) return;  // the rent is 0 now: staying out is as good as any vacancy
        Index amount = flow_.surplus(origin);
        for (Index k = leaver; k != origin; k = vacancy_[flow_[person_[k].piece].vacancy].person)
            amount = std::min(amount, flow_[person_[k].piece].amount);
        const Index from = flow_[person_[leaver].piece].vacancy;
        flow_.take(person_[leaver].piece, amount);
        shift(origin, from, amount);
    }

    void shift(Index origin, Index to, Index amount) {
        for (Index j = to;;) {
            const Index k = vacancy_[j].person;
            const std::int64_t arc = vacancy_[j].arc;
            if (k == origin) {
                flow_.add(k, j, arc, amount);
                return;
            }
            const Index piece = person_[k].piece, from = flow_[piece].vacancy;
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
        vacancy_[origin].turn = turn_;
        vacancy_[origin].distance = 0;
        seen_.push_back(origin);
        push(0, origin);
        while (!heap_.empty()) {
            const auto [distance, j] = pop();
            if (distance >= limit) break;
            if (vacancy_[j].done == turn_ || distance > vacancy_[j].distance) continue;
            vacancy_[j].done = turn_;
            const auto ahead = [&](Index i) {
                __builtin_prefetch(&rent_[i], 1);
                __builtin_prefetch(&person_[i], 1);
            };
            by_vacancy.each(j, ahead, [&, distance, j](const ByVacancy::Entry& back) {
                const Index i = back.person;
                const Worth to = distance + rent_[i] + price_[j] - back.worth;
                if (to >= limit || (person_[i].turn == turn_ && person_[i].distance <= to)) return;
                if (person_[i].turn != turn_) seen_people_.push_back(i);
                person_[i].turn = turn_;
                person_[i].distance = to;
                person_[i].arc = arcs_.start[i] + back.place;
                person_[i].vacancy = j;
                if (flow_.surplus(i) > 0) {
                    limit = to;
                    comer = i;
                    return;
                }
                for (Index at = flow_.first_of(i); at >= 0; at = flow_[at].next_of_person) {
                    const Index k = flow_[at].vacancy;
                    if (vacancy_[k].turn == turn_ && vacancy_[k].distance <= to) continue;
                    if (vacancy_[k].turn != turn_) seen_.push_back(k);
                    vacancy_[k].turn = turn_;
                    vacancy_[k].distance = to;
                    vacancy_[k].piece = at;
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
            if (vacancy_[j].distance < limit) price_[j] -= limit - vacancy_[j].distance;
        for (Index i : seen_people_)
            if (person_[i].distance < limit) rent_[i] += limit - person_[i].distance;
        comer >= 0 ? draw(origin, comer) : drain(origin, emptied);
    }

    Index narrowest(Index origin, Index last, Index amount) {
        for (Index j = last; j != origin; j = person_[flow_[vacancy_[j].piece].person].vacancy)
            amount = std::min(amount, flow_[vacancy_[j].piece].amount);
        return amount;
    }

    void draw(Index origin, Index comer) {
        const Index to = person_[comer].vacancy;
        const Index amount = narrowest(origin, to, std::min(flow_.free(origin), flow_.surplus(comer)));
        const std::int64_t arc = person_[comer].arc;
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
            const Index piece = vacancy_[j].piece, person = flow_[piece].person, to = person_[person].vacancy;
            flow_.take(piece, amount);
            flow_.add(person, to, person_[person].arc, amount);
            j = to;
        }
    }
};

}  // namespace paotui::matching
