"""Products that pay for products ("Products")."""

import numpy as np

from exit_prices import AHEAD, Business, weights
from laws import months, num, per_month, planted, whole


class Flywheel(Business):
    def begin(self):
        spec, n = self.spec, self.world.n
        self.n0 = num(spec["products"])
        self.count = np.full(n, int(self.n0))
        self.pot, self.money = np.zeros(n), np.zeros(n)
        self.wait = whole(months(spec["build_time"]))
        self.ordered = [np.zeros(n, int) for _ in range(self.wait)]

    def room(self, k):
        return np.maximum(0, 1 - k / num(self.spec["saturation"]))

    def ahead(self):
        """Each product closes by itself and none is added: the mean of n(1 - n/N), for every n there is."""
        stays = (1 - num(self.spec["closure"])) ** AHEAD
        room = num(self.spec["saturation"])
        counts, which = np.unique(self.count, return_inverse=True)
        left = counts[:, None] * stays * (1 - (1 + (counts[:, None] - 1) * stays) / room)
        return (left @ weights(0.0572))[which] / (self.n0 * self.room(self.n0))

    def month(self, t):
        spec = self.spec
        cost = months(spec["build_cost"]) * (2 if planted("flywheel") else 1)
        limit = num(spec["saturation"])
        there = self.count + sum(self.ordered)
        user_cost = cost * (num(spec["closure"]) + np.log(1.0572) / 12)
        worth = [sum((limit - 2 * (there + k) - 1) / (limit - self.n0) >= user_cost for k in range(int(limit))),
                 sum(limit - 2 * (there + k) - 1 > 0 for k in range(int(limit)))]
        worked = np.minimum(per_month(spec.get("effort", 0)), np.maximum(0, worth[1] - self.pot))
        bought = num(spec["reinvested"]) * self.P * (1 - self.cut) * self.n0 / cost
        bought = np.minimum(bought, np.maximum(0, worth[0] - self.pot - worked))
        spent = bought * cost / self.n0
        full = self.pot + worked + bought
        order = np.floor(full + 1e-9).astype(int)
        self.pot = full - order
        part = np.where(order > 0, np.maximum(self.pot, 0) / np.where(full > 0, full, 1), 1)
        self.money = (self.money + bought) * part
        self.ordered.append(order)
        done = self.ordered.pop(0)
        gross = self.P
        self.count = self.count - self.rng.binomial(self.count, num(spec["closure"])) + done
        over = (self.count == 0) & (sum(self.ordered) == 0)
        out = np.where(over, self.money, 0)
        spent = spent - out * cost / self.n0
        self.pot, self.money = self.pot - out, self.money - out
        power = self.count * self.room(self.count) / (self.n0 * self.room(self.n0))
        return gross, spent, power

    def saved(self):
        return self.money * months(self.spec["build_cost"]) / self.n0 / 12

    def states(self):
        return {"products": self.count / self.n0}
