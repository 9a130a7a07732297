// How a search spends its time where it has plenty for its size: it cools down once, then goes on from the best it met
// at a middling heat, cools down again, and so on.
#pragma once
#include "stretch.hpp"

namespace paotui {

class Legs {
  public:
    // Whether a search of `done` iterations at this fraction has run long enough to tell that it will make plenty for
    // so many clients, also where every worker searches everything on its own.
    static bool pay(const Parameters& par, double fraction, int64_t done, int clients, size_t workers) {
        if (workers < 2 || fraction < LOOK) return false;
        const double whole = par.iterations >= 0 ? static_cast<double>(par.iterations) : static_cast<double>(done) / fraction;
        return whole >= std::max(PLENTY, GROWING * clients) * clients * static_cast<double>(workers);
    }

    // How far it has cooled at this fraction of the search: 0 hot, 1 cold.
    double cooled(double fraction) const {
        const int leg = number(fraction);
        if (!leg) return fraction / FIRST;
        return MIDDLING + (1 - MIDDLING) * std::clamp((fraction - FIRST) / FURTHER - (leg - 1), 0.0, 1.0);
    }

    // The same at the end of a stretch: cold where the next leg has begun by then.
    double cooled_until(double from, double until) const { return number(from) == number(until) ? cooled(until) : 1; }

    // Whether a leg begins here, asked before every stretch.
    bool begins(double fraction) {
        const int before = leg_;
        leg_ = number(fraction);
        return leg_ != before;
    }

  private:
    static constexpr double PLENTY = 2500, GROWING = 20;   // iterations a client and worker; and for each client more
    static constexpr double LOOK = 0.03;                   // of the search
    static constexpr double FIRST = 0.4, FURTHER = 0.1;    // of the search: the first leg and each later one
    static constexpr double MIDDLING = 0.35;               // how far it has cooled where a later leg begins

    // 0: the first one.
    static int number(double fraction) {
        return fraction < FIRST ? 0 : 1 + std::clamp(static_cast<int>((fraction - FIRST) / FURTHER), 0, LAST - 1);
    }
    static constexpr int LAST = 6;

    int leg_ = 0;
};

}  // namespace paotui
