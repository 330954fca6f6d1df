"""Makes a container image of an unpacked archive without a container runtime: image.py FOLDER VERSION FILE.tar

The steps are those of FOLDER/share/doc/tailwheel/Containerfile. The file is an OCI archive, which
`podman load`, `docker load` (25 or later) and `skopeo` read. The same files give the same bytes;
its time is SOURCE_DATE_EPOCH.
"""

from __future__ import annotations

import datetime
import gzip
import hashlib
import io
import json
import os
import sys
import tarfile
from pathlib import Path

FOLDER, VERSION, FILE = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
TIME = int(os.environ["SOURCE_DATE_EPOCH"])
CREATED = datetime.datetime.fromtimestamp(TIME, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def steps() -> list[tuple[str, str]]:
    """The instructions of the Containerfile, which has one on each line."""
    lines = (FOLDER / "share/doc/tailwheel/Containerfile").read_text().splitlines()
    instructions = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    return [(name, rest) for name, rest in instructions]


def member(name: str, content: bytes | None, mode: int) -> tuple[tarfile.TarInfo, io.BytesIO | None]:
    """A file of a tar archive, or a folder without content."""
    info = tarfile.TarInfo(name)
    info.mtime, info.mode = TIME, mode
    if content is None:
        info.type = tarfile.DIRTYPE
        return info, None
    info.size = len(content)
    return info, io.BytesIO(content)


def tar(files: dict[str, tuple[bytes | None, int]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name in sorted(files):
            archive.addfile(*member(name, *files[name]))
    return out.getvalue()


def copied(source: Path, target: str) -> dict[str, tuple[bytes | None, int]]:
    """The files of one COPY, with the folders above them."""
    found = {}
    for path in sorted(source.rglob("*")) if source.is_dir() else [source]:
        if path.is_file():
            name = f"{target}/{path.relative_to(source)}" if source.is_dir() else target
            name = name.lstrip("/")
            found[name] = (path.read_bytes(), 0o755 if os.access(path, os.X_OK) else 0o644)
            for above in Path(name).parents[:-1]:
                found[f"{above}"] = (None, 0o755)
    return found


def image() -> tuple[dict[str, tuple[bytes | None, int]], dict[str, object]]:
    """The files of the layer and the settings of the container."""
    files: dict[str, tuple[bytes | None, int]] = {}
    settings: dict[str, object] = {}
    for name, rest in steps():
        if name == "COPY":
            source, target = rest.split()
            files |= copied(FOLDER / source, target)
        elif name == "WORKDIR":
            settings["WorkingDir"] = rest
            files[rest.lstrip("/")] = (None, 0o755)
        elif name == "ENV":
            settings["Env"] = [rest]
        elif name == "ENTRYPOINT":
            settings["Entrypoint"] = json.loads(rest)
        elif (name, rest) != ("FROM", "scratch"):
            sys.exit(f"image.py: {name} {rest}: this instruction is not known here")
    settings["Labels"] = {"org.opencontainers.image.version": VERSION}
    return files, settings


def main() -> None:
    files, settings = image()
    layer = tar(files)
    packed = gzip.compress(layer, 9, mtime=0)
    blobs: dict[str, tuple[bytes | None, int]] = {}

    def blob(kind: str, content: bytes) -> dict[str, object]:
        digest = hashlib.sha256(content).hexdigest()
        blobs[f"blobs/sha256/{digest}"] = (content, 0o644)
        return {"mediaType": f"application/vnd.oci.image.{kind}", "digest": f"sha256:{digest}", "size": len(content)}

    def as_json(value: object) -> bytes:
        return json.dumps(value, sort_keys=True).encode()

    config = {
        "architecture": "amd64",
        "os": "linux",
        "created": CREATED,
        "config": settings,
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{hashlib.sha256(layer).hexdigest()}"]},
        "history": [{"created": CREATED, "created_by": "Containerfile"}],
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": blob("config.v1+json", as_json(config)),
        "layers": [blob("layer.v1.tar+gzip", packed)],
    }
    named = blob("manifest.v1+json", as_json(manifest)) | {
        "annotations": {"org.opencontainers.image.ref.name": f"tailwheel:{VERSION}"}
    }
    index = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [named]}
    blobs["oci-layout"] = (b'{"imageLayoutVersion": "1.0.0"}', 0o644)
    blobs["index.json"] = (as_json(index), 0o644)
    FILE.write_bytes(tar(blobs))


main()
