"""Run tailwheel, the Monte Carlo simulator of automated income, from Python.

The package contains no model. It starts the program that the wheel brings along and reads what the program writes::

    import tailwheel

    report = tailwheel.run("mine.toml", set={"owner.spending": "2_000/month"}, paths=20_000)
    report["measures"]["ruin.probability"]["value"]
    report.series()                # a frame of pandas or polars
    report.picture("wealth_fan")   # shown inline in a notebook

A fault in a scenario raises `Error`, whose text is that of the program.
"""

from tailwheel._check import Check
from tailwheel._commands import check, compare, run
from tailwheel._comparison import Comparison
from tailwheel._picture import Picture
from tailwheel._program import Error, program, version
from tailwheel._report import Report
from tailwheel._values import Value

__all__ = [
    "Check",
    "Comparison",
    "Error",
    "Picture",
    "Report",
    "Value",
    "check",
    "compare",
    "program",
    "run",
    "version",
]
