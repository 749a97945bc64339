"""What exists is documented, and what is documented exists."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest

from app.__main__ import main
from app.settings import PREFIX, Settings
from layers.catalogue.layers import LAYERS
from layers.figures.layer import TITLES
from layers.indicators.counted import INDICATORS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MODULES = sorted(path for room in ("geo", "layers", "app") for path in (ROOT / room).rglob("*.py"))
LEFT_BY_OTHERS = {".venv", ".git", "build", "dist"}


def project_files():
    """List the files of the project, from git where there is one."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        return [path for path in map(ROOT.joinpath, listed.stdout.split("\n")) if path.is_file()]
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not LEFT_BY_OTHERS & set(path.relative_to(ROOT).parts)
    ]


def public_definitions(node, prefix):
    """Yield the public classes, functions and methods under a node, with their full names."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if child.name.startswith("_"):
                continue
            name = f"{prefix}.{child.name}"
            yield name, child
            if isinstance(child, ast.ClassDef):
                yield from public_definitions(child, name)


def commands(group=main, words=("atlas62",)):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            if command.invoke_without_command:
                yield " ".join((*words, name)), command
            yield from commands(command, (*words, name))
        else:
            yield " ".join((*words, name)), command


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_public_thing_has_a_docstring(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module says nothing of itself"
    silent = [
        name for name, node in public_definitions(tree, path.stem) if not ast.get_docstring(node)
    ]
    assert silent == []


def test_every_setting_is_in_the_readme_with_its_default():
    for name, field in Settings.model_fields.items():
        row = re.search(rf"^\| `{PREFIX}{name.upper()}` \|.*$", README, re.MULTILINE)
        assert row, f"{PREFIX}{name.upper()} is not in the README's table"
        if name not in {
            "data",
            "cache",
            "store",
            "folder",
            "results",
        }:  # theirs depend on the machine
            assert row[0].endswith(f"`{field.default}` |")


def test_every_variable_that_a_file_reads_is_in_the_readme():
    used = set()
    for path in project_files():
        if path.suffix in {".py", ".js", ".yaml", ""} and path.name != "LICENSE":
            used |= set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", path.read_text(encoding="utf-8")))
    invented = {f"{PREFIX}PROT"}
    assert used - invented - set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", README)) == set()


@pytest.mark.parametrize(("words", "command"), list(commands()))
def test_every_command_and_its_options_are_in_the_readme(words, command):
    row = re.search(rf"^\| `{words}[ `].*$", README, re.MULTILINE)
    assert row, f"{words} is not in the README's table"
    for parameter in command.params:
        if parameter.required:
            assert (parameter.metavar or max(parameter.opts, key=len)) in row[0]


def test_no_command_in_the_readme_is_gone():
    known = {words for words, _ in commands()}
    named = set(re.findall(r"^\| `(atlas62(?: [a-z_]+(?:-[a-z]+)*)+)", README, re.MULTILINE))
    assert named == known


@pytest.mark.parametrize(
    "layer", [*(one.id for one in LAYERS), *(id_ for id_, *_ in TITLES.values())]
)
def test_every_layer_is_in_the_readme(layer):
    assert f"`{layer}`" in README


def test_every_indicator_is_in_the_readme():
    assert [i.id for i in INDICATORS if f"`{i.id}`" not in README] == []


def test_every_goal_of_the_makefile_is_in_the_readme():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
    assert [goal for goal in phony if f"make {goal}" not in README] == []


def declared_dependencies():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("dependencies = [") + 1
    return lines[start : lines.index("]", start)]


def imported_distributions():
    """List the distributions that the modules import, by the name each is installed under."""
    names = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    owners = packages_distributions()
    outside = names - set(sys.stdlib_module_names) - {"geo", "layers", "app"}
    return {re.sub(r"[-_.]+", "-", owners[name][0]).lower() for name in outside}


def test_every_dependency_has_its_reason():
    listed = declared_dependencies()
    assert [line for line in listed if not re.search(r"# \S+", line)] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert len(listed) == len(project["dependencies"])


def test_every_import_is_a_declared_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    options = [*project["optional-dependencies"]["roads"]]
    options += project["optional-dependencies"]["postgis"]
    extra = {re.match(r"[\w-]+", text)[0] for text in options}
    declared = {re.match(r"[\w-]+", text)[0] for text in project["dependencies"]}
    assert imported_distributions() - extra - declared == set()


def test_every_file_of_facts_has_its_provenance():
    facts = [
        path
        for path in project_files()
        if (ROOT / "data") in path.parents and path.suffix in {".csv", ".parquet", ".json"}
    ]
    assert len(facts) > 20
    untold = []
    for path in facts:
        pages = " ".join(
            page.read_text(encoding="utf-8") for page in path.parent.glob("*.provenance.md")
        )
        if path.name not in pages:
            untold.append(str(path.relative_to(ROOT)))
    assert untold == []


@pytest.mark.parametrize("document", ["README.md", "docs/architecture.md", "benchmarks/README.md"])
def test_every_link_and_path_of_a_page_leads_somewhere(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    paths = re.findall(r"`((?:geo|layers|app|data|tests|docs|benchmarks|scripts)/[\w/.-]*)`", text)
    example = {"layers/lighthouses.py"}
    missing = [link for link in links if not ((ROOT / document).parent / link).exists()]
    missing += [path for path in set(paths) - example if not (ROOT / path).exists()]
    assert missing == []
