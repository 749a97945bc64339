"""The tables of the project against public files that developers may hold beside it."""

import csv

import pytest


@pytest.fixture(scope="module")
def source(shared):
    def read(path: str) -> list[dict[str, str]]:
        file = shared / "sources" / path
        if not file.is_file():
            pytest.skip(f"fichier de comparaison absent : {path}")
        with file.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    return read


def test_colleges_are_the_same_with_the_same_pupils(catalogue, source):
    theirs = {
        row["uai"]: (row["secteur"], row["effectif_2022"], row["ips_2022"])
        for row in source("colleges_62/colleges_62.csv")
    }
    ours = {
        row.uai: (row.sector, str(row.pupils), str(row.ips))
        for row in catalogue.load("colleges").itertuples()
    }
    assert ours == theirs


def test_districts_touch_the_same_communes(catalogue, source):
    theirs = {
        (row["code_qp"], row["insee_com"]) for row in source("qpv_2024_62/qpv_2024_62_communes.csv")
    }
    ours = {
        (row.code, commune)
        for row in catalogue.load("qpv").itertuples()
        for commune in row.commune_codes
    }
    assert len(ours) == 101
    assert ours == theirs


def test_france_services_are_the_same_in_the_same_communes(catalogue, source):
    rows = source("france_services_62/france_services_62.csv")
    ours = catalogue.load("france_services").set_index("site_id")["commune_code"]
    assert ours.to_dict() == {row["id_fs"]: row["code_insee"] for row in rows}


def test_health_establishments_moved_to_another_commune_say_why(catalogue, source):
    rows = source("hopitaux_62/hopitaux_62.csv")
    theirs = {row["finess"]: row["code_insee_2026"] for row in rows}
    ours = catalogue.load("hopitaux").set_index("finess")
    assert ours.index.sort_values().tolist() == sorted(theirs)
    moved = ours[ours["commune_code"] != ours.index.map(theirs)]
    assert set(moved["commune"]) == {"Beuvry", "Helfaut"}
    assert moved["remark"].str.startswith("La source dit").all()


def test_the_works_of_an_operation_are_said_in_whole_words(catalogue):
    rows = catalogue.load("operations").set_index("id")
    pool = rows.loc["2023-534-grand-calais-1"]
    assert (pool["works_start"], pool["works_end"]) == ("09/2024", "2e semestre 2026")
    assert not rows[["works_start", "works_end"]].stack().str.contains(r"\bsem\b").any()
