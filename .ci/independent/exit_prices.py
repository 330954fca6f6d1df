"""What a business is worth to a buyer ("A business"): V = q p V0 max(0, P), P the power of the month.

Whoever extends the price of an exit extends `price` here; the kinds of businesses know nothing of it."""

import numpy as np

from assets import Asset
from laws import draw_range, num, per_month, planted


def price(q, p, opening, power):
    """The value of the part q of a business whose power is P, at p for a unit of power."""
    return q * p * opening * np.maximum(0, power)


class Business(Asset):
    business = True

    def opening(self, spec, m):
        """Told by `income`: worth 12 income multiple, at the medians of its ranges; m is what a path earns of that."""
        if "income" in spec:
            multiple = num(spec["multiple"])
            at_medians = per_month(self.median(spec["income"]))
            k = draw_range(spec["income"], self.world.n, self.rng) / self.median(spec["income"])
            self.m = k / multiple
            return 12 * at_medians * multiple
        self.m = np.maximum(0, m)
        return num(spec["value"])

    @staticmethod
    def median(text):
        if isinstance(text, list):
            return num(text[1])
        if isinstance(text, str) and "-" in text:
            low, high = text.split("/")[0].split("-")
            return float(np.sqrt(float(low) * float(high)))
        return num(text)

    def setup(self):
        n = self.world.n
        self.q, self.p, self.P = np.ones(n), np.ones(n), np.ones(n)
        self.unit = self.m * self.V0 / 12  # income of the first month
        self.begin()

    def begin(self):
        pass

    def growth(self, t):
        return np.ones(self.world.n)

    def revalue(self, t, eps):
        whole = price(1.0, self.p, self.V0, self.P)
        self.q = np.divide(self.V, whole, out=self.q.copy(), where=whole > 0)
        super().revalue(t, eps)
        self.p = np.where(self.V > 0, self.p * np.divide(self.V, self.start, out=np.ones(len(self.V)),
                                                         where=self.start > 0), self.p)
        self.after_market = self.V.copy()

    def operate(self, t):
        runs = self.P != 0
        gross, spent, power = self.month(t)
        self.gross_now = np.where(runs, self.q * self.unit * gross, 0)
        self.costs_now = np.where(runs, self.q * self.unit * spent, 0)
        lost = np.divide(self.V, self.after_market, out=np.ones(len(self.V)), where=self.after_market > 0)
        self.q = self.q * lost  # what events took of the value they took of q, after the income of the month
        before = self.V
        if planted("exit"):
            power_for_price = self.P
        else:
            power_for_price = power
        self.V = price(self.q, self.p, self.V0, power_for_price)
        self.P = power
        self.world.post("decay", self.V - before)

    def gross(self, t):
        return self.gross_now

    def lacking(self, t):
        return self.costs_now

    def ruin(self, ruined):
        self.q = np.where(ruined, 0, self.q)
        self.V = np.where(ruined, 0, self.V)
