"""Laws of docs/model.md that several mechanisms share: numbers, ranges, claims, inflation.

Nothing here is taken from the source of tailwheel; every function names the section that it follows."""

import re

import numpy as np
from scipy.special import expit, logit, ndtr

Z95 = 1.6449
PLANTED = set()  # names of planted errors, set by compare.py


def planted(name):
    return name in PLANTED


def num(text):
    """A number as scenario files write it: 0.3, "5 %/year", "2.9 %/month", "12 months", "54/year"."""
    if isinstance(text, (int, float)):
        return float(text)
    value = float(re.match(r"[-+]?[\d._]+", text).group().replace("_", ""))
    return value / 100 if "%" in text else value


def per_month(text):
    """A rate or an amount per year or month, per month."""
    return num(text) / (12 if "/year" in str(text) else 1)


def months(text):
    """A span in months; days and weeks by a month of 365.25/12 days."""
    if isinstance(text, str):
        if "year" in text:
            return num(text) * 12
        if "week" in text:
            return num(text) * 7 / (365.25 / 12)
        if "day" in text:
            return num(text) / (365.25 / 12)
    return num(text)


def half_life(text):
    """A half-life in months, infinite for "never" or where it is absent."""
    return np.inf if text in (None, "never") else months(text)


def whole(x):
    return int(np.ceil(x - 1e-9))


def draw_range(text, n, rng, share=False):
    """"Ranges of quantities": a point on all paths, or one draw per path of a range "a-b" or [a, median, b]."""
    return range_at(text, n, lambda: rng.standard_normal(n), share)


def range_at(text, n, normals, share=False):
    """A point n times, or the numbers of a range at the standard normals."""
    if isinstance(text, str) and re.search(r"\d\s*-\s*\d", text):
        low, high = re.match(r"\s*([\d._]+)\s*-\s*(.*)", text).groups()
        scale = 100 if "%" in text else 1
        ends = [num(low) / scale, None, num(high)]
    elif isinstance(text, list):
        ends = [num(text[0]), num(text[1]) if len(text) == 3 else None, num(text[-1])]
    else:
        return np.full(n, num(text))
    on, off = (logit, expit) if share else (np.log, np.exp)
    low, high = on(ends[0]), on(ends[2])
    middle = (low + high) / 2 if ends[1] is None else on(ends[1])
    z = normals()
    return off(middle + z * np.where(z >= 0, high - middle, middle - low) / Z95)


def draw_claims(assets, n, rng):
    """"From a claim to a law": the true return m of each asset, errors of claims correlated at one half."""
    common = rng.standard_normal(n)
    drawn = []
    for asset in assets:
        z = np.sqrt(0.5) * common + np.sqrt(0.5) * rng.standard_normal(n)
        roi = asset.get("roi")
        if roi is None:
            drawn.append(None)
        elif isinstance(roi, str) and re.search(r"\d\s*-\s*\d", roi):
            low, high = (float(x) / 100 for x in re.match(r"\s*([\d.]+)\s*-\s*([\d.]+)", roi).groups())
            if asset.get("roi_law") == "uniform":
                drawn.append(low + (high - low) * ndtr(z))
            else:
                mu = (np.log1p(low) + np.log1p(high)) / 2
                spread = (np.log1p(high) - np.log1p(low)) / (2 * Z95)
                drawn.append(np.expm1(mu + spread * z))
        else:
            drawn.append(np.full(n, num(roi)))
    return drawn


def draw_shares(law, n, rng):
    """A severity: one share, uniform between two, or a beta law."""
    if isinstance(law, dict):
        return rng.beta(law["alpha"], law["beta"], n)
    if isinstance(law, str) and re.search(r"\d\s*-\s*\d", law):
        low, high = (float(x) / 100 for x in re.match(r"\s*([\d.]+)\s*-\s*([\d.]+)", law).groups())
        return rng.uniform(low, high, n)
    return np.full(n, num(law))


class Inflation:
    """"Inflation": the price level P of each path, P[0] = 1, and the rate pi[t] of each month."""

    def __init__(self, spec, n, horizon, rng):
        spec = spec if spec is not None else ["1.5 %/year", "2.5 %/year", "4 %/year"]
        self.pi = np.empty((horizon + 1, n))
        if isinstance(spec, dict) and "fixed" in spec:
            self.median = num(spec["fixed"])
            self.pi[:] = self.median
        else:
            table = spec if isinstance(spec, dict) else {"mean": spec}
            mean = draw_range(table["mean"], n, rng)
            self.median = num(table["mean"][1]) if isinstance(table["mean"], list) else num(table["mean"])
            s = num(table.get("volatility", "1.65 %/year"))
            kappa = np.log(2) / half_life(table.get("half_life", "13.863 months")) * 12
            if planted("inflation"):
                kappa /= 2
            phi = np.exp(-kappa / 12)
            step = s * np.sqrt((1 - phi**2) / (2 * kappa))
            x = np.full(n, num(table["starts"])) if "starts" in table else mean.copy()
            for t in range(1, horizon + 1):
                self.pi[t] = x
                x = mean + phi * (x - mean) + step * rng.standard_normal(n)
            self.pi[0] = self.pi[1]
        self.property = num(spec.get("property", 0.62)) if isinstance(spec, dict) else 0.62
        self.moves = not (isinstance(spec, dict) and "fixed" in spec)
        growth = (1 + self.pi[1:]) ** (1 / 12)
        self.P = np.vstack([np.ones(n), np.cumprod(growth, axis=0)])
