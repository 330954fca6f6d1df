"""The rows of the screen of `run`: which phrase shows which ids of report.json."""
import json
import re

from look_up import MONTHS, Wrong, expect, figures, month, tokens, without_dates


# yearly return at or below which hardly anything is left
NOTHING = -0.9


def three(id, levels=("p05", "p50", "p95")):
    """A row of three percentiles."""
    return lambda line, report: figures(without_dates(line[line.rindex(")") + 1 if ")" in line and "(" not in line[30:] else 30:]), report,
                                        [f"{id}.{level}" for level in levels])


def ids(*names):
    """A line whose numbers are these measures."""
    return lambda line, report: figures(without_dates(line), report, names)


def ruin(line, report):
    """Probability of ruin, the month by which half of it had come, its main cause."""
    rest = figures(without_dates(line), report, ["ruin.probability"])
    if "half of these" in line:
        counts = report["first_months"]["ruin"]
        half, until = -(-sum(counts[1:]) // 2), 0
        for number, count in enumerate(counts[1:]):
            until += count
            if until >= half:
                break
        year, first = map(int, report["scenario"]["start"].split("-"))
        true = f"{year + (first - 1 + number) // 12}-{(first - 1 + number) % 12 + 1:02}"
        if month(line) != true:
            raise Wrong(f"ruin by {month(line)}, {true} in report.json")
    if " from " in line and rest:
        shares = [value["value"] for id, value in report["measures"].items() if id.startswith("ruin.cause.")]
        expect(rest[-1], max(shares) / report["measures"]["ruin.probability"]["value"], "share of the main cause")


def shortfall(line, report):
    """Expected shortfall in money and of the investment."""
    measure = report["measures"]["expected_shortfall.95"]["value"]
    if measure < 0:
        shown = tokens(line.split("gain")[1])[0]
        return expect(shown, -measure, "expected shortfall")
    rest = figures(line.split(")")[1], report, ["expected_shortfall.95"])
    # contributions can be lost as well
    if "cause.contribution.mean" not in report["measures"] and measure <= report["scenario"]["money_in"]:
        expect(rest[-1], measure / report["scenario"]["money_in"], "expected shortfall of the investment")


def step(line, report):
    """A step from claim to outcome."""
    for found in report["bridge"]["steps"]:
        title = found["title"]
        if line.strip().startswith(title[:32]):
            shown = tokens(line[35:])
            if "nothing left" in line and found["median"]["value"] <= NOTHING:
                return
            expect(shown[0], 100 * found["median"]["value"], title)
            if "≈" not in line and "±" not in line:
                expect(shown[1], 100 * found["change"]["value"], f"change by {title}")
            return
    raise Wrong("no such step")


def event(line, report):
    """A loss event with probability, mean cost and 95th percentile."""
    for found in report["scenario"].get("events", []):
        label = found["label"]
        if line.strip().startswith(label[:24]):
            try:
                name = f"event.{found['name']}"
                wanted = [f"{name}.loss.mean", f"{name}.loss.p95"]
                if found["at"] is None:
                    wanted.insert(0, f"{name}.probability")
                return figures(without_dates(line.replace(label, "", 1)), report, wanted)
            except Wrong as wrong:
                last = wrong
    raise last if "last" in locals() else Wrong("no such event")


def gate(line, report):
    """A gate with figure, limit and a bound."""
    name = line.strip().split(" ")[1].rstrip(":")
    found = next(one for one in report["gates"] if one["id"] == name)
    if found["answer"] is None:
        return
    after = line.split(":", 1)[1]
    label = re.match(r"[^<>]*?(?=[−<>$€£¥]?[<>]? ?[\d−$€£¥][\d,.]*[kMBT]?(?: %)? [<>])", after)
    shown = tokens(after[label.end():] if label else after)
    limits = [limit for limit in (found["above"], found["below"]) if limit is not None]
    values = [value for value, *_ in shown]
    digits = [half for _, half, *_ in shown]
    wanted = limits + ([found["answer"]["value"]] if not re.search(r"[<>] \d", line.split("(")[0].split("%")[0]) else [])
    for value in wanted:
        if not any(abs(value - one) <= 1.001 * half + 1e-9 * abs(value) for one, half in zip(values, digits)):
            raise Wrong(f"gate {name}: {value} is not on the screen")


def counts(line, report):
    """Defaults that are guesses."""
    filled = report["scenario"]["filled_in"]
    guesses, all_of_them = (int(number) for number in re.findall(r"(\d+) of (\d+)", line)[0])
    if (guesses, all_of_them) != (sum(one["grade"] == "G" for one in filled), len(filled)):
        raise Wrong(f"{guesses} of {all_of_them} guesses")


def insurance(line, report):
    """Payouts, premiums and their ratio, on the line of the events perhaps."""
    measures = report["measures"]
    payouts, premiums = measures["cover.payouts.mean"]["value"], -measures["cause.premium.mean"]["value"]
    shown = tokens(line[line.lower().index("insurance"):])
    for token, value, what in zip(shown, (payouts, premiums, payouts / premiums), ("payouts", "premiums", "loss ratio")):
        expect(token, value, what)


def head(line, report):
    """Money invested, spending."""
    scenario = report["scenario"]
    if "nothing invested" not in line:
        expect(tokens(line.split(" invested")[0])[0], scenario["money_in"], "money invested")


def paths(line, report):
    """Number of paths and seed."""
    shown = re.search(r"([\d,]+) paths? · seed (\d+)", line)
    if (int(shown[1].replace(",", "")), int(shown[2])) != (report["run"]["paths"], report["run"]["seed"]):
        raise Wrong("paths or seed")


def optional(*names):
    """A line that has those of the measures that the report has."""
    def check(line, report):
        return figures(re.sub(r"\d+ months?|90 % of them", "", without_dates(line)), report,
                       [name for name in names if name in report["measures"]])
    return check


def in_all(report):
    """The median return of a horizon; per year from a year on."""
    measure, years = report["measures"]["cagr.real.p50"], report["run"]["months"] / 12
    return measure if years >= 1 else (1 + measure["value"]) ** years - 1


def skip(line, report):
    """A line of numbers of the scenario itself."""


ROWS = [
    (r"paths? · seed \d+$", paths),
    (r"(invested|nothing invested) · ", head),
    (r"^  (Claimed|Assumed) return", lambda line, report: expect(tokens(line)[0], report["bridge"]["claim"], "claim")),
    (r"^  Median outcome +nothing left$", skip),
    (r"^  Median outcome .* after inflation$", lambda line, report: figures(
        line, report, ["cagr.p50", "cagr.real.p50"] if ";" in line else [in_all(report)])),
    (r"^  Probability of ruin", ruin),
    (r"^  Spending after \d", lambda line, report: figures(re.split("sustainable|from median", line[27:])[0], report, ["spending.sustainable.p50"])),
    (r"^  ! Excess income stays in cash", lambda line, report: expect(
        tokens(line)[0], -100 * next(one for one in report["bridge"]["steps"] if one["id"] == "income")["change"]["value"], "cash drag")),
    (r"^  Income covers the spending in all", lambda line, report: figures(
        re.sub(r"\d+ months?", "", without_dates(line)), report,
        [f"autonomy.{name}.probability" for name in ("end", "ever", "by_goal") if f"autonomy.{name}.probability" in report["measures"]])),
    (r"^  Goal: wealth", lambda line, report: figures(without_dates(line), report, [
        report["scenario"]["goals"]["wealth"]["amount"], "goal.wealth.probability", "goal.wealth.ever.probability"])),
    (r"^  Goal: net income", lambda line, report: figures(without_dates(line), report, [
        report["scenario"]["goals"]["income"]["amount"], "goal.income.probability", "goal.income.ever.probability"])),
    (r"^  Return above that of", ids("goal.beat.probability")),
    (r"^  It takes .* hours a week", skip), (r"^  Every path has", skip), (r"^  The move to", skip), (r"^  The lender of", skip),
    (r"has closed on half of the paths by", skip), (r"is launched on", skip),
    (r"^  Final wealth", three("wealth.terminal.real")),
    (r"^  Net income a month", three("income.terminal.real")),
    (r"^  Return a year on money invested \(IRR\)", three("irr.real")),
    (r"^  Return a year  ", three("cagr.real")),
    (r"^  Maximum drawdown \(worst first\)", three("drawdown.max", ("p95", "p50", "p05"))),
    (r"^  Probability of loss", ids("loss.probability")),
    (r"^  Expected shortfall 95 %", shortfall),
    (r"^  (Claimed|Assumed \(catalog\))  ", lambda line, report: expect(tokens(line[35:])[0], 100 * report["bridge"]["claim"], "claim")),
    (r"^AGENTS .*probability of loss", optional("amplification.loss.probability", "amplification.wealth.terminal.real.p50",
                                                "loop.full_cascade.probability")),
    (r"^AGENTS .*drawdown", ids("amplification.drawdown.max.mean")),
    (r"(^|  )[Ii]nsurance: (?!payouts less)", insurance),
    (r"more in report.html", skip),
    (r"catalog values are guesses", counts),
    (r"^  [✓✗?] ", gate),
    (r"^  ! ", skip), (r"^± ", skip), (r"^  +5th pct", skip), (r"^LOSS EVENTS", skip),
    (r"  report.html  report.json", skip), (r"tailwheel batch", skip),
]


def joined(screen):
    """Lines of a screen; a wrapped sentence is one line."""
    begins = r"(Income covers|Goal|Return above|It takes|Every path|The move|The lender|Half of)"
    lines = []
    for line in screen.splitlines():
        is_rest = re.match(r"^ {4,6}\S", line) and lines and re.match(r"^  [!✓✗?] ", lines[-1])
        is_sentence = lines and re.match(rf"^(AGENTS|  {begins})", lines[-1]) and re.match(r"^ {2,9}[A-Za-z0-9%(+−$]", line) \
            and not re.match(rf"^  {begins}", line) and (lines[-1].startswith("AGENTS") or not lines[-1].endswith("."))
        is_head = len(lines) == 2 and line and not line.startswith(" ")
        if is_rest or is_sentence or is_head:
            lines[-1] += " " + line.strip()
        else:
            lines.append(line)
    return lines


def wrong(screen, report):
    """What is not as in the report, line by line."""
    found, in_steps, in_events = [], False, False
    for number, line in enumerate(joined(screen)):
        in_steps = line.startswith("FROM CLAIM") or in_steps and bool(line.strip())
        in_events = line.startswith("LOSS EVENTS") or in_events and bool(line.strip())
        row = next((check for phrase, check in ROWS if re.search(phrase, line)), None)
        if row is None and in_steps and not line.startswith("FROM"):
            row = step
        elif row is None and in_events:
            row = event
        if row is None and number > 0 and re.search(r"\d", line) and not line.startswith("FROM CLAIM"):
            found.append(f"no row for: {line}")
        elif row is not None:
            try:
                row(line, report)
            except Wrong as why:
                found.append(f"{why}: {line.strip()}")
            except (KeyError, IndexError, ValueError, StopIteration) as why:
                found.append(f"{type(why).__name__} {why}: {line.strip()}")
    return found


def planted(screen, report):
    """Ten errors planted in the screen or in the report; the names of those that nobody found."""
    def moved(id, other):
        copy = json.loads(json.dumps(report))
        copy["measures"][id] = report["measures"][other]
        return screen, copy

    def edited(pattern, to):
        text, n = re.subn(pattern, to, screen, count=1, flags=re.MULTILINE)
        assert n == 1, pattern
        return text, report
    errors = {
        "id: mean for median": moved("wealth.terminal.real.p50", "wealth.terminal.real.mean"),
        "base: nominal for real": moved("wealth.terminal.real.p95", "wealth.terminal.p95"),
        "base: real for nominal": moved("cagr.p50", "cagr.real.p50"),
        "percentile: 10th for 5th": moved("income.terminal.real.p95", "income.terminal.p90"),
        "percentile: worst last": moved("drawdown.max.p95", "drawdown.max.p05"),
        "id: loss of ruin": moved("ruin.probability", "loss.probability"),
        "sign of a step": edited(r"(  Tax +\S+ +)−", r"\1+"),
        "sign of the median": edited(r"(time-weighted; )−", r"\1"),
        "rounding of a probability": edited(r"(  Probability of loss.*?  )(\d)", lambda m: m[1] + str((int(m[2]) + 1) % 10)),
        "rounding of an error": edited(r"(  Final wealth .*?± )(\d)", lambda m: m[1] + str(int(m[2]) % 9 + 1)),
    }
    return [name for name, (text, of) in errors.items() if not wrong(text, of)]
