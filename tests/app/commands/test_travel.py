"""The travel models as the command line chooses them."""

import json
import re

import pytest

from geo.travel.line import StraightLine
from tests.known_totals import ALL_COMMUNES, ALL_PEOPLE

ASK = ("ecarts", "--service", "urgences", "--seuil-minutes", "20", "--json")


@pytest.fixture
def pairs(catalogue):
    """Minutes from every commune to every commune with an emergency service: twenty."""
    hospitals = catalogue.load("hopitaux")
    towns = sorted(set(hospitals.loc[hospitals["emergency_service"], "commune_code"]))
    return [(code, town, "20") for code in catalogue.reference.communes for town in towns]


@pytest.fixture
def ask_matrix(atlas62, tmp_path):
    def run(pairs, threshold="20"):
        path = tmp_path / "minutes.csv"
        lines = ["from;to;minutes", *(";".join(pair) for pair in pairs)]
        path.write_text("\n".join(lines), encoding="utf-8")
        words = ("--modele", "matrice", "--trajets", str(path), "--json")
        return atlas62("ecarts", "--service", "urgences", "--seuil-minutes", threshold, *words)

    return run


def test_a_matrix_gives_its_own_minutes(ask_matrix, pairs):
    record = json.loads(ask_matrix(pairs).stdout)
    assert record["modele"] == "matrice"
    assert record["habitants_au_dela"] == 0
    assert record["incertain"] == {"communes": ALL_COMMUNES, "habitants": ALL_PEOPLE}
    assert json.loads(ask_matrix(pairs, "17").stdout)["communes_au_dela"] == ALL_COMMUNES


def test_a_hole_is_told_and_counted_out_of_reach(ask_matrix, pairs):
    kept = [pair for pair in pairs if pair[0] != "62041"]
    result = ask_matrix([*kept, ("62041", "62193", "")])
    assert json.loads(result.stdout)["communes_au_dela"] == 1
    assert "ne donne pas" in result.stderr


def test_no_way_anywhere_is_a_sentence(ask_matrix, pairs):
    result = ask_matrix([(start, end, "") for start, end, _ in pairs])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Aucune commune n’a un service d’urgences à portée" in result.stderr


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        (("62001", "62041", "-1"), "trouvé « 62001 ; 62041 ; -1 »"),
        (("62001", "62041", "20"), "chaque trajet une seule fois"),
        (("62001", "", "20"), "attendu deux codes de commune"),
    ],
)
def test_a_wrong_pair_is_quoted_with_its_line(ask_matrix, pairs, pair, told):
    result = ask_matrix([*pairs, pair])
    assert result.exit_code == 1
    assert f"Matrice « minutes.csv », ligne {len(pairs) + 2} : " in result.stderr
    assert told in result.stderr


@pytest.mark.parametrize("model", ["matrice", "routes"])
def test_a_model_without_its_file_is_a_wrong_use(atlas62, model):
    result = atlas62(*ASK, "--modele", model)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"Le modèle « {model} » attend un fichier : --trajets FICHIER." in result.stderr


def test_a_file_without_a_model_is_a_wrong_use(atlas62, tmp_path):
    result = atlas62(*ASK, "--trajets", str(tmp_path / "minutes.csv"))
    assert result.exit_code == 2
    assert f"le modèle « {StraightLine.id} » ne lit aucun fichier" in result.stderr


@pytest.mark.parametrize("model", ["matrice", "routes"])
def test_a_missing_file_is_a_sentence(atlas62, tmp_path, model):
    result = atlas62(*ASK, "--modele", model, "--trajets", str(tmp_path / "absent.osm.pbf"))
    assert result.exit_code == 1
    assert "« absent.osm.pbf » : fichier absent ou illisible." in result.stderr


class TestRoads:
    """One road leaves the town hall of Arras eastwards."""

    @pytest.fixture
    def extract(self, reference, tmp_path, monkeypatch):
        osmium = pytest.importorskip("osmium", reason="pyosmium absent")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        hall, path = reference.communes["62041"].town_hall, tmp_path / "arras.osm"
        with osmium.SimpleWriter(str(path)) as writer:
            for number, lon in enumerate((hall.lon, hall.lon + 0.2), 1):
                place = (lon, hall.lat)
                writer.add_node(osmium.osm.mutable.Node(id=number, location=place))
            tags = {"highway": "primary"}
            writer.add_way(osmium.osm.mutable.Way(id=1, nodes=[1, 2], tags=tags))
        return path

    def test_only_the_communes_along_the_road_have_a_way(self, atlas62, extract, tmp_path):
        words = ("--service", "mairies", "--seuil-minutes", "30", "--modele", "routes")
        result = atlas62("ecarts", *words, "--trajets", str(extract), "--json")
        record = json.loads(result.stdout)
        assert record["modele"] == "routes"
        assert 800 < record["communes_au_dela"] < ALL_COMMUNES
        assert "d’une route de «\u00a0arras.osm\u00a0»" in result.stderr
        text = atlas62("ecarts", *words, "--trajets", str(extract)).stdout
        assert "n’ont aucune mairie à portée" in text
        assert re.search(r"– +– +– +– +– +–\n", text)
        assert list((tmp_path / "config").rglob("routes-*.npz"))

    def test_a_folder_that_cannot_be_made_is_a_sentence(self, atlas62, extract, tmp_path):
        (tmp_path / "config").write_text("un fichier")
        result = atlas62(*ASK, "--modele", "routes", "--trajets", str(extract))
        assert result.exit_code == 1
        assert "rien ne peut être gardé dans le dossier" in result.stderr
