#!/usr/bin/env python3
"""Copies the RustSec advisories that concern Cargo.lock into this folder: .ci/advisories/read.py CLONE [DATE]

CLONE is a clone of RustSec's advisory database, DATE the day of the reading (today if it is not given). An advisory concerns
Cargo.lock if it names a crate of it, whatever the version, so that a change of a version is judged too. Advisories that are
here stay, so that a crate that was removed for its advisory does not come back unseen. Copied are the data and the title.
"""

import datetime
import pathlib
import re
import subprocess
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
BLOCK = re.compile(r"```toml\n.*?\n```\n", re.DOTALL)
TITLE = re.compile(r"^# .+\n", re.MULTILINE)


def git(clone, *arguments):
    return subprocess.run(["git", "-C", clone, *arguments], check=True, capture_output=True, text=True).stdout


def main(clone, date):
    lock = tomllib.loads((HERE.parent.parent / "Cargo.lock").read_text())
    crates = sorted({package["name"] for package in lock["package"] if "source" in package})
    n_copied = 0
    for path in git(clone, "ls-tree", "-r", "--name-only", "HEAD", "crates").splitlines():
        crate, name = path.split("/")[1:3]
        if crate not in crates or not name.endswith(".md"):
            continue
        text = git(clone, "show", f"HEAD:{path}")
        block = BLOCK.search(text)
        title = TITLE.search(text, block.end())
        copy = HERE / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        heading = title.group().replace("crates.io", "the registry")
        copy.write_text(f"{block.group()}\n{heading}")
        n_copied += 1
    commit, of = git(clone, "log", "-1", "--format=%H %cs").split()
    (HERE / "reading.toml").write_text(
        f"# Written by read.py: what was read, and when.\n"
        f'date = "{date}"\n'
        f'commit = "{commit}" # of RustSec\'s advisory database\n'
        f'commit_date = "{of}"\n'
        f"advisories = {n_copied}\n"
        f"crates = [\n" + "".join(f'  "{crate}",\n' for crate in crates) + "]\n"
    )
    print(f"{n_copied} advisories name one of {len(crates)} crates of Cargo.lock; the newest commit read is of {of}")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else datetime.date.today().isoformat())
