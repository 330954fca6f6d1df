"""Run the peers and tailwheel in rounds and append a table of medians to a Markdown file. Called by run.sh.

A peer reports the seconds of its own calculation: without start-up, imports and compilation. tailwheel is measured
from outside, as a whole process, start and report included.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import shlex
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
OPENING = 1_000_000  # the scenarios' wealth at the start; the peers' is 1
SCRIPTS = {name: f"peer_{name}.py" for name in ("numpy", "numba", "torch", "jax", "mkl", "quantlib")}


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers", nargs="+", required=True)
    parser.add_argument("--workloads", nargs="+", required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    parser.add_argument("--tailwheel", required=True)
    parser.add_argument("--results", type=pathlib.Path, required=True)
    return parser.parse_args()


def peer_command(peer, scratch):
    if peer == "cpp":
        return [str(scratch / "cpp_ref")]
    if peer == "rust":
        return [str(scratch / "naive_rust" / "release" / "naive_rust")]
    return [sys.executable, str(HERE / SCRIPTS[peer])]


def run_peer(peer, workload, options):
    environment = dict(os.environ, THREADS=str(options.threads), REPS="1")
    command = peer_command(peer, options.scratch) + [workload]
    output = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True).stdout
    return json.loads(output.splitlines()[-1])


def report_folder(options):
    return options.scratch / "reports"


def tailwheel_command(workload, options):
    scenario = HERE / f"{workload.lower()}.toml"
    filled = dict(scenario=scenario, threads=options.threads, out=report_folder(options))
    return [word.format(**filled) for word in shlex.split(options.tailwheel)]


def run_tailwheel(workload, options):
    """Wall, CPU and peak memory of one process from start to end.

    The peak is at least this interpreter's own (about 12 MB): the kernel counts the memory before exec.
    """
    report = report_folder(options) / workload.lower() / "report.json"
    report.unlink(missing_ok=True)
    start = time.perf_counter()
    process = subprocess.Popen(tailwheel_command(workload, options), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"measure: tailwheel ended with {process.returncode} on {workload}")
    if not report.exists():
        raise SystemExit(f"measure: tailwheel wrote no {report.name} for {workload}, so it did not do the work")
    measures = json.loads(report.read_text())["measures"]
    return dict(
        peer="tailwheel", seconds=wall, cpu_seconds=usage.ru_utime + usage.ru_stime, peak_mb=usage.ru_maxrss / 1024,
        mean=measures["wealth.terminal.mean"]["value"] / OPENING, q05=measures["wealth.terminal.p05"]["value"] / OPENING,
    )  # fmt: skip


def measure(options, with_tailwheel):
    """Records per (workload, program), one per round; programs take turns inside a round."""
    records = {}
    for round_number in range(options.rounds):
        for workload in options.workloads:
            for program in (["tailwheel"] if with_tailwheel else []) + options.peers:
                if (program, workload) == ("quantlib", "W2"):
                    continue  # QuantLib has no such copula
                if program == "tailwheel":
                    record = run_tailwheel(workload, options)
                else:
                    record = run_peer(program, workload, options)
                records.setdefault((workload, program), []).append(record)
                print(f"round {round_number + 1}  {workload}  {record['peer']:22} {record['seconds']:8.3f} s", file=sys.stderr)
    return records


def processor():
    names = [line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    flags = open("/proc/cpuinfo").read()
    level = "AVX-512" if "avx512f" in flags else "AVX2" if "avx2" in flags else "SSE2"
    return f"{names[0]} ({len(names)} threads, {level})"


def number(value, digits=3):
    return "–" if value is None else f"{value:.{digits}f}"


def table(records, options):
    lines = []
    for workload in options.workloads:
        def median(program, field):
            return statistics.median(record[field] for record in records[workload, program])

        def least_cpu(program):
            return min(record["cpu_seconds"] for record in records[workload, program])

        programs = [program for (name, program) in records if name == workload]
        own = median("tailwheel", "seconds") if "tailwheel" in programs else None
        lines += ["", f"| {workload} | seconds | spread | cpu s | peak MB | ÷ tailwheel | cpu ÷ | mean | q05 |", "|---|--:|--:|--:|--:|--:|--:|--:|--:|"]
        for program in programs:
            runs = records[workload, program]
            seconds = [record["seconds"] for record in runs]
            name = runs[0]["peer"] + (f" ({runs[0]['paths']} paths, scaled)" if runs[0].get("scaled") else "")
            is_peer = own is not None and program != "tailwheel"
            ratio = median(program, "seconds") / own if is_peer else None
            cpu_ratio = least_cpu(program) / least_cpu("tailwheel") if is_peer else None
            cells = [
                name, number(median(program, "seconds")), f"{min(seconds):.3f}–{max(seconds):.3f}",
                number(least_cpu(program), 2), number(median(program, "peak_mb"), 0),
                "–" if ratio is None else f"{ratio:.1f}×", "–" if cpu_ratio is None else f"{cpu_ratio:.1f}×", number(runs[0].get("mean")), number(runs[0].get("q05"), 4),
            ]  # fmt: skip
            lines.append("| " + " | ".join(cells) + " |")
    return lines


def main():
    options = arguments()
    program = tailwheel_command("W1", options)[0]
    with_tailwheel = os.access(program, os.X_OK)
    records = measure(options, with_tailwheel)
    versions = sorted({run["versions"] for runs in records.values() for run in runs if "versions" in run})
    lines = [
        "", f"## Peers, {datetime.date.today().isoformat()}", "",
        f"{processor()}, {options.threads} threads, median of {options.rounds} rounds, programs taking turns; "
        f"{', '.join(versions)}, Python {platform.python_version()}.",
        "Peers: their own seconds, without start-up and compilation. tailwheel: the whole process. "
        "CPU seconds are the least of the rounds: on a busy machine the steadier figure.",
    ]  # fmt: skip
    if not with_tailwheel:
        lines.append(f"**tailwheel is missing: `{pathlib.Path(program).name}` was not there.**")
    lines += table(records, options)
    text = "\n".join(lines) + "\n"
    print(text)
    options.results.parent.mkdir(parents=True, exist_ok=True)
    if not options.results.exists():
        options.results.write_text("# Measurements\n")
    with options.results.open("a") as results:
        results.write(text)
    print(f"appended to {options.results}" + ("" if with_tailwheel else "; tailwheel skipped: no program"), file=sys.stderr)


if __name__ == "__main__":
    main()
