"""The rows of the screen of `sensitivity`: which phrase shows what of sensitivity.json."""
import re

from look_up import edited, in_points, moved, text_of, tokens

OPTIONS = ["--no-charts"]
JOBS = [
    "autopilot.toml --paths 500",
    "defi-alone.toml --paths 1000",
    "linear-income.toml --paths 1000",
    "ai-income-2026.toml --paths 64",
    "recipe-oct-2025-bitcoin.toml --paths 500",
    "passive-income-1.toml --paths 1100",
]
RETURN, LOSS, RUIN = "cagr.real.p50", "loss.probability", "ruin.probability"
FIRST = "moved 0"
ERRORS = {
    "id: high for low": moved(f"{FIRST} low effects {RETURN}", f"{FIRST} high effects {RETURN}"),
    "id: loss for ruin": moved(f"{FIRST} high effects ruin.probability", f"{FIRST} high effects loss.probability"),
    "id: another assumption": moved(f"{FIRST} low effects", "moved 5 low effects"),
    "base: end of the range": moved(f"{FIRST} number", f"{FIRST} high number"),
    "base: median return": moved(f"base {RETURN}", f"{FIRST} low effects {RETURN}"),
    "percentile: end of an interval": moved(f"{FIRST} high effects {RETURN} value", f"{FIRST} high effects {RETURN} interval 0"),
    "count of assumptions": moved("counts moved", "counts no_range"),
    "sign of an effect": edited(r"^(  Fleet replacement cost .*)−", r"\1+"),
    "rounding of an effect": edited(r"^(  Fleet replacement cost .*−\d)\.\d", r"\1.0"),
    "rounding of the widest error": edited(r"(most 0\.)(\d)", r"\g<1>9"),
}


def told(facts, id, effect):
    """The change of a measure at one end; of the return in all if there are fewer than 12 months."""
    years = facts["months"] / 12
    if effect is None or id != RETURN or years >= 1:
        return effect
    now = facts["base"][RETURN]["value"]

    def in_all(change):
        return (1 + now + change) ** years - (1 + now) ** years
    return {"value": in_all(effect["value"]), "interval": effect.get("interval") and [in_all(end) for end in effect["interval"]]}


def both(facts, one, id):
    """The effects at the low and at the high end of the range."""
    return [told(facts, id, one[side]["effects"].get(id)) for side in ("low", "high")]


def is_beyond_error(effect):
    """True if zero is outside the interval."""
    low, high = effect.get("interval") or [effect["value"]] * 2
    return low * high > 0


def ranking(facts):
    """The measure that ranks, and the one beside it."""
    effects = [one[side]["effects"] for one in facts["moved"] for side in ("low", "high")] + [facts["base"]]
    if 0.05 <= facts["base"].get(RUIN, {"value": 0})["value"] <= 0.95:
        return RUIN, LOSS
    return RETURN, RUIN if any(effect.get(RUIN, {"value": 0})["value"] for effect in effects) else LOSS


def size(facts, one, measure):
    """The farthest effect on the measure that is beyond its error."""
    return max((abs(effect["value"]) for effect in both(facts, one, measure) if effect and is_beyond_error(effect)), default=0.0)


def name(label):
    """The phrase of an assumption, which is cut before what follows a colon."""
    head, colon, tail = label.partition(": ")
    before_colon = re.escape(head[:2]) + f"[^:\n]*{re.escape(colon + tail)}"
    return f"(?:{text_of(label)}|{before_colon})" if colon else text_of(label)


def line(facts, one, first_id, risk):
    """The row of an assumption: base and range, effects on the ranking measure and on the one beside it."""
    base, low, high = one.get("number"), one["low"].get("number"), one["high"].get("number")
    first = [] if base is None else [base["number"]]
    if low and high:
        first += [low["number"] * (100 if low["unit"] == high["unit"] == "fraction" else 1), high["number"]]
    effects = [effect and in_points(effect) for effect in both(facts, one, first_id)]
    risks = [in_points(effect) for effect in both(facts, one, risk) if effect]
    label = one["label"][:1].upper() + one["label"][1:]
    grade = rf" \({one['grade']}\)" if one.get("grade") else ""
    return rf"^  {name(label)}{grade} ([^│\n]*)│([^\n]*)$", \
        [*first, *effects], lambda text: risks if " … " in text else risks[:1]


def at_most(effects):
    """The largest half of an interval, which is rounded up."""
    def true(text):
        shown, half, *_ = tokens(text)[0]
        largest = max(max(one["interval"][1] - one["value"], one["value"] - one["interval"][0]) for one in effects)
        return [shown if largest * (1 - 1e-9) <= shown <= largest + 2 * half + 1e-9 else largest]
    return true


def rows(facts, screen):
    """Every line that has a number."""
    counts, base, words = facts["counts"], facts["base"], " ".join(screen.split()).lower()
    measure, risk = ranking(facts)
    ranked = sorted(facts["moved"], key=lambda one: -size(facts, one, measure))
    shown = [one for one in ranked if any(effect and is_beyond_error(effect) for id in (measure, risk) for effect in both(facts, one, id))][:12]
    names, sizes = [one["label"].lower() for one in ranked], [round(size(facts, one, measure), 3) for one in ranked]
    n_named = next((n for n, name in enumerate(names[:4], 1) if f" {name} move" in words), 0)
    yield r" ([\d,]+) (?:common random )?paths? · seed (\d+)(?: · parameter seed (\d+))?$", "paths", "seed", "parameter_seed"
    yield r"^(\d+) assumptions?, each at", "counts moved"
    now = (1 + base[RETURN]["value"]) ** min(1, facts["months"] / 12) - 1
    yield r"^Base: (?:probability of ruin (\S+ %) · )?median return (.*?) (?:a year|in all)(?: · probability of \w+ (.*?))?$", \
        base.get(RUIN), now, base.get(risk)
    yield r"^Interim analysis of all on ([\d,]+) paths, then of the (\d+) assumptions", facts.get("interim_paths"), "counts judged_on_all_paths"
    yield r" the (?:median return|probability of ruin) most, by ((?:less than )?\S+ pp)(?: or more)?\.(?: Every other assumption moves it by ((?:less than )?\S+ pp)(?: or less)?\.)?", \
        lambda text: [0.001 if "less" in text else sizes[n_named - 1]], lambda text: [0.001 if "less" in text else (sizes + [None])[n_named]]
    yield from (line(facts, one, measure, risk) for one in shown)
    yield r"^(\d+) more moves? it less: sensitivity.json", counts["moved"] - len(shown)
    yield r"± above is at most (\S+ pp) for (?:the return|ruin)(?: and (\S+ pp) for)?", \
        *(at_most([effect for one in shown for effect in both(facts, one, id) if effect and effect.get("interval")]) for id in (measure, risk))
    yield r"(\d+) rows? from the interim analysis", sum(one["paths"] < facts["paths"] for one in shown)
    for what, why in (("No effect", "no-effect"), ("no numeric range.", "no-range"), ("one asset.", "one-asset"), ("no valid scenario.", "refused")):
        yield rf"{what}: [^.]*? and (\d+) more\.$", counts[why.replace("-", "_")] - 6
    yield (rf"^Enter what you know: tailwheel run {re.escape(facts['file'])}",)
    yield (text_of(facts["title"]),)
