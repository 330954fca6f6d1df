"""Executes a notebook and looks at what it shows: notebook.py FILE.ipynb

The committed file has no outputs: its pictures take a megabyte that nobody compares, and this
check makes them anew.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FILE = Path(sys.argv[1])
N_CELLS, N_PICTURES = 10, 2
# words that the outputs must have, by the end of the cell that shows them
EXPECTED = {
    "tailwheel.check(SCENARIO)": ["1 files, 0 faults"],
    "report": ["Probability of ruin", "Final wealth, real, median", "data:image/png"],
    "report.terminal().round(0)": ["p50", "real_std_error"],
    "for measure in measures}": ["ruin.probability", "loss.probability", "wealth.terminal.real.p50"],
    "comparison.headline()": ["ruin.probability", "worse"],
}


def shown(cell: nbformat.NotebookNode) -> str:
    """Everything that a cell shows as text."""
    texts = [text for output in cell.outputs for kind, text in output.get("data", {}).items() if kind[:5] == "text/"]
    return "\n".join(texts)


def main() -> None:
    notebook = nbformat.read(FILE, as_version=4)
    nbformat.validate(notebook)
    assert len(notebook.cells) == N_CELLS, f"{len(notebook.cells)} cells"
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code), "clear all outputs before you commit"
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(FILE.parent)}}).execute()
    for end, words in EXPECTED.items():
        (cell,) = [cell for cell in code if cell.source.splitlines()[-1].endswith(end)]
        missing = [word for word in words if word not in shown(cell)]
        assert not missing, f"{end} does not show {missing}:\n{shown(cell)[:2000]}"
    pictures = [output.data["image/png"] for cell in code for output in cell.outputs if "image/png" in output.data]
    assert len(set(pictures)) == N_PICTURES, f"{len(pictures)} pictures"
    print(f"{FILE}: {len(code)} code cells, {len(pictures)} pictures")


main()
