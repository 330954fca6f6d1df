"""The report of one scenario."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from tailwheel._folder import Result, Room
from tailwheel._frames import frame
from tailwheel._numbers import figure

#: Measures that the table of a notebook shows, if the report has them.
HEADLINE = {
    "wealth.terminal.real.p05": "Final wealth, real, 5th percentile",
    "wealth.terminal.real.p50": "Final wealth, real, median",
    "wealth.terminal.real.p95": "Final wealth, real, 95th percentile",
    "loss.probability": "Probability of loss",
    "ruin.probability": "Probability of ruin",
    "drawdown.max.p50": "Maximum drawdown, median",
}
TERMINAL = "wealth.terminal."


class Report(Result):
    """`report.json` of one run as a mapping, with its series, its final wealth and its pictures.

    docs/json.md describes every key: `report["measures"]["ruin.probability"]["value"]`.
    """

    file_name = "report.json"

    def __init__(self, room: Room, folder: Path, exit_code: int) -> None:
        super().__init__(room, folder)
        #: The exit code of the program: 1 if a gate of the scenario failed or was inconclusive, else 0.
        self.exit_code = exit_code

    def __repr__(self) -> str:
        return f"<tailwheel.Report {self['scenario']['title']!r}, {self['run']['paths']:,} paths>"

    @property
    def gates(self) -> dict[str, str]:
        """The verdict of every gate by its id: `pass`, `fail` or `inconclusive`."""
        return {gate["id"]: gate["verdict"] for gate in self.get("gates", [])}

    @property
    def warnings(self) -> list[str]:
        """The texts of the warnings, which say what the figures leave out."""
        return [warning["text"] for warning in self["warnings"]]

    def value(self, measure: str) -> float | None:
        """Returns the value of a measure, such as `ruin.probability`. Raises KeyError if the report has none."""
        value: float | None = self["measures"][measure]["value"]
        return value

    def series(self, library: str | None = None) -> Any:
        """Returns all series as a frame in long form, in real money (money of the start).

        Columns: `series`, `years`, `statistic` (`mean` or a quantile such as `p05`), `real`. Rows of one series and
        statistic are in order of time. `library` is `pandas` or `polars`; without it, the first that is installed.
        """
        columns: dict[str, list[Any]] = {"series": [], "years": [], "statistic": [], "real": []}
        for name, series in self["series"].items():
            real = series["real"]
            for statistic, values in {"mean": real["mean"], **real["quantiles"]}.items():
                columns["series"] += [name] * len(values)
                columns["years"] += series["years"]
                columns["statistic"] += [statistic] * len(values)
                columns["real"] += values
        return frame(columns, library)

    def terminal(self, library: str | None = None) -> Any:
        """Returns the final wealth as a frame with a row for each statistic.

        Columns: `statistic` (`mean`, `sd` or a quantile), `nominal`, `real`, and the standard errors of both, which
        are missing where the program gives none.
        """
        measures = self["measures"]
        nominal = [name[len(TERMINAL) :] for name in measures if name.startswith(TERMINAL) and name.count(".") == 2]
        order = {"mean": 0, "sd": 1}
        statistics = sorted(nominal, key=lambda name: (order.get(name, 2), name))
        columns: dict[str, list[Any]] = {"statistic": list(statistics)}
        for column, prefix in (("nominal", TERMINAL), ("real", f"{TERMINAL}real.")):
            of = [measures.get(f"{prefix}{name}", {}) for name in statistics]
            columns[column] = [measure.get("value") for measure in of]
            columns[f"{column}_std_error"] = [measure.get("std_error") for measure in of]
        return frame(columns, library)

    def _repr_html_(self) -> str:
        scenario, run = self["scenario"], self["run"]
        rows = [
            f"<tr><td>{label}</td><td>{figure(self['measures'][measure], scenario['currency'])}</td></tr>"
            for measure, label in HEADLINE.items()
            if measure in self["measures"]
        ]
        picture = self.picture("wealth_fan").html() if "wealth_fan" in self.pictures else ""
        return (
            f"<h4>{escape(scenario['title'])}</h4>"
            f"<p>{scenario['start']} to {scenario['end']}, {run['paths']:,} paths, seed {run['seed']}. "
            "± is one standard error of sampling.</p>"
            f"<table>{''.join(rows)}</table>{picture}"
        )
