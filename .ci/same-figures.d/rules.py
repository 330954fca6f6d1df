"""Rules that say which differences between two documents are no moved figure.

A rule takes the leaves of an OLD and of a NEW document, by name. It removes from both what it accounts for, yields a
Moved for what it finds wrong there, and leaves the rest to the comparison of one leaf with the other.
"""
import re
from typing import NamedTuple

import solved
from documents import same

ABSENT = "absent"
# under this key stand the errors of the document at hand that OLD has a note for
NOTED = "errors with a note"

# leaves that hold words for people
WORDS = re.compile(r"(^|[.\]])(title|label|text|source|absent|refused)$|^not_moved\[.*\.why$")
# texts of a note, and the numbers in it with what a unit of theirs is in NEW
NOTES = {
    "atom": r"(?P<share>[\d.]+) % of the paths have exactly this value",
    "heavy tail": r"these paths do not bound its tail: trust the quantiles",
    "few in the tail": r"fewer than 50 paths are in the tail",
    "few decide": r"too few of the paths whose months are kept decide it",
    "no obligations": r"no obligations",
    "too few paths": r"too few paths for an interval",
    "tail unseen": r"a mean or a spread of what has no bounds takes (?P<paths>\d+) paths, to see its tail",
    "skewed": r"too skewed for an interval of so few paths \(skewness (?P<skewness>[\d.]+)\)",
    "rare bills": r"a rare bill that stays unpaid may decide this figure",
    "none differs": r"the same on every path, which does not prove that it always is",
}
UNITS = {"share": 0.01}
# texts of an error in NEW
SAID = ("kind", "why", "reason")
# what a figure says of its error besides its note
ERROR_PARTS = ("std_error", "interval", "interval[0]", "interval[1]", "level")


class Moved(NamedTuple):
    """A leaf that is another in NEW."""

    name: str
    old: object
    new: object


def told(moved):
    """Returns a line that says what moved."""
    return f"{moved.name} {moved.old} → {moved.new}"


def without(pattern, *sides):
    """Removes the leaves whose names match."""
    for leaves in sides:
        for name in [name for name in leaves if re.search(pattern, name)]:
            del leaves[name]


def schema_names(old, new, _):
    """The schema of a document may have a later number."""
    for name in ("schema", "head[0].schema"):
        then, now = (re.fullmatch(r"(.*)/(\d+)", str(leaves.get(name))) for leaves in (old, new))
        if then and now and then[1] == now[1] and int(then[2]) <= int(now[2]):
            del old[name], new[name]
    yield from ()


def words(old, new, _):
    """Words for people are removed from both. What is absent in OLD must be absent in NEW."""
    if "bridge.absent" in old and (steps := [name for name in new if name.startswith("bridge.steps")]):
        yield Moved("bridge.absent", old["bridge.absent"], f"{len(steps)} figures")
    without(WORDS, old, new)


def warning_ids(old, new, _):
    """Warnings of one id are removed from both but for the first, and so is their order."""
    without(r"^warnings(\[\]$|\[[^]]*#)", old, new)
    yield from ()


def notes_as_errors(old, new, kinds):
    """A note in OLD is an object `error` beside the figure in NEW, whose numbers are those of the text.

    NEW may choose the words of `error`, but each kind of note needs words of its own: `kinds` collects them for
    `confused_kinds`."""
    kinds[NOTED] = {}
    for name in [name for name in old if re.search(r"(^|[.\]])note$", name) and name not in new]:
        figure, text = name[: -len("note")], old.pop(name)
        errors = [part for part in (f"{figure}error", f"{figure}answer.error") if f"{part}.kind" in new]
        if text is None:
            continue
        if not errors:
            yield Moved(name, text, ABSENT)
            continue
        error = errors[0]
        kinds[NOTED][error] = name
        kind, numbers = read_note(text)
        kinds.setdefault(kind, {}).setdefault(said(error, new), f"{error}.kind")
        for key, printed in numbers.items():
            number = new.pop(f"{error}.{key}", None)
            unit = UNITS.get(key, 1.0)
            if not isinstance(number, (int, float)) or not solved.is_met(printed, number / unit):
                yield Moved(f"{error}.{key}", printed, ABSENT if number is None else number)


