"""Instructions per asset-month of a small W1, by function: exact figures that no busy machine disturbs.

    cargo build --profile bench && python3 benches/instructions.py [SCENARIO [PATHS]]

Runs `tailwheel run` under valgrind's callgrind at the AVX2 level (valgrind knows no AVX-512) on one thread. A stage
is compiled into a function of its own whose symbol does not name it, so every function is shown with the source
file of ours that most of its instructions come from. TAILWHEEL names another program; it must have its symbols.
"""

import collections
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHOWN = 0.05  # instructions per asset-month below which a function is only summed up


def run(scenario, paths, folder):
    """Path of callgrind's file for one run."""
    out = pathlib.Path(folder) / "callgrind.out"
    command = ["valgrind", "--tool=callgrind", "--demangle=no", f"--callgrind-out-file={out}"]
    command += [os.environ.get("TAILWHEEL", ROOT / "target/release/tailwheel"), "run", scenario, "--paths", str(paths), "--threads", "1"]
    command += ["--no-charts", "--out", folder]
    environment = dict(os.environ, TAILWHEEL_SIMD="avx2")
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return out


def own_costs(path):
    """{function: {source file: instructions}}, without what it calls."""
    costs = collections.defaultdict(collections.Counter)
    names, function, source, is_call = {}, None, None, False

    def name(kind, text):
        match = re.match(r"\((\d+)\)(?: (.*))?", text)
        number, given = match.groups()
        if given is not None:
            names[kind, number] = given
        return names[kind, number]

    for line in path.read_text().splitlines():
        if line.startswith("fn="):
            function = name("fn", line[3:])
        elif line.startswith(("fl=", "fi=", "fe=")):
            source = name("fl", line[3:])
        elif line.startswith(("cfn=", "cfi=", "cfl=")):
            name("fn" if line.startswith("cfn") else "fl", line.split("=", 1)[1])
        elif line.startswith("calls="):
            is_call = True
        elif re.match(r"[0-9+*-]", line):
            if not is_call:
                costs[function][source] += int(line.split()[1])
            is_call = False
    return costs


def readable(symbol):
    match = re.match(r"_ZN(.*)17h[0-9a-f]{16}E", symbol)
    if not match:
        return symbol
    text, parts = match.group(1), []
    while digits := re.match(r"\d+", text):
        length = int(digits.group())
        parts.append(text[digits.end() : digits.end() + length])
        text = text[digits.end() + length :]
    for sign, meaning in {"$LT$": "<", "$GT$": ">", "$u20$": " ", "$RF$": "&", "..": "::"}.items():
        parts = [part.replace(sign, meaning) for part in parts]
    return "::".join(parts[-2:])


def main():
    scenario = sys.argv[1] if len(sys.argv) > 1 else ROOT / "benches/peers/w1.toml"
    paths = int(sys.argv[2]) if len(sys.argv) > 2 else 4096
    n_assets = pathlib.Path(scenario).read_text().count("[[asset]]")
    asset_months = n_assets * 120 * paths
    with tempfile.TemporaryDirectory() as folder:
        costs = own_costs(run(scenario, paths, folder))
    rows = []
    for symbol, sources in costs.items():
        ours = [(cost, source) for source, cost in sources.items() if "/rust" not in source and "src/" in source]
        source = max(ours)[1].rsplit("src/", 1)[1] if ours else "–"
        rows.append((sum(sources.values()) / asset_months, readable(symbol), source))
    rows.sort(reverse=True)
    total, shown = sum(row[0] for row in rows), [row for row in rows if row[0] >= SHOWN]
    print(f"{pathlib.Path(scenario).name}, {paths} paths, AVX2, one thread: {total:.2f} instructions per asset-month\n")
    print("| function | mostly | instructions per asset-month |\n|---|---|--:|")
    for cost, function, source in shown:
        print(f"| `{function}` | {source} | {cost:.2f} |")
    print(f"| all others | | {total - sum(row[0] for row in shown):.2f} |")


if __name__ == "__main__":
    main()
