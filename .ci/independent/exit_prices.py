"""What a business is worth to a buyer ("Businesses"): V = q p V0 W, W = max(0, min(P, m A)).

A kind says by `ahead` what is to come of it, A: a sum over 360 months, of some kinds taken at the points that
docs/model.md names. `price` is the only place where P and A become a value."""

import numpy as np

from assets import Asset
from laws import draw_range, num, per_month, planted


AHEAD = np.arange(360)  # months from now


def discount(rate):
    """v: what a month's money is worth a month before, at what a buyer asks for a year."""
    return 1.0 if planted("overpaid") else (1 + rate) ** (-1 / 12)


def weights(rate, months=AHEAD, stand_for=1):
    """v^(j + 1)/12 for the months j from now, each of which stands for so many."""
    return stand_for * discount(rate) ** (months + 1) / 12


def points_ahead():
    """Months from now at which the sum is taken, and how many months each stands for: the first three, then four to each span."""
    x, w = np.polynomial.legendre.leggauss(4)
    at, stand_for = [np.arange(3.0)], [np.ones(3)]
    for low, high in ((2.5, 23.5), (23.5, 119.5), (119.5, 359.5)):
        at.append((low + high) / 2 + (high - low) / 2 * x)
        stand_for.append((high - low) / 2 * w)
    return np.concatenate(at), np.concatenate(stand_for)


POINTS, STAND_FOR = points_ahead()


def weights_of_points(rate):
    """`weights` of the months of POINTS."""
    return weights(rate, POINTS, STAND_FOR)


def price(power, m, ahead):
    """W: today's power at the multiple of day one, but no more than what is to come is worth."""
    if planted("exit"):
        return np.maximum(0, power)
    return np.maximum(0, np.minimum(power, m * ahead))


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
        self.W = np.ones(n)  # on day one it is worth what was paid
        self.fresh = True  # until the end of its first month
        self.begin()

    def begin(self):
        pass

    def ahead(self):
        """A: the present value of what is to come, in years of the first month's pace."""
        raise NotImplementedError

    def saved(self):
        """S: money that the business holds, in years of the first month's pace."""
        return 0.0

    def growth(self, t):
        return np.ones(self.world.n)

    def revalue(self, t, eps):
        whole = self.p * self.V0 * self.W
        self.q = np.divide(self.V, whole, out=self.q.copy(), where=whole > 0)
        super().revalue(t, eps)
        self.p = np.where(self.V > 0, self.p * np.divide(self.V, self.start, out=np.ones(len(self.V)),
                                                         where=self.start > 0), self.p)
        self.after_market = self.V.copy()

    def operate(self, t):
        runs = self.P != 0
        worth = self.m * self.ahead() if self.fresh else 1.0
        gross, spent, power = self.month(t)
        self.gross_now = np.where(runs, self.q * self.unit * gross, 0)
        self.costs_now = np.where(runs, self.q * self.unit * spent, 0)
        lost = np.divide(self.V, self.after_market, out=np.ones(len(self.V)), where=self.after_market > 0)
        self.q = self.q * lost  # what events took of the value they took of q, after the income of the month
        before = self.V
        self.P = power
        self.W = price(self.P, self.m, self.ahead()) + self.m * self.saved()
        self.V = self.q * self.p * self.V0 * self.W
        overpaid = self.V0 * self.q * self.p * np.maximum(0, 1 - worth)
        self.world.post("overpaid", -overpaid)
        self.world.post("decay", self.V - before + overpaid)
        self.fresh = False

    def gross(self, t):
        return self.gross_now

    def lacking(self, t):
        return self.costs_now

    def ruin(self, ruined):
        self.q = np.where(ruined, 0, self.q)
        self.V = np.where(ruined, 0, self.V)
