"""``atlas62 actualiser lycees``: official rows taken from a file, shown, told of, given up."""

import json
import sys
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from pyproj import Transformer

from app.commands.sources import choose, elsewhere, nothing_chosen, place_again, take_source
from app.opening.data import open_catalogue, open_facts
from app.opening.renewals import find_renewals, sources_page
from app.settings import EMBEDDED_DATA, Settings
from layers.connectors import ban
from layers.connectors.declaration import ConnectorError
from layers.connectors.registry import CONNECTORS
from layers.lycees import TABLE
from tests.known_totals import ROWS
from tests.layers.connectors.ban_files import as_ban, houses_of
from tests.layers.connectors.official_files import as_csv, lycees_of_the_directory


@pytest.fixture
def own(monkeypatch, tmp_path):
    monkeypatch.setenv("ATLAS62_STORE", str(tmp_path / "magasin" / "atlas62.gpkg"))
    monkeypatch.setenv("ATLAS62_CACHE", str(tmp_path / "cache"))
    return tmp_path


def directory(**first):
    rows = lycees_of_the_directory()
    rows[0] |= first
    return as_csv([*rows[0]], rows, ";")


@pytest.fixture
def file(own):
    path = own / "annuaire.csv"
    path.write_bytes(directory(nom_etablissement="Lycée Élisa Lemonnier", code_commune="62498"))
    return path


def shown():
    return open_catalogue(Settings()).load("lycees").set_index("uai")


def test_rows_of_a_file_are_on_the_map_and_given_up_again(atlas62, own, file):
    key = TABLE.texts(EMBEDDED_DATA)["uai"].iloc[0]
    before = shown().loc[key]
    trial = atlas62("actualiser", "lycees", "--fichier", str(file), "--essai")
    assert "rien n’est changé" in trial.stdout
    assert shown().loc[key, "name"] == before["name"]
    result = atlas62("actualiser", "lycees", "--fichier", str(file))
    assert result.exit_code == 0, result.output
    assert f"{ROWS['lycees']} lignes" in result.stdout.replace("\N{NO-BREAK SPACE}", " ")
    after = shown().loc[key]
    assert (after["name"], after["commune"]) == ("Lycée Élisa Lemonnier", "Lens")
    # what the geocoder answers for them is kept with them, not among the facts of the project
    assert (open_facts(Settings()) / "geocoded.csv").resolve().is_relative_to(own)
    listed = json.loads(atlas62("couches", "--json").stdout)
    assert "12 novembre 2026" in json.dumps(listed, ensure_ascii=False)
    assert "12 novembre 2026" in atlas62("actualiser").stdout
    assert atlas62("actualiser", "lycees", "--revenir").exit_code == 0
    assert shown().loc[key, "name"] == before["name"]
    assert open_facts(Settings()) == EMBEDDED_DATA


def test_a_refusal_changes_nothing_and_is_remembered(atlas62, file):
    file.write_bytes(directory().replace(b"code_commune", b"commune_insee", 1))
    result = atlas62("actualiser", "lycees", "--fichier", str(file))
    assert result.exit_code == 1
    assert "code_commune" in result.stderr
    assert len(shown()) == ROWS["lycees"]
    assert "code_commune" in atlas62("actualiser").stdout


def test_layers_stand_at_their_addresses_once_the_streets_are_known(own, reference):
    arras = reference.communes["62041"]
    file = own / "adresses-62.csv.gz"
    file.write_bytes(as_ban(houses_of(arras, "Rue Victor Leroy", [2, 4])))
    few = replace(ban.CONNECTOR, feed=replace(ban.CONNECTOR.feed, about=2))
    before = station("CIS Arras")
    told = take_source(few, Settings(), file, trial=False)
    assert told.startswith("ban : 2")
    place_again(Settings())
    after = station("CIS Arras")
    assert (before["precision"], after["precision"]) == ("commune", "address")
    assert after["position_source"] == "Base Adresse Nationale (IGN, DINUM)"
    page = sources_page(open_catalogue(Settings()), own / "magasin" / "sources", date(2026, 12, 12))
    (source,) = [one for one, fed in page["fed"].items() if fed == [ban.CONNECTOR.feed.title]]
    assert source.vintage.startswith("sans date, le même depuis le")


def test_the_page_tells_what_could_be_taken_and_which_source_is_renewed(catalogue, tmp_path):
    page = sources_page(catalogue, tmp_path, date(2026, 12, 12))
    offered = {source.title for source in page["fed"] if source.vintage == "pas encore pris"}
    assert {"Annuaire de l’éducation : Écoles", ban.CONNECTOR.title} <= offered
    assert any(title.endswith(": Ehpad") for title in offered)
    pupils, points = catalogue.layer("colleges").sources
    assert page["renewals"][points].connector.id == "colleges"
    assert pupils not in page["renewals"]
    outlines_of = {
        one.title for one, by in page["renewals"].items() if by.connector.id == "cantons"
    }
    assert outlines_of == {catalogue.layer("cantons").sources[0].title}


def station(name):
    rows = open_catalogue(Settings()).load("centres_incendie").set_index("name")
    return rows.loc[name]


def test_old_data_are_said_to_be_old(own, file):
    take_source(CONNECTORS["lycees"], Settings(), file, trial=False)
    sources = own / "magasin" / "sources"
    assert not find_renewals(sources, date(2026, 12, 12))["lycees"].late
    renewal = find_renewals(sources, date(2026, 12, 13))["lycees"]
    assert (renewal.age, renewal.late) == (31, True)


