"""JSON of the program as a mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class Content(Mapping[str, Any]):
    """JSON of the program, read as a mapping."""

    def __init__(self, content: dict[str, Any]) -> None:
        self._content = content

    def __getitem__(self, key: str) -> Any:
        return self._content[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)
