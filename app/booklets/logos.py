"""Logos and printing profiles that a visitor gives: checked, then kept under a name of ours."""

import hashlib
import time
from pathlib import Path
from typing import Final

from werkzeug.datastructures import FileStorage

from app.booklets.form import FormError
from app.exports.booklet.furniture import LARGEST_LOGO, check_logo
from app.exports.booklet.press.condition import LARGEST_PROFILE
from app.exports.booklet.scene.request import PageError
from app.exports.formats import SaveError, save
from app.jobs.share import DAY, ShareError
from geo.perimeter import shorten

ENDINGS: Final = (".png", ".jpg", ".jpeg")
"""No SVG from a visitor: it may name files of this machine, which the PDF would then show."""
PROFILE_ENDINGS: Final = (".icc", ".icm")
MOST_KEPT: Final = 100
"""Files of one client; a job that waits reads its own from here."""
MOST_IN_ALL: Final = 2_000
LIFETIME: Final = DAY
"""Seconds after it was last given for which a file is kept: none goes earlier to make room."""
GIVEN: Final = "donnes"
"""Folder of who gave what: a folder a client, with a name a file."""


class GivenShareError(FormError, ShareError):
    """So much was given that no more is kept."""


def keep_logo(given: FileStorage | None, folder: Path, client: str = "") -> Path | None:
    """Keep an image and return its file, the same one for the same image; None when none is given.

    Raises
    ------
    FormError
        It is no PNG or JPEG of at most 2 MB, the client has given as many as one may, or the
        folder cannot be written to.
    """
    if given is None or not given.filename:
        return None
    ending = Path(given.filename).suffix.lower()
    if ending not in ENDINGS:
        name = shorten(given.filename)
        raise FormError(f"Logo « {name} » : une image PNG ou JPEG est attendue.")
    content = given.stream.read(LARGEST_LOGO + 1)
    try:
        check_logo(f"{Path(shorten(given.filename)).stem}{ending}", content)
    except PageError as error:
        raise FormError(str(error)) from error
    return _keep(content, ending, folder, client)


def keep_profile(given: FileStorage | None, folder: Path, client: str = "") -> Path | None:
    """Keep a printer's ICC profile and return its file; None when none is given.

    Its head is read here; the rest of it only where a page is drawn with it, in a process of its
    own, which tells whether it can be used
    (:func:`app.exports.booklet.press.condition.read_condition`).

    Raises
    ------
    FormError
        It is no output profile of four inks, more than 4 MB, or the folder cannot be written to.
    """
    if given is None or not given.filename:
        return None
    name = shorten(given.filename)
    content = given.stream.read(LARGEST_PROFILE + 1)
    if len(content) > LARGEST_PROFILE:
        raise FormError(f"Profil « {name} » : 4 Mo au plus sont attendus.")
    whole = int.from_bytes(content[:4]) == len(content)
    if not whole or content[12:20] != b"prtrCMYK" or content[36:40] != b"acsp":
        raise FormError(
            f"Profil « {name} » : un profil ICC d’impression en quatre couleurs est attendu."
        )
    return _keep(content, PROFILE_ENDINGS[0], folder, client)


def _keep(content: bytes, ending: str, folder: Path, client: str) -> Path:
    path = (folder / f"{hashlib.sha256(content).hexdigest()[:32]}{ending}").resolve()
    mark = folder / GIVEN / (client or "-") / path.name
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        _forget_old(folder)
        _check_room(folder, mark)
        mark.touch()
        if path.exists():
            path.touch()
        else:
            save(content, path, replace=True)
    except (OSError, SaveError) as error:
        raise FormError("Le fichier ne peut pas être gardé : le disque ne s’écrit pas.") from error
    return path


def _forget_old(folder: Path) -> None:
    for path in (*folder.glob("*.*"), *(folder / GIVEN).glob("*/*")):
        if path.is_file() and time.time() - path.stat().st_mtime > LIFETIME:
            path.unlink(missing_ok=True)


def _check_room(folder: Path, mark: Path) -> None:
    if mark.exists():
        return
    ours = sum(1 for _ in mark.parent.iterdir())
    if ours >= MOST_KEPT:
        raise GivenShareError(
            f"Déjà {ours} logos et profils donnés en un jour depuis votre réseau : réutilisez l’un "
            "d’eux, ou réessayez demain.",
            after=DAY,
        )
    if sum(1 for _ in folder.glob("*.*")) >= MOST_IN_ALL:
        raise GivenShareError(
            "Le serveur n’a plus de place pour un logo ou un profil : réessayez demain.",
            after=DAY,
            theirs=False,
        )
