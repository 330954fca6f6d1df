"""Sites that live on visits ("Sites")."""

import numpy as np

from exit_prices import POINTS, Business, weights_of_points
from laws import half_life, num, planted


class Content(Business):
    def begin(self):
        spec, n = self.spec, self.world.n
        self.niche = num(spec["niche"])
        self.x, self.K, self.F = 1 / self.niche, self.niche, np.ones(n)
        self.N = np.ones(n)
        self.c = num(spec["fixed_costs"])

    def ahead(self):
        """By F, the only number in which paths differ, on a fine grid; what updates do is at the page's four points."""
        low, high = np.log(self.F).min(), np.log(self.F).max()
        grid = np.linspace(low, high + 1e-9, 400)
        return np.where(self.P == 0, 0, np.interp(np.log(self.F), grid, self.ahead_of(np.exp(grid))))

    def ahead_of(self, F):
        spec = self.spec
        j = POINTS
        mu, s, rate = num(spec["update_mean"]), num(spec["update_sd"]), num(spec["updates"]) / 12
        r, o = num(spec["growth"]), num(spec["owned_audience"])
        grown = np.exp(r / 12 * j)
        x = self.x * grown / (1 + self.x * (grown - 1))
        niche = self.K * 2 ** (-(1 - num(spec["renewed"])) / half_life(spec["page_half_life"]) * j)
        mean = np.exp((rate * np.expm1(mu) - num(spec["ai_answers"]) / 12) * j)
        deviation = np.sqrt(j * rate * (s**2 + (mu - s**2 / 2) ** 2))
        points, chances = np.array([-1.771, -0.425, 0.425, 1.771]), np.array([0.139, 0.361, 0.361, 0.139])
        law = np.exp(deviation * points[:, None])
        law *= mean / (chances @ law)
        visits = niche * np.minimum(x * (o + (1 - o) * F[:, None, None] * law), 1)
        net = np.einsum("k,fkj->fj", chances, np.maximum(0, visits - self.c))
        return net @ weights_of_points(0.05) / (1 - self.c)

    def month(self, t):
        spec, n, rng = self.spec, self.world.n, self.rng
        fixed = self.c / (1 - self.c)
        v = num(spec["visits_log_sd"])
        luck = np.exp(v * rng.standard_normal(n) - v**2 / 2)
        gross = (self.P + fixed) * luck
        r, mu, s = num(spec["growth"]), num(spec["update_mean"]), num(spec["update_sd"])
        grown = np.exp(r / 12)
        self.x = self.x * grown / (1 + self.x * (grown - 1))
        self.K *= 2 ** (-(1 - num(spec["renewed"])) / half_life(spec["page_half_life"]))
        k = rng.poisson(num(spec["updates"]) / 12, n)
        drag = 0 if planted("content") else s**2 / 2
        Y = k * (mu - drag) + np.sqrt(k) * s * rng.standard_normal(n)
        self.F = self.F * np.exp(Y - num(spec["ai_answers"]) / 12)
        o = num(spec["owned_audience"])
        self.N = np.where(self.P == 0, 0, np.minimum(self.x * self.K * (o + (1 - o) * self.F), self.K))
        power = (self.N - self.c) / (1 - self.c)
        self.N = np.where(power > 0, self.N, 0)
        return gross, np.full(n, fixed), np.where(power > 0, power, 0)

    def states(self):
        return {"visits": self.N}
