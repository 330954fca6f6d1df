"""The commands of the program as functions."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from tailwheel._check import Check
from tailwheel._comparison import Comparison
from tailwheel._folder import PathLike, Room
from tailwheel._program import DONE, NO, REFUSED, Error, call
from tailwheel._report import Report
from tailwheel._values import Edits, Value, set_arguments

#: The id of the case that `compare` adds for a file without its changes.
AS_WRITTEN = "as-written"


def run(
    scenario: PathLike,
    *,
    set: Edits = None,
    paths: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    out: PathLike | None = None,
    charts: bool = True,
    bridge: bool = True,
    dark: bool = False,
) -> Report:
    """Simulates a scenario file and returns its report.

    `set` edits the scenario before it is read: `{"owner.spending": "2_000/month", "asset.defi.value": 0}`. A text of
    Python is a text of TOML, a number is a number. `out` is the folder in which the scenario gets a folder of its
    own; without it, the files last as long as the report. `bridge=False` leaves out the steps from the claim to the
    outcome, `charts=False` the pictures; both save time.
    A gate that fails raises nothing: see `Report.gates`.
    """
    room = Room(out)
    arguments = ["run", os.fspath(scenario), "--out", str(room.path), *_shared(set, paths, seed, threads)]
    arguments += _switches(charts, dark)
    arguments += [] if bridge else ["--no-bridge"]
    done = call([*arguments, "--format", "json"], accepted=(DONE, NO))
    return Report(room, _written(room, Report.file_name, done.stdout), done.returncode)


def compare(
    *scenarios: PathLike,
    changes: Mapping[str, Edits] | None = None,
    base: str | None = None,
    why: bool = True,
    set: Edits = None,
    paths: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    out: PathLike | None = None,
    charts: bool = True,
    dark: bool = False,
) -> Comparison:
    """Simulates scenarios on the same random numbers and returns how they differ from the first, or from `base`.

    `changes` compares one file as it is written with changed ones: `{"spend-more": {"owner.spending": "2_000/month"}}`.
    Without it, one file with variants is compared with itself. `set` edits all of them. `why=False` does not attribute
    the difference to the edited keys, which saves a run for each of them.
    """
    room = Room(out)
    set = set if changes is None else _with_variants(scenarios, changes, set)
    arguments = [
        "compare",
        *(os.fspath(scenario) for scenario in scenarios),
        "--out",
        str(room.path),
        *_shared(set, paths, seed, threads),
    ]
    arguments += _switches(charts, dark)
    arguments += ["--base", base] if base is not None else []
    arguments += [] if why else ["--no-why"]
    done = call([*arguments, "--format", "json"])
    return Comparison(room, _written(room, Comparison.file_name, done.stdout))


def _with_variants(scenarios: Sequence[PathLike], changes: Mapping[str, Edits], edits: Edits) -> Edits:
    """Returns the edits with a variant for the file as it is written and one for each change."""
    if len(scenarios) != 1:
        raise ValueError(f"changes are compared with one file, and {len(scenarios)} files were given")
    changed: list[Value] = [{"name": name, "set": dict(change or {})} for name, change in changes.items()]
    return {**(edits or {}), "variant": [{"name": AS_WRITTEN}, *changed]}


def _shared(edits: Edits, paths: int | None, seed: int | None, threads: int | None) -> list[str]:
    numbers = (("--paths", paths), ("--seed", seed), ("--threads", threads))
    given = [argument for flag, number in numbers if number is not None for argument in (flag, str(number))]
    return [*set_arguments(edits), *given]


def _switches(charts: bool, dark: bool) -> list[str]:
    return ([] if charts else ["--no-charts"]) + (["--dark"] if dark else [])


def _written(room: Room, file_name: str, printed: str) -> Path:
    """Returns the folder whose file has the bytes that were printed: only the program knows how it names folders."""
    same = [path for path in room.path.glob(f"*/{file_name}") if path.read_text(encoding="utf-8") == printed]
    if not same:
        raise FileNotFoundError(f"{room.path} has no {file_name} of this run")
    # another scenario may have the same report
    return max(same, key=lambda path: path.stat().st_mtime_ns).parent


def check(*scenarios: PathLike, set: Edits = None) -> Check:
    """Validates scenario files, or folders of them, and simulates nothing. A fault raises nothing: see `Check.ok`."""
    arguments = ["check", *(os.fspath(scenario) for scenario in scenarios), "--format", "json", *set_arguments(set)]
    done = call(arguments, accepted=(DONE, REFUSED))
    if not done.stdout:
        raise Error(done.stderr.strip(), done.returncode)
    return Check(json.loads(done.stdout))
