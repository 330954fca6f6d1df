"""Reads what tailwheel writes for other programs with those programs, and checks what they see.

In: a folder of folders of outputs. Out: a line for each file, or the first fault.
"""

import html.parser
import json
import pathlib
import re
import sys

import jsonschema
import junitparser
from markdown_it import MarkdownIt

VOID = {"meta", "wbr", "input", "br", "img", "link"}
MOST_ROWS = 20


def junit(path, batch):
    suites = list(junitparser.JUnitXml.fromfile(str(path)))
    cases = [case for suite in suites for case in suite]
    results = [(case, result) for case in cases for result in case.result]
    for suite in suites:
        own = list(suite)
        kinds = [type(result) for case in own for result in case.result]
        assert suite.tests == len(own), suite.name
        assert suite.failures == kinds.count(junitparser.Failure), suite.name
        assert suite.errors == kinds.count(junitparser.Error), suite.name
        assert suite.skipped == kinds.count(junitparser.Skipped), suite.name
    assert len({(case.classname, case.name) for case in cases}) == len(cases), "names are unique"
    gates = [(case, gate) for case in batch["cases"] for gate in case["gates"]]
    tests = {(case.classname, case.name) for case in cases}
    for owner, gate in gates:
        assert (owner["id"], gate["id"]) in tests, gate["id"]
    kinds = {result.type for _, result in results if not isinstance(result, junitparser.Skipped)}
    of_gates = {"gate-fails", "gate-inconclusive", "gate-absent", "gate-loosened"}
    assert kinds <= of_gates | {"changed", "version", "stale", "missing", "invalid", "failed"}, kinds
    n_bad = sum(gate["verdict"] in ("fail", "absent", "inconclusive") for _, gate in gates)
    failures = [case for case, result in results if isinstance(result, junitparser.Failure)]
    assert sum(case.name != "against the baseline" for case in failures) == n_bad
    return f"junitparser reads {len(suites)} suites, {len(cases)} tests, {len(results)} results"


def markdown(path, batch):
    text = path.read_text()
    assert text.startswith("### **"), "the verdict comes first"
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    tables, width = 0, None
    for token in tokens:
        if token.type == "table_open":
            tables, rows = tables + 1, 0
        elif token.type == "tr_open":
            rows, cells = rows + 1, 0
        elif token.type in ("td_open", "th_open"):
            cells += 1
        elif token.type == "tr_close":
            width = cells if rows == 1 else width
            assert cells == width, "a row has as many cells as the heading"
        elif token.type == "table_close":
            assert 1 < rows <= MOST_ROWS + 1, rows
        elif token.type == "html_block":
            assert token.content.startswith(("<details>", "</details>")), token.content
    # a line that begins with a pipe and is no row would be a broken table
    lines = sum(line.startswith("|") for line in text.splitlines())
    n_rows = sum(token.type == "tr_open" for token in tokens)
    assert lines == n_rows + tables, (lines, n_rows, tables)
    allowed = re.compile(r"<br>|<!-- -->|</?details>|</?summary>")
    inline = [child for token in tokens for child in token.children or []]
    for child in inline:
        if child.type == "html_inline":
            assert allowed.fullmatch(child.content), child.content
    return f"markdown-it renders {tables} tables"


class Page(html.parser.HTMLParser):
    """Whether elements are closed in the order in which they were opened, and what they link to."""

    def __init__(self):
        super().__init__()
        self.open, self.links, self.ids, self.n = [], [], [], 0

    def handle_starttag(self, tag, attributes):
        self.n += 1
        if tag not in VOID:
            self.open.append(tag)
        for key, value in attributes:
            if key in ("href", "src"):
                self.links.append(value)
            if key == "id":
                self.ids.append(value)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag


def page(path, batch):
    reader = Page()
    reader.feed(path.read_text())
    assert not reader.open, reader.open
    assert len(set(reader.ids)) == len(reader.ids)
    for link in reader.links:
        assert re.fullmatch(r"[A-Za-z0-9._~/=,+:%-]+", link), link
    simulated = [case for case in batch["cases"] if case["state"]["kind"] == "simulated"]
    assert len(reader.links) == len(simulated)
    return f"html.parser reads {reader.n} elements, {len(reader.links)} links"


def ours(path, kind):
    """Every schema is one, and those of `kind` take what was written and nothing beside it."""
    for schema in path.parent.glob("*.schema.json"):
        jsonschema.Draft202012Validator.check_schema(json.loads(schema.read_text()))
    schema = json.loads((path.parent / f"{kind}.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    text = path.read_text()
    documents = text.splitlines() if path.suffix == ".jsonl" else [text]
    for document in map(json.loads, documents):
        validator.validate(document)
        assert not validator.is_valid(document | {"beside": 1}), document
    return f"valid by `tailwheel schema {kind}`"


def github(path):
    command = re.compile(r"::(error|warning) ([^:]*)::(.*)")
    lines = path.read_text().splitlines()
    for line in lines:
        _, properties, data = command.fullmatch(line).groups()
        keys = dict(part.split("=", 1) for part in properties.split(","))
        assert "file" in keys and "title" in keys, line
        assert not re.search(r"%(?!25|0A|0D)", data), line
    return f"{len(lines)} workflow commands"


def main():
    read = 0
    for folder in sorted(path for path in pathlib.Path(sys.argv[1]).iterdir() if path.is_dir()):
        batch = json.loads((folder / "batch.json").read_text())
        for name, reader, more in [
            ("junit.xml", junit, [batch]),
            ("summary.md", markdown, [batch]),
            ("index.html", page, [batch]),
            ("check.json", ours, ["check"]),
            ("results.jsonl", ours, ["batch"]),
            ("github.txt", github, []),
        ]:
            print(f"{folder.name}/{name}: {reader(folder / name, *more)}")
            read += 1
    assert read, "nothing was read"


main()
