"""A program that runs another one, then changes what that wrote: `planted.py PROGRAM CHANGES ARGUMENTS…`.

CHANGES is JSON: "schema_2", whether the documents are first rewritten as the second schema has them, and "edits", each
with the file, the name of a leaf and what is done to it (CHANGE). Exit 99: there is no such leaf."""
import json
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
import documents  # noqa: E402
import rules  # noqa: E402
import solved  # noqa: E402

NOT_PLANTED = 99
CHANGE = {
    "a little more": lambda value: value + 1e-12 * max(1.0, abs(value)),
    "a thousandth more": lambda value: value + 1e-3,
    "one more": lambda value: value + 1,
    "the other sign": lambda value: -value,
    "another text": lambda value: f"other than {value}",
}


def edited(document, name, change):
    """Changes the leaf of that name in a document."""
    for leaf, container, key in documents.places(document):
        if leaf == name:
            if change == "away":
                del container[key]
            else:
                container[key] = CHANGE[change](container[key])
            return
    sys.exit(NOT_PLANTED)


def with_errors(value):
    """Returns a document whose figures have an object `error` in place of note, standard error, interval and level."""
    if isinstance(value, list):
        return [with_errors(part) for part in value]
    if not isinstance(value, dict):
        return value
    new = {key: with_errors(part) for key, part in value.items() if key != "note"}
    # the note of a gate is that of its answer
    figure = new.get("answer", new)
    is_figure = "unit" in figure and "interval" in figure or "error" in figure
    if not is_figure or not isinstance(figure, dict):
        return new
    error = figure.get("error", {})
    error |= {key: figure.pop(key) for key in ("std_error", "interval", "level") if key in figure}
    kind, numbers = rules.read_note(value["note"]) if value.get("note") else (error.get("kind", "sampled"), {})
    numbers = {key: float(text) * rules.UNITS.get(key, 1.0) for key, text in numbers.items()}
    figure["error"] = {key: part for key, part in error.items() if part is not None} | numbers | {"kind": kind}
    return new


def in_two_steps(bridge):
    """Makes two steps of `protection`: a third of its change is insurance, the rest custody."""
    at = next((at for at, step in enumerate(bridge.get("steps", [])) if step["id"] == "protection"), None)
    if at is not None:
        whole = bridge["steps"][at]
        first, second = (json.loads(json.dumps(whole)) | {"id": name} for name in ("insurance", "custody"))
        first["change"]["value"] /= 3
        second["change"]["value"] -= first["change"]["value"]
        first["median"]["value"] -= second["change"]["value"]
        bridge["steps"][at : at + 1] = [first, second]


def as_schema_2(document):
    """Returns a document of the first schema as the second may have it: errors as objects, other words, more keys."""
    in_two_steps(document.get("bridge", {}))
    new = with_errors(document)
    for part in [new, *new.get("head", [])]:
        if "schema" in part:
            name, _, number = part["schema"].partition("/")
            part |= {"schema": f"{name}/{int(number) + 1}", "histograms": {"wealth": [1, 2, 3]}}
    for step in new.get("bridge", {}).get("steps", []):
        step["title"] = step["title"].upper()
    if "warnings" in new:
        new["warnings"] = list({warning["id"]: warning | {"text": "…"} for warning in new["warnings"]}.values())
    return new


def as_solved(screen):
    """Returns what solve.json may be, of the screen."""
    printed = solved.printed(screen)["printed"]
    half = solved.number(printed["half"])[0] if printed.get("half") else None
    rows = [(float(row["value"]), {"value": solved.number(row["found"])[0]}) for row in printed["tried"]]
    rows = [{"value": value, "found": found} for value, found in rows]
    value = float(printed["value"]) if printed["value"] else None
    return {"value": value, "std_error": half and half / solved.HALF_WIDTH, "tried": rows}


def main():
    """Runs the program and changes what it wrote."""
    program, changes, *arguments = sys.argv[1:]
    changes = json.loads(changes)
    out = pathlib.Path(arguments[arguments.index("--out") + 1])
    is_solve = arguments[0] == "solve"
    if is_solve:
        arguments = arguments[: arguments.index("--out")]
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    sys.stderr.write(done.stderr)
    screen = done.stdout
    for then, now in changes.get("screen", {}).items():
        screen = screen.replace(then, now)
    print(screen, end="")
    if is_solve and changes["schema_2"]:
        (out / "solve.json").write_text(json.dumps(as_solved(done.stdout)))
    files = documents.written(out)
    for name, file in files.items():
        document = documents.read(file)
        if changes["schema_2"] and name != "solve.json":
            document = as_schema_2(document)
        for _, leaf, change in [edit for edit in changes["edits"] if edit[0] == name]:
            edited(document, leaf, change)
        if changes["schema_2"] or changes["edits"]:
            documents.write(file, document)
    if any(name not in files for name, _, _ in changes["edits"]):
        sys.exit(NOT_PLANTED)
    sys.exit(changes.get("exit", done.returncode))


if __name__ == "__main__":
    main()
