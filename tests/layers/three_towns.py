"""Three towns, two lighthouses and a table of minutes: answers found without a computer."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd

from app.settings import EMBEDDED_DATA
from geo.crs import EXCHANGE
from geo.travel.matrix import TravelMatrix
from layers.catalogue.layers import Catalogue
from layers.model.layer import Layer, Source
from layers.model.points import PLACE, place_at_town_halls
from layers.services import NAME, site_summary, site_title

ARRAS, CALAIS, BOULOGNE = "62041", "62193", "62160"
PEOPLE = {ARRAS: 100, CALAIS: 60, BOULOGNE: 40}
MINUTES = {
    (ARRAS, ARRAS): "0",
    (ARRAS, CALAIS): "90",
    (ARRAS, BOULOGNE): "95",
    (CALAIS, ARRAS): "90",
    (CALAIS, CALAIS): "0",
    (CALAIS, BOULOGNE): "30",
    (BOULOGNE, ARRAS): "95",
    (BOULOGNE, CALAIS): "30",
    (BOULOGNE, BOULOGNE): "0",
}
"""The bracket of a matrix is 0.9 to 1.25 times its minutes: Boulogne to Calais, 27 to 37.5."""


def three_towns(reference, people=None, lit=(ARRAS, CALAIS)):
    """Return a catalogue of three towns, with a lighthouse in some of them."""
    people = people or PEOPLE
    communes = {
        code: replace(reference.communes[code], population=number)
        for code, number in people.items()
    }
    return Catalogue(replace(reference, communes=communes), EMBEDDED_DATA, (lighthouses(lit),))


def lighthouses(lit):
    def read(reference, _data):
        rows = pd.DataFrame({"name": [f"Phare {code}" for code in lit], "commune_code": lit})
        if rows.empty:
            rows = rows.assign(commune="", precision="commune", position_note=None)
            return gpd.GeoDataFrame(rows, geometry=gpd.GeoSeries([], crs=EXCHANGE))
        return place_at_town_halls(rows, reference, "Essai", "Sans position :")

    return Layer(
        id="phares",
        title="Phares",
        geometry="point",
        key="name",
        fields=(NAME, *PLACE),
        sources=(Source("Essai", "Essai", "Licence Ouverte", "2026"),),
        read=read,
        title_of=site_title,
        summary_of=site_summary,
    )


def matrix(folder, minutes=MINUTES):
    """Write the minutes to a file and read it."""
    path = folder / "minutes.csv"
    lines = [f"{start},{end},{time}" for (start, end), time in minutes.items()]
    path.write_text("\n".join(["from,to,minutes", *lines]), encoding="utf-8")
    return TravelMatrix.read(path)


def plain(text):
    """Return a sentence with ordinary spaces, as one types it."""
    return " ".join(text.split())
