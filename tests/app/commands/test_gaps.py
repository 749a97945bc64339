import csv
import json
import re

import pyogrio
import pytest

from app.commands.gaps import MOST_SHOWN
from tests.known_totals import ALL_COMMUNES, ALL_PEOPLE

ASK = ("ecarts", "--service", "hopitaux", "--seuil-minutes", "20")
KEYS = [
    "service",
    "seuil_minutes",
    "modele",
    "public",
    "communes_au_dela",
    "habitants_au_dela",
    "part_au_dela",
    "incertain",
    "plus_pres_de_la_limite",
    "par_epci",
]


@pytest.fixture(autouse=True)
def fixed_time(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


def read_rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_the_json_has_the_keys_and_its_parts_make_the_whole(atlas62):
    result = atlas62(*ASK, "--json")
    assert result.exit_code == 0
    record = json.loads(result.stdout)
    assert list(record) == KEYS
    assert (record["service"], record["seuil_minutes"], record["modele"]) == (
        "hopitaux",
        20,
        "vol-d-oiseau",
    )
    assert record["part_au_dela"] == record["habitants_au_dela"] / ALL_PEOPLE
    parts = record["par_epci"]
    assert len(parts) == 20
    for key in ("communes_au_dela", "habitants_au_dela"):
        assert sum(part[key] for part in parts) == record[key] > 0
    for key in ("communes", "habitants"):
        assert sum(part["incertain"][key] for part in parts) == record["incertain"][key] > 0
    assert "de côté" in result.stderr


def test_the_text_says_the_same_figures_with_their_uncertainty(atlas62):
    record = json.loads(atlas62(*ASK, "--json").stdout)
    text = " ".join(atlas62(*ASK).stdout.split())
    found = re.match(r"([\d ]+) communes et ([\d ]+) habitants \(", text)
    counts = [int(number.replace(" ", "")) for number in found.groups()]
    assert counts == [record["communes_au_dela"], record["habitants_au_dela"]]
    assert "sont à plus de 20 minutes d’un hôpital public ou privé, dont " in text
    assert "Avec des trajets rapides" in text
    assert "Méthode. Les temps, en voiture" in text
    assert "46 lignes laissées de côté sur 78" in text
    assert f"et {record['communes_au_dela'] - MOST_SHOWN} autres" in text
    assert "'" not in text


def test_the_files_hold_every_commune(atlas62, tmp_path):
    table, package = tmp_path / "ecarts.csv", tmp_path / "ecarts.gpkg"
    result = atlas62(*ASK, "--json", "--csv", str(table), "--gpkg", str(package))
    record, rows = json.loads(result.stdout), read_rows(table)
    assert len(rows) == ALL_COMMUNES
    beyond = [row for row in rows if row["Situation"].startswith("au-delà")]
    assert len(beyond) == record["communes_au_dela"]
    assert sum(int(row["Public, au-delà"]) for row in rows) == record["habitants_au_dela"]
    assert sum(int(row["Public, effectif"]) for row in rows) == ALL_PEOPLE
    communes = pyogrio.read_dataframe(package, layer="ecarts")
    assert communes["code"].tolist() == [row["Code"] for row in rows]
    assert communes.geom_type.eq("MultiPolygon").all()
    assert "Source à citer" in result.stderr


def test_who_lives_around_a_place_is_told(atlas62):
    asked = ("ecarts", "--service", "gares", "--seuil-minutes", "21", "--autour", "gares:ACT")
    around = json.loads(atlas62(*asked, "--json").stdout)["autour"]
    assert around["lieu"] == "gares:ACT"
    assert [(band["de"], band["a"]) for band in around["bandes"]] == [(0, 7), (7, 14), (14, 21)]
    text = " ".join(atlas62(*asked).stdout.split())
    assert "Autour de « Achiet-le-Grand » Trajet Habitants" in text
    first, second, _ = (f"{band['habitants']:,}".replace(",", " ") for band in around["bandes"])
    assert f"7 min ou moins {first} plus de 7 à 14 min {second}" in text
    wrong = atlas62(*asked[:-1], "gares:XX")
    assert (wrong.exit_code, "« gares:XX » inconnu" in wrong.stderr) == (1, True)


def test_the_same_question_gives_the_same_bytes(atlas62, tmp_path):
    def written(name):
        table, package = tmp_path / f"{name}.csv", tmp_path / f"{name}.gpkg"
        result = atlas62(*ASK, "--csv", str(table), "--gpkg", str(package))
        return result.stdout, table.read_bytes(), package.read_bytes()

    assert written("une") == written("deux")


def test_a_file_that_stands_is_kept_until_told_otherwise(atlas62, tmp_path):
    path = tmp_path / "ecarts.csv"
    path.write_bytes(b"avant")
    result = atlas62(*ASK, "--csv", str(path))
    assert (result.exit_code, path.read_bytes()) == (1, b"avant")
    assert "--remplacer" in result.stderr
    assert atlas62(*ASK, "--csv", str(path), "--remplacer").exit_code == 0
    assert len(read_rows(path)) == ALL_COMMUNES


def test_nobody_is_far_from_a_town_hall(atlas62):
    result = atlas62("ecarts", "--service", "mairies", "--seuil-minutes", "20")
    assert " ".join(result.stdout.split()).startswith(
        "Aucune commune n’est à plus de 20 minutes d’une mairie. "
        "La fourchette des temps n’y change rien"
    )
    assert f"{ALL_COMMUNES - 1} mairies pour {ALL_COMMUNES} communes" in result.stdout


@pytest.mark.parametrize(
    ("service", "threshold", "told"),
    [
        ("piscines", "20", "Service « piscines » inconnu ; services connus : colleges_publics,"),
        ("gares", "0", "Seuil en minutes : trouvé 0, attendu plus de 0 et au plus 240."),
        ("gares", "-5", "Seuil en minutes : trouvé -5,"),
        ("gares", "10000", "Seuil en minutes : trouvé 10000,"),
        ("gares", "nan", "Seuil en minutes : trouvé une valeur absente,"),
    ],
)
def test_bad_input_is_one_french_sentence(atlas62, service, threshold, told):
    result = atlas62("ecarts", "--service", service, "--seuil-minutes", threshold)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Erreur\u00a0: {told}")
    assert len(result.stderr.splitlines()) == 1


def test_a_threshold_in_words_is_a_wrong_use(atlas62):
    result = atlas62("ecarts", "--service", "gares", "--seuil-minutes", "vingt")
    assert result.exit_code == 2
    assert "attendu un nombre" in result.stderr


def test_a_public_is_counted_and_named(atlas62):
    asked = ("ecarts", "--service", "colleges_publics", "--seuil-minutes", "12")
    record = json.loads(atlas62(*asked, "--public", "moins-de-15", "--json").stdout)
    assert record["public"] == "moins-de-15"
    assert 0 < record["habitants_au_dela"] < 270_116
    cars = json.loads(atlas62(*asked, "--public", "sans-voiture", "--json").stdout)
    assert 0 < cars["menages_au_dela"] < 102_929
    assert "habitants_au_dela" not in cars


def test_kilometres_are_asked_for_in_the_place_of_minutes(atlas62):
    asked = ("ecarts", "--service", "hopitaux", "--public", "qpv")
    record = json.loads(atlas62(*asked, "--seuil-km", "8", "--json").stdout)
    assert (record["seuil_km"], record["modele"]) == (8, "distance")
    assert "seuil_minutes" not in record


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--seuil-minutes", "9", "--public", "75-plus", "--public", "sans-voiture"), "n’est pas"),
        ((), "attendu --seuil-minutes N, ou --seuil-km N"),
        (("--seuil-minutes", "9", "--seuil-km", "9"), "l’un des deux"),
        (("--seuil-minutes", "9", "--modele", "distance"), "attendu --seuil-km"),
        (("--seuil-km", "9", "--modele", "vol-d-oiseau"), "attendu --seuil-minutes"),
    ],
)
def test_what_cannot_be_asked_together_is_a_wrong_use(atlas62, words, told):
    result = atlas62("ecarts", "--service", "gares", *words)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
