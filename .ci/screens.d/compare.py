"""The rows of the screen of `compare`: which phrase shows what of compare.json."""
import re

from look_up import edited, in_points, moved, text_of, tokens

OPTIONS = ["--no-charts"]
JOBS = [
    "_table-2027.toml alike-or-different.toml --paths 1000",
    "_table-2027.toml alike-or-different.toml --paths 300 --why loop.full_cascade.probability",
    "alike-or-different.toml --paths 300",
    "relocation.toml --paths 500",
    "liability.toml --paths 300",
    "exploit-and-cover.toml --paths 300 --why loss.probability",
    "linear-income.toml --paths 500",
    "passive-income-1.toml passive-income-2027.toml --paths 300 --no-why",
    "passive-income-1.toml passive-income-2027.toml --paths 1 --no-why",
    "matrix.toml --paths 8",
]
OF = "cases 0 measures"
ERRORS = {
    "id: mean for median": moved(f"{OF} wealth.terminal.real.p50 runs 0", f"{OF} wealth.terminal.real.mean runs 0"),
    "id: case for base": moved(f"{OF} loss.probability runs 0", f"{OF} loss.probability runs 1"),
    "id: step of another edit": moved("cases 0 why steps 0", "cases 0 why steps 1"),
    "base: nominal for real": moved(f"{OF} wealth.terminal.real.p05", f"{OF} wealth.terminal.p05"),
    "percentile: 99th for 95th": moved(f"{OF} wealth.terminal.real.p95", f"{OF} wealth.terminal.real.p99"),
    "verdict": moved("cases 0 headline drawdown.max.p50", "cases 0 headline loop.full_cascade.probability"),
    "sign of a difference": edited(r"^(  Probability of loss .*)−", r"\1+"),
    "rounding of a difference": edited(r"^(  Probability of loss .*)\d ±", r"\g<1>9 ±"),
    "rounding of an error": edited(r"^(  Mean final wealth .*± \d)", r"\g<1>0"),
}
VERDICTS = {"none-seen": "none seen", "same": "the same", "not-judged": "not judged"}


