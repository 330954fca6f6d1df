"""Workload W2 once more, in numpy and scipy: month by month as the model is stated, SFC64, batches for the standard error.

    check_w2.py BATCHES [SEED]        a batch is 25 000 paths; one thread
"""
import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"
import sys
import time

import numpy as np
from scipy import special, stats

ASSETS, MONTHS, BATCH = 8, 120, 25_000
RATE, JUMP_MEAN, JUMP_SD = 0.5 / 12, -0.10, 0.15


def score(t):
    """Phi^-1(F_4(t)) from the smaller tail, whose closed form does not cancel."""
    hypotenuse = np.sqrt(4 + t * t)
    gap = 4 / (hypotenuse * (hypotenuse + np.abs(t)))
    return np.copysign(-special.ndtri(gap * gap * (3 - gap) / 4), t)


def batch(rng, mu, sigma, lower):
    drift = (mu - sigma**2 / 2) / 12 - RATE * np.expm1(JUMP_MEAN + JUMP_SD**2 / 2)
    log_value = np.zeros((ASSETS, BATCH))
    for _ in range(MONTHS):
        chi_square = 2 * rng.standard_gamma(2.0, BATCH)
        t = (lower @ rng.standard_normal((ASSETS, BATCH))) * np.sqrt(4 / chi_square)
        log_value += drift[:, None] + (sigma / np.sqrt(12))[:, None] * score(t)
        asset, path = np.nonzero(rng.random((ASSETS, BATCH)) > np.exp(-RATE))  # cells with at least one jump
        uniform = rng.uniform(np.exp(-RATE), 1, asset.size)
        count = special.pdtr(np.arange(8)[:, None], RATE)  # P(N <= k)
        jumps = (uniform > count).sum(axis=0)
        log_value[asset, path] += JUMP_MEAN * jumps + JUMP_SD * np.sqrt(jumps) * rng.standard_normal(asset.size)
    return np.exp(log_value).mean(axis=0)


def main():
    batches, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    check = np.array([-30.0, -3.0, -0.2, 0.0, 0.7, 5.0])
    assert np.allclose(score(check), special.ndtri(stats.t.cdf(check, 4)), rtol=0, atol=1e-9)
    i = np.arange(ASSETS)
    mu, sigma, loading = 0.08 + 0.02 * i, 0.10 + 0.05 * i, 0.3 + 0.5 * i / (ASSETS - 1)
    correlation = np.outer(loading, loading)
    np.fill_diagonal(correlation, 1)
    lower = np.linalg.cholesky(correlation)
    rng = np.random.Generator(np.random.SFC64(seed))
    wealth = np.array([batch(rng, mu, sigma, lower) for _ in range(batches)])
    q05 = np.quantile(wealth, 0.05, axis=1)
    pooled = np.sort(wealth, axis=None)
    n = pooled.size
    band = np.searchsorted(pooled, [np.quantile(pooled, 0.05) - 0.01, np.quantile(pooled, 0.05) + 0.01])
    density = (band[1] - band[0]) / (0.02 * n)
    print(f"paths {n}  seed {seed}  cpu {time.process_time():.0f} s")
    print(f"q05 pooled {np.quantile(pooled, 0.05):.6f} +- {np.sqrt(0.05 * 0.95 / n) / density:.6f} (density);"
          f" spread of batches {q05.std(ddof=1) / np.sqrt(batches):.6f}")
    mean, error = pooled.mean(), pooled.std() / np.sqrt(n)
    exact = np.exp(10 * mu).mean()
    print(f"q50 {np.quantile(pooled, 0.5):.6f}  mean {mean:.5f} +- {error:.5f}  exact {exact:.5f}  z {(mean - exact) / error:+.2f}")


main()
