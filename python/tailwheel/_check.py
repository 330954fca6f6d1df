"""The result of `check`: which files are scenarios, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class Check(Mapping[str, Any]):
    """What `tailwheel check --format json` prints, as a mapping."""

    def __init__(self, content: dict[str, Any]) -> None:
        self._content = content

    def __getitem__(self, key: str) -> Any:
        return self._content[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)

    def __repr__(self) -> str:
        return f"<tailwheel.Check of {len(self['files'])} files, {len(self.faults)} faults>"

    @property
    def ok(self) -> bool:
        """True if every file is a scenario."""
        return all(file["kind"] == "valid" for file in self["files"])

    @property
    def faults(self) -> list[dict[str, Any]]:
        """Every fault of every file, with `message`, `place`, `label` and `notes`."""
        return [fault for file in self["files"] for fault in file.get("faults", [])]
