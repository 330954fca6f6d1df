"""`run` returns the report of the program, edited as asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import tailwheel


def test_the_report_is_the_file_of_the_program(scenario: Path, report: tailwheel.Report, tmp_path: Path) -> None:
    command = [tailwheel.program(), "run", str(scenario), "--out", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    (folder,) = tmp_path.iterdir()
    assert dict(report) == json.loads((folder / "report.json").read_text())
    assert {path.name for path in folder.iterdir()} == {path.name for path in report.folder.iterdir()}


def test_the_report_knows_gates_values_and_warnings(report: tailwheel.Report) -> None:
    assert report.gates == {"no-ruin": "pass"}
    assert report.exit_code == 0
    assert report.value("ruin.probability") == report["measures"]["ruin.probability"]["value"]
    assert len(report.warnings) == len(report["warnings"])
    with pytest.raises(KeyError):
        report.value("ruin.probabilty")


def test_a_gate_that_fails_is_a_result(scenario: Path) -> None:
    strict = tailwheel.run(scenario, set={"owner.spending": "50_000/month"}, charts=False, bridge=False)
    assert strict.gates == {"no-ruin": "fail"}
    assert strict.exit_code == 1
    assert strict.value("ruin.probability") == 1.0


def test_numbers_of_numpy_are_numbers(scenario: Path) -> None:
    numpy = pytest.importorskip("numpy")
    edits = {"asset.saas.value": numpy.int64(60_000), "run.seed": numpy.int32(7)}
    one = tailwheel.run(scenario, set=edits, paths=256, charts=False, bridge=False)
    assert one["scenario"]["money_in"] == 110_000
    edits = {"asset.saas.value": numpy.float64(60_000.5)}
    one = tailwheel.run(scenario, set=edits, paths=256, charts=False, bridge=False)
    assert one["scenario"]["money_in"] == 110_000.5


def test_edits_are_those_of_the_command_line(scenario: Path) -> None:
    edits: dict[str, tailwheel.Value] = {
        "title": 'a "quoted" \\ title, ünicode',
        "owner.spending": "750/month",
        "asset.saas.value": 60_000,
        "asset.warehouse.roi": "5-6 %",
        "crash.models": {"frontier-a": 0.5, "open-b": 0.5},
    }
    edited = tailwheel.run(scenario, set=edits, paths=512, seed=7, threads=1, charts=False, bridge=False)
    assert edited["scenario"]["title"] == edits["title"]
    assert edited["scenario"]["money_in"] == 110_000
    assert (edited["run"]["paths"], edited["run"]["seed"]) == (512, 7)
    assert edited.pictures == []
    assert "bridge" not in edited


def test_files_stay_where_a_folder_is_given_and_else_go(scenario: Path, tmp_path: Path) -> None:
    kept = tailwheel.run(scenario, out=tmp_path, paths=256, charts=False, bridge=False)
    passing = tailwheel.run(scenario, paths=256, charts=False, bridge=False)
    folders = [kept.folder, passing.folder]
    assert all(folder.is_dir() for folder in folders)
    del kept, passing
    assert [folder.is_dir() for folder in folders] == [True, False]
    assert folders[0].parent == tmp_path


def test_a_fault_is_an_error_with_the_text_and_the_code_of_the_program(scenario: Path) -> None:
    with pytest.raises(tailwheel.Error, match="unknown key") as caught:
        tailwheel.run(scenario, set={"owner.spendings": "1/month"})
    assert caught.value.exit_code == 2
    assert "\x1b" not in str(caught.value)
    with pytest.raises(tailwheel.Error, match="no such file"):
        tailwheel.run("nothing.toml")


def test_a_value_that_toml_does_not_have_is_refused(scenario: Path) -> None:
    with pytest.raises(ValueError, match="finite"):
        tailwheel.run(scenario, set={"asset.saas.value": float("nan")})
    with pytest.raises(TypeError, match="no value of a scenario"):
        tailwheel.run(scenario, set={"asset.saas.value": object()})  # type: ignore[dict-item]


def test_the_module_is_the_command() -> None:
    command = [sys.executable, "-m", "tailwheel", "--version"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert printed == f"tailwheel {tailwheel.version()}\n"


def test_the_program_is_that_of_the_wheel() -> None:
    assert Path(tailwheel.program()).parent == Path(sys.prefix) / "bin"
