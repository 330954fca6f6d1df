"""A fleet of units that decay, close, are audited and seeded anew ("Fleets"), all of one size."""

import numpy as np

from exit_prices import AHEAD, Business, discount, weights
from laws import half_life, months, num, planted


class Fleet(Business):
    def begin(self):
        spec, n = self.spec, self.world.n
        self.N = int(num(spec["units"]))
        self.H, self.D, self.R = np.full(n, self.N), np.zeros(n, int), np.zeros(n, int)
        self.closed = np.zeros(n, int)
        self.e = num(spec["decayed_income"])
        self.w = int(months(spec.get("reseed_time", 0)))
        self.seeding = [np.zeros(n, int) for _ in range(self.w)]
        hours = num(spec["audit"])
        self.A = int(np.floor(365.25 / 12 / 7 * hours / num(spec["hours_per_audit"]))) if hours else 0

        self.h = 1 - 2 ** (-1 / half_life(spec["algorithm_half_life"]))
        self.s = -np.expm1(-num(spec["shutdown"]) / 12)
        self.sunset = spec.get("found") == "sunset"
        self.reseed_cost = 0 if self.sunset else months(spec.get("reseed_cost", 0))
        self.rises = np.expm1(num(spec.get("uplift", 0)) / 12) if self.A and num(spec["detection"]) else 0.0
        self.limit = num(spec.get("uplift_limit", 1.5))
        self.u = np.ones(n)  # what a healthy unit earns, in what it did at first
        looked = np.minimum(1, self.A / np.maximum(1, np.arange(self.N + 1)))
        self.rise = 1 + self.rises * looked  # of u in a month, by the count that is there
        self.unit_worth, self.returns = self.worth_of_units(looked * num(spec["detection"]))
        if self.rises:
            self.lifts = np.linspace(1, self.limit, 40)
            self.lift_ahead = self.worth_of_lifts()

    def worth_of_units(self, find):
        """[count that is there now, state]: what is to come of a unit, and how often it comes back from elsewhere, at its present value.

        States are healthy, decayed, and back from being seeded in 1, 2, ... months. The means of a month follow from those of
        the month before by one matrix, so all that is ever to come is a solution of linear equations."""
        h, s, kinds, counts = self.h, self.s, 2 + self.w, self.N + 1
        to = np.zeros((counts, kinds, kinds))
        to[:, 0, :2] = (1 - s) * (1 - h), (1 - s) * h
        to[:, 1, 1] = (1 - s) * (1 - find)
        if not self.sunset:
            to[:, 1, 1 + self.w if self.w else 0] = find
        for k in range(self.w):
            to[:, 2 + k, 1 + k if k else 0] = 1
        brings = np.zeros((counts, kinds))
        brings[:, 0], brings[:, 1] = 1, self.e - self.reseed_cost * find
        comes_back = to[:, :, 0].copy()
        comes_back[:, 0] = 0
        v = discount(0.05)
        to_come = np.linalg.solve(np.eye(kinds) - v * to, v * np.stack([brings / 12, comes_back], axis=2))
        if not self.sunset and not planted("horizon"):
            # the buyer looks no further; by then units stand in settled shares, and closures have left this part of them
            late = np.einsum("ck,ckx->cx", self.settled(find), to_come)
            to_come = to_come - (v * (1 - s)) ** 360 * late[:, None, :]
        return to_come[..., 0], to_come[..., 1]

    def settled(self, find):
        """The shares 1/h : 1/f : w of healthy, decayed and down units; all are decayed where none is found."""
        parts = np.zeros((len(find), 2 + self.w))
        parts[:, 0], parts[:, 1], parts[:, 2:] = find, self.h, (self.h * find)[:, None]
        return parts / parts.sum(axis=1, keepdims=True)

    def worth_of_lifts(self):
        """[count that is there now, u]: what a unit that stays healthy brings above what it did at first, while u rises to its limit."""
        kept = weights(0.05) * ((1 - self.s) * (1 - self.h)) ** AHEAD
        return np.array([kept @ (np.minimum(self.limit, self.lifts * g ** AHEAD[:, None]) - 1) for g in self.rise])

    def uplift_ahead(self, u):
        """The same for the u of each path, between those of the table."""
        there, table = self.H + self.D, self.lift_ahead
        place = np.minimum((u - 1) / (self.lifts[1] - 1), len(self.lifts) - 1.000001)
        i = place.astype(int)
        return table[there, i] + (place - i) * (table[there, i + 1] - table[there, i])

    def ahead(self):
        worth = self.unit_worth[self.H + self.D]
        healthy = worth[:, 0]
        if self.rises:  # what is seeded anew begins at 1; after 360 months next to nothing of that is left
            fresh = self.uplift_ahead(np.ones(self.world.n))
            worth = worth + self.returns[self.H + self.D] * fresh[:, None]
            healthy = worth[:, 0] + self.uplift_ahead(self.u)
        total = healthy * self.H + worth[:, 1] * self.D
        for k, down in enumerate(self.seeding):
            total = total + worth[:, 2 + k] * down
        return np.maximum(0, total) / self.N

    def luck(self):
        s = num(self.spec.get("unit_income_log_sd", 0))
        sums = self.H * self.u + self.e * self.D
        squares = self.H * self.u**2 + self.e**2 * self.D
        m = np.divide(sums**2, squares, out=np.ones(self.world.n), where=squares > 0)
        v = np.log1p(np.expm1(s**2) / m)
        return np.exp(np.sqrt(v) * self.rng.standard_normal(self.world.n) - v / 2)

    def month(self, t):
        rng = self.rng
        gross = self.P * self.luck()
        d = num(self.spec["detection"]) * (0.5 if planted("fleet") else 1)
        rise = self.rise[self.H + self.D]
        looked = np.minimum(self.A, self.H + self.D)
        X = rng.hypergeometric(self.D, self.H, looked) if self.A else np.zeros(self.world.n, int)
        found = rng.binomial(X, d)
        self.D = self.D - found
        gone = rng.binomial(self.D, self.s)
        self.D = self.D - gone
        left = rng.binomial(self.H, self.s)
        self.H = self.H - left
        self.closed = self.closed + gone + left
        decayed = rng.binomial(self.H, self.h)
        back = np.zeros(self.world.n, int)
        if self.sunset:
            self.closed = self.closed + found
        else:
            self.seeding.append(found)
            back = self.seeding.pop(0)
            self.R = self.R + found - back
        stayed = self.H - decayed
        self.H = stayed + back
        self.D = self.D + decayed
        above = (np.minimum(self.limit, self.u * rise) - 1) * stayed
        self.u = 1 + np.divide(above, self.H, out=np.zeros(self.world.n), where=self.H > 0)
        spent = self.reseed_cost * found / self.N
        return gross, spent, (self.H * self.u + self.e * self.D) / self.N

    def states(self):
        return {"healthy": self.H / self.N, "decayed": self.D / self.N, "down": self.R / self.N, "closed": self.closed / self.N}
