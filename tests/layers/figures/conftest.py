"""The printed figures."""

from pathlib import Path
from shutil import copy, copytree

import pytest

from layers.figures.loading import load_figures
from layers.figures.records import Figures


@pytest.fixture(scope="session")
def figures(data: Path) -> Figures:
    return load_figures(data)


@pytest.fixture
def damaged(data: Path, tmp_path: Path) -> Path:
    """A copy of the figures and of what they are confronted with, to be spoiled."""
    for part in ("figures", "colleges"):
        copytree(data / part, tmp_path / part)
    copy(data / "documents.csv", tmp_path)
    return tmp_path
