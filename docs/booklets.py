"""The pictures of docs/: six pages of booklets, as a printer would see them.

``python -m docs.booklets``; the date is fixed, so that the pictures change only with the pages.
"""

import datetime as dt
import io
from pathlib import Path
from typing import Final

from PIL import Image

from app.exports.booklet.page import draw_page
from app.exports.booklet.scene.request import PageRequest
from app.settings import EMBEDDED_DATA
from geo.perimeter import Level
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.catalogue.selection import find_perimeter

FOLDER: Final = Path(__file__).parent
DAY: Final = dt.date(2026, 11, 25)
DPI: Final = 110
PAGES: Final[dict[str, dict[str, str]]] = {
    "contrat:ct-grand-calais": {},
    "contrat:ct-bethune-bruay": {},
    "contrat:ct-ternois": {},
    "contrat:ct-fauquembergues": {},
    "territoire:calaisis": {"indicator": "densite"},
    "departement": {"indicator": "fit_par_habitant", "level": "epci"},
}
"""Perimeter → what is asked of its page besides."""


def main() -> None:
    """Draw each page."""
    catalogue = Catalogue(Reference.load(EMBEDDED_DATA / "communes"), EMBEDDED_DATA)
    for place, words in PAGES.items():
        perimeter, _, contract = find_perimeter(catalogue, place)
        request = PageRequest(
            perimeter,
            contract=contract,
            date=DAY,
            indicator=words.get("indicator"),
            level=Level(words["level"]) if "level" in words else None,
        )
        picture = Image.open(io.BytesIO(draw_page(catalogue, request).to_png(DPI)))
        path = FOLDER / f"livret-{place.partition(':')[2].removeprefix('ct-') or place}.png"
        picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(path, optimize=True)
        print(f"{path.name}: {path.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
