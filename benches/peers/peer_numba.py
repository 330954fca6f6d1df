"""numba: prange over paths, fastmath, np.random inside the kernel (one MT19937 per thread)."""

import common

THREADS = common.threads()
import math

import numba
import numpy as np

# Acklam's rational approximation of the normal quantile, relative error 1.2e-9
TAIL_TOP = (-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e00,
            -2.549732539343734e00, 4.374664141464968e00, 2.938163982698783e00)  # fmt: skip
TAIL_BOTTOM = (7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e00, 3.754408661907416e00)
MIDDLE_TOP = (-3.969683028665376e01, 2.209460984245205e02, -2.759285104469687e02,
              1.383577518672690e02, -3.066479806614716e01, 2.506628277459239e00)  # fmt: skip
MIDDLE_BOTTOM = (-5.447609879822406e01, 1.615858368580409e02, -1.556989798598866e02,
                 6.680131188771972e01, -1.328068155288572e01)  # fmt: skip


@numba.njit(fastmath=True, inline="always")
def normal_quantile(p):
    """For p in (0, 1/2]."""
    if p < 0.02425:
        q = math.sqrt(-2.0 * math.log(p))
        a, b = TAIL_TOP, TAIL_BOTTOM
        top = ((((a[0] * q + a[1]) * q + a[2]) * q + a[3]) * q + a[4]) * q + a[5]
        return top / ((((b[0] * q + b[1]) * q + b[2]) * q + b[3]) * q + 1.0)
    q = p - 0.5
    r = q * q
    a, b = MIDDLE_TOP, MIDDLE_BOTTOM
    top = ((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]
    return top * q / (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1.0)


@numba.njit(fastmath=True, inline="always")
def copula_score(t):
    """Phi^-1(F_4(t))."""
    hypotenuse = math.sqrt(4.0 + t * t)
    gap = 4.0 / (hypotenuse * (hypotenuse + abs(t)))
    return math.copysign(-normal_quantile(gap * gap * (3.0 - gap) * 0.25), t)


@numba.njit(fastmath=True, inline="always")
def jump(intensity, none, mean, sd):
    """Log size of a month's jumps; the Poisson number by inversion of one uniform."""
    u = np.random.random()
    count, term, below = 0, none, none
    while u > below and count < 8:
        count += 1
        term *= intensity / count
        below += term
    if count == 0:
        return 0.0
    return mean * count + sd * math.sqrt(count) * np.random.standard_normal()


@numba.njit(parallel=True, fastmath=True)
def kernel(matrix, drift, scale, weights, steps, paths, with_jumps, intensity, mean, sd):
    n = matrix.shape[0]
    history, falls = np.empty((steps, paths)), np.empty(paths)
    none = math.exp(-intensity)
    for path in numba.prange(paths):
        value, z = weights.copy(), np.empty(n)
        peak, fall = 1.0, 0.0
        for month in range(steps):
            for i in range(n):
                z[i] = np.random.standard_normal()
            mixing = 1.0
            if with_jumps:
                product = (1.0 - np.random.random()) * (1.0 - np.random.random())
                mixing = math.sqrt(4.0 / (-2.0 * math.log(product)))
            wealth = 0.0
            for i in range(n):
                x = 0.0
                for j in range(i + 1):
                    x += matrix[i, j] * z[j]
                if with_jumps:
                    x = scale[i] * copula_score(x * mixing) + jump(intensity, none, mean, sd)
                value[i] *= math.exp(drift[i] + x)
                wealth += value[i]
            peak = max(peak, wealth)
            fall = max(fall, 1.0 - wealth / peak)
            history[month, path] = wealth
        falls[path] = fall
    return history, falls


@numba.njit(parallel=True, fastmath=True)
def sums(steps, paths):
    out = np.empty(paths)
    for path in numba.prange(paths):
        total = 0.0
        for _ in range(steps):
            total += np.random.standard_normal()
        out[path] = total
    return out


@numba.njit(parallel=True)
def quantiles(history, wanted):
    out = np.empty((history.shape[0], len(wanted)))
    for month in numba.prange(history.shape[0]):
        ordered = np.sort(history[month])
        for k in range(len(wanted)):
            place = wanted[k] * (len(ordered) - 1)
            i = int(place)
            above = ordered[min(i + 1, len(ordered) - 1)]
            out[month, k] = ordered[i] + (place - i) * (above - ordered[i])
    return out


def simulate(p, workload):
    steps, paths = p["steps"], p["paths"]
    if workload == "W3":
        return np.exp(p["drift"][0] * steps + p["a"][0, 0] * sums(steps, paths)), None, None
    with_jumps = workload == "W2"
    history, falls = kernel(
        p["lower"] if with_jumps else p["a"], p["drift"], p["scale"], p["weights"], steps, paths,
        with_jumps, common.JUMP_RATE * common.DT, common.JUMP_MEAN, common.JUMP_SD,
    )  # fmt: skip
    return history[-1], falls.mean(), quantiles(history, np.array(common.FAN))


if __name__ == "__main__":
    common.main("numba", simulate, THREADS, f"numba {numba.__version__}")
