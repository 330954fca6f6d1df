"""Figures of a measure as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PERCENT = ("fraction", "probability")


def figure(measure: Mapping[str, Any], currency: str) -> str:
    """Returns value, standard error and unit, such as `19.3 % ± 0.3` or `112,000 ± 900 USD`."""
    value: float | None = measure["value"]
    if value is None:
        return "–"
    is_percent = measure["unit"] in PERCENT
    shown = f"{100 * value:.1f} %" if is_percent else f"{value:,.0f}"
    error: float | None = measure.get("std_error")
    if error is not None:
        shown += f" ± {100 * error:.1f}" if is_percent else f" ± {error:,.0f}"
    unit = {"money": currency, "money per month": f"{currency} per month"}.get(measure["unit"], measure["unit"])
    return shown if is_percent else f"{shown} {unit}"
