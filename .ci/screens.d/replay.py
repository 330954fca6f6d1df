"""The rows of the screen of `replay`: which phrase shows what of replay.json, and of the ledger.csv beside it."""
import math
import re

from look_up import MONTHS, at, edited, moved, text_of

OPTIONS = []
JOBS = [
    "flash-crash.toml --worst --paths 300",
    "passive-income-2027.toml --path 3 --paths 300",
    "passive-income-2027.toml --path 7 --month 30 --paths 300",
    "passive-income-2027.toml --worst --month 5 --ledger --paths 300",
    "alike-or-different.toml --worst --months --sales --paths 100",
    "matrix.toml --path 4 --sales --paths 100",
    "liability.toml --worst --months --paths 300",
    "cross-chain-yield.toml --worst --months --paths 100",
    "relocation.toml --worst --paths 300",
    "recipe-may-2010-emini.toml --worst --paths 100",
]
ERRORS = {
    "id: another world": moved("months -1 worlds path", "months -1 worlds without_feedback"),
    "id: before for low": edited(r"wealth (\S+) → (\S+) intramonth low", r"wealth \2 → \1 intramonth low"),
    "id: another market": moved("crash markets 0", "crash markets 1"),
    "id: pushed for stop-loss": moved("crash agents alone", "crash agents pushed"),
    "base: nominal for real": edited(r"^Final wealth (\S+) \((\S+) nominal\)", r"Final wealth \2 (\1 nominal)"),
    "base: at the end for a year": moved("crash markets 0 missing 0", "crash markets 0 missing 12"),
    "month of a fall": edited(r"(cause that cost most\n  )\w+ \d+", r"\1Jan 2026"),
    "sign of a change": edited(r"(the agents' portfolio )−", r"\1+"),
    "rounding of a share": edited(r"(\d+)\.\d % have sold", r"\1.9 % have sold"),
    "rounding of an amount": edited(r"(→ \$\d)\.\d\dM at", r"\1M at"),
}
CAUSES = {"market": "markets", "jump": "jumps", "impermanent-loss": "imp. loss", "loop": "agents", "event": "events", "cost": "costs",
          "launch": "launches", "premium": "premiums", "payout": "payouts", "contribution": "paid in", "haircut": "trading"}
AMOUNTS = r"(\S+?)(?: \((\S+) nominal\))?"
ROWS = [
    (r" path ([\d,]+) of ([\d,]+) · seed (\d+)(?:, parameter seed (\d+))?$", "path", "run paths", "run seed", "run parameter_seed"),
    (r"(\w+ \d+)–(\w+ \d+) · real, in ", "scenario start", "scenario end"),
    (rf"^Final wealth {AMOUNTS}(?:; on the same draws without agents {AMOUNTS})?$", "ends path real", "ends path nominal",
     "ends without_feedback real", "ends without_feedback nominal"),
    (r"^(\w+ \d+)[^\n]*?\n?[^\n]*?wealth (\S+)(?: → (\S+) intramonth low)? → (\S+) at month end$", "crash date", "wealth before", "wealth trough", "wealth wealth"),
    (r"^  1  Markets (?:fall|rise) first: the agents' portfolio (\S+ %)\.$", "portfolio loss_before"),
    (r"^  2  (\S+ %) of the agents \(by capital\) act on a false signal", "crash agents obeyed"),
    (r"^  (\d)  (\S+ %) of the agents \(by capital\) reach their stop-loss", "step 0", "crash agents alone"),
    (r"^  (\d)  Their selling pushes (?:no other agent|(\S+ %) more over theirs: (\S+ %) have sold)", "step 1", "crash agents pushed", "crash agents sold"),
    (r"^  (\d)  At the low the agents' portfolio is at (\S+ %); their selling cost (\S+ %) of your wealth", "step 2",
     "portfolio loss_after", "crash cost"),
    (r"^  A sale moves prices (\S+) times as far", "crash thinning"),
    (r"^  2  No agent sells\.(?: The first stop-loss is that of [^,]*, at a fall of (\S+ %)\.)?", "nearest"),
    (r"^SALES ([\d,]+):", "n_sales"),
    (r"then prices, 100 at the start of the month",),
    (r"^All ([\d,]+) months: --months", "run months"),
    (r"All ([\d,]+) sales: --sales", "n_sales"),
]


