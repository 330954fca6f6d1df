"""The months of a scenario for all paths at once ("Order of a month"), and the figures at the end."""

import numpy as np

import cover
import events
from kinds import make
from laws import Inflation, draw_claims, months, num, per_month, planted, whole
from moves import Moves
from tax import Tax


class World:
    def __init__(self, spec, n, seed):
        self.spec, self.n = spec, n
        self.rng = np.random.Generator(np.random.PCG64(seed))
        self.T = whole(months(spec["horizon"]))
        economy = spec.get("economy", {})
        self.inflation = Inflation(economy.get("inflation"), n, self.T, self.rng)
        self.P = self.inflation.P
        self.cash_rate = num(economy.get("cash_rate", self.inflation.median))
        self.owner = spec.get("owner")
        self.t, self.G, self.series = 0, {}, {}
        self.crisis, self.in_crisis = None, np.zeros(n, bool)
        if "crisis" in spec:
            c = spec["crisis"]
            self.crisis = {"begins": num(c["begins"]), "ends": 1 / months(c["lasts"]), "factor": num(c["volatility"]),
                           "toward_one": num(c.get("toward_one", 0.3))}
        self.falls = {(f["market"], self.month(f["at"])): num(f["loss"]) for f in spec.get("shock", [])}
        claims = draw_claims(spec["asset"], n, self.rng)
        self.assets = [make(a, self, m) for a, m in zip(spec["asset"], claims)]
        self.by_name = {a.name: a for a in self.assets}
        self.events = events.make(spec, self)
        self.covers = cover.make(spec, self)
        self.ruined = np.zeros(n, bool)
        self.ruin_month = np.zeros(n)
        self.beside = np.zeros(n)  # income of businesses that have no owner
        self.net = np.zeros((self.T + 1, n))
        self.out = np.zeros((self.T + 1, n))
        self.into = np.zeros((self.T + 1, n))
        self.W = np.zeros((self.T + 1, n))
        self.cash = np.full(n, num((self.owner or {}).get("cash", 0)))
        self.tax = Tax(self.owner or {}, self)
        self.moves = Moves(self.owner or {}, self)
        self.unpaid_real = np.zeros(n)  # what stayed unpaid in the month of ruin
        self.took_by_month = []  # of each event, in money of the start

    def month(self, date):
        """The number of the month, 1 for the start."""
        year, month = map(int, date.split("-"))
        y0, m0 = map(int, self.spec["start"].split("-"))
        return 12 * (year - y0) + month - m0 + 1

    def post(self, cause, amount):
        """What a cause gives in this month, in money of the start."""
        self.G[cause] = self.G.get(cause, 0) + amount / self.P[self.t]

    def wealth(self):
        total = self.cash - self.tax.owed + self.beside + cover.owed(self)
        for a in self.assets:
            total = total + a.V + sum(a.owed)
        return total

    def run(self):
        self.W[0] = self.wealth()
        self.keep_states()
        if self.crisis:
            begins, ends = self.crisis["begins"], self.crisis["ends"]
            self.in_crisis = self.rng.random(self.n) < begins / (begins + ends)
        rho = num(self.spec.get("correlation", {}).get("default", 0))
        calm = rho
        for self.t in range(1, self.T + 1):
            if self.crisis:
                rho = np.where(self.in_crisis, calm + (1 - calm) * self.crisis["toward_one"], calm)
            common = self.rng.standard_normal(self.n)
            guarded = events.guards(self) if self.t == 1 else self.guarded
            self.guarded = guarded
            for a in self.assets:
                eps = np.sqrt(rho) * common + np.sqrt(1 - rho) * self.rng.standard_normal(self.n)
                a.revalue(self.t, eps)
            before = [a.V.copy() for a in self.assets]
            events.strike(self)
            for a in self.assets:
                a.operate(self.t)
            for a, v in zip(self.assets, before):
                with np.errstate(divide="ignore", invalid="ignore"):
                    a.left = np.where(v > 0, a.V / v, 1.0)
            self.money()
            self.guarded = events.guards(self)
            self.W[self.t] = self.wealth()
            self.keep_states()
            if self.crisis:
                u = self.rng.random(self.n)
                self.in_crisis = np.where(self.in_crisis, u >= ends, u < begins)
        return self

    def money(self):
        """Steps 4 to 7 of the month: interest, incomes, covers, what has to be paid, need, surplus."""
        t, alive = self.t, ~self.ruined
        self.moves.begin()
        paid = {a.name: a.earn(t) for a in self.assets}
        events.count_cuts(self)
        self.took_by_month.append([e.took - e.before for e in self.events])
        for e in self.events:
            e.before = e.took.copy()
        if self.owner is None:
            for a in self.assets:
                self.net[t] += paid[a.name]
                if a.business:
                    self.beside += paid[a.name]
                    self.lack_alone(a)
                else:
                    a.V = a.V + paid[a.name]
            return
        interest = np.where(alive, self.cash * ((1 + self.cash_rate) ** (1 / 12) - 1), 0)
        self.cash = self.cash + interest
        self.post("income", interest)
        for a in self.assets:
            self.cash = self.cash + paid[a.name]
            self.net[t] += paid[a.name]
        cover.claims(self)
        self.moves.saw(sum(paid.values()))
        self.tax.accrue(sum(paid.values()), alive)
        self.costs(alive)
        self.spend(alive)
        self.tax.settle()
        self.moves.pay()
        self.raise_cash(alive)
        self.invest()

    def lack_alone(self, a):
        """Without an owner what lies beside a business pays what it lacks, then its value as far as it goes."""
        from_beside = np.minimum(a.lack, self.beside)
        from_value = np.minimum(a.lack - from_beside, a.V)
        self.beside -= from_beside
        a.V = a.V - from_value
        self.post("cost", -from_beside - from_value)
        self.net[self.t] -= a.lack

    def pay(self, amount, cause):
        self.cash = self.cash - amount
        self.post(cause, -amount)

    def costs(self, alive):
        t, owner = self.t, self.owner
        premium = cover.premiums(self, alive)
        self.pay(premium, "premium")
        keys = ("compliance_cost", "compliance_service")
        yearly = per_month(owner.get("custody", {}).get("cost", 0)) + sum(per_month(owner.get(k, 0)) for k in keys)
        cost = np.where(alive, (yearly + self.moves.compliance()) * self.P[t], 0)
        for a in self.assets:
            cost = cost + a.lack
        self.pay(cost, "cost")
        self.net[t] -= premium + cost
        self.tax.cost(premium + cost)

    def spend(self, alive):
        t, owner = self.t, self.owner
        self.need_for_life = np.zeros(self.n)
        level = 1 if planted("spending") else self.P[t]
        spending = np.where(alive, per_month(owner.get("spending", 0)) * level, 0)
        self.pay(spending, "spending")
        self.out[t] += spending
        for flow in owner.get("flows", []):
            if "at" in flow:
                due = t == self.month(flow["at"])
            else:
                first = self.month(flow["from"]) if "from" in flow else 1
                last = self.month(flow["until"]) if "until" in flow else self.T
                due = first <= t <= last
            if due:
                grows = flow.get("grows", "inflation")
                level = self.P[t] if grows == "inflation" else (1 + num(grows)) ** (t / 12)
                amount = np.where(alive, num(flow["amount"]) * level, 0)
                self.pay(-amount, "contribution" if num(flow["amount"]) > 0 else "spending")
                self.into[t] += np.maximum(amount, 0)
                self.out[t] += np.maximum(-amount, 0)

    def raise_cash(self, alive):
        """Sales in need, that with the least exit haircut first; what is still owed then is ruin."""
        tolerance = 1e-9 * np.maximum(1, self.out[self.t])
        for a in sorted(self.assets, key=lambda a: (a.haircut, a.name)):
            need = np.maximum(0, -self.cash)
            open_ = a.closed_until < self.t
            haircut = -a.haircut if planted("haircut") else a.haircut
            sold = np.where(open_ & (need > tolerance), np.minimum(a.V, need / (1 - haircut)), 0)
            share = np.divide(sold, a.V, out=np.zeros(self.n), where=a.V > 0)
            self.tax.sold(a, share, sold * (1 - haircut))
            a.V = a.V - sold
            self.cash = self.cash + sold * (1 - haircut)
            self.post("haircut", -sold * haircut)
        ruin = alive & (self.cash < -tolerance)
        if not ruin.any():
            return
        self.ruined |= ruin
        self.ruin_month[ruin] = self.t
        lacking = np.where(ruin, -self.cash, 0)
        self.out[self.t] -= np.minimum(lacking, self.out[self.t])
        lacking = lacking + np.where(ruin, self.tax.owed, 0)
        self.tax.owed[ruin] = 0
        self.post("unpaid", lacking)
        self.unpaid_real += lacking / self.P[self.t]
        self.cash = np.where(ruin, 0, self.cash)
        for a in self.assets:
            lost = np.where(ruin, a.V + sum(a.owed), 0)
            self.post("haircut", -lost)
            a.V = np.where(ruin, 0, a.V)
            a.owed = [np.where(ruin, 0, o) for o in a.owed]
            a.ruin(ruin) if hasattr(a, "ruin") else None
        cover.lose(self, ruin)

    def invest(self):
        """Surplus above the buffer, into movable assets by their opening values, trade cost taken off."""
        surplus = self.owner.get("surplus", "keep")
        if surplus == "keep":
            return
        share = 1.0 if surplus == "reinvest" else num(surplus)
        buffer = num(self.owner.get("cash", 0)) or 3 * per_month(self.owner.get("spending", 0))
        above = np.maximum(0, self.cash - self.tax.owed - buffer) * share * ~self.ruined
        movable = [a for a in self.assets if a.movable]
        weights = [np.where((a.closed_until < self.t) & ~a.shunned, a.V0, 0) for a in movable]
        total = sum(weights)
        for a, w in zip(movable, weights):
            part = np.divide(above * w, total, out=np.zeros(self.n), where=total > 0)
            self.cash = self.cash - part
            a.V = a.V + part * (1 - a.trade_cost)
            self.tax.bought(a, part)
            self.post("haircut", -part * a.trade_cost)

    def keep_states(self):
        rows = {"wealth": self.W[self.t] / self.P[self.t]}
        for a in self.assets:
            rows[f"asset.{a.name}"] = a.V / self.P[self.t]
            rows.update({f"state.{a.name}.{k}": v for k, v in a.states().items()})
        for key, row in rows.items():
            self.series.setdefault(key, []).append(np.broadcast_to(np.asarray(row, float), (self.n,)))
