"""The installed program: where it is, how it is started, and what it refuses."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path

NAME = "tailwheel.exe" if os.name == "nt" else "tailwheel"
DONE, NO, REFUSED, INTERRUPTED = 0, 1, 2, 130


class Error(Exception):
    """The program could not do what it was asked for. The text is that of the program.

    `exit_code` is the exit code of the program: 2 for a fault in a scenario or an option.
    """

    def __init__(self, text: str, exit_code: int) -> None:
        super().__init__(text)
        self.exit_code = exit_code


def program() -> str:
    """Returns the path of the program that this wheel installed, or else of the first one on PATH.

    The environment variable TAILWHEEL names another one.
    """
    chosen = os.environ.get("TAILWHEEL")
    if chosen:
        return chosen
    for folder in _script_folders():
        if (folder / NAME).is_file():
            return str(folder / NAME)
    found = shutil.which(NAME)
    if found is None:
        raise FileNotFoundError("the program tailwheel is not installed: pip install --force-reinstall tailwheel")
    return found


def _script_folders() -> Iterator[Path]:
    yield Path(sysconfig.get_path("scripts"))
    # `pip install --target FOLDER` puts scripts into FOLDER/bin
    yield Path(__file__).resolve().parent.parent / "bin"
    # `pip install --user`
    yield Path(sysconfig.get_path("scripts", f"{os.name}_user"))
    yield Path(sys.prefix) / "bin"


def version() -> str:
    """Returns the version of the program, such as `0.1.0`."""
    return call(["--version"]).stdout.split()[-1]


def call(arguments: Sequence[str], accepted: Sequence[int] = (DONE,)) -> subprocess.CompletedProcess[str]:
    """Runs the program. Raises `Error` for an exit code that is not accepted, KeyboardInterrupt for an interrupt."""
    done = subprocess.run(
        [program(), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "NO_COLOR": "1"},
        check=False,
    )
    if done.returncode == INTERRUPTED:
        raise KeyboardInterrupt
    if done.returncode not in accepted:
        text = done.stderr.strip() or f"tailwheel ended with exit code {done.returncode}"
        raise Error(text, done.returncode)
    return done
