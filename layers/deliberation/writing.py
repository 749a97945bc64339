"""Write several files together: all of them, or none."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_together(texts: Mapping[Path, str]) -> None:
    """Write each file beside its place, then put all in place; on failure, put back what was there.

    Raises
    ------
    OSError
        A file cannot be written; every file is as it was.
    """
    staged: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            staged[path] = _stage(path, text)
        for path, held in staged.items():
            before[path] = path.read_bytes() if path.exists() else None
            held.replace(path)
    except BaseException:
        for path, content in before.items():
            _put_back(path, content)
        raise
    finally:
        for held in staged.values():
            held.unlink(missing_ok=True)


def _stage(path: Path, text: str) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    held = Path(name)
    held.chmod(0o644)
    return held


def _put_back(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    elif not path.is_file() or path.read_bytes() != content:
        path.write_bytes(content)
