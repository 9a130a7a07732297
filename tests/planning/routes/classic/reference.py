"""The kernel of classic problems once more, slowly and in plain Python: one thread, one kind of vehicle.

Slack induction by string removals (Christiaens & Vanden Berghe, Transportation Science 2020) as in
planning/kernel/routes: the same draws of the same generator, so the same seed and iterations give the same plan.
What the kernel keeps up to date step by step (schedules, costs) is computed anew here.
"""

from __future__ import annotations

from typing import Any

from paotui.planning.routes.kernel import Arrays
from tests.planning.routes.classic.reference_instance import Instance, Random

MOST = (1 << 63) - 1
STRETCHES, SPARE = 500, 16
MEAN_REMOVED = LONGEST_STRING = 10.0
SPLIT, SPLIT_DEPTH, BLINK, WHOLE_ROUTE, CROSSING, OPENING = 0.5, 0.01, 0.01, 0.1, 0.5, 0.03


class Worker:
    """Improves a set of routes; `free`: numbers of empty routes, the last is used first; `bank`: clients left out."""

    def __init__(
        self, x: Instance, routes: list[list[int]], bank: list[int], seed: int, must: int, generous: int, spare: int
    ) -> None:
        self.x, self.rng, self.must, self.generous = x, Random(seed), must, generous
        used = len(routes)
        self.routes = [list(route) for route in routes] + [[] for _ in range(min(spare, x.count - used))]
        self.free = list(range(used, len(self.routes)))
        self.mine = [c for route in routes for c in route] + bank
        self.of = {c: r for r, route in enumerate(self.routes) for c in route}
        self.bank = list(bank)
        self.cost = sum(map(x.length, self.routes)) + sum(map(self.price, bank))
        self.blink_in = self.blink_gap()
        self.journal: dict[int, list[int]] = {}
        self.note_best()

    def price(self, c: int) -> int:
        price = self.x.price[c]
        return self.must if price is None else price + self.generous

    def note_best(self) -> None:
        self.best = [list(route) for route in self.routes]
        self.best_bank, self.best_cost = list(self.bank), self.cost

    def construct(self, order: list[int]) -> None:
        for c in order:
            more, r, at = self.best_place(c)
            if r >= 0:
                self.cost += more - self.price(c)
                self.out_of_bank(c)
                self.insert(c, r, at)
        self.note_best()

    def run(self, hot: float, cold: float, iterations: int) -> None:
        temperature = hot
        for k in range(iterations):
            if k % 32 == 0:
                temperature = hot * (cold / hot) ** (k / iterations)
            self.iterate(temperature)
            self.cross(CROSSING * temperature)

    def iterate(self, temperature: float) -> None:
        self.journal = {}
        before = self.cost
        self.ruin()
        limit = before + temperature * self.rng.exponential()
        self.recreate(self.order(), limit)
        if self.cost > limit:
            self.undo()
            self.cost = before
            return
        for c in self.removed:
            if c in self.bank and c in self.of:
                self.out_of_bank(c)
        self.bank += [c for c in self.left if c not in self.bank]
        if self.cost < self.best_cost:
            self.note_best()

    # ---- tails

    def cross(self, temperature: float) -> None:
        c = self.mine[self.rng.below(len(self.mine))]
        a = self.of.get(c, -1)
        if a < 0:
            return
        best, found = int(temperature * self.rng.exponential()), None
        for d in self.x.near[c]:
            if (b := self.of.get(d, -1)) in (-1, a):
                continue
            routes = self.crossed(c, d)
            cost = sum(map(self.x.length, routes)) - self.x.length(self.routes[a]) - self.x.length(self.routes[b])
            if cost < best and all(self.x.load(one) <= self.x.capacity and self.x.holds(one) for one in routes):
                best, found = cost, (b, routes)
        if found is None:
            return
        b, (self.routes[a], self.routes[b]) = found
        self.of |= {one: r for r in (a, b) for one in self.routes[r]}
        self.cost += best
        if not self.routes[b]:
            self.free.append(b)
        if self.cost < self.best_cost:
            self.note_best()

    def crossed(self, c: int, d: int) -> tuple[list[int], list[int]]:
        """Both routes when d and what follows it come behind c, and what followed c where d was."""
        mine, theirs = self.routes[self.of[c]], self.routes[self.of[d]]
        i, j = mine.index(c) + 1, theirs.index(d)
        return mine[:i] + theirs[j:], theirs[:j] + mine[i:]

    # ---- ruin

    def ruin(self) -> None:
        self.removed: list[int] = []
        used = len(self.routes) - len(self.free)
        average = len(self.of) / used if used else 1.0
        longest = min(LONGEST_STRING, average)
        strings = int(1.0 + self.rng.unit() * max(1.0, 4.0 * MEAN_REMOVED / (1.0 + longest) - 1.0))
        self.opened = -1
        if self.x.optional and self.bank and self.rng.unit() < OPENING:
            self.opened = self.bank[self.rng.below(len(self.bank))]
            self.take_bank(self.opened, int(max(10.0, average) * (0.5 + self.rng.unit())))
            return self.take_strings(self.opened, 1 + self.rng.below(strings), longest, set(), 0)
        seed, ruined = self.mine[self.rng.below(len(self.mine))], set()
        if (self.x.windows or self.x.optional) and self.rng.unit() < WHOLE_ROUTE:
            r = self.of.get(seed, -1)
            if r >= 0 and len(self.routes[r]) <= 4 * MEAN_REMOVED:
                ruined.add(r)
                self.remove(r, 0, len(self.routes[r]))
        return self.take_strings(seed, strings, longest, ruined, 8)

    def take_bank(self, seed: int, most: int) -> None:
        for c in [c for c in (seed, *self.x.ring[seed]) if c in self.bank][:most]:
            self.take_from_bank(c)

    def take_from_bank(self, c: int) -> None:
        self.removed.append(c)
        self.cost -= self.price(c)

    def take_strings(self, seed: int, strings: int, longest: float, ruined: set[int], most: int) -> None:
        for c in [seed, *self.x.ring[seed]]:
            if strings <= 0:
                break
            r = self.of.get(c, -1)
            if r < 0:
                if c in self.bank and most > 0:
                    most -= 1
                    self.take_from_bank(c)
            elif r not in ruined:
                ruined.add(r)
                limit = min(longest, float(len(self.routes[r])))
                self.remove_around(c, r, max(1, int(1.0 + self.rng.unit() * limit - 1e-9)))
                strings -= 1

    def remove_around(self, c: int, r: int, length: int) -> None:
        size, kept = len(self.routes[r]), 0
        if 1 < length < size and self.rng.unit() < SPLIT:
            kept = 1
            while length + kept < size and self.rng.unit() < SPLIT_DEPTH:
                kept += 1
        whole = length + kept
        first = max(0, self.routes[r].index(c) - self.rng.below(whole))
        first = min(first, size - whole)
        if not kept:
            return self.remove(r, first, length)
        head = 1 + self.rng.below(length - 1)
        self.remove(r, first, head)
        return self.remove(r, first + kept, length - head)

    def remove(self, r: int, first: int, count: int) -> None:
        gone = self.routes[r][first : first + count]
        self.change(r, self.routes[r][:first] + self.routes[r][first + count :])
        self.removed += gone
        for c in gone:
            del self.of[c]
        if not self.routes[r]:
            self.free.append(r)

    def change(self, r: int, route: list[int]) -> None:
        self.journal.setdefault(r, self.routes[r])
        self.cost += self.x.length(route) - self.x.length(self.routes[r])
        self.routes[r] = route

    def undo(self) -> None:
        for r in self.journal:
            if not self.routes[r]:
                self.take_free(r)
        for r, route in self.journal.items():
            for c in self.routes[r]:
                if self.of.get(c) == r:
                    del self.of[c]
            self.routes[r] = route
            if not route:
                self.free.append(r)
        self.of |= {c: r for r, route in self.journal.items() for c in route}

    def take_free(self, r: int) -> None:
        _take(self.free, r)

    def out_of_bank(self, c: int) -> None:
        _take(self.bank, c)

    # ---- recreate

    def blink_gap(self) -> int:
        return 1 + int(self.rng.exponential() / BLINK)

    def blinks(self) -> bool:
        self.blink_in -= 1
        if self.blink_in > 0:
            return False
        self.blink_in = self.blink_gap()
        return True

    def order(self) -> list[int]:
        x, draw = self.x, self.rng.below(17 if self.x.windows else 11)
        keys = [self.rng.next() >> 1 for _ in self.removed] if draw < 4 else [
            -x.demand[c] if draw < 8 else -x.d[x.depot][c] if draw < 10 else x.d[x.depot][c] if draw < 11
            else x.close[c] - x.open[c] if draw < 13 else x.open[c] if draw < 15 else -x.close[c]
            for c in self.removed]  # fmt: skip
        return [c for _, c in sorted(zip(keys, self.removed, strict=True), key=lambda one: one[0])]

    def recreate(self, order: list[int], limit: float) -> None:
        self.left = []
        if self.opened >= 0:
            self.open_route()
        for c in order:
            if c == self.opened:
                continue
            more, r, at = self.best_place(c)
            if r >= 0:
                self.cost += more
                self.insert(c, r, at)
            else:
                self.cost += self.price(c)
                self.left.append(c)
            if self.cost > limit:
                break

    def open_route(self) -> None:
        nowhere = (MOST, -1, 0)
        more, r, at = self.better(nowhere, self.opened, self.free[-1], 0, overlook=False) if self.free else nowhere
        if r < 0:
            self.opened = -1
            return
        self.cost += more
        self.insert(self.opened, r, at)

    def best_place(self, c: int) -> tuple[int, int, int]:
        """What it costs, the number of the route (−1: none cheaper than leaving it out) and the place in it."""
        best, least = (self.price(c), -1, 0), self.least(c)
        self.dear = False
        for o in self.x.near[c]:
            if (r := self.of.get(o, -1)) < 0:
                continue
            at = self.routes[r].index(o)
            for place in (at + 1, at):
                if self.x.d[c][o] + least - self.edge(r, place) >= best[0]:
                    self.dear = True
                else:
                    best = self.better(best, c, r, place)
        if best[1] < 0 and not self.dear:
            for r, route in enumerate(self.routes):
                for place in range(len(route) + 1 if route else 0):
                    best = self.better(best, c, r, place)
        return self.better(best, c, self.free[-1], 0, overlook=False) if self.free else best

    def least(self, c: int) -> int:
        """The distance to the depot or the nearest client served, whichever is less."""
        near = next((o for o in self.x.ring[c] if o in self.of), -1)
        return min(self.x.d[c][self.x.depot], self.x.d[c][near]) if near >= 0 else 0

    def edge(self, r: int, at: int) -> int:
        """The length of the edge that ends at a place of a route."""
        places = [self.x.depot, *self.routes[r], self.x.depot]
        return self.x.d[places[at]][places[at + 1]]

    def better(
        self, best: tuple[int, int, int], c: int, r: int, at: int, *, overlook: bool = True
    ) -> tuple[int, int, int]:
        x, route = self.x, self.routes[r]
        if x.load(route) + x.demand[c] > x.capacity:
            return best
        longer = [*route[:at], c, *route[at:]]
        more = x.length(longer) - x.length(route)
        if more >= best[0]:
            self.dear = True
            return best
        return best if not x.holds(longer) or (overlook and self.blinks()) else (more, r, at)

    def insert(self, c: int, r: int, at: int) -> None:
        if not self.routes[r]:
            self.take_free(r)
        cost = self.cost  # what it costs is accounted for already
        self.change(r, [*self.routes[r][:at], c, *self.routes[r][at:]])
        self.cost, self.of[c] = cost, r


