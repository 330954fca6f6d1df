"""The folder that a command wrote: one of the caller's, or a temporary one that lives as long as the result."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Union

from tailwheel._content import Content
from tailwheel._picture import Picture

PathLike = Union[str, "os.PathLike[str]"]


class Room:
    """Where a command writes. Without `out` it is a temporary folder that is removed with this object."""

    def __init__(self, out: PathLike | None) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="tailwheel-") if out is None else None
        self.path = Path(self._temporary.name if self._temporary else os.fspath(out or "."))


class Result(Content):
    """A JSON file of the program as a mapping, with the pictures beside it."""

    #: The name of the JSON file in the folder.
    file_name = ""

    def __init__(self, room: Room, folder: Path) -> None:
        super().__init__(json.loads((folder / self.file_name).read_text(encoding="utf-8")))
        self._room = room
        #: The folder that the program wrote. It goes with this object if no `out` was given.
        self.folder = folder

    @property
    def pictures(self) -> list[str]:
        """The names of the pictures, sorted."""
        return sorted(path.stem for path in self.folder.glob("*.png"))

    def picture(self, name: str) -> Picture:
        """Returns a picture by its name, such as `wealth_fan`. Raises KeyError with the names that there are."""
        if name not in self.pictures:
            there = ", ".join(self.pictures) or "none; they are left out by charts=False"
            raise KeyError(f"no picture is called {name!r}. Pictures: {there}")
        return Picture(
            name=name,
            png=(self.folder / f"{name}.png").read_bytes(),
            svg=(self.folder / f"{name}.svg").read_text(encoding="utf-8"),
        )
