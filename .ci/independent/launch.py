"""A business that is not there yet ("Launches")."""

import numpy as np

from exit_prices import price
from laws import draw_range, months, num, planted, whole


def launched(kind):
    """The kind with a launch before it: nothing until it stands, then everything from its own month 1."""

    class Launched(kind):
        def opening(self, spec, m):
            value = super().opening(spec, m)
            if "income" in spec:  # a buyer sees what it earns: k V0 on its path, at a yield of 1/multiple
                value = value * self.m * num(spec["multiple"])
                self.m = np.full(self.world.n, 1 / num(spec["multiple"]))
            self.worth = np.broadcast_to(value, (self.world.n,))
            return 0.0

        def setup(self):
            launch = self.spec["launch"]
            n = self.world.n
            self.after = whole(months(launch.get("after", "0 months")))
            self.stands = self.after + whole(months(launch.get("time", "1 month")))
            self.cost = draw_range(launch.get("cost", 0), n, self.rng)
            chance = 0.0 if planted("launch") else num(launch["fails"])
            self.fails = self.rng.random(n) < chance
            self.begun = False
            super().setup()
            self.V0 = self.worth
            self.unit = np.where(self.fails, 0, self.m * self.V0 / 12)
            self.P0 = self.P
            self.P = np.zeros(n)

        def operate(self, t):
            if t > self.stands:
                self.there = True
                super().operate(t)
                return
            self.gross_now = np.zeros(self.world.n)
            self.costs_now = np.where(self.world.ruined, 0, self.cost) if t == self.after + 1 else self.gross_now
            if t == self.stands:
                self.stand()

        def stand(self):
            """Worth from the first day on what a buyer pays, so that nothing is overpaid in its first month."""
            there = ~(self.fails | self.world.ruined)
            self.P = np.where(there, self.P0, 0)
            self.W = np.where(there, 1.0, 0.0) if planted("built") else price(self.P, self.m, self.ahead())
            self.q = np.where(there, 1.0, 0.0)
            self.V = self.V0 * self.W
            self.fresh = False
            self.world.post("launch", self.V)

        def month(self, t):
            gross, spent, power = super().month(t - self.stands)
            return gross, spent, np.where(self.fails, 0, power)

        def states(self):
            if self.world.t < self.stands:
                return {k: np.zeros(self.world.n) for k in super().states()}
            return {k: np.where(self.fails, 0, v) for k, v in super().states().items()}

    return Launched
