"""The four workloads that every peer computes, and the line of JSON that it prints.

W1  8 correlated lognormal assets, 120 months, 100 000 paths, buy and hold
W2  W1 with a Student-t(4) copula (Gaussian margins) and compensated Merton jumps per asset
W3  1 asset, 120 months, 1 000 000 paths, terminal value only
W4  32 correlated lognormal assets, 120 months, 50 000 paths

Asset i has k = i mod 8, mu = .08 + .02 k and sigma = .10 + .05 k per year; correlations come from one factor,
b_i b_j with b from .3 to .8. Wealth starts at 1 with equal weights. Wanted: quantiles of every month, quantiles,
mean and expected shortfall of the end, mean of the deepest fall from a peak.
"""

import json
import os
import resource
import sys
import time

import numpy as np

FAN = (0.05, 0.25, 0.50, 0.75, 0.95)
TERMINAL = (0.01, 0.05, 0.25, 0.50, 0.75, 0.95, 0.99)
DT = 1.0 / 12.0
SIZES = {"W1": (8, 120, 100_000), "W2": (8, 120, 100_000), "W3": (1, 120, 1_000_000), "W4": (32, 120, 50_000)}
JUMP_RATE, JUMP_MEAN, JUMP_SD = 0.5, -0.10, 0.15  # per year, of the log size
DOF = 4
SEED = 12345


def threads():
    """Threads to use; sets what the numerical libraries read, so call it before importing them."""
    count = os.environ.get("THREADS", "2")
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
        os.environ[name] = count
    return int(count)


def margins(n):
    """mu, sigma and the correlation matrix of n assets."""
    k = np.arange(n) % 8
    loading = np.full(n, 0.55) if n == 1 else 0.3 + 0.5 * np.arange(n) / (n - 1)
    correlation = np.outer(loading, loading)
    np.fill_diagonal(correlation, 1.0)
    return 0.08 + 0.02 * k, 0.10 + 0.05 * k, correlation


def parameters(workload, paths=None):
    """Log-return of a month = drift + scale * (lower @ z), with `a` = scale * lower."""
    n, steps, standard_paths = SIZES[workload]
    mu, sigma, correlation = margins(n)
    lower = np.linalg.cholesky(correlation)
    drift = (mu - 0.5 * sigma**2) * DT
    if workload == "W2":
        drift = drift - JUMP_RATE * np.expm1(JUMP_MEAN + 0.5 * JUMP_SD**2) * DT
    scale = sigma * np.sqrt(DT)
    return dict(
        n=n, steps=steps, paths=paths or standard_paths, mu=mu, sigma=sigma, correlation=correlation,
        lower=lower, scale=scale, a=scale[:, None] * lower, drift=drift, weights=np.full(n, 1.0 / n),
    )  # fmt: skip


def summary(terminal, mean_drawdown, fan):
    quantiles = np.quantile(terminal, TERMINAL)
    result = dict(mean=terminal.mean(), std=terminal.std(ddof=1))
    result.update({f"q{round(p * 100):02d}": q for p, q in zip(TERMINAL, quantiles)})
    result["es95"] = 1.0 - terminal[terminal <= quantiles[1]].mean()
    result["mdd"] = mean_drawdown
    result["fan60_q50"] = None if fan is None else fan[59, 2]
    return result


def main(peer, simulate, count, versions, paths=None, repetitions=None):
    """Time `simulate(parameters, workload) -> (terminal, mean drawdown or None, fan or None)`.

    The first run (compilation, page faults, caches) is not counted; the best of the others is.
    With fewer paths than the workload asks for, one run is made and its time is scaled up.
    """
    workload = sys.argv[1] if len(sys.argv) > 1 else "W1"
    repetitions = repetitions or int(os.environ.get("REPS", "3"))
    given = parameters(workload, paths)
    scale = SIZES[workload][2] / given["paths"]
    walls, cpus = [], []
    for _ in range(1 if scale > 1 else repetitions + 1):
        wall, cpu = time.perf_counter(), time.process_time()
        result = summary(*simulate(given, workload))
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    counted = slice(1, None) if len(walls) > 1 else slice(None)
    record = dict(
        peer=peer, workload=workload, threads=count, seconds=round(min(walls[counted]) * scale, 4),
        cpu_seconds=round(min(cpus[counted]) * scale, 4),
        peak_mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        paths=given["paths"], scaled=scale > 1, versions=versions,
    )  # fmt: skip
    record.update({name: None if value is None else round(float(value), 5) for name, value in result.items()})
    print(json.dumps(record), flush=True)
