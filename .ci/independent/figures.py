"""The figures of a simulated world, by the ids of report.json ("Measures")."""

import numpy as np

import outcomes


def samples(w):
    """What each path gives, by the id without its last part."""
    T, n, P = w.T, w.n, w.P
    end = w.W[T]
    first = w.W[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        U = np.ones((T + 1, n))
        for t in range(1, T + 1):
            grown = U[t - 1] * np.maximum(0, w.W[t] + w.out[t] - w.into[t]) / w.W[t - 1]
            U[t] = np.where(w.ruined & (w.ruin_month <= t), 0, np.where(w.W[t - 1] > 0, grown, U[t - 1]))
        high = np.maximum.accumulate(U)
        returns = U[1:] / U[:-1] - 1
    years = T / 12
    real_net = w.net / P
    s = {
        "wealth.terminal": end,
        "wealth.terminal.real": end / P[T],
        "cagr": U[T] ** (1 / years) - 1,
        "cagr.real": (U[T] / P[T]) ** (1 / years) - 1,
        "drawdown.max": (1 - U / high).max(axis=0),
        "loss": first + (w.into / P).sum(axis=0) - (w.out / P).sum(axis=0) - end / P[T],
    }
    if (U[-2] > 0).all():
        s["volatility"] = returns.std(axis=0, ddof=1) * np.sqrt(12)
    if T >= 12:
        last = w.net[T - 11 :]
        s["income.terminal"] = last.mean(axis=0)
        s["income.terminal.real"] = (last / P[T - 11 :]).mean(axis=0)
    s |= outcomes.years(w, U, real_net) | outcomes.blows(w)
    for a in w.assets:
        s[f"asset.{a.name}.terminal"] = a.V
    for e in w.events:
        s[f"event.{e.name}"] = (e.took > 0).astype(float)
        s[f"event.{e.name}.loss"] = e.took
    if w.covers:
        for what in ("payouts", "missed", "beyond"):
            s[f"cover.{what}"] = sum(getattr(c, what) for c in w.covers)
    for a in w.assets:
        for k, v in a.states().items():
            s[f"state.{a.name}.{k}"] = np.broadcast_to(np.asarray(v, float), (n,))
    inflation = -(w.W[:-1] * (1 / P[:-1] - 1 / P[1:])).sum(axis=0)
    if "event" in w.G or w.owner is not None:
        s |= {f"cause.{cause}": given for cause, given in w.G.items()} | {"cause.inflation": inflation}
        s["cause.market"] = sum(w.G.get(c, 0) for c in ("drift", "shock", "jump")) + np.zeros(n)
    s |= {f"owner.move.{place}": moved.astype(float) for place, moved in w.moves.moved.items()}
    if w.owner is not None:
        s |= outcomes.ruin(w, inflation) | outcomes.autonomy(w) | outcomes.sustainable(w)
        flows = w.out[1:] - w.into[1:]
        if w.out.any():
            s["irr"] = outcomes.irr(first, flows, end)
            s["irr.real"] = outcomes.irr(first, flows / P[1:], end / P[T])
    return s


def z_mean(x, value, error, n):
    """Mean against mean; the error of the program where it gives one, else that of this sample at its size."""
    spread = x.std(ddof=1)
    other = error if error else spread / np.sqrt(n)
    return x.mean() - value, np.hypot(spread / np.sqrt(len(x)), other)


def z_share(x, share, n):
    """Two shares, by their common variance."""
    pooled = (x.sum() + share * n) / (len(x) + n)
    return x.mean() - share, np.sqrt(pooled * (1 - pooled) * (1 / len(x) + 1 / n))


def z_quantile(x, value, p, n):
    """The share of this sample below the program's quantile, against p."""
    return (x <= value).mean() - p, np.sqrt(p * (1 - p) * (1 / len(x) + 1 / n))


def has_atom(x, p, n):
    """Whether many paths share one value where either side's quantile may lie."""
    off = 4 * np.sqrt(p * (1 - p) * (1 / len(x) + 1 / n))
    near = np.sort(x)[int(max(0, p - off) * len(x)) : int(np.ceil(min(1, p + off) * len(x)))]
    equal = np.diff(near) <= 1e-9 * np.abs(x).max()
    return equal.mean() > 0.05


def z_sd(x, value, error, n):
    spread = x.std(ddof=1)
    fourth = ((x - x.mean()) ** 4).mean()
    own = np.sqrt(max(fourth / spread**4 - 1, 0) / 4) * spread
    return spread - value, np.hypot(own / np.sqrt(len(x)), error)


def z_shortfall(x, value, error, p):
    q = np.sort(x)[int(np.ceil(len(x) * p)) - 1]
    tail = x[x >= q]
    es = q + np.maximum(x - q, 0).mean() / (1 - p)
    own = np.sqrt((tail.var() + p * (es - q) ** 2) / (len(x) * (1 - p)))
    return es - value, np.hypot(own, error)


def worst5(loss):
    """Weights of the paths of expected shortfall 95 %; those that lose as much as the last share its weight."""
    edge = np.sort(loss)[int(np.ceil(0.95 * len(loss))) - 1]
    beyond, tied = loss > edge, loss == edge
    return beyond + tied * (0.05 * len(loss) - beyond.sum()) / tied.sum()


def compare(world, report, wanted):
    """(id, difference, standard error) of every wanted figure that both sides have, atoms and constants left out.

    What is left out depends on this side's sample alone, never on how far both sides are apart."""
    found = []
    have = samples(world)
    n = report["run"]["paths"]
    for key, m in report["measures"].items():
        base, _, last = key.rpartition(".")
        if not wanted(key):
            continue
        value, error = m["value"], m["std_error"]
        if key == "loss.probability":
            x, pair = have["loss"] > 0, "share"
        elif key == "loss.sd":
            x, pair = have["loss"], "sd"
        elif base in ("expected_shortfall", "value_at_risk") and last in ("95", "99"):
            x, pair = have["loss"], base
        elif base in have and last == "mean":
            x, pair = have[base], "mean"
        elif base in have and last == "worst5":
            x, pair = have[base], "worst5"
        elif base in have and last == "sd":
            x, pair = have[base], "sd"
        elif base in have and last == "probability":
            x, pair = have[base], "share"
        elif base in have and last[0] == "p" and last[1:].isdigit():
            x, pair = have[base], "p"
        else:
            continue
        x = np.asarray(x, float)
        scale = np.abs(x).max()
        if pair == "share":
            if 20 <= x.sum() <= len(x) - 20:
                found.append((key, *z_share(x, value, n)))
            continue
        if x.std() <= 1e-9 * max(scale, 1e-300) or np.count_nonzero(x != np.median(x)) < 50:
            continue
        if pair == "mean":
            found.append((key, *z_mean(x, value, error, n)))
        elif pair == "sd":
            if error:  # none where the tail is too heavy for one
                found.append((key, *z_sd(x, value, error, n)))
        elif pair == "worst5":
            if error:
                found.append((key, np.average(x, weights=worst5(have["loss"])) - value, error * np.sqrt(1 + n / len(x))))
        elif pair == "expected_shortfall":
            if error and error > 1e-9 * scale:  # else rounding alone, as where all that lose so much lose the same
                found.append((key, *z_shortfall(x, value, error, int(last) / 100)))
        else:
            p = int(last if pair == "value_at_risk" else last[1:]) / 100
            if not has_atom(x, p, n):
                found.append((key, *z_quantile(x, value, p, n)))
    found += compare_series(world, report, wanted)
    return found


def compare_series(world, report, wanted):
    """Means at a third, two thirds and the end of the horizon, of states and values."""
    found = []
    for key, series in report["series"].items():
        if key not in world.series or not wanted("series." + key):
            continue
        for part in (1 / 3, 2 / 3, 1):
            i = round(part * (len(series["years"]) - 1))
            t = round(series["years"][i] * 12)
            x = world.series[key][t]
            if x.std() > 1e-9 * max(np.abs(x).max(), 1e-300):
                found.append((f"{key}@{t}", *z_mean(x, series["real"]["mean"][i], None, report["run"]["paths"])))
    return found
