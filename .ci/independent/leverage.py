"""A pool with borrowed money, and the lender who sells ("Leverage")."""

import numpy as np

from laws import num, planted
from pools import Pool


class Levered(Pool):
    def setup(self):
        super().setup()
        spec, n = self.spec, self.world.n
        self.leverage = num(spec["leverage"])
        self.borrow = num(spec["borrow_rate"]) / 12 * (0 if planted("leverage") else 1)
        self.theta, self.pi = num(spec["liquidation_threshold"]), num(spec["liquidation_penalty"])
        self.levered = np.ones(n, bool)

    def surprise_of_position(self, eps):
        """Diffusion with the lender's barrier between month-ends, then jumps with what is owed unchanged."""
        n = self.world.n
        sigma = self.regime_sigma()
        s2 = sigma**2 / 12
        x = np.sqrt(s2) * eps - s2 / 2
        _, jump = self.surprises(eps)
        L = self.lam
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            b = np.log((L - 1) / (L * self.theta))
            touch = np.minimum(1, np.exp(2 * b * (x - b) / s2))
        sold = self.levered & (self.rng.random(n) < touch)
        moved = np.maximum(0, self.V * L * np.exp(x) - self.owes)
        left = self.V * L * (1 - self.theta * (1 + self.pi)) * np.exp(x)
        self.V = np.where(sold, left, moved)
        self.sell(sold)
        self.V = np.maximum(0, (self.V + self.owes) * jump - self.owes)

    def sell(self, sold):
        self.levered &= ~sold
        self.owes = np.where(sold, 0, self.owes)

    def look(self):
        """The lender sells where more than the threshold is owed; his penalty goes with it."""
        sold = self.levered & (self.owes > self.theta * (self.V + self.owes))
        self.V = np.where(sold, np.maximum(0, self.V - self.pi * self.owes), self.V)
        self.sell(sold)
        self.owes = np.where(self.V > 0, self.owes, 0)

    def revalue(self, t, eps):
        self.start = self.V.copy()
        self.lam = np.where(self.levered, self.leverage, 1.0)
        self.owes = (self.lam - 1) * self.V
        self.surprise_of_position(eps)
        self.look()

    def net(self, t):
        i = self.borrow * self.xi()
        return self.lam * super().rate(t) - (self.lam - 1) * i

    def rate(self, t):
        return np.maximum(0, self.net(t))

    def operate(self, t):
        self.V = self.V * (1 - np.minimum(1, self.lam * self.moved))
        self.V = self.V * (1 - np.maximum(0, -self.net(t)))
        self.look()

    def states(self):
        return {"levered": self.levered}
