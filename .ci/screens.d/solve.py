"""The rows of the screen of `solve`: which phrase shows what of solve.json."""
import re

from look_up import edited, moved, text_of, tokens

OPTIONS = ["--no-charts"]
SPENDING = "can-i-quit.toml owner.spending --paths 300"
JOBS = [
    "can-i-quit.toml owner.spending --target 5% --from 500/month --to 20000/month --paths 1000",
    f"{SPENDING} --target 60% --measure loss.probability --from 500/month --to 20000/month",
    f"{SPENDING} --target 10% --from 10000/month --to 20000/month",
    f"{SPENDING} --target 5% --from 100/month --to 200/month",
    "can-i-quit.toml owner.spending --target 5% --from 100/month --to 20000/month --paths 2",
    "passive-income-2027.toml owner.spending --set run.seed=5 --target 5% --from 100/month --to 20000/month --paths 300",
    "autopilot.toml asset.fleet.units --measure income.terminal.real.p50 --target 200 --from 1 --to 200 --paths 100",
    "autopilot.toml owner.hour_value --measure cagr.real.p50 --target 0.02 --from 1 --to 100 --paths 300",
    "recipe-may-2010-emini.toml market.e-mini.agent_share --measure drawdown.max.p50 --target 3% --from 0.001 --to 0.5 --paths 20",
]
ERRORS = {
    "id: the measure of another value": moved("tried 0 found", "tried 1 found"),
    "id: bound for answer": moved("outcome value", "to"),
    "base: value of the file": moved("in_file", "from"),
    "target": moved("target", "outcome std_error"),
    "error of the answer": moved("outcome std_error", "outcome value"),
    "percentile: end of an interval": moved("tried 0 found value", "tried 0 found interval 1"),
    "sign of the answer": edited(r"^  \$", "  −$"),
    "rounding of the answer": edited(r"^(  \$\d)(\d)", r"\g<1>9"),
    "rounding of an error": edited(r"^( +\$500 .*± \d)\.\d", r"\1"),
}
HALF_WIDTH = 1.959963984540054
# an amount, and the unit behind it
AMOUNT = r"([−$]?\d[\d,.]*(?:\s%)?)"
UNIT = r"\D*?"


def rows(facts, screen):
    """Every line that has a number."""
    bounds = ["from", "to"] if facts["from"] < facts["to"] else ["to", "from"]
    outcome, found = facts["outcome"], {one["value"]: one["found"] for one in facts["tried"]}
    answer = outcome.get("value", outcome.get("at"))
    error = HALF_WIDTH * (outcome.get("std_error") or 0)
    edits = "".join(rf" --set '?{re.escape(edit)}'?" for edit in facts["edits"])
    goal = rf"is(?: still)? ([^;]*); the target is {AMOUNT}{UNIT}\.$"
    yield r" ([\d,]+) (?:common random )?paths? · seed (\d+)(?: · parameter seed (\d+))?$", "paths", "seed", "parameter_seed"
    yield rf"^(?:How much|Which) [^?]*?(?:below|above|of) {AMOUNT}[^?]*, between {AMOUNT} and {AMOUNT}\?$", "target", *bounds
    if outcome["kind"] == "found":
        yield rf"^  ([−$\d][^()\n]*?){UNIT}(?: \(now ([^:]*): [^:]*? ((?:[<>] )?[−$]?\d[^)]*)\))?$", \
            {"value": answer, "interval": [answer - error, answer + error]}, "in_file", found.get(facts["in_file"])
    yield rf"jumps over the target between {AMOUNT} and {AMOUNT}{UNIT}, from ([^;]*?) to ([^;]*?)\.$", \
        "outcome jump 0 value", "outcome jump 1 value", "outcome jump 0 found", "outcome jump 1 found"
    yield rf"^  Already met: at {AMOUNT}{UNIT} {goal}", "outcome at", "outcome found", "target"
    yield rf"^  Cannot be met between {AMOUNT} and {AMOUNT}{UNIT}: at {AMOUNT}{UNIT} {goal}", *bounds, "outcome at", "outcome found", "target"
    yield r"^  (?:Raise|Lower) the \w+ bound: --\w+ ([\d.]+)", "outcome propose"
    yield r"^The answer rests on about (\d+) paths?\. Ask for more: --paths (\d+)$", \
        lambda text: [max(1, round(facts["target"] * facts["paths"]))], lambda text: [round(100 / facts["target"])]
    yield rf"^Use it: tailwheel run '?{re.escape(facts['file'])}'?{edits} --set '?{re.escape(facts['key'])}'?=([\d.]+)", answer
    for arrow, value, shown in re.findall(rf"^ +(→ )?{AMOUNT} {{4}}(\S[^█▏▎▍▌▋▊▉\n]*?)(?:   .*)?$", screen, re.MULTILINE):
        (number, half, *_), (at_it, *_) = tokens(value)[0], tokens(shown)[0]
        nearest = min(found, key=lambda one: (abs(one - number) > 1.001 * half, abs(found[one]["value"] - at_it), abs(one - number)))
        nearest = answer if arrow else nearest
        yield rf"^ {arrow}({re.escape(value)}) ({re.escape(shown)})", nearest, found[nearest]
    yield (text_of(facts["title"]),)
    yield ("± is 95 % sampling error",)
