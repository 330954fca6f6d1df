"""The result of `check`: which files are scenarios, and what is wrong with the others."""

from __future__ import annotations

from typing import Any

from tailwheel._content import Content


class Check(Content):
    """What `tailwheel check --format json` prints, as a mapping."""

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
