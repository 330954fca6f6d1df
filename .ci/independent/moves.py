"""A move to a place that asks for an income ("Residence", "Entry")."""

import numpy as np

from laws import num, per_month, planted


class Moves:
    """The places of `owner.residence` after the first. A move is in the month after a settlement, or no place has a tax."""

    def __init__(self, owner, world):
        self.world, self.places = world, owner.get("residence", [])
        self.here = np.zeros(world.n, int)  # the place of each path, by its number in the list
        self.moving = np.zeros(world.n, bool)
        self.to = None
        self.income = []  # what is taxed of each month, in money of the start
        self.moved = {p["in"]: np.zeros(world.n, bool) for p in self.places[1:] if "income_at_least" in p}
        for p in self.places[1:]:
            untaxed = all(num(q["tax_rate"]) == 0 for q in self.places)
            assert untaxed or (world.month(p["from"]) - 1) % 12 == 0, "a settlement within a year of tax is not written here"

    def begin(self):
        """Decides before the money of the month who lives elsewhere from now on; who lives there already does not move."""
        w = self.world
        self.to = next((i for i, p in enumerate(self.places) if i and w.month(p["from"]) == w.t), None)
        if self.to is None:
            return
        place = self.places[self.to]
        asked = per_month(place.get("income_at_least", 0)) * (0.8 if planted("visa") else 1)
        mean = np.mean(self.income[-12:], axis=0)
        lives_there = np.array([p["in"] == place["in"] and not planted("return") for p in self.places])[self.here]
        self.moving = (mean >= asked * (1 - 1e-9)) & ~w.ruined & ~lives_there
        self.here = np.where(self.moving, self.to, self.here)
        if place["in"] in self.moved:
            self.moved[place["in"]] |= self.moving
        w.tax.tau = np.where(self.moving, num(place["tax_rate"]), w.tax.tau)

    def saw(self, income):
        self.income.append(income / self.world.P[self.world.t])

    def compliance(self):
        """What the place asks for a month, in money of the start."""
        return np.array([per_month(p["compliance_cost"]) for p in self.places])[self.here] if self.places else 0.0

    def pay(self):
        """The price of the move and the tax on what is taken along, neither of which lowers net income."""
        w = self.world
        if self.to is None:
            return
        place = self.places[self.to]
        gains = sum(a.V - w.tax.basis[a.name] for a in w.assets)
        taxed = self.moving & (gains > 0)
        w.pay(np.where(self.moving, num(place.get("cost", 0)), 0), "cost")
        w.pay(np.where(taxed, num(place.get("exit_tax", 0)) * gains, 0), "tax")
        for a in w.assets:
            w.tax.basis[a.name] = np.where(taxed, a.V, w.tax.basis[a.name])
