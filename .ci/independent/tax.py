"""Tax on income and realised gains, settled every twelfth month ("Taxes")."""

import re

import numpy as np

from laws import num, planted


class Tax:
    def __init__(self, owner, world):
        self.world, n = world, world.n
        places = owner.get("residence", [])
        rate = owner.get("tax_rate", places[0]["tax_rate"] if places else 0)
        self.brackets = []
        if isinstance(rate, list):
            rows = [(num(b["above"]), num(b["rate"])) for b in rate]
            self.tau = np.full(n, rows[0][1] if rows[0][0] == 0 else 0.0)
            before = 0.0
            for above, r in rows:
                if above > 0:
                    self.brackets.append((above, r - before))
                before = r
        elif isinstance(rate, str) and re.search(r"\d\s*-\s*\d", rate):
            low, high = (float(x) / 100 for x in re.match(r"\s*([\d.]+)\s*-\s*([\d.]+)", rate).groups())
            self.tau = world.rng.uniform(low, high, n)
        else:
            self.tau = np.full(n, num(rate))
        if planted("tax"):
            self.tau = self.tau / 2
        self.on = "tax_rate" in owner or bool(places)
        self.gains_rate = num(owner["gains_tax_rate"]) if "gains_tax_rate" in owner else None
        self.real_time = owner.get("tax", "annual") == "real-time"
        self.aside, self.owed, self.accrued = np.zeros(n), np.zeros(n), np.zeros(n)
        self.income, self.costs, self.gains = np.zeros(n), np.zeros(n), np.zeros(n)
        self.carried, self.last, self.settled = np.zeros(n), np.zeros(n), 0
        self.owed_before, self.late_due = np.zeros(n), np.zeros(n)
        self.basis = {a.name: a.V.copy() for a in world.assets}

    def on_income(self, x):
        """S(x): brackets grow with prices from settlement to settlement, and a part of a year has a part of them."""
        j = self.world.t - self.settled
        level = self.world.P[self.settled] * j / 12
        return self.tau * np.maximum(0, x) + sum(d * np.maximum(0, x - a * level) for a, d in self.brackets)

    def accrue(self, income, alive):
        """Put aside in the month in which it is paid, of gross income."""
        self.income += income
        if not self.real_time:
            return
        due = np.where(alive, np.maximum(0, self.on_income(self.income) - self.accrued), 0)
        self.accrued += due
        self.world.cash = self.world.cash - due
        self.aside += due
        self.world.post("tax", -due)

    def cost(self, costs):
        self.costs += costs
        now = self.on_income(self.income - self.costs)
        self.world.net[self.world.t] -= now - self.last
        if not self.real_time:
            due = np.where(self.world.ruined, 0, now - self.last)
            self.owed, self.accrued = self.owed + due, self.accrued + due
            self.world.post("tax", -due)
        self.last = np.array(now)

    def sold(self, a, share, received):
        """By average cost: of a share sold for `received` what is above its cost is a gain."""
        cost = share * self.basis[a.name]
        self.gains += received - cost
        self.basis[a.name] = self.basis[a.name] - cost

    def bought(self, a, paid):
        self.basis[a.name] = self.basis[a.name] + paid

    def tax_late(self):
        """What will be owed at the horizon bears what it would have borne, had it been paid at once ("Owed income")."""
        w = self.world
        owed = np.zeros(w.n) + sum(sum(a.owed) for a in w.assets)
        y = self.income - self.costs + owed - self.owed_before
        q = np.zeros(w.n)
        for a in w.assets:
            months = w.t - max(self.settled, w.T - len(a.owed))
            if months > 0:
                q = q + sum(a.owed[-months:])
        self.late_due += self.on_income(y) - self.on_income(y - q)
        self.owed_before = owed
        if w.t < w.T:
            return
        rate = np.divide(self.late_due, owed, out=np.zeros(w.n), where=owed > 0)
        if planted("late-tax"):
            rate = rate * 0
        for a in w.assets:
            w.post("tax", -rate * sum(a.owed))
            a.owed = [o * (1 - rate) for o in a.owed]

    def settle(self):
        w = self.world
        if not self.on or not (w.t % 12 == 0 or w.t == w.T):
            return
        self.tax_late()
        y = np.maximum(0, self.income - self.costs)
        total = self.gains + self.carried
        g = np.maximum(0, total)
        of_gains = self.on_income(y + g) - self.on_income(y) if self.gains_rate is None else self.gains_rate * g
        due = np.where(w.ruined, self.aside, self.on_income(y) + of_gains)
        self.carried = np.minimum(0, total)
        w.cash = w.cash + self.aside - due
        w.post("tax", np.where(w.ruined, 0, self.accrued - due))
        for row in (self.aside, self.owed, self.accrued, self.income, self.costs, self.gains, self.last):
            row[:] = 0
        self.settled = w.t

    def on_everything(self):
        """What the gains of selling everything at the end would bear in a year without other income."""
        w = self.world
        if not self.on:
            return 0.0
        gains = sum((1 - a.haircut) * a.V - self.basis[a.name] for a in w.assets)
        g = np.maximum(0, gains + self.carried)
        if self.gains_rate is not None:
            return self.gains_rate * g
        return self.tau * g + sum(d * np.maximum(0, g - above * w.P[w.T]) for above, d in self.brackets)
