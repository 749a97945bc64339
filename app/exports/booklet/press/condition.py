"""The printing condition: an ICC profile, and the inks in which our colours look as on screen."""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageCms

from app.exports.booklet.pen.inks import GREY, INK, REGISTRATION, THIN, Cmyk
from app.exports.booklet.scene.request import PageError

SHIPPED: Final = Path(__file__).parents[1] / "profiles" / "ISOcoated_v2_300_bas.icc"
CUSTOM: Final = "Custom"
"""Identifier of a condition that no registry knows."""
LARGEST_PROFILE: Final = 4_000_000

WHITE: Final = "ff"

_FULL: Final = 255
_COARSE: Final = 0.02
"""Step of the inks that are tried for thin colours; a printer's dots have no finer ones."""
_MOST_COLOUR, _LEAST_BLACK = 0.6, 0.06
_INTENT: Final = ImageCms.Intent.RELATIVE_COLORIMETRIC


@dataclass(frozen=True, eq=False)
class Condition:
    """How a page is printed.

    Parameters
    ----------
    content
        ICC profile of four inks.
    identifier, name
        As the output intent of the file has them; ``identifier`` is that of a registered condition,
        or :data:`CUSTOM`.
    """

    content: bytes
    identifier: str
    name: str

    def paint(self, colour: str) -> str:
        """Write a colour of :mod:`app.exports.booklet.pen.inks` as CSS has inks."""
        return f"device-cmyk({' '.join(f'{part:g}' for part in self.plates(colour))})"

    def plates(self, colour: str) -> Cmyk:
        """Return the inks of a colour, each from 0 to 1, in hundredths.

        Black and grey letters are black ink alone. Thin lines have three inks at most, of which
        black bears most, so that they stay sharp where plates are a little off; areas have what the
        profile gives, relative to the paper's white and to the deepest black.
        """
        if colour == REGISTRATION:
            return (1, 1, 1, 1)
        if colour == INK:
            return (0, 0, 0, 1)
        return (_thin if colour in THIN or _is_grey(colour) else _area)(self.content, colour)

    def print_picture(self, content: bytes) -> bytes:
        """Return an image file (PNG, JPEG) as a JPEG of four inks, on white where it let through.

        An image that is in inks already keeps them.
        """
        with Image.open(io.BytesIO(content)) as picture:
            inked = picture if picture.mode == "CMYK" else self._inked(picture.convert("RGBA"))
            written = io.BytesIO()
            inked.save(written, "JPEG", quality=95, subsampling=0)
        return written.getvalue()

    def _inked(self, picture: Image.Image) -> Image.Image:
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A"))
        return _to_inks(self.content).apply(flat)


@cache
def shipped_condition() -> Condition:
    """Return the condition that comes with the project: offset on coated paper."""
    return Condition(SHIPPED.read_bytes(), "FOGRA39", "ISO Coated v2 300% (basICColor)")


def read_condition(path: Path) -> Condition:
    """Return the condition of a printer's own profile.

    Raises
    ------
    PageError
        The file cannot be read or is no ICC profile of four inks.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PageError(f"Profil « {path} » : le fichier ne peut pas être lu.") from error
    wanted = f"Profil « {path} » : un profil ICC d’impression en quatre couleurs est attendu."
    if len(content) > LARGEST_PROFILE or content[12:20] != b"prtrCMYK" or content[36:40] != b"acsp":
        raise PageError(wanted)
    try:
        name = _opened(content).profile.profile_description or path.stem
        _area(content, INK)
    except (ImageCms.PyCMSError, OSError) as error:
        raise PageError(wanted) from error
    return Condition(content, CUSTOM, name)


def _opened(content: bytes) -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(io.BytesIO(content))


def _is_grey(colour: str) -> bool:
    return colour[1:3] == colour[3:5] == colour[5:7] != WHITE


def _picture(colour: str) -> Image.Image:
    return Image.new("RGB", (1, 1), colour)


@cache
def _to_inks(content: bytes) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), _opened(content), "RGB", "CMYK", _INTENT,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )  # fmt: skip


@cache
def _area(content: bytes, colour: str) -> Cmyk:
    inks = _to_inks(content).apply(_picture(colour))
    cyan, magenta, yellow, black = (
        round(part / _FULL, 2) for part in np.asarray(inks)[0, 0].tolist()
    )
    return cyan, magenta, yellow, black


@cache
def _thin(content: bytes, colour: str) -> Cmyk:
    """Return the inks nearest to a colour among those without cyan or without magenta."""
    turn = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB", _INTENT
    )
    wanted = _lab(turn.apply(_picture(colour)))
    inks, seen = _tried(content)
    if colour in GREY or _is_grey(colour):
        black = inks[:, :3].sum(axis=1) == 0
        inks, seen = inks[black], seen[black]
    return tuple(inks[int(np.argmin(((seen - wanted) ** 2).sum(axis=1)))].tolist())


@cache
def _tried(content: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Return inks (n × 4, from 0 to 1) and what they look like (n × 3, CIE L*a*b*)."""
    colour = np.arange(0, _MOST_COLOUR + _COARSE / 2, _COARSE)
    black = np.arange(_LEAST_BLACK, 1, _COARSE)
    first, yellow, key = (part.ravel() for part in np.meshgrid(colour, colour, black))
    none = np.zeros_like(first)
    both = [
        np.column_stack([none, first, yellow, key]),
        np.column_stack([first, none, yellow, key]),
    ]
    inks = np.concatenate(both).round(2)
    dots = Image.fromarray(np.rint(inks * _FULL).astype(np.uint8)[None], "CMYK")
    turn = ImageCms.buildTransform(
        _opened(content), ImageCms.createProfile("LAB"), "CMYK", "LAB", _INTENT
    )
    return inks, _lab(turn.apply(dots))


def _lab(picture: Image.Image) -> np.ndarray:
    """Return the pixels of a LAB picture as L* (0 to 100), a*, b*."""
    values = np.asarray(picture)[0].astype(np.float64)
    return np.column_stack(
        [
            values[:, 0] * 100 / _FULL,
            *(values[:, part].astype(np.uint8).astype(np.int8) for part in (1, 2)),
        ]
    )
