"""docs/api.md tells which test holds which requirement; this writes the table and holds it."""

import ast
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
PAGE = Path(__file__).parents[3] / "docs" / "api.md"
PARTS = {"test_part_1.py": "Part 1 (OGC 17-069r4)", "test_part_2.py": "Part 2 (OGC 18-058r1)"}
START, END = "<!-- table made by tests/app/api/test_conformance_table.py -->", "<!-- end -->"


def lines():
    """Yield a line of the table for each test of the abstract test suites."""
    for name, part in PARTS.items():
        for node in ast.parse((HERE / name).read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                said = ast.get_docstring(node)
                told = re.fullmatch(r"(.+?), (/\S+?): (.+)\.", " ".join(said.split()))
                number, uri, words = told.groups()
                yield f"| {part} | {number} | `{uri}` | {words} | `{node.name}` |"


def table():
    head = ["| Standard | Test | Identifier | What is held | Held by |", "| --- " * 5 + "|"]
    return "\n".join([START, *head, *lines(), END])


def test_the_page_tells_which_test_holds_what():
    assert table() in PAGE.read_text(encoding="utf-8"), f"python {Path(__file__).name} writes it"


def test_no_requirement_is_told_twice():
    identifiers = [line.split("|")[3] for line in lines()]
    assert len(set(identifiers)) == len(identifiers) > 40


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.partition(START)[0], text.partition(END)[2]
    PAGE.write_text(before + table() + after, encoding="utf-8")
    sys.exit(0)
