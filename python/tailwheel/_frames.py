"""Tables as frames of pandas or polars, whichever is installed."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

Columns = Mapping[str, list[Any]]
LIBRARIES = ("pandas", "polars")


def frame(columns: Columns, library: str | None) -> Any:
    """Returns the columns as a frame of `library`, or without one of the first that is installed."""
    if library is not None and library not in LIBRARIES:
        raise ValueError(f"{library!r} makes no frames here: write 'pandas' or 'polars'")
    wanted = LIBRARIES if library is None else (library,)
    for name in wanted:
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        return module.DataFrame(dict(columns))
    raise ImportError(f"a frame needs {' or '.join(wanted)}: pip install {wanted[0]}")
