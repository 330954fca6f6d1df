"""Runs the commands of docs/ci.md in a small repository, as the services they are written for do, and the CI matrix
of docs/cluster.md.

In: the archive that is installed, a folder to work in. Out: a line for each command, or the first that fails.
"""

import copy
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

import yaml
from comments import comment_is_written_once
from edits import thirty_files
from services import GitHub, GitLab, copied, run

FILE, WORK = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
ARCHIVE = (f"file://{FILE}", hashlib.sha256(FILE.read_bytes()).hexdigest())
PAGE = pathlib.Path("docs/ci.md").read_text()
BLOCK, SAME = (str(pathlib.Path(".ci/cluster", name).resolve()) for name in ("block", "same"))

SCENARIO = """title    = "{title}"
start    = "2027-01"
horizon  = "2 years"
currency = "USD"

[run]
seed  = 1
paths = 2_048

[[asset]]
name  = "saas"
class = "micro-saas-fleet"
value = 50_000
{more}"""

GATE = """
[[expect]]
id      = "little-loss"
measure = "loss.probability"
{side}
"""

AXIS = """
[[axis]]
name   = "value"
key    = "asset.saas.value"
values = [10_000, 20_000, 30_000, 40_000, 50_000]
"""


def repository():
    """A checkout with three files and seven scenarios."""
    root = WORK / "checkout"
    files = {
        "scenarios/alone.toml": SCENARIO.format(title="Alone", more=""),
        "scenarios/gated.toml": SCENARIO.format(title="Gated", more=GATE.format(side="below = 0.999")),
        "scenarios/sub/matrix.toml": SCENARIO.format(title="Matrix", more=AXIS),
        "scenarios/_base.toml": "[run]\nseed = 1\n",
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)


def installed():
    """The variables of a shell in which the archive is installed."""
    prefix = WORK / "installed"
    if not prefix.exists():
        prefix.mkdir()
        subprocess.run(["tar", "-xzf", FILE, "--strip-components", "1", "-C", prefix], check=True)
    return {"PATH": f"{prefix / 'bin'}:/usr/bin:/bin"}


def by_hand(root):
    for block in blocks("sh"):
        run(block, root, installed(), ["bash", "-euo", "pipefail", "-c"])
    assert (root / "ci/baseline.jsonl").stat().st_size > 0
    (root / "output").rename(WORK / "by-hand")


def gates(service, is_failing):
    """What a job shows of its verdict."""
    is_annotated = "::error file=scenarios/gated.toml,line=" in service.stderr
    assert is_annotated == is_failing, service.stderr
    assert service.summary.startswith("### **"), "the step summary begins with the verdict"


def hook(root, recipe):
    """The hook is run by pre-commit itself, from a repository that has its manifest and nothing to compile."""
    source = WORK / "hooks"
    source.mkdir()
    shutil.copy(".pre-commit-hooks.yaml", source)
    (one,) = recipe["repos"]
    identity = ["-c", "user.name=ci", "-c", "user.email=ci@example.org"]
    for folder, words in (
        (source, ["init", "-q"]),
        (source, ["add", "--all"]),
        (source, [*identity, "commit", "-q", "-m", "hooks"]),
        (source, ["tag", one["rev"]]),
        (root, ["init", "-q"]),
        (root, ["add", "--all"]),
    ):
        subprocess.run(["git", "-C", folder, *words], check=True)
    one["repo"] = str(source)
    (root / ".pre-commit-config.yaml").write_text(yaml.safe_dump(recipe))
    variables = installed() | {"PRE_COMMIT_HOME": str(WORK / "pre-commit"), "HOME": str(WORK)}
    command = f"{pathlib.Path(sys.executable).parent / 'pre-commit'} run --all-files"
    run(command, root, variables, ["bash", "-c"])
    broken = root / "scenarios/alone.toml"
    text = broken.read_text()
    broken.write_text(text.replace("horizon", "horizont"))
    done = run(command, root, variables, ["bash", "-c"], expected=1)
    assert "unknown key `horizont`" in done.stdout, done.stdout
    broken.write_text(text)
    shutil.rmtree(root / ".git")
    (root / ".pre-commit-config.yaml").unlink()


def wrong_checksum(root, workflow):
    """An archive with another checksum is not installed."""
    wrong = (ARCHIVE[0], "0" * 64)
    try:
        GitHub(root, workflow, wrong, WORK, "wrong").run()
    except SystemExit as error:
        assert "checksum did NOT match" in str(error), error
    else:
        sys.exit("an archive with a wrong checksum is installed")
    for left in ("job", "home"):
        shutil.rmtree(WORK / left)


def same_bytes():
    """The batch by hand, in one job, and in three jobs on each of the services has the same files."""
    one = WORK / "by-hand/batch"
    services = ("one-job/artifacts/scenarios", "github/artifacts/scenarios", "gitlab/artifacts/output/batch")
    for other in map(WORK.joinpath, services):
        for name in ("summary.md", "junit.xml", "results.jsonl", "index.html"):
            assert (one / name).read_bytes() == (other / name).read_bytes(), other / name
    reports = sorted(path.relative_to(one) for path in one.rglob("report.json"))
    assert len(reports) == 7, reports
    assert (one / "summary.md").read_text().startswith("### **Passes**")


def one_run(root):
    """One run cut into parts by a matrix, as docs/cluster.md has it, on fewer paths than there."""
    path = ".github/workflows/parts.yml"
    names = [path, f"{path}, below it"]
    text = "".join(subprocess.run([BLOCK, name], check=True, capture_output=True, text=True).stdout for name in names)
    workflow = yaml.safe_load(text)
    workflow["env"]["PATHS"] = "20000"
    shutil.copy("scenarios/four-claims.toml", root / "scenarios")
    GitHub(root, workflow, ARCHIVE, WORK, "matrix").run()
    variables = installed() | {key: str(value) for key, value in workflow["env"].items()}
    run('tailwheel run "$FILE" --paths "$PATHS" --out output', root, variables, ["bash", "-euc"])
    subprocess.run([SAME, root / "output", WORK / "matrix/artifacts/report"], check=True)


def main():
    root = repository()
    print("by hand")
    by_hand(root)
    recipes = [yaml.safe_load(text) for text in blocks("yaml")]
    workflows = [recipe for recipe in recipes if "jobs" in recipe]
    one_job, _, shards = workflows
    (pipeline,) = [recipe for recipe in recipes if "stages" in recipe]
    (hooks,) = [recipe for recipe in recipes if "repos" in recipe]
    assert len(recipes) == 5
    for workflow, store in ((one_job, "one-job"), (shards, "github")):
        service = GitHub(root, workflow, ARCHIVE, WORK, store)
        service.run()
        gates(service, is_failing=False)
    GitLab(root, pipeline, ARCHIVE, WORK).run()
    same_bytes()
    print("a wrong checksum")
    wrong_checksum(root, copy.deepcopy(one_job))
    print("pre-commit")
    hook(root, hooks)
    print("a comment from a fork")
    comment_is_written_once(root, workflows, ARCHIVE, WORK)
    print("a gate that fails")
    gated = root / "scenarios/gated.toml"
    gated.write_text(gated.read_text().replace("below = 0.999", "below = 0.001"))
    for workflow, job, store in ((one_job, "batch", "one-job"), (shards, "verdict", "github")):
        service = GitHub(root, workflow, ARCHIVE, WORK, store)
        service.run(job, 1)
        gates(service, is_failing=True)
    print("one run")
    one_run(root)
    print("thirty files, three edits")
    thirty_files(one_job, ARCHIVE, WORK)


main()
