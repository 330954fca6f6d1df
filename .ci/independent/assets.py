"""Assets that earn what is claimed of them, and what all assets have in common ("Income and growth")."""

import numpy as np

from laws import half_life, months, num, planted, whole


class Asset:
    """One holding on all paths. A kind overrides growth, income and operate."""

    business = False  # held as a whole: its lack is paid by the owner
    deposit = False  # in a contract: no part of it can be kept offline

    def __init__(self, spec, world, m):
        self.spec, self.world, self.m = spec, world, m
        self.name = spec["name"]
        self.rng = world.rng
        n = world.n
        self.deposit = spec["class"].startswith("defi-yield")
        self.V = np.full(n, self.opening(spec, m))
        self.V0 = self.V.copy()
        self.start = self.V.copy()
        self.cut = np.zeros(n)
        self.cuts = {}
        self.owes = 0.0  # borrowed
        self.closed_until = np.zeros(n)
        self.shunned = np.zeros(n, bool)  # lost half to one event, and is bought no more
        self.movable = spec.get("movable", not self.business)
        self.haircut = num(spec.get("exit_haircut", 0))
        self.trade_cost = num(spec.get("trade_cost", 0))
        lag = whole(months(spec.get("payment_lag", "0 months")))
        self.owed = [np.zeros(n) for _ in range(0 if planted("lag") else lag)]
        sigma = num(spec.get("volatility", 0))
        jumps = spec.get("jumps")
        self.jumps = None
        if jumps:
            rate, mean, sd = num(jumps["rate"]), jumps["mean"], jumps["sd"]
            self.jumps = (rate, mean, sd)
            sigma = np.sqrt(sigma**2 - rate * (mean**2 + sd**2))
        self.sigma = sigma
        s = num(spec.get("income_log_sd", 0))
        self.xi_sd, self.xi_half = s, half_life(spec.get("income_half_life"))
        self.x = s * self.rng.standard_normal(n) if s > 0 else np.zeros(n)
        self.setup()

    def opening(self, spec, m):
        return num(spec["value"])

    def setup(self):
        pass

    def xi(self):
        return np.exp(self.x - self.xi_sd**2 / 2)

    def next_noise(self):
        if self.xi_sd > 0:
            phi = 2 ** (-1 / self.xi_half)
            self.x = phi * self.x + self.xi_sd * np.sqrt(1 - phi**2) * self.rng.standard_normal(len(self.x))

    def regime_sigma(self):
        """The diffusion's volatility in the regime of the month ("Crises")."""
        crisis = self.world.crisis
        if crisis is None:
            return self.sigma
        pi1 = crisis["begins"] / (crisis["begins"] + crisis["ends"])
        calm = self.sigma / np.sqrt(1 - pi1 + pi1 * crisis["factor"] ** 2)
        return np.where(self.world.in_crisis, crisis["factor"], 1) * calm

    def surprises(self, eps):
        """Factors of diffusion and jumps in a month ("The market's surprises")."""
        sigma = self.regime_sigma()
        shock = np.exp(sigma * np.sqrt(1 / 12) * eps - sigma**2 / 24)
        if self.jumps is None:
            return shock, 1.0
        rate, mean, sd = self.jumps
        k = self.rng.poisson(rate / 12, len(self.V))
        size = mean * k + sd * np.sqrt(k) * self.rng.standard_normal(len(self.V))
        return shock, np.exp(size - rate / 12 * np.expm1(mean + sd**2 / 2))

    def revalue(self, t, eps):
        world = self.world
        self.start = self.V.copy()
        before = self.V
        self.V = self.V * self.growth(t)
        world.post("drift", self.V - before)
        shock, jump = self.surprises(eps)
        before = self.V
        self.V = self.V * shock
        world.post("shock", self.V - before)
        before = self.V
        self.V = self.V * jump
        world.post("jump", self.V - before)
        fall = world.falls.get((self.name, t))
        if fall is not None:
            before = self.V
            self.V = self.V * (1 - fall)
            world.post("jump", self.V - before)

    def decay_by(self, factor):
        before = self.V
        self.V = self.V * factor
        self.world.post("decay", self.V - before)

    # what a claim does

    def growth(self, t):
        """The part of a month's return that stays in the price."""
        G = (1 + self.m) ** (1 / 12)
        share = num(self.spec.get("income_share", 1))
        return G - share * np.maximum(0, G - 1)

    def rate(self, t):
        """Income of the month per unit of value at its start."""
        G = (1 + self.m) ** (1 / 12)
        return num(self.spec.get("income_share", 1)) * np.maximum(0, G - 1) * self.xi()

    def operate(self, t):
        decay = num(self.spec.get("decay", 0))
        self.decay_by(np.exp(-decay / 12))

    def kept(self, t):
        """The part of the return that counts for a trigger though it is not paid (claims and managed mixes)."""
        return self.growth(t) - 1

    def gross(self, t):
        return self.start * self.rate(t)

    def lacking(self, t):
        """What a business costs in the month."""
        return 0.0

    def earn(self, t):
        """Income of the month after cuts, what it pays of it, and what it lacks; `earned` feeds triggers."""
        gross = self.gross(t)
        net = np.where(gross > 0, gross * (1 - self.cut), gross) - self.lacking(t)
        income = np.maximum(0, net)
        self.cut_money = np.maximum(gross, 0) * self.cut
        with np.errstate(divide="ignore", invalid="ignore"):
            self.earned = np.where(self.start > 0, income / self.start, self.rate(t) if not self.business else 0)
        self.earned = self.earned + (self.kept(t) if not self.business else 0)
        self.next_noise()
        self.world.post("income", income)
        self.lack = np.maximum(0, -net)
        self.owed.append(income)
        return self.owed.pop(0)

    def states(self):
        """What the kind shows of itself, by name, as a fraction."""
        return {}