def letter(place):
    """A … Z, AA …"""
    return (letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def change(part):
    """A difference as a measure."""
    return None if part["difference"] is None else {"value": part["difference"], "interval": None if part["is_same"] else part["interval"]}


def cells(case, head):
    """What a line shows of a measure: base, case, difference. A loss below zero is a gain."""
    part = case["measures"][head["measure"]]
    is_loss = head["measure"].startswith("expected_shortfall")
    return [{"value": -run["value"]} if is_loss and run["value"] < 0 else run for run in part["runs"]] + [change(part)]


def answer(facts, case, who):
    """The sentence that counts verdicts and names measures."""
    n = {verdict: list(case["headline"].values()).count(verdict) for verdict in ("better", "worse", "changed", "not-judged")}
    n_judged = len(case["headline"]) - n["not-judged"]

    def named(text):
        heads = [head for head in facts["headline"] if re.search(rf"(^|, ){head['label'].lower()} [−+]", text)]
        for head in sorted(heads, key=lambda head: text.index(head["label"].lower())):
            part = case["measures"][head["measure"]]
            yield from [token[0] for token in tokens(head["label"])] + [part["difference"]]
            yield part["difference"] / part["base"] if part["unit"] == "money" and part["base"] > 0 else None
    return rf"^\s*{who} is \w+ on (?:all |the only )?(\d+)?(?: of (?:the )?(\d+))? ?(?:judged )?measures?: (.*?)(?:; worse on (\d+): (.*?))?" \
        r"(?:; different on (\d+): (.*?))?\.$", \
        n["better"] or n["worse"] or n["changed"], n_judged, lambda text: list(named(text)), n["worse"], \
        lambda text: list(named(text)), n["changed"], lambda text: list(named(text))


def steps(why):
    """An edit after the other."""
    is_share = why["unit"] in ("fraction", "fraction per year", "probability")
    yield (f"^WHY {text_of(why['label'])}",)
    for step in why["steps"] + [{**why["total"], "edits": [], "table": "All edits together"}] * (len(why["steps"]) > 1):
        key = step["table"] or step["edits"][0]["key"]
        words = rf"{re.escape(key)}(?:: \D*?|: {len(step['edits'])} keys)?"
        if not step["table"]:
            one = step["edits"][0]
            before, after = (None if one[side] is None else one[side].strip('"') for side in ("from", "to"))
            words = f"(?:{text_of(f'{key}: {before} to {after}' if before is not None else f'{key}: {after}, not set before')}|{words})"
        figure = change(step)
        yield rf"^  {words} (no figure|[≈+−$\d]\S*(?: 0| ± \S+)?)[\s█▏▎▍▌▋▊▉]*?$", in_points(figure) if is_share and figure else figure


def below(facts):
    """What stands below the tables."""
    unjudged, remarks, money_in = [], [], facts["base"]["money_in"]
    for head in facts["headline"]:
        for case in facts["cases"]:
            error = case["measures"][head["measure"]]["error"]
            is_unjudged = case["headline"][head["measure"]] == "not-judged" and not case["measures"][head["measure"]].get("not_judged")
            if is_unjudged and not any(head["label"] == label and error["kind"] == other["kind"] for label, other in unjudged):
                unjudged.append((head["label"], error))
    for label, error in unjudged[:3]:
        yield rf"^  ! {text_of(label)}(?: of [^:]*?)? is not judged: (.*?)\.$", \
            [error.get("share"), 50 if error["kind"] == "few-in-tail" else None, error.get("paths")]
    yield r"^  ! (\d+) more notes? on figures without a verdict", len(unjudged) - 3
    for case in facts["cases"]:
        remarks += [(one, case) for one in case["remarks"] if one not in [other for other, _ in remarks]]
    for one, case in remarks:
        n, own = sum(one in other["remarks"] for other in facts["cases"]), one.get("own")
        yield {
            "other-seeds": lambda: (r"the file itself has seed (\d+)", own["seed"]),
            "other-paths": lambda: (r"the file itself asks for ([\d,]+)", own),
            "other-investment": lambda: (r"^  ! (?:(\d+) cases|[A-Z, and]+) invests? (?:other amounts than A \(|(\S+), A invests )([^):]*)",
                                         n, case["money_in"], money_in),
            "no-crossover": lambda: (r"No crossover of [^:]*: (\S+ %) of paths", max(one["ruined"])),
        }.get(one["kind"], lambda: (r"without the (\d+) cases? that the file makes", one.get("cases")))()
    yield r"^± is 95 % sampling error of the difference. Verdicts at (\d+ %) over (\d+) ", "alpha", "n_in_headline"


def rows(facts, screen):
    """Every line that has a number."""
    cases, heads, is_long = facts["cases"], facts["headline"], "compared with A" in screen
    yield r" ([\d,]+) common random paths? · seed (\d+)(?:, parameter seed (\d+))?$", "paths", "seed", "parameter_seed"
    yield (f"real, in {facts['start'][:4]} dollars$",)
    yield r"^(\d+) cases compared with A", len(cases)
    yield r"^  (\d+) more cases? in compare.json", len(cases) - 30
    if is_long:
        line = next(line for line in screen.splitlines() if sum(head["label"][:24] in line for head in heads) == 2)
        heads = sorted((head for head in heads if head["label"][:24] in line), key=lambda head: line.index(head["label"][:24]))
        yield r"^  A  [^\n]*?   ([^\n]*)$", [cases[0]["measures"][head["measure"]]["runs"][0] for head in heads]
    for place, case in enumerate(cases):
        who, name = letter(place + 1), f"(?:{text_of(case['name'])}|{text_of(case['title'])})"
        words = [VERDICTS.get(case["headline"][head["measure"]], case["headline"][head["measure"]]) for head in heads]
        if is_long:
            yield rf"^\s*{who} {name} ([^\n]*?) {words[0]} ([^\n]*?) {words[1]}$", *(cells(case, head)[1:] for head in heads)
        else:
            yield answer(facts, case, who)
            for head, word in zip(heads, words):
                yield rf"^  {text_of(head['label'])} ([^\n]*?)(?:\s*{word})?$", cells(case, head)
        if case.get("crossover"):
            yield r"[A-Z]+ passes that of [A-Z]+ between (\w+ \d+) and (\w+ \d+)\.", *(f"cases {place} crossover {key}" for key in ("after", "by"))
            yield r"Over the last year [A-Z]+ has the higher net income on (.*?) of paths", f"cases {place} crossover paths_above_at_end"
        if case["why"]:
            yield from steps(case["why"])
    yield from below(facts)
    yield from ((rf"^(?:{letter(place)} )?{text_of(side[key])}",) for place, side in enumerate([facts["base"], *cases]) for key in ("name", "title"))
    yield (text_of(facts["title"]),)
