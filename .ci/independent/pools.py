"""Pools that pay a base yield and incentives, and shares of a pool of two coins ("Pools")."""

import numpy as np

from assets import Asset
from laws import draw_range, half_life, months, num, planted


class Pool(Asset):
    def setup(self):
        spec, n = self.spec, self.world.n
        self.m = np.maximum(0, self.m)
        self.base = draw_range(spec["base_yield"], n, self.rng)
        self.fades = half_life(spec.get("incentive_half_life"))
        self.spread = self.moved = 0.0
        if "rebalance" in spec:
            r, h = months(spec["rebalance"]), months(spec["spread_half_life"])
            self.spread = num(spec["spread"]) * h / (r * np.log(2)) * (1 - 2 ** (-r / h))
            self.moved = 1 - (1 - num(spec["bridge_cost"])) ** (1 / r)
        self.steady = np.minimum(self.m + 12 * self.moved, self.base + self.spread)
        self.incentive = self.m + 12 * self.moved - self.steady

    def growth(self, t):
        return np.ones(self.world.n)

    def rate(self, t):
        fades = 1.0 if planted("pools") else 2 ** (-(t - 1) / self.fades)
        part = self.base / (self.base + self.spread)
        return (self.steady * (1 + part * (self.xi() - 1)) + self.incentive * fades) / 12

    def kept(self, t):
        return 0.0

    def operate(self, t):
        before = self.V
        self.V = self.V * (1 - self.moved)
        self.world.post("haircut", self.V - before)


class Liquidity(Pool):
    """A share of a pool that keeps the product of two amounts constant: V follows the root of both factors."""

    def revalue(self, t, eps):
        spec, world = self.spec, self.world
        self.start = self.V.copy()
        sigma, rho = num(spec["pair_volatility"]), num(spec["pair_correlation"])
        if world.crisis is not None:
            own, self.sigma = self.sigma, sigma
            sigma, self.sigma = self.regime_sigma(), own
        eps = eps if self.sigma > 0 else self.rng.standard_normal(world.n)
        other = rho * eps + np.sqrt(1 - rho**2) * self.rng.standard_normal(world.n)
        y = np.exp(sigma * np.sqrt(1 / 12) * other - sigma**2 / 24)
        shock, jump = self.surprises(eps)
        fall = world.falls.get((self.name, t), 0)
        x = shock * jump * (1 - fall)
        world.post("shock", self.V * ((shock + y) / 2 - 1))
        world.post("jump", self.V * (x - shock) / 2)
        after = (x + y) / 2 if planted("liquidity") else np.sqrt(x * y)
        world.post("impermanent-loss", self.V * (after - (x + y) / 2))
        self.V = self.V * after
