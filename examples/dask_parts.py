"""Simulates the parts of one run on a Dask cluster and merges them.

    python examples/dask_parts.py FILE PATHS N [SCHEDULER]

N parts go to the workers of the scheduler, such as tcp://10.0.0.1:8786. Without one, this computer gets a worker for
each core. All workers share the working folder. A part that is there already is not simulated again, and a part whose
worker is lost goes to another, so the same command continues what was interrupted.

TAILWHEEL names the program if it is not on the PATH of the workers.
"""

import os
import pathlib
import subprocess
import sys

from dask.distributed import Client, LocalCluster, as_completed

PROGRAM = os.environ.get("TAILWHEEL", "tailwheel")
FOLDER = os.getcwd()


def simulate(program, folder, file, paths, number, n_parts):
    """Writes one part; returns its number."""
    command = [program, "run", file, "--paths", paths, "--part", f"{number}/{n_parts}", "--threads", "1", "--out", "parts"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}\n{done.stderr}")
    return number


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    file, paths, n_parts = sys.argv[1], sys.argv[2], int(sys.argv[3])
    cluster = sys.argv[4] if len(sys.argv) == 5 else LocalCluster(threads_per_worker=1, dashboard_address=None)
    with Client(cluster) as client:
        # without a key of its own, a part that failed once would be remembered as failed
        parts = [
            client.submit(simulate, PROGRAM, FOLDER, file, paths, number, n_parts, retries=3, pure=False)
            for number in range(1, n_parts + 1)
        ]
        for n_done, part in enumerate(as_completed(parts), start=1):
            print(f"part {part.result()} is there, {n_done} of {n_parts}", file=sys.stderr, flush=True)
    merge = [PROGRAM, "merge", f"parts/{pathlib.Path(file).stem}", "--out", "output"]
    sys.exit(subprocess.run(merge).returncode)


if __name__ == "__main__":
    main()
