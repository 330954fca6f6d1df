"""What the recipes use of GitHub and GitLab, imitated on this machine.

Matrix, parallel, needs, conditions, caches, artifacts, composite actions, the file of paths, and the calls of `gh api`.
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

ACTION = yaml.safe_load(pathlib.Path("action.yml").read_text())


def run(command, folder, variables, shell, expected=0):
    """Runs a command of a recipe; the environment of this job must not reach it."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
    path = {"PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [*shell, command], cwd=folder, env=kept | path | variables, capture_output=True, text=True, check=False
    )
    shown = " ".join(command.split())
    print(f"  {shown[:150]}  exit {done.returncode}", flush=True)
    if done.returncode != expected:
        sys.exit(f"{shown}\n{done.stdout}\n{done.stderr}")
    return done


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

    def __init__(self, root, workflow, archive, work, store="github", known=None):
        self.root, self.workflow, self.work = root, workflow, work
        self.store = work / store
        self.known = {"github.sha": "0" * 40, "github.token": "token"} | (known or {})
        # the recipe names an archive that nobody has
        self.archive = dict(zip(("url", "sha256"), archive))
        self.stderr, self.summary = "", ""

    def run(self, job="verdict", code=0):
        """Every job; the one named `job` must end with `code` where scenarios are judged."""

        def needs(one):
            wanted = one.get("needs", [])
            return [wanted] if isinstance(wanted, str) else wanted

        for name, one in in_order(self.workflow["jobs"], needs):
            matrix = one.get("strategy", {}).get("matrix", {})
            assert len(matrix) <= 1
            choices = [{key: value} for key, values in matrix.items() for value in values] or [{}]
            for choice in choices:
                print(f"GitHub job {name} {choice or ''}")
                self.known["github.job"] = name
                self.job(one, choice, code if name == job else 0)

    def job(self, job, choice, expected):
        self.folder, self.home = self.work / "job", self.work / "home"
        shutil.copytree(self.root, self.folder, symlinks=True)
        self.home.mkdir()
        self.paths, self.has_failed, self.unsaved = ["/usr/bin", "/bin"], False, set()
        files = {name: self.work / f"{name}.txt" for name in ("GITHUB_STEP_SUMMARY", "GITHUB_PATH")}
        for file in files.values():
            file.write_text("")
        temporary = self.home / "temporary"
        temporary.mkdir()
        self.variables = {
            "CI": "true",
            "HOME": str(self.home),
            "RUNNER_TEMP": str(temporary),
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": "owner/scenarios",
            "GITHUB_WORKSPACE": str(self.folder),
        } | {name: str(file) for name, file in files.items()}
        env = {key: str(value) for key, value in self.workflow.get("env", {}).items()}
        known = self.known | {f"matrix.{key}": value for key, value in choice.items()}
        known |= {f"env.{key}": value for key, value in env.items()}
        for step in job["steps"]:
            self.step(step, known, env, files, expected)
        assert not self.unsaved, f"never saved: {self.unsaved}"
        shutil.rmtree(self.folder)
        shutil.rmtree(self.home)

    def step(self, step, known, env, files, expected):
        condition = step.get("if", "success()")
        if self.has_failed and "always()" not in condition:
            return
        step = self.filled({key: value for key, value in step.items() if key != "if"}, known)
        asked = re.search(r"inputs\.\w+", condition)
        if asked and not known[asked.group()]:
            return
        if "run" in step:
            is_judged = "--annotate auto --out" in step["run"]
            own = {key: str(value) for key, value in step.get("env", {}).items()}
            path = {"PATH": ":".join([str(self.work / "tools"), *self.paths])}
            shell = ["bash", "-eo", "pipefail", "-c"]
            code = expected if is_judged else 0
            done = run(step["run"], self.folder, self.variables | env | own | path, shell, code)
            self.has_failed |= code != 0
            # a step changes the path of those after it
            self.paths[:0] = files["GITHUB_PATH"].read_text().split()
            files["GITHUB_PATH"].write_text("")
            if is_judged:
                self.stderr, self.summary = done.stderr, files["GITHUB_STEP_SUMMARY"].read_text()
            return
        self.uses(step["uses"].split("@")[0], step.get("with", {}), known, env, files, expected)

    def uses(self, action, given, known, env, files, expected):
        if action.startswith("actions/cache/"):
            path = given["path"]
            place = self.home / path[2:] if path.startswith("~/") else self.folder / path
            # a key ends with the commit; what is saved by one is found by another
            kept = self.store / "cache" / given["key"].removesuffix(known["github.sha"])
            if action.endswith("/restore"):
                assert kept.name == given["restore-keys"], given
                copied(kept, place)
                self.unsaved.add(kept)
            else:
                assert place.is_dir() and any(place.iterdir()), "the cache has something in it"
                copied(place, kept)
                self.unsaved.discard(kept)
        elif action == "actions/upload-artifact":
            assert (self.folder / given["path"]).exists(), f"{given['path']} to upload"
            copied(self.folder / given["path"], self.store / "artifacts" / given["name"])
        elif action == "actions/download-artifact":
            for artifact in (self.store / "artifacts").iterdir():
                if fnmatch.fnmatch(artifact.name, given.get("pattern", given.get("name", "*"))):
                    is_alone = "name" in given or given.get("merge-multiple")
                    copied(artifact, self.folder / given["path"] / ("" if is_alone else artifact.name))
        elif action == "example/tailwheel":
            defaults = {key: value.get("default") for key, value in ACTION["inputs"].items()}
            assert given.keys() <= defaults.keys(), given
            assert {"url", "sha256"} <= given.keys(), given
            inputs = {f"inputs.{key}": value for key, value in (defaults | given | self.archive).items()}
            for step in ACTION["runs"]["steps"]:
                self.step(step, known | inputs, env, files, expected)
        else:
            assert action == "actions/checkout", f"nobody knows what {action} does"

    def filled(self, value, known):
        """`value` with its expressions in place."""
        if isinstance(value, dict):
            return {key: self.filled(inner, known) for key, inner in value.items()}
        if not isinstance(value, str):
            return value
        return re.sub(r"\$\{\{ *([\w.]+) *\}\}", lambda found: str(known[found.group(1)]), value)


class GitLab:
    """One pipeline: jobs by stage, what earlier stages left is there."""

    KEYWORDS = {"stages", "default", "variables"}

    def __init__(self, root, pipeline, archive, work):
        self.root, self.pipeline, self.work = root, pipeline, work
        self.store = work / "gitlab"
        names = ("TAILWHEEL_URL", "TAILWHEEL_SHA256")
        assert set(names) == pipeline["variables"].keys()
        self.archive = dict(zip(names, archive))

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
        folder, home = self.work / "job", self.work / "home"
        shutil.copytree(self.root, folder, symlinks=True)
        home.mkdir()
        copied(self.store / "artifacts", folder)
        variables = {
            "CI": "true",
            "GITLAB_CI": "true",
            "HOME": str(home),
            "CI_PROJECT_DIR": str(folder),
            "CI_NODE_INDEX": str(index),
            "CI_NODE_TOTAL": str(total),
        }
        cache = job.get("cache", {})
        kept = self.store / "cache" / cache.get("key", "none").replace("$CI_NODE_INDEX", str(index))
        copied(kept, folder)
        # one script, so that an exported variable reaches the lines after it
        script = "\n".join(self.pipeline["default"]["before_script"] + job["script"])
        run(script, folder, variables | self.archive, ["bash", "-eo", "pipefail", "-c"])
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
        shutil.rmtree(home)