def read_note(text):
    """Returns the kind of a note and its numbers as printed; the text itself, if it is not known."""
    for kind, pattern in NOTES.items():
        if match := re.fullmatch(pattern, text):
            return kind, match.groupdict()
    return text, {}


def said(error, leaves):
    """Returns the texts in an error of NEW: its kind, and why."""
    return tuple(leaves[name] for key in SAID if (name := f"{error}.{key}") in leaves)


def parts_of_errors(old, new, kinds):
    """Standard error, interval and level of a figure may stand in its `error`, or there as well.

    A figure without a standard error has none there either. The words of errors that have no note are collected too."""
    for kind in [name for name in new if name.endswith(".error.kind")]:
        error, figure = kind[: -len(".kind")], kind[: -len("error.kind")]
        if figure.startswith("measures.") and f"{figure}std_error" in old and error not in kinds[NOTED]:
            said_here = said(error, new)
            kinds.setdefault(f"no note {said_here}", {}).setdefault(said_here, kind)
        for part in ERROR_PARTS:
            then, now = old.get(f"{figure}{part}", ABSENT), new.get(f"{error}.{part}", ABSENT)
            if ABSENT not in (then, now):
                if not same(then, now):
                    yield Moved(f"{error}.{part}", then, now)
                del new[f"{error}.{part}"]
            if then != ABSENT and f"{figure}{part}" not in new and (now != ABSENT or then is None or part == "level"):
                del old[f"{figure}{part}"]


def confused_kinds(kinds):
    """Yields each kind of note that has several words in NEW, and words that several kinds have."""
    kinds.pop(NOTED, None)
    for kind, by_words in kinds.items():
        if len(by_words) > 1:
            yield Moved(next(iter(by_words.values())), kind, " or ".join(map(str, by_words)))
    seen = {}
    for kind, by_words in kinds.items():
        for words, place in by_words.items():
            if words in seen:
                yield Moved(place, f"{kind} and {seen[words]}", f"both {words}")
            seen[words] = kind


def insurance_and_custody(old, new, _):
    """OLD's step `protection` is `insurance` and `custody` in NEW: the level after both is the same, and their changes
    add up to its change. The error of that change has no counterpart."""
    steps = [step for step in new.get("bridge.steps[]", ()) if step in ("insurance", "custody")]
    was = "bridge.steps[protection]."
    if f"{was}id" not in old or f"{was}id" in new or not steps:
        return
    order = old["bridge.steps[]"]
    at = order.index("protection")
    old["bridge.steps[]"] = (*order[:at], *steps, *order[at + 1 :])
    change = old[f"{was}change.value"]
    changes = [new.get(f"bridge.steps[{step}].change.value") for step in steps]
    if None in changes or abs(sum(changes) - change) > 1e-14:
        yield Moved(f"{was}change.value", change, " + ".join(map(str, changes)))
    level = {name[len(was) :]: old[name] for name in old if name.startswith(f"{was}median.")}
    for leaves, parts in ((old, ("protection",)), (new, steps)):
        for name in [name for name in leaves if name.startswith(tuple(f"bridge.steps[{part}]." for part in parts))]:
            if not name.startswith(f"bridge.steps[{steps[-1]}].median."):
                del leaves[name]
    old.update({f"bridge.steps[{steps[-1]}].{part}": value for part, value in level.items()})


def digests_of_outputs(old, new, _):
    """Digests of written bytes are removed from both."""
    without(r"\.(report_digest|check)$", old, new)
    yield from ()


def printed_digits(old, new, _):
    """The screen of OLD's `solve` is compared with NEW's solve.json, to the digits that it prints."""
    if "printed.value" in old and "printed.value" not in new:
        for name, then, now in solved.differences(old, new):
            yield Moved(name, then, now)
        for name in [name for name in old if name.startswith("printed.")]:
            del old[name]