def test_stopping_leaves_the_map_of_before_and_says_so(atlas62, own, file, monkeypatch):  # noqa: ARG001
    before = len(shown())

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("app.commands.sources.take_file", stop)
    result = atlas62("actualiser", "lycees", "--fichier", str(file))
    assert result.exit_code == 130
    assert "arrêté, rien n’est changé" in result.stderr
    assert "arrêté" in atlas62("actualiser").stdout
    assert len(shown()) == before
    monkeypatch.undo()


def test_layers_of_one_file_fetch_it_once(own, monkeypatch):
    fetched = []

    def fetch(kept, **_):
        fetched.append(kept.connector.id)
        path = own / "finess.json"
        path.write_bytes(b"{}")
        return path

    monkeypatch.setattr("app.commands.sources.bring", fetch)
    brought = {}
    for name in ("hopitaux", "ehpad", "pharmacies", "lycees"):
        with pytest.raises(ConnectorError):
            take_source(CONNECTORS[name], Settings(), None, trial=False, brought=brought)
    assert fetched == ["hopitaux", "lycees"]


def test_a_file_that_was_moved_is_asked_for_where_it_is_on_the_same_servers_only(own, monkeypatch):  # noqa: ARG001
    asked = []

    def fetch(kept, **_):
        asked.append(kept.connector.where)
        raise ConnectorError("assez vu.")

    monkeypatch.setattr("app.commands.sources.bring", fetch)
    moved = elsewhere(
        CONNECTORS["carreaux"], "https://www.insee.fr/fr/statistiques/fichier/9/x.zip"
    )
    with pytest.raises(ConnectorError, match="assez vu"):
        take_source(moved, Settings(), None, trial=True)
    (where,) = asked
    assert where.address.endswith("/9/x.zip")
    assert where.origins == CONNECTORS["carreaux"].where.origins


def test_what_the_project_has_is_not_said_to_be_missing(atlas62, own):  # noqa: ARG001
    told = atlas62("actualiser").stdout.replace("\u00a0", " ")
    (ages,) = [line for line in told.splitlines() if line.startswith("ages :")]
    (grid,) = [line for line in told.splitlines() if line.startswith("carreaux :")]
    assert "lignes du projet" in ages
    assert "pas encore pris" in grid


def test_categories_of_facilities_are_layers_and_taken_again_the_next_time(own, reference):
    hall = reference.communes["62498"].town_hall
    x, y = Transformer.from_crs(4326, 2154, always_xy=True).transform(hall.lon, hall.lat)
    place = {"LAMBERT_X": x, "LAMBERT_Y": y, "QUALITE_XY": "Bonne", "EPSG": "2154"}
    one = {"DEPCOM": "62498", "NOMRS": "LENS LOUVRE", **place}
    file = own / "BPE25.parquet"
    pd.DataFrame([{**one, "TYPEQU": code} for code in ("A206", "D307")]).to_parquet(file)
    bpe = CONNECTORS["bpe"]
    assert nothing_chosen(choose(bpe, Settings(), ()))
    few = choose(replace(bpe, feed=replace(bpe.feed, about=2)), Settings(), ["A206=Postes"])
    take_source(few, Settings(), file, trial=False)
    place_again(Settings())
    assert open_catalogue(Settings()).load("bpe_a206")["commune"].tolist() == ["Lens"]
    assert choose(bpe, Settings(), ()).feed.categories == {"A206": "Postes"}
    assert not nothing_chosen(choose(bpe, Settings(), ()))
    page = sources_page(open_catalogue(Settings()), own / "magasin" / "sources", date(2026, 12, 12))
    assert ["Postes (BPE)"] in page["fed"].values()
    assert [bpe.feed.title] not in page["fed"].values()


def test_a_source_of_which_nothing_was_chosen_is_no_failure_of_all(atlas62, own, monkeypatch):  # noqa: ARG001
    asked = []
    monkeypatch.setattr(
        "app.commands.refresh.take_source", lambda one, *_, **__: asked.append(one.id) or ""
    )
    assert atlas62("actualiser", "--tout").exit_code == 0
    assert asked == [name for name in CONNECTORS if name != "bpe"]
    alone = atlas62("actualiser", "bpe")
    assert alone.exit_code == 1
    assert "D307" in alone.stderr
    wrong = atlas62("actualiser", "bpe", "--categorie", "pharmacies")
    assert "« pharmacies »" in wrong.stderr.replace("\u00a0", " ")


def test_what_this_machine_cannot_read_is_not_even_asked_for(atlas62, own, monkeypatch):
    monkeypatch.setitem(sys.modules, "osmium", None)
    asked = []
    with monkeypatch.context() as patch:
        patch.setattr(
            "app.commands.refresh.take_source", lambda one, *_, **__: asked.append(one.id) or ""
        )
        everything = atlas62("actualiser", "--tout")
    assert everything.exit_code == 0
    assert "fond" not in asked
    assert "pip install 'atlas62[roads]'" in everything.stderr
    file = own / "nord.osm.pbf"
    file.write_bytes(b"")
    alone = atlas62("actualiser", "fond", "--fichier", str(file))
    assert alone.exit_code == 1
    assert "pip install 'atlas62[roads]'" in alone.stderr
