"""Who is at the folder of an import: the system lets go with the process, however that ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from app.imports.file_folder import HELD


@contextmanager
def held(folder: Path, seconds: float = 0) -> Iterator[bool]:
    """Hold the folder of an import; gives whether it was there, and free within some seconds."""
    if not folder.is_dir():  # the lock would make it
        yield False
        return
    lock = FileLock(folder / HELD, timeout=seconds)
    try:
        lock.acquire()
    except (Timeout, OSError):
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def is_held(folder: Path) -> bool:
    """Tell whether some process is at an import."""
    if not (folder / HELD).exists():
        return False
    with held(folder) as ours:
        return not ours
