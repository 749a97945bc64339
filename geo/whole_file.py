"""Files written whole: a reader sees the file of before or the new one, never half of one."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a free name beside a file; what is written there takes the file's place at the end.

    A link is followed: what it leads to is written, not the link.

    The content is on the disk before the name changes hands, so that a power cut leaves one of the
    two files. The name ends in ``.part``: what a killed program leaves can be told.

    Parameters
    ----------
    path
        The file that is made or replaced; its folder must exist.

    Raises
    ------
    OSError
        It cannot be written. Then, as on any error inside, the file is as it was and nothing is
        left beside it.
    """
    path = path.resolve()
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file whole; a text is UTF-8 and keeps its line ends.

    Raises
    ------
    OSError
        It cannot be written; the file is as it was.
    """
    with whole_file(path) as part:
        part.write_bytes(content.encode() if isinstance(content, str) else content)


def _sync_folder(folder: Path) -> None:
    """Have the change of name on the disk too, where the system can."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
