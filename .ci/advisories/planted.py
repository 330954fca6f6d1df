#!/usr/bin/env python3
"""Plants one fault in the output of `cargo metadata`: .ci/advisories/planted.py FAULT <METADATA >PLANTED

Prints the check of cargo-deny and the words that have to appear on standard error.
"""

import json
import sys


def package(metadata, name):
    return next(package for package in metadata["packages"] if package["name"] == name)


def disguise(metadata, name, new_name, new_version):
    """Gives a package another name and version wherever it stands, also where others ask for it."""
    found = package(metadata, name)
    old = found["id"]
    found["name"], found["version"] = new_name, new_version
    for other in metadata["packages"]:
        for asked in other["dependencies"]:
            if asked["name"] == name:
                asked["name"], asked["req"] = new_name, f"={new_version}"
    for node in metadata["resolve"]["nodes"]:
        for dependency in node["deps"]:
            if dependency["pkg"] == old:
                dependency["name"] = new_name.replace("-", "_")
    return rename(metadata, old, f"{old.split('#')[0]}#{new_name}@{new_version}")


def rename(metadata, old, new):
    """Changes the id of a package wherever it stands."""
    return json.loads(json.dumps(metadata).replace(json.dumps(old), json.dumps(new)))


def old_version(metadata):
    """A version of base64 that RUSTSEC-2017-0004 concerns."""
    return disguise(metadata, "base64", "base64", "0.5.1")


def unmaintained(metadata):
    """The font crate that RUSTSEC-2026-0192 calls unmaintained, in place of its successor."""
    return disguise(metadata, "skrifa", "ttf-parser", "0.25.1")


def license(metadata):
    """A license that nobody allowed."""
    package(metadata, "base64")["license"] = "GPL-3.0-only"
    return metadata


def source(metadata):
    """A crate from a repository in place of the registry."""
    found = package(metadata, "base64")
    old = found["id"]
    found["source"] = "git+https://example.org/base64?rev=1#1111111111111111111111111111111111111111"
    for other in metadata["packages"]:
        for asked in other["dependencies"]:
            if asked["name"] == "base64":
                asked["source"] = "git+https://example.org/base64?rev=1"
    return rename(metadata, old, f"{found['source']}#base64@{found['version']}")


def duplicate(metadata):
    """A second version of a crate: strsim becomes another base64."""
    return disguise(metadata, "strsim", "base64", "0.1.0")


FAULTS = {
    "old-version": (old_version, "advisories", "RUSTSEC-2017-0004"),
    "unmaintained": (unmaintained, "advisories", "RUSTSEC-2026-0192"),
    "license": (license, "licenses", "GPL-3.0"),
    "source": (source, "sources", "source-not-allowed"),
    "duplicate": (duplicate, "bans", "duplicate entries for crate 'base64'"),
}

if __name__ == "__main__":
    plant, check, words = FAULTS[sys.argv[1]]
    json.dump(plant(json.load(sys.stdin)), sys.stdout)
    print(f"{check}\t{words}", file=sys.stderr)
