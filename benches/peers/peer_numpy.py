"""numpy: all paths at once, month by month, PCG64 and its ziggurat."""

import common

THREADS = common.threads()
import numpy as np


def copula_and_jumps(rng, z):
    """Correlated N(0,1) -> shocks with a t copula and Gaussian margins, and the log sizes of the jumps."""
    from scipy.special import ndtri

    t = z * np.sqrt(common.DOF / rng.chisquare(common.DOF, z.shape[1]))
    hypotenuse = np.sqrt(4.0 + t * t)
    gap = 4.0 / (hypotenuse * (hypotenuse + np.abs(t)))  # 1 - |t|/sqrt(4+t^2) without cancellation
    shock = np.copysign(-ndtri(gap * gap * (3.0 - gap) * 0.25), t)
    count = rng.poisson(common.JUMP_RATE * common.DT, z.shape)
    return shock, common.JUMP_MEAN * count + common.JUMP_SD * np.sqrt(count) * rng.standard_normal(z.shape)


def simulate(p, workload, normals=None):
    rng = np.random.default_rng(common.SEED)
    draw = normals or rng.standard_normal
    n, paths, steps = p["n"], p["paths"], p["steps"]
    if workload == "W3":
        total = np.zeros(paths)
        for _ in range(steps):
            total += draw((paths,))
        return np.exp(p["drift"][0] * steps + p["a"][0, 0] * total), None, None
    log_value, peak, fall = np.zeros((n, paths)), np.ones(paths), np.zeros(paths)
    fan = np.empty((steps, len(common.FAN)))
    for month in range(steps):
        if workload == "W2":
            shock, jump = copula_and_jumps(rng, p["lower"] @ draw((n, paths)))
            log_value += p["scale"][:, None] * shock
            log_value += jump
        else:
            log_value += p["a"] @ draw((n, paths))
        log_value += p["drift"][:, None]
        wealth = p["weights"] @ np.exp(log_value)
        np.maximum(peak, wealth, out=peak)
        np.maximum(fall, 1.0 - wealth / peak, out=fall)
        fan[month] = np.quantile(wealth, common.FAN)
    return wealth, fall.mean(), fan


if __name__ == "__main__":
    common.main("numpy", simulate, THREADS, f"numpy {np.__version__}")
