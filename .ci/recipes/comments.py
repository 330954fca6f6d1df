"""The comment on a pull request from a fork: written once, by a job that runs none of its code, and then written anew."""

import copy
import json
import os
import shutil

from services import GitHub

HEAD, SHA = "stranger:better-figures", "a" * 40
MARKER = "<!-- tailwheel -->"


def comment_is_written_once(root, workflows, archive, work):
    """`workflows` are those of docs/ci.md: some simulate, one comments."""
    (comment,) = [workflow for workflow in workflows if "workflow_run" in workflow[True]]
    for workflow in workflows:
        if workflow is not comment:
            only_reads(workflow)
            assert comment[True]["workflow_run"]["workflows"] == [workflow["name"]]
    tools = work / "tools"
    tools.mkdir()
    shutil.copy(".ci/recipes/gh", tools / "gh")
    file = tools / "comments.json"
    others = [
        {"id": 1, "user": {"login": "stranger"}, "body": f"{MARKER}\nthis is not yours"},
        {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "another program wrote this"},
    ]
    pulls = [
        {"number": 7, "head": {"label": HEAD, "sha": SHA}},
        {"number": 8, "head": {"label": "owner:other", "sha": "b" * 40}},
    ]
    file.write_text(json.dumps({"pulls": pulls, "comments": {"7": others, "8": []}}))
    summary = work / "github/artifacts/scenarios/summary.md"
    known = {
        "github.event.workflow_run.id": "1",
        "github.event.workflow_run.head_repository.owner.login": HEAD.split(":")[0],
        "github.event.workflow_run.head_branch": HEAD.split(":")[1],
        "github.event.workflow_run.head_sha": SHA,
    }

    def written(**changed):
        now = known | {f"github.event.workflow_run.{key}": value for key, value in changed.items()}
        # the checkout is empty: the job has none of the code of the pull request
        empty = work / "empty"
        empty.mkdir(exist_ok=True)
        GitHub(empty, copy.deepcopy(comment), archive, work, known=now).run()
        return json.loads(file.read_text())["comments"]

    first = written()["7"]
    assert first[:2] == others, "comments of others stay as they are"
    assert len(first) == 3 and first[2]["body"] == f"{MARKER}\n{summary.read_text()}".rstrip("\n") + "\n", first[2]
    summary.write_text("### **Fails**\n" + "x" * 100_000)
    second = written()["7"]
    assert len(second) == 3 and second[:2] == others, "there is one comment"
    assert second[2]["body"].startswith(f"{MARKER}\n### **Fails**\n") and len(second[2]["body"]) < 65_536
    assert written(head_sha="c" * 40)["7"] == second, "an older push writes nothing"
    assert written(head_branch='x"; touch planted; "') == {"7": second, "8": []}, "a branch is no command"
    assert not os.path.exists("planted")
    shutil.rmtree(tools)


def only_reads(workflow):
    """A pull request from a fork has a token that cannot write: nothing of this workflow may need one that can."""
    assert workflow["permissions"] == {"contents": "read"}, workflow["permissions"]
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            assert "github.token" not in str(step) and "secrets." not in str(step), step
