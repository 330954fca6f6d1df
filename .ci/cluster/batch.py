"""Stands for AWS Batch: keeps job definitions and runs jobs on this machine, each in a folder of its own.

In: a file for the port, a folder that stands for the storage, a folder with what the image holds. Out: files in the
storage. The `aws` that sends the requests is the real one, so it has validated them against its published model. An
array job runs its children in order, the last one first; a job runs when it is submitted, after those it depends on.
"""

import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PORT, STORE, IMAGE = map(pathlib.Path, sys.argv[1:])
definitions = {}
jobs = []


def run(container, variables):
    """Runs the command of a container in a fresh copy of its image."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(IMAGE, folder, dirs_exist_ok=True)
        subprocess.run(container["command"], cwd=folder, env=variables, check=True)


def register(given):
    definitions[given["jobDefinitionName"]] = given
    return {"jobDefinitionName": given["jobDefinitionName"], "jobDefinitionArn": "arn:of:it", "revision": 1}


def submit(given):
    assert all(needed["jobId"] in jobs for needed in given.get("dependsOn", [])), given
    container = definitions[given["jobDefinition"]]["containerProperties"] | given.get("containerOverrides", {})
    written = {pair["name"]: pair["value"] for pair in container["environment"]}
    # the figures of the recipe are for a cluster, the storage is not here
    variables = written | {"PATH": os.environ["PATH"], "PATHS": os.environ["PATHS"], "STORE": str(STORE)}
    assert set(written) == {"FILE", "RUN", "PATHS", "N", "STORE"}, written
    size = given.get("arrayProperties", {}).get("size")
    if size is None:
        run(container, variables)
    else:
        assert str(size) == written["N"], f"the array has {size} children, N is {written['N']}"
        for index in reversed(range(size)):
            run(container, variables | {"AWS_BATCH_JOB_ARRAY_INDEX": str(index)})
    jobs.append(f"job-{len(jobs)}")
    print(f"job {given['jobName']} ended, {size or 1} of its commands ran", flush=True)
    return {"jobName": given["jobName"], "jobId": jobs[-1]}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = {"/v1/registerjobdefinition": register, "/v1/submitjob": submit}[self.path]
        try:
            code, body = 200, answer(given)
        except Exception as fault:  # the client prints it and ends with a code that is not 0
            code, body = 400, {"message": repr(fault)}
        body = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
written = PORT.with_suffix(".new")
written.write_text(str(server.server_port))
written.rename(PORT)
server.serve_forever()
