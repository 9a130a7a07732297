// A market: people (supply) on one side, vacancies (seats) on the other, arcs with an integer worth between them.
// Maximise the worth of what flows, nobody beyond supply, no vacancy beyond seats; nothing has to flow.
// Dual: price[j] >= 0 per seat, rent[i] = max(0, max over arcs of worth - price); an optimum satisfies
// sum supply*rent + sum seats*price = sum worth*flow, which a checker can verify from the prices alone.
#pragma once

#include <cstdint>
#include <vector>

namespace paotui::matching {

using Worth = std::int64_t;
using Index = std::int32_t;

struct Arcs {
    Index people, vacancies;
    const std::int64_t *start, *end;  // of the arcs of each person
    const Index* head;                // vacancy of each arc
    const Worth* worth;
    const Index* supply;  // per person
    const Index* seats;   // per vacancy
};

// Told now and then; says whether to stop.
using Tell = int (*)(std::int64_t iterations, void* context);

struct Teller {
    Tell tell = nullptr;
    void* context = nullptr;
    std::int64_t iterations = 0;
    bool stopped = false;
    bool step() { return (++iterations & 1023) == 0 ? ask() : stopped; }
    bool ask() {
        if (tell && tell(iterations, context)) stopped = true;
        return stopped;
    }
};

// What flows: pieces, each an amount on one arc, listed by vacancy and by person.
class Flow {
   public:
    struct Piece {
        Index person, vacancy, amount;
        std::int64_t arc;
        Index next, previous;                      // of the vacancy
        Index next_of_person, previous_of_person;  // of the person
    };

    explicit Flow(const Arcs& arcs)
        : free_(arcs.seats, arcs.seats + arcs.vacancies),
          surplus_(arcs.supply, arcs.supply + arcs.people),
          first_(arcs.vacancies, -1),
          first_of_person_(arcs.people, -1) {
        pieces_.reserve(arcs.people);
    }

    Index free(Index vacancy) const { return free_[vacancy]; }
    Index surplus(Index person) const { return surplus_[person]; }
    Index first(Index vacancy) const { return first_[vacancy]; }
    Index first_of(Index person) const { return first_of_person_[person]; }
    const Piece& operator[](Index piece) const { return pieces_[piece]; }
    std::size_t room() const { return pieces_.size(); }

    // People with a unit each and vacancies without seats join.
    void grow(Index people, Index vacancies) {
        surplus_.resize(people, 1);
        first_of_person_.resize(people, -1);
        free_.resize(vacancies, 0);
        first_.resize(vacancies, -1);
    }

    void more_seats(Index vacancy, Index by) { free_[vacancy] += by; }

    // The arcs of a person lie elsewhere now.
    void moved(Index person, std::int64_t by) {
        for (Index at = first_of_person_[person]; at >= 0; at = pieces_[at].next_of_person) pieces_[at].arc += by;
    }

    // The same arc of a person has another number.
    void renamed(Index person, std::int64_t from, std::int64_t to) {
        for (Index at = first_of_person_[person]; at >= 0; at = pieces_[at].next_of_person)
            if (pieces_[at].arc == from) pieces_[at].arc = to;
    }

    void add(Index person, Index vacancy, std::int64_t arc, Index amount) {
        free_[vacancy] -= amount;
        surplus_[person] -= amount;
        for (Index at = first_of_person_[person]; at >= 0; at = pieces_[at].next_of_person)
            if (pieces_[at].arc == arc) {
                pieces_[at].amount += amount;
                return;
            }
        Index at;
        if (unused_.empty()) {
            at = static_cast<Index>(pieces_.size());
            pieces_.emplace_back();
        } else {
            at = unused_.back();
            unused_.pop_back();
        }
        pieces_[at] = {person, vacancy, amount, arc, first_[vacancy], -1, first_of_person_[person], -1};
        if (first_[vacancy] >= 0) pieces_[first_[vacancy]].previous = at;
        first_[vacancy] = at;
        if (first_of_person_[person] >= 0) pieces_[first_of_person_[person]].previous_of_person = at;
        first_of_person_[person] = at;
    }

    void take(Index at, Index amount) {
        Piece& piece = pieces_[at];
        free_[piece.vacancy] += amount;
        surplus_[piece.person] += amount;
        if ((piece.amount -= amount) > 0) return;
        (piece.previous >= 0 ? pieces_[piece.previous].next : first_[piece.vacancy]) = piece.next;
        if (piece.next >= 0) pieces_[piece.next].previous = piece.previous;
        (piece.previous_of_person >= 0 ? pieces_[piece.previous_of_person].next_of_person
                                       : first_of_person_[piece.person]) = piece.next_of_person;
        if (piece.next_of_person >= 0) pieces_[piece.next_of_person].previous_of_person = piece.previous_of_person;
        unused_.push_back(at);
    }

   private:
    std::vector<Piece> pieces_;
    std::vector<Index> unused_, free_, surplus_, first_, first_of_person_;
};

}  // namespace paotui::matching
