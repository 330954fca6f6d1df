"""Errors planted into what a program writes, one by one: each must be found, and nothing where there is none."""
import json
import pathlib
import sys

import rules
import runs
from runs import Job

PLANTED = pathlib.Path(__file__).resolve().parent / "planted.py"
PATHS = ["--paths", "500"]
SPENDING = ["owner.spending", "--measure", "ruin.probability", "--from", "500/month", "--to", "1500/month", "--target"]
JOBS = {
    "run": Job("run", ["passive-income-2027.toml"], PATHS, "run"),
    "run of two notes": Job("run", ["can-i-quit.toml"], PATHS, "run of two notes"),
    "run too short": Job("run", ["recipe-luna-2022.toml"], PATHS, "run too short"),
    "compare": Job("compare", ["passive-income-2027.toml", "alike-or-different.toml"], PATHS, "compare"),
    "compare variants": Job("compare", ["royalty-lag.toml"], PATHS, "compare variants"),
    "sensitivity": Job("sensitivity", ["royalty-lag.toml"], PATHS, "sensitivity"),
    "solve": Job("solve", ["can-i-quit.toml"], [*SPENDING, "5 %", "--paths", "2000"], "solve"),
    "solve in vain": Job("solve", ["can-i-quit.toml"], [*SPENDING, "0.99", "--paths", "2000"], "solve in vain"),
    "replay": Job("replay", ["flash-crash.toml"], [*PATHS, "--worst"], "replay"),
    "batch": Job("batch", ["jurisdictions"], PATHS, "batch"),
}
# what the comparison lists where that is not the leaf
LISTED = {
    "bridge.steps[insurance].change.value": "bridge.steps[protection].change.value",
    "bridge.steps[custody].change.value": "bridge.steps[protection].change.value",
    "measures.asset.defi.terminal.p05.error.kind": "asset.",
    "gates[no-ruin].answer.error.std_error": "gates[no-ruin].answer.std_error",
    "tried[1].found.value": "tried[",
    "tried[1].value": "tried[",
}
LITTLE, MORE, TEXT, AWAY = "a little more", "one more", "another text", "away"
REPORT, LOSS = "report.json", "loss.probability"
# job, file, leaf, what is done to it: planted into what OLD writes
PLAIN = [
    ("run", REPORT, "measures.wealth.terminal.real.p50.value", LITTLE),
    ("run", REPORT, "measures.cagr.p50.std_error", AWAY),
    ("run", REPORT, "series.wealth.real.quantiles.p05[60]", LITTLE),
    ("run", REPORT, "bridge.steps[volatility].change.value", LITTLE),
    ("run", REPORT, "bridge.steps[tax].median.value", "the other sign"),
    ("run", REPORT, "bridge.steps[tax].id", TEXT),
    ("run", REPORT, "gates[no-ruin].answer.value", LITTLE),
    ("run", REPORT, "gates[no-ruin].verdict", TEXT),
    ("run", REPORT, "warnings[not-simulated].id", TEXT),
    ("compare", "compare.json", f"cases[alike-or-different].measures.{LOSS}.difference", LITTLE),
    ("compare", "compare.json", f"cases[alike-or-different].measures.{LOSS}.verdict", TEXT),
    ("compare variants", "compare.json", f"cases[royalty-lag/smart-contract].measures.{LOSS}.p_value", LITTLE),
    ("sensitivity", "sensitivity.json", f"moved[economy.inflation].high.effects.{LOSS}.value", LITTLE),
    ("replay", "replay.json", "months[17].worlds.path.wealth", LITTLE),
    ("replay", "replay.json", "crash.clusters[treasuries].fired", MORE),
    ("batch", "results.jsonl", f"lines[estonia].state.figures.{LOSS}.value", LITTLE),
    ("batch", "results.jsonl", "lines[uae].verdict", TEXT),
    ("batch", "reports/uae/report.json", "measures.cagr.p50.value", LITTLE),
]
# the same, planted after OLD's documents were rewritten as the second schema has them
TRANSLATED = [
    ("run", REPORT, "measures.wealth.terminal.real.p50.value", LITTLE),
    ("run", REPORT, "measures.wealth.terminal.real.p50.error.std_error", LITTLE),
    ("run", REPORT, "measures.wealth.terminal.real.p50.error.level", LITTLE),
    ("run", REPORT, "measures.asset.defi.terminal.p05.error.share", "a thousandth more"),
    ("run", REPORT, "measures.asset.defi.terminal.p05.error.share", AWAY),
    ("run", REPORT, "measures.asset.defi.terminal.p05.error.kind", TEXT),
    ("run", REPORT, "measures.asset.defi.terminal.p05.error.kind", AWAY),
    ("run", REPORT, "gates[no-ruin].answer.error.interval[1]", LITTLE),
    ("run", REPORT, "gates[no-ruin].answer.error.std_error", AWAY),
    ("run", REPORT, "bridge.steps[insurance].change.value", LITTLE),
    ("run", REPORT, "bridge.steps[custody].median.value", LITTLE),
    ("run", REPORT, "bridge.steps[custody].change.value", "the other sign"),
    ("compare", "compare.json", f"cases[alike-or-different].measures.{LOSS}.new", LITTLE),
    ("sensitivity", "sensitivity.json", f"base.{LOSS}.error.std_error", LITTLE),
    ("solve", "solve.json", "value", "the other sign"),
    ("solve", "solve.json", "std_error", "the other sign"),
    ("solve", "solve.json", "tried[1].found.value", "a thousandth more"),
    ("solve in vain", "solve.json", "tried[1].value", MORE),
]


def moved(old, job, changes, folder, options, table):
    """Returns what the comparison lists for a job if the changes are planted."""
    counts = runs.Counts()
    program = [sys.executable, str(PLANTED), str(old), json.dumps(changes)]
    lines = runs.moved(job, ([str(old)], folder), (program, folder), options[job.command], table, counts)
    return lines + [rules.told(one) for one in rules.confused_kinds(counts.kinds)]


def run(old, folder, options, table):
    """Plants each error. Returns 0 if each was found and nothing else was."""
    failed = 0

    def ask(name, job, changes, is_right):
        nonlocal failed
        lines = moved(old, JOBS[job], changes, folder, options, table)
        state = "as it should be" if is_right(lines) else "WRONG"
        failed += state == "WRONG"
        print(f"{state}: {name}: {'; '.join(lines[:3]) or 'nothing moved'}", flush=True)

    for job in JOBS:
        for is_new in (False, True):
            name = f"{job}, {'rewritten' if is_new else 'as it is'}"
            ask(name, job, {"schema_2": is_new, "edits": []}, lambda lines: not lines)
    for is_new, errors in ((False, PLAIN), (True, TRANSLATED)):
        for job, file, leaf, change in errors:
            name = f"{file}{', rewritten' if is_new else ''}, {leaf}: {change}"
            listed = LISTED.get(leaf, leaf)
            changes = {"schema_2": is_new, "edits": [(file, leaf, change)]}
            ask(name, job, changes, lambda lines: any(listed in line for line in lines))
    ask("screen of solve", "solve", {"schema_2": False, "edits": [], "screen": {"780 ±": "790 ±"}}, bool)
    ask("exit code", "run", {"schema_2": False, "edits": [], "exit": 1}, bool)
    print(f"{failed} of {2 * len(JOBS) + len(PLAIN) + len(TRANSLATED) + 2} wrong")
    return int(failed > 0)