def month(date):
    """`Sep 2035` of `2035-09`."""
    return f"{MONTHS[int(date[5:]) - 1]} {date[:4]}"


def lost(log_loss):
    """Share of a price that a log-loss takes."""
    return -math.expm1(-log_loss)


def sales(crash, screen):
    """The agents and every sale."""
    for one in crash["clusters"]:
        counts = [one["obeyed"], one["alone"], one["pushed"]] + [one["blocks"] - one["active"]] * ("still out" in screen)
        yield rf"^  {text_of(one['name'])} (\S+ %) (\S+)–(\S+ %) ([^\n]*)$", one["capital_share"], 100 * lost(one["first_trigger"]), \
            lost(one["last_trigger"]), [-lost(one["loss_before"]), -lost(one["loss_after"]), *(n / one["blocks"] for n in counts if n)]
    n_prices = len(re.search(r"^ +sale  agents .*$", screen, re.MULTILINE)[0].split()) - len("sale agents why stop-loss seen sold".split())
    deepest = sorted(range(len(crash["markets"])), key=lambda place: -crash["markets"][place]["fall"])[:n_prices]
    for number, one in enumerate(crash["firings"], 1):
        why = {"signal": "false signal", "loss": "markets", "sales": "sales"}[one["why"]]
        prices = [100 * math.exp(-crash["markets"][place]["loss"] - one["falls"][place]) for place in deepest]
        yield rf"^ {number:,} {text_of(one['cluster'])} {why} ([^\n]*)$", \
            [one["threshold"] and lost(one["threshold"]), -lost(one["load"]), one["share"], *prices]


def months(facts, header):
    """A line for every month, whose columns are the causes of a header."""
    columns = [header[place:place + 9].strip() for place in range(0, len(header), 9)]
    before = facts["opening"]["path"]
    for one in facts["months"]:
        world = one["worlds"]["path"]
        amounts = {**world["causes"], "market": sum(world["causes"].get(cause, 0) for cause in ("drift", "shock"))}
        added = {CAUSES.get(cause, cause): 100 * amount / before for cause, amount in amounts.items() if before > 0}
        cells = [added.get(name) or None for name in columns if name != "sold"]
        cells += [one["loop"]["sold"] or None] if "sold" in columns else []
        struck = [facts["scenario"]["events"][name] for name in one["struck"]]
        names = ", ".join(each["label"] + (f" ({' and '.join(each['assets'])})" if each["assets"] else "") for each in struck)
        yield rf"^  {month(one['date'])}{' !' if one['regime'] == 'crisis' else ''} ([−$\d][^\n]*?)(?: {text_of(names)})?$", \
            [world["wealth"] / one["price_level"], one["change"] and 100 * one["change"], *cells]
        before = world["wealth"]


def ledger(facts, number):
    """The postings of a month, and every account before and after it."""
    yield r"^(\w+ \d+), MONTH (\d+) OF (\d+) ", f"months {number - 1} date", number, "run months"
    posted = [(one["from"], one["to"], float(one[f"amount [{facts['scenario']['currency']}]"])) for one in facts["ledger"]
              if int(one["month"]) == number]
    for one, other, amount in posted:
        yield rf"^  {text_of(one)} {text_of(other)} (\S+)$", amount
    lines, names = [], []
    for one in facts["accounts"]:
        if one["cause"] is None:
            names.append((one["kind"], one["object"]))
            name = one["object"] + (f" ({names.count(names[-1])})" if names.count(names[-1]) > 1 else "")
            flows = [sum(posting[2] for posting in posted if posting[side] == name) for side in (1, 0)]
            lines.append((name, [one["balances"]["path"][number - 1], *flows, one["balances"]["path"][number]]))
    own, total = [sum(line[place] for _, line in lines) for place in range(4)], sum(amount for *_, amount in posted)
    together = [0, total, total, 0]
    for name, line in lines + [("the world", [all_of - part for all_of, part in zip(together, own)]), ("together", together)]:
        yield rf"^  {text_of(name)} (\S+ \S+ \S+ \S+)$", line


