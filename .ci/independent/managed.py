"""An edge that fades, and a target for the volatility ("Managed portfolios")."""

import numpy as np

from assets import Asset
from laws import half_life, months, num, planted


class Managed(Asset):
    def setup(self):
        spec = self.spec
        self.m = np.maximum(0, self.m)
        self.fee = num(spec["manager_fee"]) / 12
        self.base = num(spec["mix_return"]) / 12 - self.fee
        self.kept_edge = 1.0 if planted("managed") else num(spec["edge_kept"])
        self.fades = half_life(spec.get("edge_half_life"))
        self.target = num(spec["volatility_target"]) if "volatility_target" in spec else None
        self.seen = np.full(self.world.n, num(spec["volatility"]) ** 2)
        self.invested = np.ones(self.world.n)
        self.choose()

    def choose(self):
        if self.target is not None:
            self.invested = np.minimum(1, self.target / np.sqrt(self.seen))

    def month_return(self, t):
        edge = self.m / 12 - self.base
        r = self.base + edge * np.where(edge > 0, self.kept_edge * 2 ** (-(t - 1) / self.fades), 1)
        if self.target is None:
            return r
        cash = (1 + self.world.cash_rate) ** (1 / 12) - 1
        return self.invested * (r + self.fee) + (1 - self.invested) * cash - self.fee

    def growth(self, t):
        r = self.month_return(t)
        return 1 + r - num(self.spec["income_share"]) * np.maximum(0, r)

    def rate(self, t):
        return num(self.spec["income_share"]) * np.maximum(0, self.r)

    def kept(self, t):
        return self.g - 1

    def surprises(self, eps):
        """What of the mix is in its market takes its surprise; what was seen moves what is in it next month."""
        shock, jump = super().surprises(eps)
        self.r, self.g = self.month_return(self.world.t), self.growth(self.world.t)
        f = shock * jump
        if self.target is not None:
            back = 2 ** (-1 / months(self.spec["volatility_half_life"]))
            now = self.invested
            self.seen = back * self.seen + (1 - back) * 12 * (f - 1) ** 2
            self.choose()
            return 1 + now * (shock - 1), (1 + now * (f - 1)) / (1 + now * (shock - 1))
        return shock, jump

    def states(self):
        return {"invested": self.invested} if self.target is not None else {}
