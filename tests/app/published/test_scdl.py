"""The SCDL files against their schemas; who publishes and the matters are invented here."""

import csv
import io
import json

import pytest
from flask import Flask
from frictionless import Resource, Schema, validate
from stdnum import luhn

from app.exports.deliberations import collect_deliberations, read_matters
from app.exports.scdl import OpenFile, Row
from app.published.dataset import datasets
from app.published.scdl_routes import serve_scdl
from app.published.simple_catalogue import simple_catalogue
from app.settings import EMBEDDED_DATA, Settings, SettingsError, read_settings
from layers.model.schema import LayerError

SIREN = "999999998"
SIRET = SIREN + "9999" + luhn.calc_check_digit(SIREN + "9999")
VOTES = ("2023-534", "2022-317", "2024-90")
ROOT = "https://atlas.exemple.fr"


def schema(name: str) -> Schema:
    text = (EMBEDDED_DATA / "schemas" / name).read_text(encoding="utf-8")
    return Schema.from_descriptor(json.loads(text))


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@pytest.fixture
def matters(tmp_path):
    path = tmp_path / "matières.csv"
    lines = [f'{number},7.10,"finances locales/divers, inventé"' for number in VOTES]
    path.write_text("\n".join(["numero,code,matiere", *lines]), encoding="utf-8")
    return path


@pytest.fixture
def ask(catalogue):
    """Ask for a file of a server of these alone, under settings."""

    def asked(path: str, **said: object):
        server = Flask("scdl")
        server.register_blueprint(serve_scdl(lambda: catalogue, Settings(**said)))
        return server.test_client().get(path)

    return asked


TOLD = {
    "publisher": "Département du Pas-de-Calais",
    "publisher_siret": SIRET,
    "published": "2026-12-01",
    "address": ROOT,
}


def test_the_catalogue_keeps_to_its_schema(catalogue, ask):
    answer = ask("/scdl/catalogue.csv", **TOLD)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    wanted = schema("catalogue-0.1.3.json")
    assert validate(Resource(data=answer.data, format="csv", schema=wanted)).valid
    rows = {row["ID"]: row for row in read(answer.data)}
    assert set(rows) == {f"atlas62-{one}".replace("_", "-") for one in catalogue.layers} - {
        "atlas62-gares",
        "atlas62-lycees",
    }
    qpv = rows["atlas62-qpv"]
    assert (qpv["COUV_TEMP_DEBUT"], qpv["COUV_TEMP_FIN"]) == ("2020-01-01", "2024-12-31")
    votes = rows["atlas62-operations"]
    assert (votes["COUV_TEMP_DEBUT"], votes["COUV_TEMP_FIN"]) == ("2023-12-04", "2023-12-04")
    assert qpv["COLL_SIRET"] == qpv["PRODUCTEUR_SIRET"] == SIRET
    assert qpv["DATE_PUBL"] == "2026-12-01"
    assert qpv["LICENCE"] == "Spécifique ou autre"
    assert rows["atlas62-mairies"]["LICENCE"] == "Licence Ouverte-LO"
    assert rows["atlas62-colleges"]["MOTS_CLES"].startswith("colleges;")
    assert rows["atlas62-colleges"]["FORMAT_RESSOURCES"] == "csv;geojson;gpkg;xlsx"
    assert rows["atlas62-colleges"]["URL"] == f"{ROOT}/donnees#couche-colleges"


def test_what_is_vague_is_no_period_and_is_named(ask):
    told = ask("/scdl/catalogue.txt", **TOLD).text
    assert "20\N{NO-BREAK SPACE}lignes dans le fichier, 2 hors du fichier." in told
    assert "Lycées publics : manque COUV_TEMP_DEBUT, COUV_TEMP_FIN." in told


def test_without_who_publishes_nothing_is_given_and_the_settings_are_named(ask):
    answer = ask("/scdl/catalogue.csv", address=ROOT)
    assert answer.status_code == 503
    for setting in ("ATLAS62_PUBLISHER", "ATLAS62_PUBLISHER_SIRET", "ATLAS62_PUBLISHED"):
        assert f"par le réglage {setting}." in answer.text


