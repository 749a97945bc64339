"""Reading a deliberation apart: a PDF is a program that a stranger wrote."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app.imports.sandbox import ACT, run_apart
from layers.deliberation.draft.model import Draft

RESULT: Final = "draft.json"


def read_act(path: Path) -> Draft:
    """Read a ``.txt`` or ``.pdf`` file into a draft, in another process.

    Raises
    ------
    app.imports.limits.BroughtFileError
        It cannot be read, or not within the bounds of time and memory.
    """
    with TemporaryDirectory(prefix="atlas62-") as folder:
        result = Path(folder) / RESULT
        run_apart("act", path.name, [str(path), str(result)], ACT)
        return Draft.model_validate_json(result.read_bytes())
