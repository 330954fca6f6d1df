"""Documents that a program wrote, and the name of each of their numbers and texts."""
import json
import pathlib
import re

# parts of names, then and now
IDS = {"loop_off": "without_feedback"}
# the key by which the elements of a list are told apart, the first that all of them have; else they are numbered
IDENTITIES = ["id", "key", "name"]
# two hundred reports of one file, of which results.jsonl has the figures of the screen
LEFT_OUT = ("reports", "matrix")
WRITTEN = ["report.json", "compare.json", "sensitivity.json", "replay.json", "solve.json", "results.jsonl"]


def read(file):
    """Returns the document in a file. All lines of results.jsonl are one: its head, and a line per scenario."""
    if file.suffix != ".jsonl":
        return json.loads(file.read_text())
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    return {"head": [line for line in lines if "id" not in line], "lines": [line for line in lines if "id" in line]}


def write(file, document):
    """Writes a document in the form in which `read` found it."""
    if file.suffix != ".jsonl":
        file.write_text(json.dumps(document))
    else:
        lines = document["head"] + document["lines"]
        file.write_text("".join(json.dumps(line) + "\n" for line in lines))


def written(folder):
    """Returns the files in a folder that are compared, by name; the name of a report of `batch` has its folder."""
    files = {}
    for file in sorted(pathlib.Path(folder).rglob("*.json*")):
        below = file.parent.relative_to(folder)
        if file.name in WRITTEN and below.parts[:2] != LEFT_OUT:
            files[f"{below}/{file.name}" if below.parts[:1] == ("reports",) else file.name] = file
    return files


def elements(items):
    """Returns the names of the elements of a list, and whether they are ids. The second of one id is `id#2`."""
    key = next((key for key in IDENTITIES if all(isinstance(item, dict) and key in item for item in items)), None)
    if key is None:
        return [str(number) for number in range(len(items))], False
    seen, names = {}, []
    for item in items:
        times = seen[item[key]] = seen.get(item[key], 0) + 1
        names.append(f"{item[key]}#{times}" if times > 1 else str(item[key]))
    return names, True


def places(value, name=""):
    """Yields for each number, text and empty list of a document its name, and the container and key where it stands."""
    if isinstance(value, dict):
        for key, part in value.items():
            words = [IDS.get(word, word) for word in key.split(".")]
            below = ".".join([name, *words] if name else words)
            yield from places(part, below) if part and isinstance(part, (dict, list)) else [(below, value, key)]
    else:
        for number, (element, part) in enumerate(zip(elements(value)[0], value)):
            below = f"{name}[{element}]"
            yield from places(part, below) if part and isinstance(part, (dict, list)) else [(below, value, number)]


def orders(value, name=""):
    """Yields for each list whose elements have names its own name with `[]` behind it, and those names in order."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from orders(part, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        names, have_ids = elements(value)
        if value and have_ids:
            yield f"{name}[]", tuple(names)
        for element, part in zip(names, value):
            yield from orders(part, f"{name}[{element}]")


def leaves(document):
    """Returns each number, text, empty list and order of a document by its name."""
    found = {name: container[key] for name, container, key in places(document)}
    return found | dict(orders(document))


def same(old, new):
    """Returns whether two leaves are the same: numbers as doubles, orders in what they share."""
    if isinstance(old, tuple) and isinstance(new, tuple):
        return [one for one in old if one in new] == [one for one in new if one in old]
    return isinstance(old, bool) == isinstance(new, bool) and old == new


def list_elements(names):
    """Returns the lists that occur in names, and the elements of lists."""
    lists, inside = set(), set()
    for name in names:
        for bracket in re.finditer(r"\[[^]]+\]", name):
            lists.add(name[: bracket.start()])
            inside.add(name[: bracket.end()])
    return lists, inside
