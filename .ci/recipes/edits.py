"""A repository of thirty scenario files, three edits in one of them, and the recipe of docs/ci.md.

The first row of the summary must be the edited file, not one that inherits from it.
"""

import subprocess

from services import GitHub, run

N_FILES, EDITED, HEIRS = 30, 17, (3, 9, 25)
SCENARIO = """title    = "Portfolio {number}"
start    = "2027-01"
horizon  = "2 years"
currency = "USD"

[run]
seed  = {number}
paths = 2_048

[[asset]]
name  = "saas"
class = "micro-saas-fleet"
value = {value}
roi   = "22 %"
volatility = 0.22
"""
HEIR = """extends = "portfolio-{edited:02}.toml"
title   = "Portfolio {number}, which inherits"

[[asset]]
name  = "saas"
value = {value}
"""
EDITS = {'"22 %"': '"9 %"', "value = 17_000": "value = 34_000", "volatility = 0.22": "volatility = 0.44"}


def thirty_files(workflow, archive, work):
    """Runs the workflow on a baseline and then on three edits."""
    root = work / "thirty"
    folder = root / "scenarios"
    folder.mkdir(parents=True)
    (root / "ci").mkdir()
    for number in range(1, N_FILES + 1):
        text = HEIR if number in HEIRS else SCENARIO
        text = text.format(number=number, edited=EDITED, value=f"{number}_000")
        (folder / f"portfolio-{number:02}.toml").write_text(text)
    unpacked = work / "unpacked"
    unpacked.mkdir()
    file = archive[0].removeprefix("file://")
    subprocess.run(["tar", "-xzf", file, "--strip-components", "1", "-C", unpacked], check=True)
    variables = {"PATH": f"{unpacked / 'bin'}:/usr/bin:/bin"}
    command = "tailwheel batch scenarios --baseline ci/baseline.jsonl --update-baseline --no-cache --out ../first"
    run(command, root, variables, ["bash", "-euc"])
    edited = folder / f"portfolio-{EDITED}.toml"
    text = edited.read_text()
    for before, after in EDITS.items():
        assert before in text
        text = text.replace(before, after)
    edited.write_text(text)
    service = GitHub(root, workflow, archive, work, store="thirty-store")
    service.run(job="batch", code=1)
    first_row_is_the_edited_file(service.summary)


def first_row_is_the_edited_file(summary):
    edited = f"portfolio-{EDITED}"
    rows = [line for line in summary.splitlines() if line.startswith("|") and "portfolio" in line]
    assert len(rows) > 3, summary
    assert edited in rows[0].replace("\\", ""), f"the first row is another file:\n{summary[:4000]}"
    changed = summary.partition("#### CHANGED")[2]
    assert changed.find(edited) == changed.find("portfolio-") > 0, f"another file is first in CHANGED:\n{changed[:3000]}"
    print(f"  the first row is {rows[0][:110]}")
