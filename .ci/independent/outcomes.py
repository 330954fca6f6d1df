"""What becomes of the owner on each path: years, ruin, autonomy, rates of return, sustainable spending."""

import numpy as np
from scipy.optimize import brentq
from scipy.stats import gamma

from laws import half_life, per_month


def years(w, U, real_net):
    """The worst whole year of return and of net income, and the deepest fall of net income ("Measures")."""
    s = {}
    whole = w.T // 12
    if whole == 0:
        return s
    marks = U[0 : 12 * whole + 1 : 12]
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.where(marks[:-1] > 0, marks[1:] / marks[:-1] - 1, np.inf)
    s["worst_year.return"] = change.min(axis=0)
    if w.owner is not None:
        Y = np.array([real_net[12 * k + 1 : 12 * k + 13].sum(axis=0) for k in range(whole)])
        s["worst_year.income"] = Y.min(axis=0) / 12
        high = np.maximum.accumulate(Y)
        with np.errstate(divide="ignore", invalid="ignore"):
            s["income.drawdown"] = np.where(high > 0, np.minimum(1, 1 - Y / high), 0).max(axis=0)
    return s


def blows(w):
    """The greatest strike, the worst year and the sum of all events, in money of the start."""
    if not w.events:
        return {}
    took = np.array(w.took_by_month)  # month, event, path
    total = took.sum(axis=1)
    by_year = [total[k : k + 12].sum(axis=0) for k in range(0, w.T, 12)]
    return {"events.strike": took.max(axis=(0, 1)), "events.year": np.max(by_year, axis=0), "events.loss": total.sum(axis=0)}


def ruin(w, inflation):
    """The first cause of failure: the one that took most until ruin ("Main cause of ruin")."""
    groups = {"market": ("drift", "shock", "jump"), "spending": ("spending", "contribution")}
    groups |= {c: (c,) for c in ("impermanent-loss", "event", "overpaid", "decay", "cost", "premium", "tax", "haircut")}
    names = [*groups, "inflation"]
    sums = [sum((w.G.get(c, 0) for c in causes), np.zeros(w.n)) for causes in groups.values()] + [inflation]
    least = np.argmin(sums, axis=0)
    s = {f"ruin.cause.{name}": (w.ruined & (least == i)).astype(float) for i, name in enumerate(names)}
    s["ruin"] = w.ruined.astype(float)
    s["shortfall.months"] = np.where(w.ruined, w.T - w.ruin_month + 1, 0)
    later = np.maximum(0, w.T - w.ruin_month) * per_month(w.owner.get("spending", 0))
    s["shortfall.amount"] = np.where(w.ruined, w.unpaid_real + later, 0)
    return s


def autonomy(w):
    """Months that income covers, and whether that begins, holds and is lost ("Autonomy"), for twelve in a row."""
    spending = per_month(w.owner.get("spending", 0))
    if not spending:
        return {}
    t = np.arange(1, w.T + 1)[:, None]
    alive = ~(w.ruined & (w.ruin_month <= t))
    covered = (w.net[1:] >= spending * w.P[1:] * (1 - 1e-9)) & alive
    run, gap, ever, lost = (np.zeros(w.n) for _ in range(4))
    for row in covered:
        run = np.where(row, run + 1, 0)
        gap = np.where(row, 0, gap + 1)
        lost = np.maximum(lost, (ever > 0) & (gap >= 12))
        ever = np.maximum(ever, run >= 12)
    return {"autonomy.ever": ever, "autonomy.lost": lost, "autonomy.end": (run >= 12).astype(float),
            "spending.uncovered.months": (~covered).sum(axis=0).astype(float)}


def irr(first, flows, end):
    """The one monthly rate that solves a path's flows, per year; minus one where nothing came back."""
    low, high = np.full(len(end), -1.0), np.full(len(end), 1.0)
    for _ in range(45):
        r = (low + high) / 2
        b, fine = first.copy(), np.ones(len(end), bool)
        for c in flows[:-1]:
            b = b * (1 + r) - c
            fine &= b >= 0
        fine &= b * (1 + r) - flows[-1] >= end
        low, high = np.where(fine, low, r), np.where(fine, r, high)
    back = np.maximum(flows, 0).sum(axis=0) + end
    return np.where(back > 0, (1 + high) ** 12 - 1, -1)


def sustainable(w):
    """"Sustainable spending": what the wealth at the end can pay in a month for the rest of a life."""
    mu, sigma = 0.03968964633889674, 0.08972179222463181  # half shares, half bonds of the catalog
    lam = np.log(2) / (half_life(w.owner.get("remaining_life", "28.1 years")) / 12)
    shape, scale = (2 * mu + 4 * lam) / (sigma**2 + lam) - 1, (sigma**2 + lam) / 2
    s = brentq(lambda x: gamma.cdf(x, shape, scale=scale) - 0.05, 1e-6, 0.5)
    worth = w.W[w.T] - sum(a.V * a.haircut for a in w.assets)
    worth = worth - w.tax.on_everything()
    S = s / 12 * np.maximum(0, worth) / w.P[w.T]
    found = {"spending.sustainable": np.where(w.ruined, 0, S)}
    if w.owner.get("spending"):
        found["spending.sustainable.covers"] = (found["spending.sustainable"] >= per_month(w.owner["spending"])).astype(float)
    return found
