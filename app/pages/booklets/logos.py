"""Logos that a visitor gives: checked, then kept under a name that says what they are."""

import hashlib
from pathlib import Path
from typing import Final

from werkzeug.datastructures import FileStorage

from app.exports.booklet.furniture import LARGEST_LOGO, check_logo
from app.exports.booklet.request import PageError
from app.exports.formats import save
from app.pages.booklets.form import FormError
from geo.perimeter import shorten

ENDINGS: Final = (".png", ".jpg", ".jpeg")
"""No SVG from a visitor: it may name files of this machine, which the PDF would then show."""
MOST_LOGOS: Final = 100
"""Kept, the last ones given; a job that waits reads its own from here."""


def keep_logo(given: FileStorage | None, folder: Path) -> Path | None:
    """Keep an image and return its file, the same one for the same image; None when none is given.

    Raises
    ------
    FormError
        It is no PNG or JPEG of at most 2 MB, or the folder cannot be written to.
    """
    if given is None or not given.filename:
        return None
    name = shorten(given.filename)
    ending = Path(given.filename).suffix.lower()
    if ending not in ENDINGS:
        raise FormError(f"Logo « {name} » : une image PNG ou JPEG est attendue.")
    content = given.stream.read(LARGEST_LOGO + 1)
    try:
        check_logo(f"{Path(name).stem}{ending}", content)
        folder.mkdir(parents=True, exist_ok=True)
        path = (folder / f"{hashlib.sha256(content).hexdigest()[:32]}{ending}").resolve()
        if path.exists():
            path.touch()
        else:
            save(content, path, replace=True)
        _forget_oldest(folder)
    except PageError as error:
        raise FormError(str(error)) from error
    except OSError as error:
        raise FormError("Le logo ne peut pas être gardé : le disque ne s’écrit pas.") from error
    return path


def _forget_oldest(folder: Path) -> None:
    kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in kept[MOST_LOGOS:]:
        path.unlink(missing_ok=True)
