"""A catalogue of works, of which a few earn nearly everything ("Works")."""

import numpy as np
from scipy.special import ndtr, ndtri

from exit_prices import AHEAD, Business, weights
from laws import half_life, months, num, planted


def best_and_others(n, u, spec):
    """What the best of n works earns and what is expected of the others below it; a work earns 1 on average."""
    q = u ** (1 / np.maximum(n, 1))
    if "works_tail" in spec:
        a = num(spec["works_tail"])
        best = (a - 1) / a * (1 - q) ** (-1 / a)
        below = 1 - (1 - q) ** ((a - 1) / a)
    else:
        sd = num(spec["works_log_sd"])
        z = ndtri(q)
        best = np.exp(sd * z - sd**2 / 2)
        below = ndtr(z - sd)
    return best, (n - 1) * below / q


class Royalties(Business):
    def begin(self):
        spec, n = self.spec, self.world.n
        self.N = num(spec["works"])
        best, others = best_and_others(np.full(n, self.N), self.rng.random(n), spec)
        self.b = best / (best + others)
        self.o = 1 - self.b
        self.lasting = num(spec.get("lasting", 0))
        h, H = half_life(spec["half_life"]), half_life(spec.get("lasting_half_life"))
        self.fast, self.slow = 2 ** (-1 / h), 2 ** (-1 / H)
        age = months(spec.get("age", 0))
        share = self.lasting
        part = share / (share + (1 - share) * 2 ** (-age * (1 / h - 1 / H))) if share else 0.0
        self.pb, self.po = np.full(n, part), np.full(n, part)

        self.gap = num(spec["gap_share"])  # the part that the gap gives of what the market leaves

    def ahead(self):
        """A sum of four powers, with the part that lasts and the part that the gap gives as they are now."""
        spec, power = self.spec, self.P
        lasts = np.divide(self.pb * self.b + self.po * self.o, self.b + self.o, out=np.zeros(len(self.b)), where=self.b + self.o > 0)
        j = AHEAD
        market = np.exp(-num(spec["crowding"]) * j / 12) * (1 - self.gap + self.gap * 2 ** (-j / half_life(spec["gap_half_life"])))
        fast, slow = (weights(0.05) @ (d**j * market) for d in (self.fast, self.slow))
        return power * ((1 - lasts) * fast + lasts * slow)

    def deals(self):
        """Deals with brands come in lumps, with mean 1 together with what the works earn."""
        deals, n = self.spec.get("brand_deals"), self.world.n
        if not deals:
            return 1.0
        rate, size = num(deals["rate"]), num(deals["size"])
        k = self.rng.poisson(rate / 12, n)
        best, others = best_and_others(k, self.rng.random(n), {"works_log_sd": deals.get("log_sd", 0.8)})
        return 1 - rate * size / 12 + size * np.where(k > 0, best + others, 0)

    def month(self, t):
        spec, n, rng = self.spec, self.world.n, self.rng
        gross = self.P * self.deals()
        tau = 0 if planted("royalties") else num(spec["popularity_log_sd"])
        fade_b = (1 - self.pb) * self.fast + self.pb * self.slow
        fade_o = (1 - self.po) * self.fast + self.po * self.slow
        self.pb, self.po = self.pb * self.slow / fade_b, self.po * self.slow / fade_o
        b = self.b * fade_b * np.exp(tau * rng.standard_normal(n) - tau**2 / 2)
        o = self.o * fade_o
        k = rng.poisson(num(spec["releases"]) / 12, n)
        best, others = best_and_others(k, rng.random(n), spec)
        best, others = np.where(k > 0, best, 0) / self.N, np.where(k > 0, others, 0) / self.N
        beaten = best > b
        o_next = o + others + np.minimum(b, best)
        g = np.where(beaten, b, 0)
        mixed = self.po * o + self.pb * g + self.lasting * (o_next - o - g)
        self.po = np.divide(mixed, o_next, out=self.po.copy(), where=o_next > 0)
        self.pb = np.where(beaten, self.lasting, self.pb)
        self.b, self.o = np.maximum(b, best), o_next
        gap = num(spec["gap_share"])
        new = gap * 2 ** (-t / half_life(spec["gap_half_life"]))
        self.market = np.exp(-num(spec["crowding"]) * t / 12) * (1 - gap + new)
        self.gap = new / (1 - gap + new)
        spent = k * num(spec.get("release_cost", 0)) / self.N
        return gross, spent, (self.b + self.o) * self.market

    def states(self):
        return {"royalties": self.P, "best_work": self.b * getattr(self, "market", 1.0)}
