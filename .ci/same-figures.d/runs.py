"""Runs of a program, and what two of them have in common."""
import subprocess
import tempfile
from typing import NamedTuple

import documents
import rules
import solved


class Job(NamedTuple):
    """One command with its files and further arguments."""

    command: str
    files: list
    arguments: list
    label: str


class Refused(Exception):
    """A program wrote none of the documents that are compared."""


def result(program, folder, job, options):
    """Returns the documents of a run by name, each with its bytes, and its exit code as one more.

    Of `options`, which write documents, those that the program does not know are left out."""
    with tempfile.TemporaryDirectory() as out:
        options = [*options]
        while True:
            its = [word for option in options for word in ([option, out] if option == "--out" else [option])]
            command = [*program, job.command, *job.files, *job.arguments, *its]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            unknown = [option for option in options if f"unexpected argument '{option}'" in done.stderr]
            if not unknown:
                break
            options.remove(unknown[0])
        files = documents.written(out)
        found = {name: (file.read_bytes(), documents.read(file)) for name, file in files.items()}
    if job.command == "solve" and "solve.json" not in found and (screen := solved.printed(done.stdout)):
        found["solve.json"] = (done.stdout.encode(), screen)
    if not found:
        raise Refused(f"{program[-1]}, {job.label}: exit {done.returncode}, nothing to compare\n{done.stderr}")
    # a question that is answered "already met" may end with another exit code
    if job.command != "solve":
        found["exit"] = (str(done.returncode).encode(), {"code": done.returncode})
    return found


class Counts:
    """What is counted over all documents: those of the same bytes, and leaves of the others."""

    def __init__(self):
        self.documents = self.alike = self.same = self.added = 0
        self.excused, self.kinds = {}, {}

    def told(self, n_jobs, n_moved):
        """Returns the last lines of the output."""
        excused = ", ".join(f"{name} {number:,}" for name, number in self.excused.items() if number)
        return (
            f"{n_jobs} jobs, {self.documents} documents, {self.alike} of them of the same bytes; in the others "
            f"{self.same:,} leaves the same, {n_moved:,} moved or gone, {self.added:,} new\n"
            f"leaves that rules account for: {excused or 'none'}"
        )


def differences(old, new, table, counts):
    """Yields a Moved for each leaf of a document that is another in NEW and that no rule accounts for."""
    old, new = documents.leaves(old), documents.leaves(new)
    for name, _, rule in table:
        before = len(old) + len(new)
        yield from rule(old, new, counts.kinds)
        counts.excused[name] = counts.excused.get(name, 0) + before - len(old) - len(new)
    lists, inside = documents.list_elements(old)
    for name, value in old.items():
        if name in new and documents.same(value, new[name]):
            counts.same += 1
        else:
            yield rules.Moved(name, value, new.get(name, rules.ABSENT))
    for name, value in new.items():
        if name in old:
            continue
        its_lists, elements = documents.list_elements([name])
        # a key that OLD does not have is no moved figure, a further element of a list that it has is one
        if any(one not in inside and one.rpartition("[")[0] in lists & its_lists for one in elements):
            yield rules.Moved(name, rules.ABSENT, value)
        else:
            counts.added += 1


def moved(job, old_side, new_side, options, table, counts, allow=()):
    """Returns a line for each leaf of the documents of a job that is another in NEW and does not begin with `allow`.

    A side is a program and its folder of scenarios. Raises Refused if OLD wrote nothing."""
    old = result(*old_side, job, options)
    try:
        new = result(*new_side, job, options)
    except Refused as refused:
        return [str(refused).replace("\n", " ")]
    lines = []
    for document, (old_bytes, old_value) in old.items():
        counts.documents += 1
        if document not in new:
            lines.append(f"{document} is absent")
        elif old_bytes == new[document][0]:
            counts.alike += 1
        else:
            found = differences(old_value, new[document][1], table, counts)
            lines += [f"{document}: {rules.told(one)}" for one in found if not one.name.startswith(tuple(allow))]
    return lines
