"""What a change of the store that was killed leaves beside it, taken away at the next start."""

from pathlib import Path

from filelock import FileLock, Timeout


def sweep_store(path: Path, backups: Path | None = None) -> None:
    """Take away the copies of a change that nobody is making any more.

    While some program changes the store, whoever it is, nothing is touched.

    Parameters
    ----------
    path
        File of the store, which does not have to exist.
    backups
        Folder of its backups.
    """
    if not path.parent.is_dir():
        return
    try:
        with FileLock(f"{path}.lock", timeout=0):
            for folder in (path.parent, backups):
                for pattern in (
                    f".{path.stem}.part*",
                    f"..{path.stem}.part*",
                    f".{path.name}.new*",
                ):
                    for left in folder.glob(pattern) if folder else ():
                        left.unlink(missing_ok=True)
    except (Timeout, OSError):
        return
