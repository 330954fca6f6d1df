"""One picture, which a notebook shows inline."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Picture:
    """A picture of a report. A notebook shows it when it is the last expression of a cell."""

    name: str
    #: The bytes of the PNG file.
    png: bytes = field(repr=False)
    #: The text of the SVG file.
    svg: str = field(repr=False)

    def _repr_png_(self) -> bytes:
        return self.png

    def html(self) -> str:
        """Returns an `img` element that holds the picture and needs no file."""
        text = base64.b64encode(self.png).decode("ascii")
        return f'<img alt="{self.name}" style="max-width: 100%" src="data:image/png;base64,{text}">'
