"""Runs the commands of docs/ci.md in a small repository, as the services they are written for do, and the CI matrix
of docs/cluster.md.

In: the program, a folder to work in. Out: a line for each command, or the first that fails. Of the
services only what the recipes use is imitated: matrix, parallel, needs, caches, artifacts.
"""

import fnmatch
import os
import pathlib
import re
import shutil
import subprocess
import sys

import junitparser
import yaml

TAILWHEEL, WORK = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
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
    """A checkout with three files, seven scenarios, and a tool that `cargo install` would give."""
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
    tools = WORK / "tools"
    tools.mkdir()
    (tools / "tailwheel").symlink_to(TAILWHEEL)
    cargo = tools / "cargo"
    cargo.write_text('#!/bin/sh\n[ "$*" = "install --locked --path ." ]\n')
    cargo.chmod(0o755)
    # keeps the one comment of the pull request
    comment = tools / "gh"
    comment.write_text(
        '#!/bin/sh\n[ "$1 $2 $3 $4 $5 $6" = "pr comment 7 --edit-last --create-if-none --body-file" ] &&\n'
        f'[ "$GH_TOKEN" = token ] && cp "$7" "{WORK}/comment.md"\n'
    )
    comment.chmod(0o755)
    return root


def run(command, folder, variables, shell, expected=0):
    """Runs a command of a recipe; the environment of this job must not reach it."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
    path = f"{WORK / 'tools'}:/usr/bin:/bin"
    done = subprocess.run(
        [*shell, command], cwd=folder, env=kept | {"PATH": path} | variables, capture_output=True, text=True
    )
    shown = " ".join(command.split())
    print(f"  {shown[:150]}  exit {done.returncode}", flush=True)
    if done.returncode != expected:
        sys.exit(f"{shown}\n{done.stdout}\n{done.stderr}")
    return done


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)


def by_hand(root):
    for block in blocks("sh"):
        run(block, root, {}, ["bash", "-euo", "pipefail", "-c"])
    assert (root / "ci/baseline.jsonl").stat().st_size > 0
    (root / "output").rename(WORK / "by-hand")


def copied(source, target):
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def in_order(jobs, needs):
    done, left = [], dict(jobs)
    while left:
        ready = [name for name in left if set(needs(left[name])) <= set(done)]
        assert ready, f"jobs wait for each other: {list(left)}"
        for name in ready:
            yield name, left.pop(name)
            done.append(name)


class GitHub:
    """One workflow: every job in a fresh checkout, artifacts and caches kept beside them."""

    def __init__(self, root, workflow, store="github"):
        self.root, self.workflow = root, workflow
        self.store = WORK / store

    def run(self, verdict=0):
        """Every job; the one named verdict must end with this exit code."""

        def needs(job):
            wanted = job.get("needs", [])
            return [wanted] if isinstance(wanted, str) else wanted

        for name, job in in_order(self.workflow["jobs"], needs):
            matrix = job.get("strategy", {}).get("matrix", {})
            assert len(matrix) <= 1
            choices = [{key: value} for key, values in matrix.items() for value in values] or [{}]
            for choice in choices:
                print(f"GitHub job {name} {choice or ''}")
                self.job(job, choice, verdict if name == "verdict" else 0)

    def job(self, job, choice, expected):
        folder = WORK / "job"
        shutil.copytree(self.root, folder)
        summary = WORK / "summary.md"
        summary.write_text("")
        home = WORK / "home"
        home.mkdir()
        variables = {
            "CI": "true",
            "HOME": str(home),
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(folder),
            "GITHUB_STEP_SUMMARY": str(summary),
        } | {key: str(value) for key, value in self.workflow.get("env", {}).items()}
        saved = []
        for step in job["steps"]:
            step = self.filled(step, choice)
            if "run" in step:
                is_judged = "--annotate auto --out" in step["run"]
                code = expected if is_judged else 0
                own = variables | {key: str(value) for key, value in step.get("env", {}).items()}
                done = run(step["run"], folder, own, ["bash", "-eo", "pipefail", "-c"], code)
                if is_judged:
                    assert ("::error file=scenarios/gated.toml,line=" in done.stderr) == (code != 0)
                    assert summary.read_text().startswith("### **"), "the step summary begins with the verdict"
                if "gh pr comment" in step["run"]:
                    assert (WORK / "comment.md").read_text() == summary.read_text(), "the comment is the summary"
                continue
            action, given = step["uses"].split("@")[0], step.get("with", {})
            if action == "actions/cache":
                path = given["path"]
                place = home / path[2:] if path.startswith("~/") else folder / path
                copied(self.store / "cache" / given["restore-keys"], place)
                saved.append((place, self.store / "cache" / given["restore-keys"]))
            elif action == "actions/upload-artifact":
                assert (folder / given["path"]).exists(), f"{given['path']} to upload"
                copied(folder / given["path"], self.store / "artifacts" / given["name"])
            elif action == "actions/download-artifact":
                for artifact in (self.store / "artifacts").iterdir():
                    if fnmatch.fnmatch(artifact.name, given["pattern"]):
                        of_artifact = "" if given.get("merge-multiple") else artifact.name
                        copied(artifact, folder / given["path"] / of_artifact)
            elif action == "github/codeql-action/upload-sarif":
                assert '"version": "2.1.0"' in (folder / given["sarif_file"]).read_text()
            else:
                assert action == "actions/checkout", f"nobody knows what {action} does"
        for source, target in saved:
            assert source.is_dir() and any(source.iterdir()), "the cache has something in it"
            copied(source, target)
        shutil.rmtree(folder)
        shutil.rmtree(home)

    def filled(self, value, choice):
        """`value` with its expressions in place."""
        if isinstance(value, dict):
            return {key: self.filled(inner, choice) for key, inner in value.items()}
        if not isinstance(value, str):
            return value

        def known(found):
            name = found.group(1)
            of_service = {"github.sha": "0" * 40, "github.token": "token", "github.event.number": "7"}
            return of_service.get(name) or str(choice[name.removeprefix("matrix.")])

        return re.sub(r"\$\{\{ *([\w.]+) *\}\}", known, value)


class GitLab:
    """One pipeline: jobs by stage, what earlier stages left is there."""

    KEYWORDS = {"stages", "default"}

    def __init__(self, root, pipeline):
        self.root, self.pipeline = root, pipeline
        self.store = WORK / "gitlab"

    def run(self):
        jobs = {name: job for name, job in self.pipeline.items() if name not in self.KEYWORDS}
        for stage in self.pipeline["stages"]:
            for name, job in jobs.items():
                if job["stage"] != stage:
                    continue
                total = job.get("parallel", 1)
                for index in range(1, total + 1):
                    print(f"GitLab job {name} {index}/{total}")
                    self.job(job, index, total)

    def job(self, job, index, total):
        folder = WORK / "job"
        shutil.copytree(self.root, folder)
        copied(self.store / "artifacts", folder)
        variables = {
            "CI": "true",
            "GITLAB_CI": "true",
            "CI_PROJECT_DIR": str(folder),
            "CI_NODE_INDEX": str(index),
            "CI_NODE_TOTAL": str(total),
        }
        cache = job.get("cache", {})
        kept = self.store / "cache" / cache.get("key", "none").replace("$CI_NODE_INDEX", str(index))
        copied(kept, folder)
        for command in self.pipeline["default"]["before_script"] + job["script"]:
            run(command, folder, variables, ["bash", "-eo", "pipefail", "-c"])
        for path in cache.get("paths", []):
            assert (folder / path).is_dir(), path
            copied(folder / path, kept / path)
        artifacts = job["artifacts"]
        reports = artifacts.get("reports", {})
        for path in artifacts["paths"] + list(reports.values()):
            assert (folder / path).exists(), f"{path} to keep"
            copied(folder / path, self.store / "artifacts" / path)
        if "junit" in reports:
            assert len(list(junitparser.JUnitXml.fromfile(str(folder / reports["junit"])))) == 3
        shutil.rmtree(folder)


def same_bytes():
    """The batch in one piece, and in three on each of the services, says the same."""
    one = WORK / "by-hand/batch"
    for other in (WORK / "github/artifacts/scenarios", WORK / "gitlab/artifacts/output/batch"):
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
    GitHub(root, workflow, "matrix").run()
    variables = {key: str(value) for key, value in workflow["env"].items()}
    run('tailwheel run "$FILE" --paths "$PATHS" --out output', root, variables, ["bash", "-euc"])
    subprocess.run([SAME, root / "output", WORK / "matrix/artifacts/report"], check=True)


def main():
    root = repository()
    print("by hand")
    by_hand(root)
    n_services = 0
    for text in blocks("yaml"):
        recipe = yaml.safe_load(text)
        if "jobs" in recipe:
            GitHub(root, recipe).run()
        elif "stages" in recipe:
            GitLab(root, recipe).run()
        else:
            hooks = [hook["id"] for repo in recipe["repos"] for hook in repo["hooks"]]
            (known,) = yaml.safe_load(pathlib.Path(".pre-commit-hooks.yaml").read_text())
            assert hooks == [known["id"]]
            run(" ".join([known["entry"], *known["args"]]), root, {}, ["bash", "-c"])
        n_services += 1
    assert n_services == 3
    same_bytes()
    print("a gate that fails")
    gated = root / "scenarios/gated.toml"
    gated.write_text(gated.read_text().replace("below = 0.999", "below = 0.001"))
    (github,) = [recipe for recipe in map(yaml.safe_load, blocks("yaml")) if "jobs" in recipe]
    GitHub(root, github).run(verdict=1)
    print("one run")
    one_run(root)


main()
