#!/usr/bin/env python3
"""Prints the day of the reading, its age in days, and the crates of Cargo.lock that it has not looked up."""

import datetime
import pathlib
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
reading = tomllib.loads((HERE / "reading.toml").read_text())
lock = tomllib.loads((HERE.parent.parent / "Cargo.lock").read_text())
crates = {package["name"] for package in lock["package"] if "source" in package}
age = (datetime.date.today() - datetime.date.fromisoformat(reading["date"])).days
print(reading["date"], max(age, 0), ", ".join(sorted(crates.difference(reading["crates"]))))
