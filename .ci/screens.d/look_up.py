"""Numbers of a screen, and whether they are those of a JSON file."""
import copy
import re

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
NUMBER = re.compile(r"(?P<before>[±<>≈] ?)?(?P<sign>[−+]?)(?P<money>[$€£¥]|[A-Z]{3} )?(?P<digits>\d(?:[\d,]*\d)?(?:\.\d+)?)"
                    r"(?:e(?P<power>−?\d+))?(?P<suffix>[kMBT](?![a-z]))?(?P<unit> ?%| ?pp)?")
DATE = re.compile(rf"({'|'.join(MONTHS)})\s+(\d{{4}})", re.IGNORECASE)
SCALE = {"k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12, None: 1.0}


class Wrong(Exception):
    """A number of a screen that is not the one of its id."""


def tokens(text):
    """The numbers of a text: value, half a unit of the last digit, what stands before it."""
    found = []
    # the unit of points stands once, behind the interval
    text = re.sub(r"(\S+) \((\S+) to (\S+)\) pp", r"\1 pp (\2 pp to \3 pp)", text)
    for match in NUMBER.finditer(text):
        digits = match["digits"].replace(",", "")
        scale = SCALE[match["suffix"]] * 10 ** int((match["power"] or "0").replace("−", "-"))
        scale *= 0.01 if match["unit"] else 1.0
        decimals = len(digits.split(".")[1]) if "." in digits else 0
        # zeros at the end of a whole number may hide its last digits, never the second one of an amount
        idle = 0 if "." in digits or match["unit"] else len(digits) - max(2 if match["money"] else 1, len(digits.rstrip("0")))
        value = float(digits) * scale * (-1 if match["sign"] == "−" else 1)
        before = (match["before"] or "").strip()
        if before == "±" and found and found[-1][3] and not match["unit"]:
            # a ± is in the unit of its figure
            value, scale = value * 0.01, scale * 0.01
        elif before == "±" and found and (match["unit"] or "").endswith("pp"):
            # and so is a figure of points
            found[-1] = (found[-1][0] * 0.01, found[-1][1] * 0.01, found[-1][2], True)
        found.append((value, 0.5 * 10 ** (idle - decimals) * scale, before, bool(match["unit"])))
    return found


def expect(token, value, what):
    """Refuses a number that is not `value` to its last digit."""
    shown, half, before, _ = token
    if value is None or before in "<>" and before:
        return
    if abs(shown - value) > 1.001 * half + 1e-9 * abs(value):
        raise Wrong(f"{what}: {shown} on the screen, {value} in the JSON file")


def figures(text, report, ids):
    """Numbers of a text that are measures in this order, each perhaps with its ± or its interval; returns those that are left."""
    rest = tokens(text)
    for id in ids:
        measure = report["measures"][id] if isinstance(id, str) else id if isinstance(id, dict) else {"value": id}
        if not rest:
            raise Wrong(f"{id}: missing on the screen")
        first = rest.pop(0)
        if first[2] == "≈":
            low, high = measure.get("interval") or [measure["value"]] * 2
            if low * high > 0 or first[0] != 0:
                raise Wrong(f"{id}: ≈ {first[0]} on the screen")
            continue
        if first[2] in ("<", ">"):
            value, none_of_them = measure["value"], 1 - 0.025 ** (1 / measure["n"])
            if value != (first[2] == ">"):
                raise Wrong(f"{id}: a bound stands for {value}")
            if not -1e-9 <= abs(first[0] - value) - none_of_them <= 2 * first[1] + 1e-9:
                raise Wrong(f"{id}: {first[2]} {first[0]} on the screen, {none_of_them} of {measure['n']} paths")
            continue
        expect(first, measure["value"], str(id))
        if rest and rest[0][2] == "±":
            half, digit, _, _ = rest.pop(0)
            low, high = measure["interval"]
            true = max(high - measure["value"], measure["value"] - low)
            if half < true * (1 - 1e-9) and abs(half - true) > 1e-9 or half > true + 2 * digit + 1e-9 * true:
                raise Wrong(f"{id}: ± {half} on the screen, {true} in the JSON file")
        elif "(" in text and measure.get("interval") and len(rest) >= 2 and text.count("("):
            low, high = measure["interval"]
            if abs(rest[0][0] - low) <= 1.001 * rest[0][1] + 1e-12 and abs(rest[1][0] - high) <= 1.001 * rest[1][1] + 1e-12:
                del rest[:2]
    return rest


def month(text):
    """`2035-09` of `Sep 2035`."""
    found = re.search(rf"({'|'.join(MONTHS)}) (\d{{4}})", text)
    return f"{found[2]}-{MONTHS.index(found[1]) + 1:02}"


def without_dates(text):
    """A text without months and years."""
    return re.sub(rf"({'|'.join(MONTHS)}) \d{{4}}|\b20\d\d\b", "", text)


def at(facts, keys):
    """What stands under keys with a blank between them; nothing under nothing."""
    for key in keys.split():
        facts = None if facts is None else facts[int(key) if isinstance(facts, list) else key]
    return facts


def text_of(label):
    """The phrase of a text that may be cut."""
    rest = ""
    for sign in reversed(label[4:]):
        rest = f"(?:{re.escape(sign)}{rest}|…)"
    return re.escape(label[:4]) + rest


def refuse(text, facts, values):
    """Refuses a text whose numbers and months are not these: keys, numbers, measures, or a function of the text that knows them."""
    values = values(text) if callable(values) else values if isinstance(values, list) else [values]
    values = [at(facts, value) if isinstance(value, str) else value for value in values]
    dates = [f"{year}-{MONTHS.index(name.capitalize()) + 1:02}" for name, year in DATE.findall(text)]
    if dates != [value for value in values if isinstance(value, str)]:
        raise Wrong(f"{dates} is another date")
    rest = figures(DATE.sub("", text), None, [value for value in values if value is not None and not isinstance(value, str)])
    if rest:
        raise Wrong(f"nothing is {rest[0][0]}")


def looked_up(screen, facts, rows):
    """What is not as in the JSON file, and how many numbers the screen has. A row is a phrase, if the screen has it, and what each of
    its groups shows. A blank in a phrase is any white space. A number that is in no row is wrong."""
    found, n_numbers = [], len(NUMBER.findall(screen))
    for phrase, *values in rows:
        match = re.search(re.sub(r"(?:\\? )+", r"\\s+", phrase), screen, re.MULTILINE | re.DOTALL)
        if match is None:
            continue
        try:
            for text, value in zip(match.groups(), values, strict=True):
                if text:
                    refuse(" ".join(text.split()), facts, value)
        except (Wrong, KeyError, IndexError, TypeError, ValueError) as why:
            found.append(f"{why}: {' '.join(match[0].split())}")
        screen = screen[:match.start()] + re.sub(r"\S", "·", match[0]) + screen[match.end():]
    return found + [f"no row for: {line}" for line in screen.splitlines() if re.search(r"\d", line)], n_numbers


def in_points(measure):
    """A share in a column of points, whose ± reaches the farther end of its interval; ≈ 0 inside of it and below a decimal."""
    low, high = (100 * end for end in measure.get("interval") or [measure["value"]] * 2)
    value = 100 * measure["value"]
    half = max(high - value, value - low)
    is_nothing = low * high <= 0 and half <= 1 or low * high > 0 and abs(value) < 0.05
    return {"value": value, "interval": [-1, 1] if is_nothing else [value - half, value + half]}


def moved(to, of):
    """Plants another value of the JSON file in place of one."""
    def plant(screen, facts):
        facts = copy.deepcopy(facts)
        parent, key = to.rsplit(" ", 1) if " " in to else ("", to)
        parent = at(facts, parent)
        parent[int(key) if isinstance(parent, list) else key] = at(facts, of)
        return screen, facts
    return plant


def edited(phrase, to):
    """Plants an error on the screen."""
    def plant(screen, facts):
        text, n = re.subn(phrase, to, screen, count=1, flags=re.MULTILINE)
        assert n == 1, phrase
        return text, facts
    return plant
