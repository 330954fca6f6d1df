"""Frames, pictures, comparisons and checks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import tailwheel

LIBRARIES = ("pandas", "polars")


@pytest.mark.parametrize("library", LIBRARIES)
def test_series_have_a_row_for_each_figure(report: tailwheel.Report, library: str) -> None:
    frame = report.series(library)
    assert type(frame).__module__.split(".")[0] == library
    assert list(frame.columns) == ["series", "years", "statistic", "real"]
    wealth = report["series"]["wealth"]
    rows = list(zip(*(frame[column].to_list() for column in frame.columns)))
    expected = [
        ("wealth", years, "p50", real) for years, real in zip(wealth["years"], wealth["real"]["quantiles"]["p50"])
    ]
    assert [row for row in rows if row[0] == "wealth" and row[2] == "p50"] == expected
    n_figures = sum(len(one["years"]) * (1 + len(one["real"]["quantiles"])) for one in report["series"].values())
    assert len(rows) == n_figures


@pytest.mark.parametrize("library", LIBRARIES)
def test_terminal_has_a_row_for_each_statistic(report: tailwheel.Report, library: str) -> None:
    frame = report.terminal(library)
    statistics = frame["statistic"].to_list()
    assert statistics == ["mean", "sd", "p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99"]
    median = statistics.index("p50")
    assert frame["real"].to_list()[median] == report.value("wealth.terminal.real.p50")
    assert frame["nominal"].to_list()[median] == report.value("wealth.terminal.p50")


def test_without_a_library_of_frames_the_error_names_one(
    report: tailwheel.Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert type(report.series()).__module__.split(".")[0] == "polars"
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ImportError, match="pip install pandas"):
        report.series()
    with pytest.raises(ImportError, match="pip install polars"):
        report.terminal("polars")
    with pytest.raises(ValueError, match="'pandas' or 'polars'"):
        report.terminal("numpy")


def test_a_notebook_shows_pictures_and_reports(report: tailwheel.Report) -> None:
    assert {"wealth_fan", "terminal_wealth"} <= set(report.pictures)
    picture = report.picture("wealth_fan")
    assert picture._repr_png_().startswith(b"\x89PNG")
    assert picture.svg.startswith("<svg")
    page = report._repr_html_()
    assert "One &lt;fleet&gt; and one warehouse" in page
    assert "Probability of ruin" in page
    assert picture.html() in page
    with pytest.raises(KeyError, match="wealth_fan"):
        report.picture("wealth")


def test_a_comparison_has_a_row_for_each_measure(scenario: Path) -> None:
    changes: dict[str, dict[str, tailwheel.Value]] = {
        "spend-more": {"owner.spending": "6_000/month"},
        "spend-less": {"owner.spending": "100/month"},
    }
    comparison = tailwheel.compare(scenario, changes=changes, paths=1_024, why=False)
    assert comparison["base"]["id"].endswith("/as-written")
    assert [case.split("/")[1] for case in comparison.cases] == ["spend-more", "spend-less"]
    assert comparison.pictures == ["cases", "comparison"]
    assert comparison.markdown.startswith("### ")
    frame = comparison.measures("pandas")
    assert len(frame) == sum(len(case["measures"]) for case in comparison["cases"])
    (row,) = frame[(frame["measure"] == "ruin.probability") & frame["case"].str.endswith("more")].to_dict("records")
    measure = comparison["cases"][0]["measures"]["ruin.probability"]
    assert (row["base"], row["new"], row["verdict"]) == (measure["base"], measure["new"], measure["verdict"])
    assert row["verdict"] == "worse"
    headline = comparison.headline("pandas")
    assert len(headline) == sum(len(case["headline"]) for case in comparison["cases"])


def test_two_files_are_compared(scenario: Path, tmp_path: Path) -> None:
    base, changed = tmp_path / "base.toml", tmp_path / "changed.toml"
    base.write_text(scenario.read_text())
    changed.write_text('extends = "base.toml"\n\n[owner]\nspending = "2_000/month"\n')
    comparison = tailwheel.compare(base, changed, base="changed", paths=512, why=False, charts=False)
    assert (comparison["base"]["id"], comparison.cases, comparison.pictures) == ("changed", ["base"], [])
    with pytest.raises(ValueError, match="2 files were given"):
        tailwheel.compare(base, changed, changes={"more": {}})


def test_a_check_lists_every_fault(scenario: Path, tmp_path: Path) -> None:
    assert tailwheel.check(scenario).ok
    bad = tmp_path / "bad.toml"
    bad.write_text("x = 1\n")
    found = tailwheel.check(scenario, bad)
    assert not found.ok
    assert len(found["files"]) == 2
    assert any("unknown key `x`" in fault["message"] for fault in found.faults)
    with pytest.raises(tailwheel.Error):
        tailwheel.check()