def _take(numbers: list[int], one: int) -> None:
    """Out of the list; the last takes its place."""
    numbers[numbers.index(one)] = numbers[-1]
    numbers.pop()


def solve(arrays: Arrays, iterations: int, seed: int) -> tuple[list[list[int]], int]:
    """Routes of the best plan found, and what it costs without clients left out that had to be served."""
    x, rng = Instance(arrays), Random(seed * 0x9E3779B97F4A7C15 + 1)
    must = first = max(1, 4 * max(x.d[x.depot][: x.n]))

    def true(w: Any) -> tuple[int, int]:
        missing = sum(x.price[c] is None for c in w.best_bank)
        steering = sum(w.price(c) - (x.price[c] or 0) for c in w.best_bank)
        return missing, w.best_cost - steering

    w = Worker(x, [], list(range(x.n)), rng.next(), must, must, x.n)
    w.construct(sorted(range(x.n), key=lambda c: (-x.d[x.depot][c], c)))
    best, worth = w.best, true(w)
    per_route = x.n / max(1.0, len([route for route in w.routes if route]))
    hot, cold = (5.0, 0.03) if x.optional else (15.0 if per_route > 30 else 5.0, 0.12)
    hot, cold = hot * x.mean, cold * x.mean
    done, share = 0, max(64, iterations // STRETCHES)
    while done < iterations:
        count = min(share, iterations - done)
        f0, f1 = done / iterations, (done + count) / iterations
        last = hot * (cold / hot) ** f1
        generous = int(last - cold) if x.optional else 0
        w = Worker(x, [route for route in w.routes if route], w.bank, rng.next(), must, generous, SPARE)
        w.run(hot * (cold / hot) ** f0, last, count)
        done += count
        if true(w) < worth:
            best, worth = w.best, true(w)
        if worth[0] and must < first << 16:
            must *= 2
    return [route for route in best if route], worth[1]
