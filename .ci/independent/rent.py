"""Things that are let ("Real assets"), and what prices do where inflation moves."""

import numpy as np

from assets import Asset
from laws import draw_range, months, num, planted

LET, EMPTY, DISPUTE = 0, 1, 2


class Rented(Asset):
    def setup(self):
        spec, n = self.spec, self.world.n
        self.cost = sum(draw_range(spec[key], n, self.rng) for key in ("maintenance", "insurance", "manager_fee"))
        self.v = num(spec["vacancy"])
        if "rent" in spec:
            self.rent = np.full(n, num(spec["rent"]))
        else:
            self.rent = (np.maximum(0, self.m) + self.cost) / (1 - self.v)
        self.lasts = max(1, months(spec["vacancy_lasts"]))
        self.dispute_lasts = max(1, months(spec["dispute_lasts"]))
        self.disputes = num(spec["disputes"])
        self.state = None

    def growth(self, t):
        return np.full(self.world.n, (1 + num(self.spec["appreciation"])) ** (1 / 12))

    def let(self, t):
        """One uniform a month decides whether it is let."""
        u = self.rng.random(self.world.n)
        if t == 1:
            self.state = np.where(u < self.v, EMPTY, LET)
            return
        empties = self.v / ((1 - self.v) * self.lasts)
        quits = empties + 1 - np.exp(-self.disputes / 12)
        from_let = np.where(u < empties, EMPTY, np.where(u < quits, DISPUTE, LET))
        from_empty = np.where(u < 1 / self.lasts, LET, EMPTY)
        ends = 1.0 if planted("rent") else 1 / self.dispute_lasts
        from_dispute = np.where(u < ends, LET, DISPUTE)
        self.state = np.choose(self.state, [from_let, from_empty, from_dispute])

    def operate(self, t):
        self.let(t)
        decays = np.exp(-num(self.spec["output_decay"]) * (t - 1) / 12)
        self.net = (self.rent * decays * self.xi() * (self.state == LET) - self.cost) / 12
        self.decay_by(np.exp(-num(self.spec["depreciation"]) / 12))
        before = self.V
        self.V = self.V * (1 - np.maximum(0, -self.net))
        self.world.post("cost", self.V - before)
        inflation = self.world.inflation
        if inflation.moves:
            before = self.V
            self.V = self.V * np.exp(inflation.property * (inflation.pi[t] - inflation.median) / 12)
            self.world.post("drift", self.V - before)

    def rate(self, t):
        return np.maximum(0, self.net)

    def kept(self, t):
        return 0.0
