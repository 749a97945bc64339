"""What this deployment alone knows: it signs cookies, and the orders of its queue."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def read_secret(folder: Path) -> bytes:
    """Return the secret of a folder, the same in all processes that see it; made when first asked.

    Raises
    ------
    OSError
        The folder cannot be written to.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "secret"
    if path.exists():
        return path.read_bytes()
    part = folder / f".secret-{secrets.token_hex(8)}"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(32))
    try:
        with suppress(FileExistsError):
            os.link(part, path)  # the first one holds
    finally:
        part.unlink()
    return path.read_bytes()