def test_the_votes_keep_to_their_schema(matters, ask):
    answer = ask("/scdl/deliberations.csv", matters=matters)
    assert answer.status_code == 200
    wanted = schema("deliberations-2.1.5.json")
    assert validate(Resource(data=answer.data, format="csv", schema=wanted)).valid
    rows = read(answer.data)
    assert [(row["DELIB_ID"], row["DELIB_DATE"]) for row in rows] == [
        ("2023-534", "2023-12-04"),
        ("2022-317", "2022-09-26"),
        ("2024-90", "2024-03-25"),
    ]
    assert {row["COLL_SIRET"] for row in rows} == {"22620001200012"}
    assert {row["DELIB_MATIERE_CODE"] for row in rows} == {"7.10"}
    assert rows[0]["DELIB_MATIERE_NOM"] == "finances locales/divers, inventé"


def test_a_vote_whose_matter_is_not_said_stays_out(tmp_path, ask):
    path = tmp_path / "matières.csv"
    path.write_text("numero,code,matiere\n2022-317,8.4,aménagement\n", encoding="utf-8")
    (row,) = read(ask("/scdl/deliberations.csv", matters=path).data)
    assert row["DELIB_ID"] == "2022-317"
    told = ask("/scdl/deliberations.txt", matters=path).text
    assert "1\N{NO-BREAK SPACE}ligne dans le fichier, 2 hors du fichier." in told
    assert "Délibération 2023-534 : manque DELIB_MATIERE_CODE, DELIB_MATIERE_NOM." in told
    nothing = ask("/scdl/deliberations.csv")
    assert nothing.status_code == 503
    assert "ATLAS62_MATTERS" in nothing.text


@pytest.mark.parametrize("code", ["8.10", "10.1", "8", "0.1", "8.04", "x"])
def test_a_code_that_the_nomenclature_has_not_is_refused(tmp_path, code):
    path = tmp_path / "m.csv"
    path.write_text(f"numero,code,matiere\n2022-317,{code},x\n", encoding="utf-8")
    with pytest.raises(LayerError, match=f"ligne 2, code « {code} », attendu un code"):
        read_matters(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("numero,code\n2022-317,8.4\n", "colonnes « numero, code », attendu numero, code, matiere"),
        ("numero,code,matiere\na,8.4,x\na,8.4,x\n", "ligne 3, délibération a déjà dite"),
    ],
)
def test_a_wrong_file_of_matters_is_told(tmp_path, text, said):
    path = tmp_path / "m.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LayerError, match=said):
        read_matters(path)


def test_columns_are_those_of_the_schemas(catalogue):
    files = {
        "catalogue-0.1.3.json": simple_catalogue(catalogue.derive(datasets), Settings(), ROOT),
        "deliberations-2.1.5.json": collect_deliberations(EMBEDDED_DATA, {}),
    }
    for name, file in files.items():
        fields = schema(name).fields
        assert list(file.columns) == [field.name for field in fields]
        wanted = {field.name for field in fields if field.constraints.get("required")}
        assert wanted <= set(file.expected) | {"COLL_NOM", "COLL_SIRET"}


def test_a_formula_runs_in_no_spreadsheet():
    file = OpenFile("x", ("A",), {"A": "x"}, (Row("r", {"A": "=1+1"}),))
    assert file.write() == b"A\r\n'=1+1\r\n"


@pytest.mark.parametrize(
    ("name", "value"), [("PUBLISHER_SIRET", SIRET[:-1] + "0"), ("PUBLISHED", "hier")]
)
def test_a_wrong_setting_is_told(monkeypatch, name, value):
    monkeypatch.setenv(f"ATLAS62_{name}", value)
    with pytest.raises(SettingsError, match=f"Réglage ATLAS62_{name} : trouvé « {value} »"):
        read_settings()


def test_an_unknown_file_is_not_found(ask):
    assert ask("/scdl/budget.csv").status_code == 404
    assert ask("/scdl/catalogue.xlsx").status_code == 404


def test_without_the_name_of_the_server_the_catalogue_has_no_addresses(catalogue):
    server = Flask("scdl")
    server.register_blueprint(serve_scdl(lambda: catalogue, Settings()))
    answer = server.test_client().get("/scdl/catalogue.csv", headers={"Host": "evil.example"})
    assert answer.status_code == 503
    assert "ATLAS62_ADDRESS" in answer.text
