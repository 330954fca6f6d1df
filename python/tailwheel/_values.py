"""Python values as the TOML that `--set KEY=VALUE` takes."""

from __future__ import annotations

import json
import math
import numbers
from collections.abc import Mapping, Sequence
from typing import Optional, Union

Value = Union[str, bool, int, float, Sequence["Value"], Mapping[str, "Value"]]
Edits = Optional[Mapping[str, Value]]


def as_toml(value: Value) -> str:
    """Returns the value as TOML on one line. A Python text becomes a TOML text, as in `"2_000/month"`."""
    # the numbers of numpy are no int, and print their type
    if isinstance(value, bool) or type(value).__name__ in ("bool", "bool_"):
        return "true" if value else "false"
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, numbers.Real):
        number = float(value)
        if not math.isfinite(number):
            raise ValueError(f"{number} is no value of a scenario: write a finite number")
        return repr(number)
    if isinstance(value, str):
        # a JSON text is a TOML text, except for DEL, which TOML wants escaped
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        pairs = (f"{as_toml(key)} = {as_toml(inner)}" for key, inner in value.items())
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    raise TypeError(f"{value!r} is no value of a scenario: write a text, a number, a bool, a list or a mapping")


def set_arguments(edits: Edits) -> list[str]:
    """Returns the arguments `--set KEY=VALUE` for the edits."""
    return [argument for key, value in (edits or {}).items() for argument in ("--set", f"{key}={as_toml(value)}")]
