// How a search spends its time: stretches by the clock or by iterations, each cooling from one end to the other.
#pragma once
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>

namespace paotui {

inline double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

struct Parameters {
    uint64_t seed = 1;
    double deadline = 1e300;   // steady clock, seconds
    int64_t iterations = -1;   // −1: until the deadline
    int threads = 2;
    double hot = 0, cold = 0;  // temperatures in mean nearest-neighbour costs; 0: chosen by size and kind
    int granular = 0;
    double stretches = 500;
    double mean_removed = 0, longest_string = 0;
    double reasons = 0;        // seconds to end earlier by while somebody who has to be served is not
};

// When one stretch of the search ends and how it cools: by the clock, or by iterations.
struct Stretch {
    double from, until, deadline;  // fractions by clock: [from, until] seconds; deadline never passed
    int64_t iterations;            // ≥ 0: so many, and the clock only as deadline
    double hot, cold;              // temperature at both ends
};

// Steps of a stretch, each at its temperature.
template <class Step>
void cool(const Stretch& s, const std::atomic<int>& cancel, Step step) {
    const double ratio = s.cold / s.hot;
    double temperature = s.hot;
    for (int64_t k = 0; s.iterations < 0 || k < s.iterations; ++k) {
        if ((k & 31) == 0) {
            const double t = now();
            if (t >= s.deadline || cancel.load(std::memory_order_relaxed)) break;
            if (s.iterations < 0 && t >= s.until) break;
            const double f = s.iterations < 0 ? (t - s.from) / (s.until - s.from) : static_cast<double>(k) / s.iterations;
            temperature = s.hot * std::pow(ratio, std::clamp(f, 0.0, 1.0));
        }
        step(temperature);
    }
}

// The stretches of a whole search, in each of which `parts` workers work at once.
class Schedule {
  public:
    Schedule(const Parameters& par, int parts)
        : par_(par), parts_(parts), begin_(now()), length_(std::clamp((par.deadline - begin_) / par.stretches, 0.02, 0.5)),
          share_(std::max<int64_t>(64, par.iterations / static_cast<int64_t>(par.stretches * parts))) {}

    bool over(int64_t done) const { return now() >= par_.deadline || (par_.iterations >= 0 && done >= par_.iterations); }

    // The next stretch after `done` iterations, without temperatures, and where it lies in the whole, as fractions.
    Stretch next(int64_t done, double& f0, double& f1) const {
        Stretch s{now(), 0, par_.deadline, -1, 0, 0};
        s.until = std::min(par_.deadline, s.from + length_);
        f0 = (s.from - begin_) / (par_.deadline - begin_), f1 = (s.until - begin_) / (par_.deadline - begin_);
        if (par_.iterations >= 0) {
            s.iterations = std::min(share_, (par_.iterations - done + parts_ - 1) / parts_);
            f0 = static_cast<double>(done) / par_.iterations;
            f1 = static_cast<double>(done + s.iterations * parts_) / par_.iterations;
        }
        return s;
    }

  private:
    const Parameters& par_;
    const int parts_;
    const double begin_, length_;
    const int64_t share_;
};

}  // namespace paotui
