"""Insurance: of a loss, and by a yield after it ("Insurance", "Basis risk")."""

import numpy as np

from laws import months, num, planted, whole


class Cover:
    def __init__(self, spec, world):
        self.spec, self.limit = spec, num(spec["limit"])
        self.asset = world.by_name[spec["asset"]]
        self.events = [e for e in world.events if spec["cause"] in (e.kind, e.name)]
        n = world.n
        self.left = np.zeros(n)
        self.waiting = max(1, whole(months(spec.get("waiting", "14 days"))))
        self.due = [np.zeros(n) for _ in range(self.waiting)]
        self.rate = num(spec.get("premium", 0))
        trigger = spec.get("pays_when")
        self.below = num(trigger["yield_below"]) if trigger else None
        self.window = max(1, whole(months(trigger.get("window", "3 months")))) if trigger else 0
        self.opened = np.zeros(n)  # month of the event, 0 without a window
        self.u, self.y, self.window_loss = np.ones(n), np.zeros(n), np.zeros(n)
        self.payouts, self.missed, self.beyond = np.zeros(n), np.zeros(n), np.zeros(n)
        self.premium_base = np.zeros(n)  # limit/12 of the months in which a premium is due, money of the start


def make(spec, world):
    return [Cover(c, world) for c in (spec.get("owner") or {}).get("cover", [])]


def owed(world):
    return sum((sum(c.due) for c in world.covers), np.zeros(world.n))


def premiums(world, alive):
    total = np.zeros(world.n)
    for c in world.covers:
        base = np.where(alive & (c.asset.start > 0), c.limit / 12, 0)
        c.premium_base += base / world.P[world.t]
        total += c.rate * base
    return total


def claims(world):
    """Step 4, after incomes: what fell due is paid, the limit is whole again, a claim may arise."""
    for c in world.covers:
        due = c.due.pop(0)
        c.due.append(np.zeros(world.n))
        world.cash = world.cash + due
        if (world.t - 1) % 12 == 0:
            c.left[:] = c.limit
        loss = sum((e.taken.get(c.asset.name, 0) for e in c.events), np.zeros(world.n))
        reached = (loss > 0) & (loss >= num(c.spec.get("attachment", 0.2)) * c.asset.start) & ~world.ruined
        if c.below is None:
            by_loss(c, world, loss, reached)
        else:
            by_yield(c, world, loss, reached)


def by_loss(c, world, loss, reached):
    deductible = num(c.spec.get("deductible", 0))
    share = num(c.spec.get("cover", 1))
    if planted("deductible"):
        asked = share * np.maximum(0, loss - 2 * deductible)
    else:
        asked = np.maximum(0, share * loss - deductible)
    settle(c, world, np.where(reached, asked, 0), reached, loss)
    miss(c, world, np.where(reached, 0, loss))


def by_yield(c, world, loss, reached):
    """A window of w months after the event; a unit of before it is followed in its own denomination."""
    t, a = world.t, c.asset
    open_ = c.opened > 0
    c.y = np.where(open_, c.y + c.u * a.earned, c.y)
    c.u = np.where(open_, c.u * a.left, c.u)
    k = t - c.opened
    ends = open_ & ((k == c.window) | (t == world.T))
    stays = open_ & ~ends
    c.window_loss = np.where(stays, c.window_loss + loss, c.window_loss)
    y = np.divide(12 * c.y, k, out=np.zeros(world.n), where=ends)
    below = c.below * (0.5 if planted("trigger") else 1)
    asked = np.where(ends, c.limit * np.maximum(0, 1 - y / below), 0)
    settle(c, world, asked, ends, c.window_loss)
    opens = reached & ~stays & (t < world.T)
    c.opened = np.where(ends, 0, c.opened)
    c.opened = np.where(opens, t, c.opened)
    c.u = np.where(opens, a.left, c.u)
    c.y = np.where(opens, 0, c.y)
    c.window_loss = np.where(opens, loss, c.window_loss)
    miss(c, world, np.where(stays | opens, 0, loss))


def settle(c, world, asked, claim, loss):
    """The insurer pays what is left of the limit at most, or defaults, three times as often in a crisis."""
    default = num(c.spec.get("insurer_default", 0.05)) * np.where(world.in_crisis, 3, 1)
    pays = world.rng.random(world.n) >= np.minimum(1, default)
    paid = np.where(claim & pays & ~world.ruined, np.minimum(c.left, asked), 0)
    c.left -= paid
    c.due[-1] = c.due[-1] + paid
    world.post("payout", paid)
    c.payouts += paid / world.P[world.t]
    c.missed += np.where(claim, np.maximum(0, loss - paid), 0) / world.P[world.t]
    c.beyond += np.where(claim, np.maximum(0, paid - loss), 0) / world.P[world.t]


def miss(c, world, loss):
    c.missed += loss / world.P[world.t]


def lose(world, ruin):
    for c in world.covers:
        for i, due in enumerate(c.due):
            world.post("haircut", -np.where(ruin, due, 0))
            c.due[i] = np.where(ruin, 0, due)


def fair_rate(world, c):
    """"Premium": the rate at which 60 % of premiums are paid out, with its standard error over n paths of the program."""
    paid, base = c.payouts, c.premium_base
    share = 1.0 if planted("premium") else 0.6
    rate = paid.mean() / base.mean() / share
    spread = np.std(paid - rate * share * base) / base.mean() / share
    return rate, spread
