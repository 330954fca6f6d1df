"""Exploits, custody and issuer failure ("Effects", "Protection", "Custody")."""

import numpy as np

from laws import draw_range, draw_shares, months, num, planted, whole

CUTTING = ("algorithm-update", "provider-repricing", "command-centre-outage", "model-collapse")


class Event:
    def __init__(self, spec, world):
        self.spec, self.name, self.kind = spec, spec["name"], spec["kind"]
        self.at = world.month(spec["at"]) if "at" in spec else None
        named = spec["asset"] if isinstance(spec["asset"], list) else [spec["asset"]]
        self.assets = [a for a in world.assets if a.name in named]
        rate = spec.get("rate", "0/year")
        scale = 12 if "/month" in str(rate) else 1
        self.rate = draw_range(rate, world.n, world.rng) * scale
        self.took = np.zeros(world.n)  # in money of the start
        self.before = np.zeros(world.n)  # the same until the month before
        self.taken = {}  # what it took of each asset's value in this month

    def factor(self, a, world):
        """What the rate is multiplied with for an asset by what is done against it."""
        f = 1.0
        if a.spec.get("verified"):
            f *= num(self.spec.get("if_verified", 1))
        if "compliance_service" in (world.owner or {}):
            f *= num(self.spec.get("if_compliant", 1))
        custody = (world.owner or {}).get("custody")
        if custody and (self.kind == "custody-loss" or planted("custody")) and custody.get("multisig", True):
            f = f * np.where(world.guarded[a.name], num(self.spec.get("if_guarded", 0.25)), 1.0)
        return f

    def reach(self, a, world):
        """The part of an asset that is in reach of this event."""
        custody = (world.owner or {}).get("custody")
        if self.kind != "custody-loss" or not custody or not custody.get("cold_storage") or a.deposit:
            return 1.0
        return np.where(world.guarded[a.name], 1 - num(custody.get("cold_share", 0.5)), 1.0)


def make(spec, world):
    made = [Event(e, world) for e in spec.get("event", [])]
    return sorted(made, key=lambda e: e.name)


def guards(world):
    """Which assets are guarded next month: worth `above` now, each or all that can be guarded together."""
    custody = (world.owner or {}).get("custody")
    if not custody:
        return {a.name: np.zeros(world.n, bool) for a in world.assets}
    can = {a.name: a for e in world.events if e.kind == "custody-loss" for a in e.assets}
    if custody.get("per") == "all":
        enough = sum(a.V for a in can.values()) >= num(custody.get("above", 50_000))
        return {a.name: enough for a in world.assets}
    return {a.name: a.V >= num(custody.get("above", 50_000)) for a in world.assets}


def strike(world):
    """Step 3: events take of values in the order of their names; cuts of incomes are noted."""
    n, rng, t = world.n, world.rng, world.t
    for a in world.assets:
        a.cut = np.zeros(n)
        a.cut_by = []
    for e in world.events:
        e.taken = {}
        spec = e.spec
        u = rng.random(n)
        size = np.where(rng.random(n) < num(spec.get("total", 0)), 1.0, draw_shares(spec.get("severity", 1), n, rng))
        chance = 0 if planted("exploit") else num(spec.get("return_chance", 0))
        back = np.where(rng.random(n) < chance, draw_shares(spec.get("returned", 0), n, rng), 0)
        struck_in = {}
        for a in e.assets:
            if e.at is not None:
                struck = np.full(n, t == e.at)
            else:
                struck = -np.log(u) < e.factor(a, world) * e.rate / 12
            struck_in[a.name] = struck
            if e.kind in CUTTING:
                recover(e, a, struck, size)
                continue
            share = np.where(struck, size * (1 - back) * e.reach(a, world), 0)
            loss = np.minimum(a.V, share * (a.V + a.owes))  # of borrowed money, too
            if e.kind not in ("custody-loss", "agent-error") and not planted("trust"):
                a.shunned = a.shunned | ((loss > 0) & (loss >= a.V / 2))
            a.V = a.V - loss
            world.post("event", -loss)
            e.took += loss / world.P[t]
            e.taken[a.name] = loss
            stop = whole(months(spec.get("redemption_stop", "0 months")))
            if planted("issuer"):
                stop = 0
            if stop:
                a.closed_until = np.where(struck, t + stop - 1, a.closed_until)


def recover(e, a, struck, size):
    """A cut of income: what comes back comes back first, then a strike adds to what is gone."""
    c = a.cuts.get(e.name, np.zeros(len(struck)))
    recovery = e.spec.get("recovery")
    if recovery is not None:
        h = months(recovery)
        c = c * (2 ** (-1 / h) if h > 0 else 0)
    c = np.where(struck, 1 - (1 - c) * (1 - size), c)
    a.cuts[e.name] = c
    a.cut_by.append((e, (1 - a.cut) * c))
    a.cut = 1 - (1 - a.cut) * (1 - c)


def count_cuts(world):
    for a in world.assets:
        gross = np.divide(a.cut_money, a.cut, out=np.zeros(world.n), where=a.cut > 0)
        for e, part in a.cut_by:
            e.took += gross * part / world.P[world.t]
