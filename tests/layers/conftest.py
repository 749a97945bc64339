"""What the tests of the layers share: the data folder, and documents that only developers hold."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def data() -> Path:
    return ROOT / "data"


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(os.environ.get("ATLAS62_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"documents partagés absents : {folder.name} (ATLAS62_SHARED)")
    return folder
