"""Write several files together: all of them, or none."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from geo.whole_file import whole_file, write_whole


def write_together(texts: Mapping[Path, str]) -> None:
    """Write each file beside its place, then put all in place; on failure, put back what was there.

    Raises
    ------
    OSError
        A file cannot be written; every file is as it was.
    """
    for path in texts:
        path.parent.mkdir(parents=True, exist_ok=True)
    before = {path: path.read_bytes() if path.exists() else None for path in texts}
    try:
        with ExitStack() as staged:
            # The stack puts the last one in place first.
            for path, text in reversed(list(texts.items())):
                staged.enter_context(whole_file(path)).write_bytes(text.encode())
    except BaseException:
        for path, content in before.items():
            _put_back(path, content)
        raise


def _put_back(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    elif not path.is_file() or path.read_bytes() != content:
        write_whole(path, content)
