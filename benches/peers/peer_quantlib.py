"""QuantLib: GaussianMultiPathGenerator over a StochasticProcessArray. One thread; few paths, time scaled; no W2."""

import os

import common
import numpy as np
import QuantLib as ql


def process(mu, sigma, today):
    day_count = ql.Actual365Fixed()

    def flat(rate):
        return ql.YieldTermStructureHandle(ql.FlatForward(today, float(rate), day_count))

    volatility = ql.BlackConstantVol(today, ql.NullCalendar(), float(sigma), day_count)
    spot = ql.QuoteHandle(ql.SimpleQuote(1.0))
    return ql.BlackScholesMertonProcess(spot, flat(0.0), flat(mu), ql.BlackVolTermStructureHandle(volatility))


def normals(count):
    return ql.GaussianRandomSequenceGenerator(
        ql.UniformRandomSequenceGenerator(count, ql.UniformRandomGenerator(common.SEED))
    )


def simulate(p, workload):
    today = ql.Date(1, 1, 2026)
    ql.Settings.instance().evaluationDate = today
    processes = [process(mu, sigma, today) for mu, sigma in zip(p["mu"], p["sigma"])]
    n, steps, paths = p["n"], p["steps"], p["paths"]
    if n == 1:
        generator = ql.GaussianPathGenerator(processes[0], 10.0, steps, normals(steps), False)
        return np.array([generator.next().value()[steps] for _ in range(paths)]), None, None
    portfolio = ql.StochasticProcessArray(processes, p["correlation"].tolist())
    generator = ql.GaussianMultiPathGenerator(portfolio, list(ql.TimeGrid(10.0, steps)), normals(n * steps), False)
    wealth = np.empty((paths, steps + 1))
    for row in wealth:
        path = generator.next().value()
        row[:] = np.array([list(path[j]) for j in range(n)]).T @ p["weights"]
    falls = (1.0 - wealth / np.maximum.accumulate(wealth, axis=1)).max(axis=1)
    return wealth[:, -1], falls.mean(), np.quantile(wealth[:, 1:], common.FAN, axis=0).T


if __name__ == "__main__":
    common.main("QuantLib", simulate, 1, f"QuantLib {ql.__version__}", paths=int(os.environ.get("QL_PATHS", "2000")))
