"""Runs tailwheel and this program on the same scenarios and compares their figures: see ./run."""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np

import cover
import figures
import laws
import scenarios
from world import World

SEEDS = [11, 23, 37, 41, 59, 67, 73, 83, 97, 101]
PATHS = 10_000
PREMIUM_PATHS = 32_768  # "Premium" of docs/model.md

# chosen before any figure was looked at; causes and quantiles of the whole list hang together, so only these count
COUNTED = re.compile(
    r"wealth\.terminal\.real\.(mean|p05|p50|p95)|wealth\.terminal\.mean|loss\.probability|expected_shortfall\.95|"
    r"ruin\.probability|income\.terminal\.mean|drawdown\.max\.mean|event\.\w+\.(probability|loss\.mean)|"
    r"cover\.(payouts|missed|beyond)\.mean|cause\.(haircut|cost|inflation|impermanent-loss)\.mean|"
    r"asset\.\w+\.terminal\.(mean|p50)|series\.state\.\w+\.\w+"
)

# mechanism: the planted errors that its scenarios have to find
PLANTS = {
    "exploits and custody": ["exploit", "custody"],
    "trigger of insurance": ["trigger"],
    "insurance of losses": ["deductible"],
    "fair premiums": ["premium"],
    "arrivals and churn": ["churn", "churn-spread"],
    "failure of an issuer": ["issuer"],
    "inflation and deflation": ["inflation", "spending"],
    "exit prices": ["exit", "haircut"],
    "liquidity of two coins": ["liquidity"],
    "pools": ["pools"],
    "rent": ["rent"],
    "late payment": ["lag"],
    "fleets": ["fleet"],
    "flywheels": ["flywheel"],
    "content": ["content"],
}


def report_of(binary, folder, name, spec, seed, paths):
    file = folder / f"{name}.toml"
    if not file.exists():
        file.write_text(scenarios.toml(name, spec))
    out = folder / "out" / str(seed)
    command = [binary, "run", file, "--paths", str(paths), "--seed", str(seed), "--no-charts", "--no-bridge",
               "--threads", "1", "--json", "-o", out]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{name}: {done.stderr}")
    return json.loads(done.stdout)


def own_seed(name, seed):
    return zlib.crc32(f"{name} {seed}".encode())


def by_chance_of(event, spec):
    """An event whose month is fixed counts as one with a rate of one in the time that is simulated."""
    if "at" not in event:
        return event
    return {k: v for k, v in event.items() if k != "at"} | {"rate": 12 / laws.months(spec["horizon"])}


def fair_figure(name, spec, report, seed, paths):
    """The premium that the program asks for by itself, against payouts and months of a world of this program."""
    by_chance = [by_chance_of(e, spec) for e in spec["event"]]
    world = World(spec | {"event": by_chance}, 4 * paths, own_seed(name + " fair", seed)).run()
    c = world.covers[0]
    rate, spread = cover.fair_rate(world, c)
    asked = -report["measures"]["cause.premium.mean"]["value"] / c.premium_base.mean()
    asked_error = asked * c.premium_base.std() / c.premium_base.mean() / np.sqrt(paths)
    return ("premium", rate - asked, np.sqrt(spread**2 * (1 / world.n + 1 / PREMIUM_PATHS) + asked_error**2))


def check(binary, folder, name, spec, seed, paths, wanted):
    """(scenario, seed, id, difference, error) of one run on both sides."""
    report = report_of(binary, folder, name, spec, seed, paths)
    is_fair = name.startswith("fair")
    if is_fair:
        found = [fair_figure(name, spec, report, seed, paths)]
        world = World(spec, paths, own_seed(name, seed)).run()
        found += figures.compare(world, report, lambda key: wanted(key) and re.match(r"event\.|cover\.payouts", key))
    else:
        world = World(spec, paths, own_seed(name, seed)).run()
        found = figures.compare(world, report, wanted)
    return [(name, seed, *f) for f in found]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--only", default="", help="mechanisms or scenarios whose names have this in them")
    parser.add_argument("--seeds", type=int, default=2, help="seeds for each scenario")
    parser.add_argument("--paths", type=int, default=PATHS)
    parser.add_argument("--wide", action="store_true", help="every figure that both sides have")
    parser.add_argument("--plant", action="append", default=[], help="a planted error: compare with it, print, do not judge")
    parser.add_argument("--show", type=float, default=3, help="print figures at least so many errors apart")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    laws.PLANTED.update(args.plant)
    wanted = (lambda key: True) if args.wide else COUNTED.fullmatch
    jobs, turn = [], 0
    for mechanism, group in scenarios.by_mechanism().items():
        for name, spec in group.items():
            seeds = [SEEDS[(turn + i) % len(SEEDS)] for i in range(args.seeds)]
            turn += args.seeds
            if args.only in mechanism or args.only in name:
                jobs += [(mechanism, name, spec, seed) for seed in seeds]
    for mechanism in dict.fromkeys(job[0] for job in jobs):
        found = []
        for _, name, spec, seed in (job for job in jobs if job[0] == mechanism):
            found += check(args.binary, args.folder, name, spec, seed, args.paths, wanted)
        tell(mechanism, found, args.show)


def tell(mechanism, found, show):
    z = np.array([abs(f[3] / f[4]) for f in found])
    print(f"{mechanism:26} {len(z):5} figures  max {z.max():5.2f}  beyond 2: {np.mean(z > 2):6.1%}", flush=True)
    for f in found:
        if abs(f[3] / f[4]) >= show:
            print(f"    {f[0]:24} seed {f[1]:4} {f[2]:34} z {f[3] / f[4]:7.2f}   difference {f[3]:.5g}", flush=True)


if __name__ == "__main__":
    main()
