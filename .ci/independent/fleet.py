"""A fleet of units that decay, close, are audited and seeded anew ("A fleet of units"), all of one size."""

import numpy as np

from exit_prices import Business, weights
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

        self.unit_worth = self.worth_of_units()

    def worth_of_units(self):
        """[count that is there now, state]: what a unit of that state brings, by the recursion of the means month by month.

        States are healthy, decayed, and back from being seeded in 1, 2, ... months."""
        spec, kinds = self.spec, 2 + self.w
        h = 1 - 2 ** (-1 / half_life(spec["algorithm_half_life"]))
        s = 1 - np.exp(-num(spec["shutdown"]) / 12)
        sunset = spec.get("found") == "sunset"
        cost = 0 if sunset else months(spec.get("reseed_cost", 0))
        looked = np.minimum(1, self.A / np.maximum(1, np.arange(self.N + 1)))[:, None] * num(spec["detection"])
        state = np.broadcast_to(np.eye(kinds), (self.N + 1, kinds, kinds)).copy()
        H, D, R = state[..., 0], state[..., 1], [state[..., 2 + k] for k in range(self.w)]
        total = np.zeros((self.N + 1, kinds))
        for w in weights(0.05):
            found = looked * D
            total += w * (H + self.e * D - cost * found)
            R = R + [0 * found if sunset else found]
            back, R = R[0], R[1:]
            H, D = (1 - s) * (1 - h) * H + back, (1 - s) * (D - found) + h * (1 - s) * H
        return total

    def ahead(self):
        worth = self.unit_worth[self.H + self.D]
        total = worth[:, 0] * self.H + worth[:, 1] * self.D
        for k, down in enumerate(self.seeding):
            total = total + worth[:, 2 + k] * down
        return np.maximum(0, total) / self.N

    def luck(self):
        s = num(self.spec.get("unit_income_log_sd", 0))
        sums = self.H + self.e * self.D
        squares = self.H + self.e**2 * self.D
        m = np.divide(sums**2, squares, out=np.ones(self.world.n), where=squares > 0)
        v = np.log1p(np.expm1(s**2) / m)
        return np.exp(np.sqrt(v) * self.rng.standard_normal(self.world.n) - v / 2)

    def month(self, t):
        spec, rng = self.spec, self.rng
        gross = self.P * self.luck()
        sunset = spec.get("found") == "sunset"
        h = 1 - 2 ** (-1 / half_life(spec["algorithm_half_life"]))
        s = 1 - np.exp(-num(spec["shutdown"]) / 12)
        d = num(spec["detection"]) * (0.5 if planted("fleet") else 1)
        looked = np.minimum(self.A, self.H + self.D)
        X = rng.hypergeometric(self.D, self.H, looked) if self.A else np.zeros(self.world.n, int)
        found = rng.binomial(X, d)
        self.D = self.D - found
        gone = rng.binomial(self.D, s)
        self.D = self.D - gone
        left = rng.binomial(self.H, s)
        self.H = self.H - left
        self.closed = self.closed + gone + left
        decayed = rng.binomial(self.H, h)
        back = np.zeros(self.world.n, int)
        if sunset:
            self.closed = self.closed + found
        else:
            self.seeding.append(found)
            back = self.seeding.pop(0)
            self.R = self.R + found - back
        self.H = self.H - decayed + back
        self.D = self.D + decayed
        spent = 0 if sunset else months(spec.get("reseed_cost", 0)) * found / self.N
        return gross, spent, (self.H + self.e * self.D) / self.N

    def states(self):
        return {"healthy": self.H / self.N, "decayed": self.D / self.N, "down": self.R / self.N, "closed": self.closed / self.N}