def rows(facts, screen):
    """Every line that has a number."""
    worst, ruin = (facts["worst_month"] or 1) - 1, (facts["ruin_month"] or 1) - 1
    header = re.search(r"^  month +wealth  change(.*?)(?:  loss events)?$", screen, re.MULTILINE)
    last = facts["months"][-1]
    facts["ends"] = {name: {"nominal": world["wealth"], "real": world["wealth"] / last["price_level"]} for name, world in last["worlds"].items()}
    told = [(at(facts, f"crash agents {share}") or 0) > 0 for share in ("obeyed", "alone")]
    if facts["crash"]:
        now, before = facts["months"][facts["crash"]["month"] - 1], ([None] + facts["months"])[facts["crash"]["month"] - 1]
        facts["wealth"] = {key: now["worlds"]["path"][key] / now["price_level"] for key in ("trough", "wealth")}
        facts["wealth"]["before"] = before["worlds"]["path"]["wealth"] / before["price_level"] if before else facts["opening"]["path"]
        facts["portfolio"] = {key: -lost(facts["crash"]["agents"][key]) for key in ("loss_before", "loss_after")}
        facts["n_sales"] = len(facts["crash"]["firings"])
        facts["nearest"] = lost(min(facts["crash"]["clusters"], key=lambda one: one["first_trigger"] - one["loss_before"])["first_trigger"])
    facts["step"] = [2 + told[0], 2 + sum(told), 3 + sum(told)]
    yield from ROWS
    yield (f"{facts['scenario']['start'][:4]} dollars$",)
    yield r"^The money runs out in (.*?)\.$", f"months {ruin} date"
    yield r"^The largest forced sale of this path is in (\w+ \d+)\. It costs (\S+ %)", f"months {worst} date", "columns deepest_sale"
    for place, sale in enumerate(facts["lender_sales"]):
        yield rf"^The lender of {sale['asset']} sells in (.*?)\.$", f"lender_sales {place} date"
    markets = at(facts, "crash markets") or []
    for market in markets:
        recovered = [1 - market["missing"][place] if market["fall"] > 0 else None for place in (0, -1)]
        losses = [market["loss"], market["fall"], market["loss"] + market["fall"] - market["given_back"]]
        yield rf"^  {text_of(market['name'])} ([^|\n]*)\|([^\n]*)$", [*(-lost(loss) for loss in losses), recovered[0]], recovered[1]
    yield r"^  (\d+) more in replay.json", len(markets) - 8
    if "\nSALES " in screen:
        yield from sales(facts["crash"], screen)
    if "ledger" in facts:
        yield from ledger(facts, facts["month_asked"])
    if header:
        yield from months(facts, header[1])
    yield r"^  Nothing is left from (.*?) on\.$", lambda _: [f"months {facts['ruin_month']} date"]
    fallen = sorted((one for one in facts["months"] if (one["change"] or 0) < 0), key=lambda one: one["change"])
    for one in fallen[:5]:
        cause = min(one["cause_changes"], key=one["cause_changes"].get)
        yield rf"(\w+ \d{{4}}) (\S+ %) {CAUSES.get(cause, cause)}", f"months {one['month'] - 1} date", one["change"]
    yield (text_of(facts["scenario"]["title"]),)
