"""Whoever looks for a room finds it by its name: what the layout of the folders promises."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("geo", "layers", "app")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
FOLDERS = sorted({path.parent for path in MODULES})
MOST = 25
"""Python files that one folder may hold before it is cut by concept."""


def named(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_a_folder_can_be_read_at_a_glance(folder):
    assert len([path for path in folder.glob("*.py") if path.stem != "__init__"]) <= MOST


def words(name):
    """The words of a name, each without the plural's s."""
    return {word.removesuffix("s") for word in name.split("_")}


@pytest.mark.parametrize("module", [m for m in MODULES if m.stem != "__init__"], ids=named)
def test_a_file_does_not_repeat_the_name_of_its_folder(module):
    assert not words(module.stem) & words(module.parent.name)


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_a_folder_says_what_it_is_and_imports_nothing_of_ours(folder):
    tree = ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))
    assert len(ast.get_docstring(tree).split()) > 2
    imported = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [name for name in imported if name.split(".")[0] in ROOMS]


PAGES = ["api", "booklets", "data", "documents", "explore", "gaps", "positions", "published"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_one_folder(page):
    """Its Python, styles and scripts stand together, under no other folder of the same name."""
    found = {path for path in (ROOT / "app").rglob(page) if path.is_dir()}
    assert found == {ROOT / "app" / page}
