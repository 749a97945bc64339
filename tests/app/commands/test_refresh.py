"""``atlas62 actualiser contours``: finer outlines taken, refused, shown, given up."""

import datetime as dt
from pathlib import Path
from shutil import copy

import geopandas as gpd
import pytest

from app.commands.refresh import year_of
from app.exports.booklet.scene.words import page_notes
from app.exports.offline.contents import OfflineChoice
from app.exports.offline.page import offline_map
from app.map.panes import map_credit
from app.opening.data import open_catalogue
from app.parts.footer import all_sources
from app.settings import EMBEDDED_DATA, Settings
from geo.crs import EXCHANGE
from geo.perimeter import Level, Perimeter
from tests.geo.ban.ban_server import BanServer
from tests.known_totals import ALL_COMMUNES

WORDS = ("actualiser", "contours")


@pytest.fixture
def store(monkeypatch, tmp_path):
    monkeypatch.setenv("ATLAS62_STORE", str(tmp_path / "magasin" / "atlas62.gpkg"))
    return tmp_path / "magasin"


@pytest.fixture
def service():
    server = BanServer()
    yield server
    server.close()


@pytest.fixture(scope="module")
def outlines(reference, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("contours") / "COMMUNE.gpkg"
    frame = reference.coverage.communes(0).rename(columns={"code": "INSEE_COM"})
    gpd.GeoDataFrame(frame).to_crs(EXCHANGE).to_file(path, layer="commune")
    return path


@pytest.fixture
def brought(outlines, tmp_path) -> Path:
    folder = tmp_path / "ADMIN-EXPRESS_2026"
    folder.mkdir()
    return Path(copy(outlines, folder))


def own_files():
    return {path: path.stat().st_mtime_ns for path in (EMBEDDED_DATA / "communes").iterdir()}


def test_outlines_are_taken_and_every_map_says_so(atlas62, store, brought):
    before = own_files()
    result = atlas62(*WORDS, "--fichier", str(brought))
    assert result.exit_code == 0, result.output
    assert own_files() == before, "the data of the project stay as they are"
    assert f"{ALL_COMMUNES} contours" in result.stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert "communes de 2026" in result.stdout
    catalogue = open_catalogue(Settings())
    origin = catalogue.reference.coverage.origin
    assert (origin.producer, origin.vintage) == ("IGN", "communes de 2026")
    cited = [source.title for source in all_sources(catalogue)]
    assert cited[0] == "Contours des communes, fichier COMMUNE.gpkg"
    assert not any("généralisées" in title for title in cited)
    credit = map_credit(catalogue)
    assert credit.replace("\N{NO-BREAK SPACE}", " ") == "Limites : IGN, communes de 2026"
    page = offline_map(catalogue, OfflineChoice(Perimeter(Level.COMMUNE, "62318")))
    assert f"{credit}</p>" in page.decode()
    assert b"fichier COMMUNE.gpkg" in page
    assert b'"null"' not in page
    polygons = (one for one in catalogue.layers.values() if one.geometry == "polygon")
    drawn = [layer for layer in polygons if not layer.local]
    assert len(drawn) == 10
    assert all(cited[0] in {source.title for source in layer.sources} for layer in drawn)
    *_, last = page_notes(["IGN"], origin, dt.date(2026, 1, 15))
    assert "fichier COMMUNE.gpkg (communes de 2026)" in last
    assert "généralisés" not in last
    result = atlas62(*WORDS, "--revenir")
    assert result.stdout == "La carte montre les contours du projet.\n"
    assert open_catalogue(Settings()).reference.coverage.origin is None
    assert atlas62(*WORDS, "--revenir").exit_code == 1
    assert not list((store / "contours").iterdir())


def test_refused_outlines_change_nothing(atlas62, store, brought):
    frame = gpd.read_file(brought)
    frame[frame["INSEE_COM"] != "62498"].to_file(brought, layer="commune")
    result = atlas62(*WORDS, "--fichier", str(brought))
    assert result.exit_code == 1
    assert "Lens (62498) : aucun contour." in result.stderr
    assert not store.exists()


def test_folder_that_cannot_be_written_is_told(atlas62, store, brought):
    store.write_text("un fichier")
    result = atlas62(*WORDS, "--fichier", str(brought))
    assert result.exit_code == 1
    assert "rien n’est changé" in result.stderr


def test_service_gives_them_without_a_file(atlas62, store, monkeypatch, reference, service):
    frame = gpd.GeoDataFrame(reference.coverage.communes(0)).to_crs(EXCHANGE)
    service.document = frame.to_json().encode()
    monkeypatch.setattr("app.commands.refresh.ADDRESS", service.address)
    result = atlas62(*WORDS)
    assert result.exit_code == 0, result.output
    assert "geo.api.gouv.fr" in result.stdout
    assert "téléchargés le" in result.stdout
    assert len(list((store / "contours").iterdir())) == 1


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("ADE_2026-02-16/COMMUNE.shp", "communes de 2026"),
        ("contours_communes_2018/communes-62.geojson", "communes de 2018"),
        ("dossier/communes2025.gpkg", "communes de 2025"),
        ("dossier/620201.gpkg", "millésime non précisé"),
    ],
)
def test_year_is_read_in_the_names(file, words):
    assert year_of(Path("/quelque") / file) == words
