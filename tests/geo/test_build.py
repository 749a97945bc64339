"""The small readings of the scripts that make the reference again."""

import json
import tarfile
from importlib import import_module

import pytest
import shapely

from app.settings import EMBEDDED_DATA


@pytest.fixture
def town_halls(monkeypatch):
    monkeypatch.syspath_prepend(str(EMBEDDED_DATA / "build"))
    return import_module("town_halls")


@pytest.fixture
def packages(monkeypatch):
    monkeypatch.syspath_prepend(str(EMBEDDED_DATA / "build"))
    return import_module("packages")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], ""),
        ([["lundi", "lundi", [["09:00:00", "12:00:00"]]]], "lundi 9 h – 12 h"),
        (
            [["lundi", "mardi", [["08:30:00", "12:00:00"], ["14:00:00", "17:45:00"]]]],
            "lundi et mardi 8 h 30 – 12 h et 14 h – 17 h 45",
        ),
        (
            [
                ["lundi", "vendredi", [["09:00:00", "12:00:00"]]],
                ["samedi", "samedi", [["10:00:00", "11:05:00"]]],
            ],
            "du lundi au vendredi 9 h – 12 h ; samedi 10 h – 11 h 05",
        ),
    ],
)
def test_opening_hours_are_put_into_words(town_halls, days, words):
    assert town_halls.hours_in_words(json.dumps(days)).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" www.bajus.fr ", "http://www.bajus.fr"),
        ("https://www.calais.fr/", "https://www.calais.fr/"),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_web_address_opens_in_a_browser_or_is_left_out(town_halls, text, address):
    assert town_halls.web_address(text) == address


def test_address_becomes_one_line(town_halls):
    assert town_halls.one_line("Place de la Mairie\n\n62870 Maintenay ") == (
        "Place de la Mairie, 62870 Maintenay"
    )


def test_town_hall_outside_its_commune_becomes_a_point_inside(town_halls):
    outline = shapely.box(600_000, 7_000_000, 602_000, 7_001_000)
    given, elsewhere = shapely.Point(1.6, 50.1), shapely.Point(700_000, 7_000_000)
    point = town_halls._place_one(outline, given, elsewhere)
    assert (point.precision, point.refused) == ("commune", "à 98000 m hors de la commune")
    assert (point.refused_lon, point.refused_lat) == (1.6, 50.1)


def test_package_that_is_not_the_expected_one_is_refused(packages, tmp_path):
    path = tmp_path / packages.WORLD.file
    with tarfile.open(path, "w:gz"):
        pass
    with pytest.raises(packages.PackageError, match=r"sha256 .* expected"):
        packages._verify(packages.WORLD, path)
