"""The printed sheet of a contract's place lists what the map of its own booklet names."""

import re

from app.exports.booklet.sheet import sheet_html
from geo.perimeter import Perimeter
from tests.documents import read_kept

SOURCE = "(délibération n° 2023-534, l. 217) : "


def listed(catalogue, place):
    text = sheet_html(catalogue, Perimeter.parse(place)).replace("\u00a0", " ")
    found = re.search(rf"{re.escape(SOURCE)}(.*?)\.?</p>", text)
    return re.split(r"[,;] ", found[1]) if found else []


def test_the_map_of_grand_calais_names_eleven_places(catalogue):
    places = listed(catalogue, "epci:200090751")
    assert len(places) == 11
    assert places[0] == "Complexe piscine-patinoire Icéo"
    assert places[-1] == "La Fabrique Défi"
    assert "Complexe" in read_kept("cd62-2023-534")[217]


def test_no_other_place_has_the_list(catalogue):
    assert listed(catalogue, "commune:62193") == listed(catalogue, "epci:200072460") == []
