"""Write w1.toml … w4.toml: the workloads of common.py as scenario files, numbers with 17 digits.

    python3 scenarios.py        run it again after a change of the format; the files are committed
"""

import pathlib

import common
import numpy as np

TITLES = {
    "W1": "Peer workload W1: eight correlated lognormal assets",
    "W2": "Peer workload W2: eight assets, t copula, jumps",
    "W3": "Peer workload W3: one asset, a million paths",
    "W4": "Peer workload W4: thirty-two correlated lognormal assets",
}
HEAD = """\
# Written by scenarios.py. The peers' drift mu is continuous: roi = e^mu - 1.
title    = "{title}"
start    = "2027-01"
horizon  = "10 years"
currency = "USD"

[run]
seed  = 42
paths = {paths}

[economy]
inflation = { fixed = "0 %/year" }
cash_rate = "0 %/year"
"""
ASSET = """
[[asset]]
name         = "{name}"
class        = "tokenized-real-estate"
value        = {value}
roi          = {roi:.17g}
roi_law      = "point"
roi_basis    = "net"
income_share = 0
volatility   = {volatility:.17g}
"""
JUMPS = """jumps        = {{ rate = "{rate}/year", mean = {mean:.2f}, sd = {sd:.2f} }}\n"""


def scenario(workload):
    n, _, paths = common.SIZES[workload]
    mu, sigma, correlation = common.margins(n)
    names = [f"asset-{i + 1:02d}" for i in range(n)]
    with_jumps = workload == "W2"
    # a scenario's volatility is the total one, jumps included
    jump_variance = common.JUMP_RATE * (common.JUMP_MEAN**2 + common.JUMP_SD**2) if with_jumps else 0.0
    volatility = np.sqrt(sigma**2 + jump_variance) if with_jumps else sigma
    parts = [HEAD.format(title=TITLES[workload], paths=f"{paths:_}")]
    for i, name in enumerate(names):
        parts.append(ASSET.format(name=name, value=f"{1_000_000 / n:_.0f}", roi=np.expm1(mu[i]), volatility=volatility[i]))
        if with_jumps:
            parts.append(JUMPS.format(rate=common.JUMP_RATE, mean=common.JUMP_MEAN, sd=common.JUMP_SD))
    if n > 1:
        parts.append("\n[correlation]\n")
        parts.append("order  = [" + ", ".join(f'"{name}"' for name in names) + "]\n")
        rows = ",\n".join("  [" + ", ".join(f"{value:.17g}" for value in row) + "]" for row in correlation)
        parts.append(f"matrix = [\n{rows},\n]\n")
        if with_jumps:
            parts.append(f'copula = {{ kind = "t", dof = {common.DOF} }}\n')
    return "".join(parts)


if __name__ == "__main__":
    for workload in common.SIZES:
        pathlib.Path(__file__).with_name(f"{workload.lower()}.toml").write_text(scenario(workload))
