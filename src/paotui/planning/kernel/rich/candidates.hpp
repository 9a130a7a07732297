// The cheapest places found for a stop so far.
#pragma once
#include <cstdint>

namespace rich {

constexpr double NEVER = 1e290;

enum Pattern : int8_t { PLAIN = 0, CLOSE = 1, OPEN = 2 };  // CLOSE: stop, station; OPEN: station, stop

struct Candidate {
    double delta = NEVER;
    int v = -1, gap = 0, station = -1, second_gap = 0;
    Pattern pattern = PLAIN;
    bool same_place(const Candidate& c) const {
        return v == c.v && gap == c.gap && pattern == c.pattern && second_gap == c.second_gap;
    }
};

class Candidates {
  public:
    static constexpr int MOST = 6;

  private:
    Candidate kept[MOST];
    int width, count = 0;

  public:
    explicit Candidates(int wanted) : width(wanted) {}

    int size() const { return count; }
    const Candidate& operator[](int i) const { return kept[i]; }
    void clear() { count = 0; }
    // What is not cheaper need not be looked at closely.
    double limit() const { return count == width ? kept[width - 1].delta : NEVER; }
    void keep(const Candidate& c) {
        if (c.delta >= limit()) return;
        for (int i = 0; i < count; ++i)
            if (kept[i].same_place(c)) return;
        int i = count < width ? count++ : width - 1;
        for (; i > 0 && kept[i - 1].delta > c.delta; --i) kept[i] = kept[i - 1];
        kept[i] = c;
    }
};

}  // namespace rich
