"""What `solve` found: read from its screen, or from solve.json, and compared to the digits that the screen has.

A screen that names a value and its error, and the values that were tried:

      owner.spending = 1170 ± 70/month
      There ruin.probability is 5.0 % ± 1.1; the target is 5 %.

      owner.spending            ruin.probability
           300/month   0.15 % (0.03 % to 0.44 %)
          1170/month                 5.0 % ± 1.1
"""
import math
import re

HALF_WIDTH = 1.959964
NUMBER = re.compile(r"([−-]?)\$?([\d,]*\.?\d+)( %|[kM](?!\w))?")
SCALES = {" %": 0.01, "k": 1e3, "M": 1e6, None: 1.0}


def number(text):
    """Returns the first number of a text, and half a unit of its last digit."""
    sign, digits, suffix = NUMBER.search(text).groups()
    decimals = len(digits.partition(".")[2])
    value = float(digits.replace(",", "")) * SCALES[suffix]
    return (-value if sign else value), 0.5 * 10.0**-decimals * SCALES[suffix]


def half_place(half, scale=1.0):
    """Returns half a unit of the place to which a figure with this error is printed.

    That is the place of the first digit of the error, of its second digit if the first is a 1 or a 2."""
    exponent = math.floor(math.log10(half)) - int(f"{half:e}"[0] in "12")
    return 0.5 * 10.0**exponent * scale


def printed(screen):
    """Returns the numbers of a screen of `solve` as they are printed; nothing if it is no such screen."""
    found = re.search(r"^ +(\S+) = (\S+)(?: ± ([^/\s]+))?", screen, re.MULTILINE)
    rows = re.findall(r"^ +([−-]?[\d.,]+)(?:\S*)  +(\S.*)$", screen, re.MULTILINE)
    if not rows:
        return None
    value = {"value": found[2].partition("/")[0], "half": found[3]} if found else {"value": None}
    return {"printed": value | {"tried": [{"value": value, "found": shown} for value, shown in rows]}}


def is_met(text, value, half=None):
    """Returns whether a number is the one that a text prints, to its digits or to the place of the error `half`."""
    if not isinstance(value, (int, float)):
        return False
    shown, room = number(text)
    if text.startswith("under"):
        return value <= shown
    if half:
        room = max(room, half_place(half))
    return abs(value - shown) <= room * (1 + 1e-9)


def is_found(text, value):
    """Returns whether a measure is the one that a text prints, as in `5.0 % ± 1.1` or `$344k ± 2k`."""
    error = re.search(r"± ([\d.,]+[kM]?)", text)
    scale = 0.01 if " %" in text else 1.0
    return is_met(text, value, number(error[1])[0] * scale if error else None)


def numbers_of(solved):
    """Returns value, standard error, and what was tried with the measure there, of the leaves of solve.json."""
    tried = []
    while any(name.startswith(f"tried[{len(tried)}].") for name in solved):
        row = f"tried[{len(tried)}]"
        found = solved.get(f"{row}.found", solved.get(f"{row}.found.value"))
        tried.append((solved.get(f"{row}.value"), found))
    error = solved.get("outcome.std_error", solved.get("std_error", solved.get("error.std_error")))
    return solved.get("outcome.value", solved.get("value")), error, tried


def is_between(solved, x):
    """False for a value beyond the bounds, tried only to propose another bound."""
    low, high = sorted([solved.get("from", x), solved.get("to", x)])
    return low <= x <= high


def differences(old, new):
    """Yields name, printed text and number wherever solve.json does not have what the screen printed."""
    value, error, tried = numbers_of(new)
    shown, shown_half = old.get("printed.value"), old.get("printed.half")
    half = number(shown_half)[0] if shown_half and NUMBER.search(shown_half) else None
    if shown is None:
        if value is not None:
            yield "value", "none", value
    elif not is_met(shown, value, half):
        yield "value", shown, value
    if half:
        room = 2 * half_place(half)
        if not isinstance(error, (int, float)) or abs(HALF_WIDTH * error - half) > room * (1 + 1e-9):
            yield "std_error", f"± {shown_half}", error
    rows = [(old[name], old[name.replace("].value", "].found")]) for name in old if name.endswith("].value")]
    for at, found in rows:
        if not any(is_met(at, x, half) and is_found(found, y) for x, y in tried):
            yield f"tried[{at}]", found, "none such"
    for x, y in tried:
        if is_between(new, x) and not any(is_met(at, x, half) for at, _ in rows):
            yield "tried", "no row", f"{x}: {y}"
