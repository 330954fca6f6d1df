"""Scenarios side by side on the same random numbers."""

from __future__ import annotations

from typing import Any

from tailwheel._folder import Result
from tailwheel._frames import frame


class Comparison(Result):
    """`compare.json` as a mapping, with its measures as a frame and its picture.

    docs/json.md describes every key: `comparison["cases"][0]["measures"]["ruin.probability"]["difference"]`.
    """

    file_name = "compare.json"

    def __repr__(self) -> str:
        return f"<tailwheel.Comparison of {', '.join(self.cases)} with {self['base']['id']}>"

    @property
    def cases(self) -> list[str]:
        """The ids of the cases that are compared with the base."""
        return [case["id"] for case in self["cases"]]

    @property
    def markdown(self) -> str:
        """The text of `compare.md`, a table for a pull request."""
        return (self.folder / "compare.md").read_text(encoding="utf-8")

    def headline(self, library: str | None = None) -> Any:
        """Returns a frame with a row for each headline measure of each case. See `measures` for the columns."""
        return frame(self._columns("headline"), library)

    def measures(self, library: str | None = None) -> Any:
        """Returns a frame with a row for each measure of each case.

        Columns: `case`, `measure`, `unit`, `base`, `new`, `difference`, `std_error` (of the difference) and `verdict`.
        """
        return frame(self._columns("measures"), library)

    def _columns(self, rows: str) -> dict[str, list[Any]]:
        fields = ("unit", "base", "new", "difference", "std_error", "verdict")
        columns: dict[str, list[Any]] = {name: [] for name in ("case", "measure", *fields)}
        for case in self["cases"]:
            for measure in case[rows]:
                columns["case"].append(case["id"])
                columns["measure"].append(measure)
                for name in fields:
                    columns[name].append(case["measures"][measure].get(name))
        return columns

    def _repr_markdown_(self) -> str:
        return self.markdown
