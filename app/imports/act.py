"""Reading a deliberation apart: a PDF is a program that a stranger wrote."""

from pathlib import Path

from app.imports.sandbox import ACT, run_apart
from layers.deliberation.draft.model import Draft


def read_act(path: Path) -> Draft:
    """Read a ``.txt`` or ``.pdf`` file into a draft, in another process.

    Raises
    ------
    app.imports.limits.BroughtFileError
        It cannot be read, or not within the bounds of time and memory.
    """
    return Draft.model_validate_json(run_apart("act", path.name, [str(path)], bounds=ACT))
