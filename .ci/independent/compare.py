"""Runs tailwheel and this program on the same scenarios and compares their figures: see ./run."""

import argparse
import gc
import json
import os
import pathlib
import re
import subprocess
import sys
import zlib
from concurrent.futures import ProcessPoolExecutor

import numpy as np

import builders
import cover
import figures
import laws
import scenarios
from world import World

SEEDS = [11, 23, 37, 41, 59, 67, 73, 83, 97, 101]
PATHS = 8_000
PREMIUM_PATHS = 16_384  # "Premium" of docs/model/events.md

# chosen before any figure was looked at; causes and quantiles of the whole list hang together, so only these count
COUNTED = re.compile(
    r"owner\.move\.[\w-]+\.probability|wealth\.terminal\.real\.(mean|p05|p50|p95)|wealth\.terminal\.mean|loss\.probability|expected_shortfall\.95|"
    r"ruin\.probability|income\.terminal\.mean|drawdown\.max\.mean|event\.\w+\.(probability|loss\.mean)|"
    r"cover\.(payouts|missed|beyond)\.mean|cause\.(haircut|cost|tax|inflation|impermanent-loss|overpaid)\.mean|"
    r"asset\.\w+\.terminal\.(mean|p50)|series\.state\.\w+\.\w+"
)

# mechanism: the planted errors that its scenarios have to find
PLANTS = {
    "exploits and custody": ["exploit", "custody", "trust"],
    "trigger of insurance": ["trigger"],
    "insurance of losses": ["deductible"],
    "fair premiums": ["premium"],
    "arrivals and churn": ["churn", "churn-spread", "provider"],
    "failure of an issuer": ["issuer"],
    "inflation and deflation": ["inflation", "spending"],
    "exit prices": ["exit", "overpaid", "horizon", "haircut"],
    "liquidity of two coins": ["liquidity"],
    "pools": ["pools"],
    "rent": ["rent"],
    "late payment": ["lag", "late-tax"],
    "fleets": ["fleet"],
    "flywheels": ["flywheel"],
    "content": ["content"],
    "catalogues of works": ["royalties"],
    "managed mixes": ["managed"],
    "taxes": ["tax"],
    "moves": ["visa", "return"],
    "borrowed money": ["leverage"],
    "launches": ["launch", "built"],
}


def report_of(binary, folder, name, spec, seed, paths):
    out = folder / str(seed) / str(os.getpid())
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"{name}.toml"
    file.write_text(builders.toml(name, spec))
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
    world = World(spec | {"event": by_chance}, 3 * paths, own_seed(name + " fair", seed)).run()
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


def work(job):
    """One comparison, in a process of its own: the figures of one scenario and seed, with planted errors or none."""
    binary, folder, name, spec, seed, paths, wide, plants = job
    laws.PLANTED.clear()
    laws.PLANTED.update(plants)
    wanted = (lambda key: True) if wide else COUNTED.fullmatch
    found = check(binary, folder, name, spec, seed, paths, wanted)
    gc.collect()  # a world and its assets hold each other
    return found


def jobs_of(args):
    """By mechanism, the jobs without a planted error and those of each planted one; seeds take turns."""
    turn = 0
    for mechanism, group in scenarios.by_mechanism().items():
        plain, by_plant = [], {plant: [] for plant in PLANTS[mechanism]}
        for name, spec in group.items():
            # a fair premium is the same under every seed
            count = 1 if name.startswith("fair") else args.seeds
            seeds = [SEEDS[(turn + i) % len(SEEDS)] for i in range(count)]
            turn += count
            if args.only not in mechanism and args.only not in name:
                continue
            common = (args.binary, args.folder, name, spec)
            plain += [(*common, seed, args.paths, args.wide, ()) for seed in seeds]
            for plant, jobs in by_plant.items():
                jobs.append((*common, seeds[0], args.paths, False, (plant,)))
        if plain:
            yield mechanism, plain, by_plant


def scores(results):
    return np.array([abs(f[3] / f[4]) for found in results for f in found if f[4] > 0])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--only", default="", help="mechanisms or scenarios whose names have this in them")
    parser.add_argument("--seeds", type=int, default=2, help="seeds for each scenario")
    parser.add_argument("--paths", type=int, default=PATHS)
    parser.add_argument("--wide", action="store_true", help="every figure that both sides have")
    parser.add_argument("--no-plants", action="store_true", help="leave out the planted errors")
    parser.add_argument("--show", type=float, default=4, help="print figures at least so many errors apart")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    print(f"{'mechanism':26} figures scenarios   max |z|  beyond 2   planted error: max |z|")
    every, faults, seeds, names = [], [], set(), set()
    with ProcessPoolExecutor(2) as pool:
        for mechanism, plain, by_plant in jobs_of(args):
            results = list(pool.map(work, plain))
            z = scores(results)
            every.append(z)
            seeds |= {job[4] for job in plain}
            names |= {job[2] for job in plain}
            caught = {}
            for plant, jobs in by_plant.items() if not args.no_plants else ():
                caught[plant] = scores(pool.map(work, jobs)).max()
                if caught[plant] <= 6:
                    faults.append(f"the planted error `{plant}` is not found: max |z| {caught[plant]:.1f}")
            told = ", ".join(f"{plant} {value:.0f}" for plant, value in caught.items())
            count = len({job[2] for job in plain})
            print(f"{mechanism:26} {len(z):7} {count:9} {z.max():9.2f} {np.mean(z > 2):9.1%}   {told}", flush=True)
            apart = [f for found in results for f in found if f[4] > 0 and abs(f[3] / f[4]) >= args.show]
            for f in apart:
                print(f"    {f[0]}, seed {f[1]}: {f[2]} is {f[3] / f[4]:.2f} errors apart, by {f[3]:.5g}", flush=True)
            if apart:
                faults.append(f"{mechanism}: {len(apart)} figures are {args.show} errors apart or more")
    every = np.concatenate(every)
    print(f"{'all':26} {len(every):7} {len(names):9} {every.max():9.2f} {np.mean(every > 2):9.1%}   {len(seeds)} seeds")
    if not args.only:
        if len(every) < 500 or len(names) < 40 or len(seeds) < 10:
            faults.append("fewer than 500 figures, 40 scenarios or 10 seeds")
        if np.mean(every > 2) > 0.07:
            faults.append("more than 7 % of the figures are beyond two errors")
    if faults:
        sys.exit("\n".join(["tailwheel and the program of docs/model.md disagree:", *faults]))


if __name__ == "__main__":
    main()
