"""Subscribers who come, at a cost, and leave ("Subscriptions")."""

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from exit_prices import POINTS, Business, weights_of_points
from laws import Z95, draw_range, half_life, months, num, per_month, planted, range_at


def mean_subscribers(churn, s0, arrivals, half, horizon):
    """The sum over the months of the mean number of subscribers, for each churn."""
    total, s = np.zeros_like(churn), np.full_like(churn, s0)
    for t in range(1, horizon + 1):
        s = (1 - churn) * s + arrivals * 2 ** (-(t - 1) / half)
        total += s
    return total


class Subscription(Business):
    def begin(self):
        spec, n = self.spec, self.world.n
        self.S0 = num(spec["subscribers"])
        self.S = np.full(n, self.S0)
        if "arrivals" in spec:
            self.a = draw_range(spec["arrivals"], n, self.rng) / (12 if "/year" in str(spec["arrivals"]) else 1)
            a_median = self.median(spec["arrivals"]) / (12 if "/year" in str(spec["arrivals"]) else 1)
        else:
            a_median = num(spec["arrivals_share"]) * self.S0
            self.a = np.full(n, a_median)
        self.half = half_life(spec.get("arrivals_half_life"))
        self.g = num(spec["gross_margin"])
        payback = months(spec.get("acquisition_payback", 0))
        if "acquisition_cost" in spec:
            first = num(spec["value"]) * num(spec["roi"]) / 12 if "value" in spec else per_month(self.median(spec["income"]))
            dear = num(spec["acquisition_cost"])
            payback = dear * self.S0 / (first + a_median * dear)
        self.kappa = payback * a_median / self.S0
        self.w = payback / ((1 - self.kappa) * self.S0)
        self.c = self.draw_churn(a_median)
        self.rate = draw_range(spec.get("repricing", 0), n, self.rng) / 12
        self.size = draw_range(spec.get("repricing_size", 1), n, self.rng)
        self.K = np.ones(n)
        self.M = np.full(n, 1 / (1 - self.kappa))
        self.P = self.M - self.w * self.a
        self.lost = np.zeros(n)
        self.open = np.ones(n, bool)
        self.age = 0
        self.provider = self.law_of_provider()

    def ahead(self):
        """Means of who is there and of what the provider asks, at the months of POINTS in the order of time."""
        order = np.argsort(POINTS)
        j = POINTS[order][:, None]
        fades, stays = 2 ** (-1 / self.half), 1 - self.c
        come = self.a * fades**self.age
        apart = np.where(np.abs(stays - fades) < 1e-9, 1e-9, stays - fades)
        S = self.S * stays**j + come * ((fades + apart) ** j - fades**j) / apart
        part, cost = S / self.S0 / (1 - self.kappa), self.w * come * fades**j
        # between two months in proportion
        opened, slope, const, ended, last_slope, last_const = (
            np.interp(j[:, 0], np.arange(360), column)[:, None] for column in self.provider
        )
        n = months(self.spec.get("closes_after", 1))
        net = part * (1 - (1 - self.g) * (slope * self.K + const)) / self.g - cost
        last = part * (n - np.minimum((1 - self.g) * (last_slope * self.K + last_const), 2 * n)) / self.g - n * cost
        doubt = np.where(cost > 0, 2 * np.sqrt(np.maximum(S, 0)) / self.S0 / (1 - self.kappa), 0)
        runs = np.where(doubt > 0, np.clip(net / np.where(doubt > 0, doubt, 1), 0, 1), net >= 0)
        runs = np.minimum.accumulate(runs, axis=0)
        income = (opened * net + ended * np.minimum(0, last)) * runs
        return np.where(self.open, np.maximum(0, weights_of_points(0.1518)[order] @ income), 0)

    def draw_churn(self, arrivals):
        """Churn of the path, scaled so that the mean number of subscribers over the run stays."""
        spec, n = self.spec, self.world.n
        text, spread = spec["churn"], num(spec.get("churn_spread", 0))
        if isinstance(text, str) and "-" in text:
            low, high = (float(x) / 100 for x in text.split("%")[0].split("-"))
            median = 1 / (1 + np.sqrt((1 - low) / low * (1 - high) / high))
            logits = np.log(median / (1 - median)), np.log(high / (1 - high))

            def law(z):
                return 1 / (1 + np.exp(-(logits[0] + (logits[1] - logits[0]) * z / Z95)))
        else:
            median = num(text)
            if spread == 0:
                return np.full(n, median)

            def law(z):
                return median * np.exp(spread * z)

        nodes, weights = np.polynomial.hermite_e.hermegauss(60)
        weights = weights / weights.sum()
        horizon = self.world.T
        target = mean_subscribers(np.array([median]), self.S0, arrivals, self.half, horizon)[0]

        def excess(k):
            s = mean_subscribers(np.minimum(1, k * law(nodes)), self.S0, arrivals, self.half, horizon)
            return weights @ s - target

        k = 1.0 if planted("churn-spread") else brentq(excess, 0.2, 5)
        return np.minimum(1, k * law(self.rng.standard_normal(n)))

    def law_of_provider(self):
        """By month: the chance to be open; what is asked, as a multiple of today's price and a constant; the chance to have just been
        ended; the sum of what is asked until the product is closed, in the same two parts. Means over all paths: nobody knows of which
        path the provider is."""
        spec = self.spec
        nodes = np.linspace(-8, 8, 1601)
        weights = np.exp(-(nodes**2) / 2)
        weights /= weights.sum()
        rates = range_at(spec.get("repricing", 0), nodes.size, lambda: nodes) / 12
        size = range_at(spec.get("repricing_size", 1), nodes.size, lambda: nodes)
        chance = weights @ -np.expm1(-rates) if self.g < 1 else 0.0
        rows = [(1.0, 1.0, 0.0, 0.0, 0.0, 0.0)]
        back = 2 ** (-1 / months(spec.get("repricing_half_life", 12)))
        n = int(months(spec.get("closes_after", 1)))
        if chance > 0:
            spread = num(spec["repricing_spread"])
            each = np.ones_like(size) if planted("provider") else size * np.exp(spread**2 / 2)
            mean = weights @ each
            limit = 1 + ((1 - self.g * self.kappa) / (1 - self.g) - 1) * back ** (1 - n)
        opened, slope, const = 1.0, 1.0, 0.0
        for _ in range(359):
            slope, const = back * slope, 1 - back + back * const
            ends, below, above = 0.0, 1.0, 1.0
            if chance > 0:
                now = slope + const
                z = np.log(limit / now / size) / spread
                most = max(2 / (1 - self.g), limit) / now  # a larger bill is not run up
                dear = np.log(most / size) / spread
                ends = chance * (weights @ ndtr(-z))
                below = weights @ (each * ndtr(z - spread)) / (weights @ ndtr(z))
                paid = each * (ndtr(dear - spread) - ndtr(z - spread)) + 2 / (1 - self.g) / now * ndtr(-dear)
                above = weights @ paid / (weights @ ndtr(-z))
            price, total = np.array([slope, const]) * above, np.zeros(2)
            for _ in range(n if ends > 0 else 0):
                total += price
                price = (back * price + [0, 1 - back]) * (1 + chance * (mean - 1))
                price *= min(1, 2 / (1 - self.g) / price.sum())
            rises = 1 + (chance - ends) * (below - 1)
            slope, const = slope * rises, const * rises
            rows.append((opened * (1 - ends), slope, const, opened * ends, *total))
            opened *= 1 - ends
        return np.array(rows).T

    def month(self, t):
        spec, n, rng = self.spec, self.world.n, self.rng
        self.K = 1 + (self.K - 1) * 2 ** (-1 / months(spec.get("repricing_half_life", 12)))
        if np.any(self.rate > 0):
            struck = rng.random(n) < 1 - np.exp(-self.rate)
            size = self.size * np.exp(num(spec["repricing_spread"]) * rng.standard_normal(n))
            self.K = np.where(struck, self.K * size, self.K)
        margin = (1 - np.minimum((1 - self.g) * self.K, 2)) / self.g
        gross = self.M
        came = rng.poisson(self.a * 2 ** (-(t - 1) / self.half))
        came = np.where(self.open, came, 0)
        leaves = 0.5 * self.c if planted("churn") else self.c
        self.S = self.S - rng.binomial(self.S.astype(int), leaves) + came
        spent = self.w * came
        self.lost = np.where(self.P < 0, self.lost + 1, 0)
        self.open &= self.lost < months(spec.get("closes_after", 1))
        self.S = np.where(self.open, self.S, 0)
        self.age = t
        self.M = self.S / self.S0 * margin / (1 - self.kappa)
        power = self.M - self.w * self.a * 2 ** (-t / self.half)
        return gross, spent, np.where(self.open, power, 0)

    def states(self):
        return {"subscribers": self.S / self.S0}
