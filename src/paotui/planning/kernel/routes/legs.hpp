// How far a search has cooled. All workers share it at first; where there is plenty of time for so few clients they part:
// each cools down once, then goes on from the best it met at a middling heat, cools down again, and so on.
#pragma once
#include "stretch.hpp"

namespace paotui {

class Legs {
  public:
    Legs(const Parameters& par, int clients, size_t workers) : par_(par), clients_(clients), workers_(static_cast<double>(workers)) {}

    bool parted() const { return parted_; }

    // Asked before every stretch: whether workers part here, after `done` iterations, since the search has run long enough
    // to tell that it will make plenty for so many clients, also where every worker searches everything on its own.
    bool part(double fraction, int64_t done) {
        if (parted_ || workers_ < 2 || fraction < LOOK) return false;
        const double whole = par_.iterations >= 0 ? static_cast<double>(par_.iterations) : static_cast<double>(done) / fraction;
        return parted_ = whole >= std::max(PLENTY, GROWING * clients_) * clients_ * workers_;
    }

    // Whether a later leg begins here, asked before every stretch.
    bool begins(double fraction) {
        const int before = leg_;
        leg_ = parted_ ? number(fraction) : 0;
        return leg_ != before;
    }

    // How far it has cooled at this fraction of the search: 0 hot, 1 cold.
    double cooled(double fraction) const {
        if (!parted_) return fraction;
        const int leg = number(fraction);
        if (!leg) return fraction / FIRST;
        return MIDDLING + (1 - MIDDLING) * std::clamp((fraction - FIRST) / FURTHER - (leg - 1), 0.0, 1.0);
    }

    // The same at the end of a stretch: cold where the next leg has begun by then.
    double cooled_until(double from, double until) const {
        return !parted_ || number(from) == number(until) ? cooled(until) : 1;
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

    const Parameters& par_;
    const int clients_;
    const double workers_;
    bool parted_ = false;
    int leg_ = 0;
};

}  // namespace paotui
