"""Files like those that went wrong for users of comparable tools: each stands for a kind.

They were made for this (tests/fixtures/cases); names and amounts are invented where they are not
public facts.
"""

import json
import sqlite3
import struct
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
import pytest

from app.imports.brought_file import SOURCE, FileImport
from app.imports.csv_table import read_csv
from app.imports.limits import BroughtFileError
from layers.brought.choice import Choice
from layers.brought.problems import LEFT_OUT, MENDED, NOT_READ, OUTSIDE
from tests.app.imports import files

CASES = Path(__file__).parents[2] / "fixtures" / "cases"


@pytest.fixture
def bring(read_here, reference, geocoder, tmp_path):  # noqa: ARG001 - reads in this process
    """Bring a file as the command does: what was read, and the layer made of it."""

    def brought(content, name="liste.csv", part="", heading=None, **roles):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / SOURCE).write_bytes(content)
        job = FileImport(folder, reference)
        job.read(name, part, heading)
        guessed = Choice.guessed(name, job.guess())
        job.choose(Choice(guessed.title, {**guessed.roles, **roles}))
        for _ in job.advance(geocoder):
            pass
        made = job.make("lieux")
        written = {column: str(role) for column, role in guessed.roles.items()}
        return SimpleNamespace(**vars(made), table=job.table, roles=written, job=job)

    return brought


@pytest.fixture
def case(bring):
    def brought(name, **options):
        return bring((CASES / name).read_bytes(), name.partition("-")[2], **options)

    return brought


def told(made, outcome=None):
    return [
        (p.line, p.column, p.value.replace("\u00a0", " "))
        for p in made.problems
        if outcome in {None, p.outcome}
    ]


def texts(*lines, encoding="utf-8"):
    return "\n".join(lines).encode(encoding)


def test_01_a_file_of_unix_keeps_its_ligatures_and_its_euros(case):
    made = case("01-liste.csv")
    assert made.table.encoding == "ISO-8859-15"
    assert made.rows["nom"].tolist() == ["Cercle du Cœur"]
    assert made.rows["commune"].tolist() == ["Nœux-les-Mines"]
    assert made.rows["montant"].tolist() == [Decimal("12.50")]


@pytest.mark.parametrize("name", ["02-liste.csv", "02-liste.xlsx"])
def test_02_labels_above_are_no_names_of_columns(case, name):
    made = case(name)
    assert list(made.table.frame) == ["Nom", "Adresse", "Ville"]
    assert made.rows["commune"].tolist() == ["Bapaume", "Bapaume"]
    assert [line for line, *_ in told(made, OUTSIDE)] == [1, 2]


def test_65_a_row_of_groups_above_is_told_and_the_names_are_found(case):
    made = case("65-classeur.xlsx")
    assert list(made.table.frame)[:3] == ["N°", "Nom", "Rue"]
    assert made.table.heading == 4
    assert len(made.rows) == 20
    assert (3, "", "Équipement | Localisation | Financement") in told(made, OUTSIDE)
    assert made.roles["N°"] == "texte"


HEADINGS = {
    "names known": (["Nom;Ville", "A;Lens", "B;Arras"], ["Nom", "Ville"], 1),
    "names unknown": (["Zig;Ville;Zag", "a;Lens;b", "c;Arras;d"], ["Zig", "Ville", "Zag"], 1),
    "labels as wide as the table": (
        ["Organisme;Ville de Lens", "Année;2024", "Nom;Commune", "A;Lens", "B;Arras"],
        ["Nom", "Commune"],
        3,
    ),
    "a missing name": (["nom;;ville", "a;b;Lens", "c;d;Arras"], ["nom", "Colonne 2", "ville"], 1),
    "two rows of names": (
        ["Nom;Adresse;;;Montant", ";Rue;CP;Ville;", "A;1 rue X;62300;Lens;5", "B;y;62000;Arras;6"],
        ["Nom", "Rue", "CP", "Ville", "Montant"],
        2,
    ),
    "a value that reads like a name": (["zig;zag", "un;Ville Lens", "b;c"], ["zig", "zag"], 1),
    "groups tell years apart": (
        ["Commune;Dépenses;;Recettes;", "Commune;2022;2023;2022;2023", "Lens;1;2;3;4"],
        ["Commune", "Dépenses – 2022", "Dépenses – 2023", "Recettes – 2022", "Recettes – 2023"],
        2,
    ),
    "years are names": (
        ["Commune;2022;2023", "Lens;1;2", "Arras;3;4"],
        ["Commune", "2022", "2023"],
        1,
    ),
    "no names": (
        ["Piscine;62300;Lens", "Stade;62000;Arras"],
        ["Colonne 1", "Colonne 2", "Colonne 3"],
        0,
    ),
}


@pytest.mark.parametrize(("lines", "names", "line"), HEADINGS.values(), ids=HEADINGS.keys())
def test_02_the_row_of_names_is_found_from_the_rows_below(lines, names, line):
    table = read_csv(texts(*lines), "liste.csv")
    assert list(table.frame) == names
    assert table.heading == line


def test_65_a_person_says_which_row_holds_the_names(bring):
    content = texts("Un;Ville", "Deux;Commune", "a;Lens")
    assert list(bring(content, heading=2).table.frame) == ["Deux", "Commune"]
    assert list(read_csv(content, "liste.csv", 0).frame) == ["Colonne 1", "Colonne 2"]
    with pytest.raises(BroughtFileError, match=r"la ligne 9 est vide.*1 : « Un \| Ville »"):
        bring(content, heading=9)


def test_02_a_row_wider_than_the_names_is_kept_and_told(bring):
    made = bring(texts("nom;ville", "a;Lens", "b;Arras;en plus"))
    assert made.table.frame["Colonne 3"].tolist() == [None, "en plus"]
    assert [p.line for p in made.problems] == [3]


def test_14_a_hidden_sheet_is_read_when_it_is_asked_for(case):
    made = case("14-classeur.xlsx")
    assert (made.table.part, made.table.hidden) == ("Lieux", ("Choix",))
    assert made.rows["nom"].tolist() == ["Crèche A", "Crèche B"]
    assert (0, "", "Choix (cachée)") in told(made, NOT_READ)
    assert case("14-classeur.xlsx", part="Choix").rows["nom"].tolist() == ["Arras", "Avion"]


def test_03_postcode_and_town_in_one_cell(case):
    made = case("03-liste.csv")
    assert made.rows["commune_code"].tolist() == ["62193", "62498"]
    assert made.roles["CP Ville"] == "commune"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("62000 ARRAS", "62041"),
        ("ARRAS 62000", "62041"),
        ("62022 ARRAS CEDEX 9", "62041"),
        ("ARRAS CEDEX", "62041"),
        ("F-62100 Calais", "62193"),
        ("Calais (62)", "62193"),
        ("ville de Lens", "62498"),
        ("Touquet-Paris-Plage, Le", "62826"),
        ("PORTEL (LE)", "62667"),
        ("COMTE (LA)", "62232"),
        ("Lens (62300)", "62498"),
    ],
)
def test_03_a_cell_names_its_commune_under_any_heading(bring, cell, code):
    made = bring(texts("zig;zag", f"un;{cell}", "deux;Lens"))
    assert made.roles["zag"] == "commune"
    assert made.rows["commune_code"].tolist() == [code, "62498"]


def test_06_articles_behind_are_read(case):
    made = case("06-liste.csv")
    assert made.rows["commune_code"].tolist() == ["62826", "62667", "62232"]


def test_05_postcodes_under_the_heading_of_codes_give_way_to_the_names(case):
    made = case("05-liste.csv")
    assert made.rows["commune"].tolist() == ["Calais", "Lens"]
    assert told(made) == [(0, "Code INSEE", "62100 (2 lignes)")]


def test_05_a_code_of_another_commune_than_the_name_is_not_placed(bring):
    made = bring(texts("Nom;Code INSEE;Commune", "A;62498;Arras", "B;62041;Arras"))
    assert made.rows["nom"].tolist() == ["B"]
    assert (2, "Code INSEE", "62498, Arras") in told(made, LEFT_OUT)


def test_05_the_code_of_a_new_commune_and_the_name_of_an_old_one_agree(bring, reference):
    former = next(f for f in reference.former_communes if f.name != f.current)
    name = reference.communes[former.current].name
    made = bring(texts("Nom;Code INSEE;Commune", f"A;{former.code};{name}"))
    assert made.rows["commune_code"].tolist() == [former.current]


def test_several_codes_in_one_cell_are_told(bring):
    made = bring(texts("Nom;Code INSEE", "A;62193, 62498", "B;62041"))
    assert made.rows["commune_code"].tolist() == ["62193", "62041"]
    assert told(made) == [(2, "Code INSEE", "62193, 62498")]


def values(made, name):
    return made.rows[name].tolist()


def test_08_codes_that_look_like_numbers_stay_codes(case):
    assert values(case("08-liste.csv"), "repere") == ["1E2", "2E3"]


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("zag", ["1E2", "3E4"]),
        ("zag", ["00123", "00456"]),
        ("zag", ["12345678901234567", "12345678901234568"]),
        ("zag", ["01.04.13", "02.01.14"]),
        ("zag", ["1.2", "1.10.3"]),
        ("zag", ["06 12 34 56 78", "03 21 00 00 00"]),
        ("zag", ["12 34", "56 78"]),
        ("Rubrique", ["1/2/24", "3/4/25"]),
        ("Lot", ["0x1F", "1_000"]),
    ],
)
def test_08_what_is_no_number_for_sure_stays_as_it_is(bring, heading, cells):
    rows = [f"{cell};Lens" for cell in cells]
    made = bring(texts(f"{heading};Ville", *rows))
    assert values(made, heading.lower()) == cells


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1 234", "5"], [1234, 5]),
        (["1\u202f234,5", "2\u00a0000"], [1234.5, 2000.0]),
        (["(12)", "5"], [-12, 5]),
        (["12-", "−5"], [-12, -5]),
        (["1,5E3", "2"], [1500.0, 2.0]),
        (["12,5 %", "7\u202f%"], [12.5, 7.0]),
        (["123456789012345", "1"], [123456789012345, 1]),
    ],
)
def test_numbers_are_read_as_offices_write_them(bring, cells, numbers):
    made = bring(texts("zag;Ville", *[f"{cell};Lens" for cell in cells]))
    assert values(made, "zag") == numbers
    field = next(f for f in made.description.fields if f.name == "zag")
    assert field.unit == ("%" if "%" in cells[0] else "")


def test_accountants_write_what_is_owed_in_brackets(bring):
    made = bring(texts("Montant;Ville", "(1 234,50) €;Lens", "(10 €);Arras", "5 €;Calais"))
    assert values(made, "montant") == [Decimal("-1234.50"), Decimal(-10), Decimal(5)]


def test_10_headings_do_not_make_dates_and_euros_of_counts(case):
    made = case("10-liste.csv")
    assert values(made, "population_annee_2021") == [32920, 30063]
    assert values(made, "nombre_d_aides_accordees") == [6, 7]
    assert values(made, "rubrique") == ["01.04.13", "02.01.14"]


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [
        ("Année", ["2021", "2022"], ["2021", "2022"]),
        ("Année", ["32920", "30063"], [32920, 30063]),
        ("Aides", ["6", "7"], [6, 7]),
        ("Aides", ["6 000 €", "7"], [Decimal(6000), Decimal(7)]),
        ("Date", ["01/04/2024", "45352"], ["2024-04-01", "2024-03-01"]),
        ("Date", ["01.04.13", "02.01.14"], ["2013-04-01", "2014-01-02"]),
        ("Places (année 2021)", ["2012", "1950"], [2012, 1950]),
    ],
)
def test_10_a_day_is_proved_and_an_amount_too(bring, heading, cells, expected):
    made = bring(texts(f"{heading};Ville", *[f"{c};Lens" for c in cells]))
    assert made.rows.iloc[:, 1].tolist() == expected


def test_codes_of_communes_under_any_heading_are_no_numbers(bring):
    made = bring(texts("zig;zag", "a;62498", "b;62041"))
    assert made.roles["zag"] == "code_insee"
    assert values(made, "zag") == ["62498", "62041"]


@pytest.mark.parametrize(
    ("name", "rows"), [("13-texte.csv", 1), ("13-degres.csv", 1), ("13-abscisse.csv", 2)]
)
def test_13_positions_of_the_file_are_used(case, name, rows):
    made = case(name)
    point = made.rows.geometry.iloc[0]
    assert (point.x, point.y) == pytest.approx((1.88, 50.94), abs=0.02)
    assert made.rows["precision"].iloc[0] == "site"
    assert len(made.rows) == rows


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("zig", "POINT (1.88 50.94)"),
        ("zig", '"SRID=4326;POINT(1.88 50.94)"'),
        ("zig", "0101000000" + struct.pack("<dd", 1.88, 50.94).hex()),
        ("zig", '"{""type"": ""Point"", ""coordinates"": [1.88, 50.94]}"'),
        ("zig", '"50°56\'24""N, 1°52\'48""E"'),
        ("zig", '"1°52\'48"" E 50°56\'24"" N"'),
        ("GPS", "50.94, 1.88"),
        ("zig", "50.9400 N / 1.8800 E"),
    ],
)
def test_13_a_position_in_one_cell_is_read_in_any_form(bring, heading, cell):
    made = bring(texts(f"{heading};nom;commune", f"{cell};Local;Calais"))
    point = made.rows.geometry.iloc[0]
    assert (point.x, point.y) == pytest.approx((1.88, 50.94), abs=0.001)


def test_13_a_column_that_speaks_of_a_position_and_is_not_read_is_named(bring):
    made = bring(texts("coordonnées;nom;commune", "carreau H7;Local;Calais"))
    assert (0, "coordonnées", "carreau H7") in told(made)


def test_13_several_points_and_lines_are_told_and_holes_kept(bring):
    several = bring(
        texts("wkt;nom", "MULTIPOINT ((1.88 50.94), (2.83 50.43));a", "POINT (2.83 50.43);b",
              '"LINESTRING (2.82 50.43, 2.84 50.43)";c')
    )  # fmt: skip
    assert several.rows.geometry.iloc[0].x == pytest.approx(1.88)
    assert several.rows.geometry.iloc[2].x == pytest.approx(2.83)
    assert told(several) == [(2, "géométrie", "2 points"), (4, "géométrie", "LineString")]
    ring = (
        "(2.8 50.4, 2.9 50.4, 2.9 50.5, 2.8 50.4), (2.85 50.41, 2.87 50.41, 2.87 50.42, 2.85 50.41)"
    )
    area = bring(texts("wkt;nom", f'"POLYGON ({ring})";a'))
    assert len(area.rows.geometry.iloc[0].interiors) == 1


def collection(*objects):
    features = [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for properties, geometry in objects
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


ARRAS = {"type": "Point", "coordinates": [2.778515, 50.293056]}


def test_20_lists_and_objects_are_written_as_people_write_them(case):
    made = case("20-lieux.geojson")
    row = made.rows.iloc[0]
    assert (row["jeux"], row["heures"], row["couloirs"]) == (
        "nage, plongée", "lundi : 9h-12h", "25, 50",
    )  # fmt: skip


def test_20_attributes_called_like_ours_are_kept(bring):
    properties = {"geometry": "en L", "id": 7, "line": "B", "a\u0000b": 1, "n": 12345678901234567}
    made = bring(collection((properties, ARRAS)), "lieux.geojson")
    row = made.rows.iloc[0]
    assert [row["geometry_fichier"], row["line_fichier"], row["n"]] == [
        "en L",
        "B",
        str(10**16 + 2345678901234567),
    ]


def test_20_texts_of_typed_files_are_no_numbers_and_no_days_by_their_figures(bring):
    properties = {"code": "00123", "lot": "12", "rubrique": "01/04/2024", "nombre": 3, "vide": None}
    made = bring(collection((properties, ARRAS)), "lieux.geojson")
    row = made.rows.iloc[0]
    assert [row["lot"], row["rubrique"], row["nombre"]] == ["12", "01/04/2024", 3]


@pytest.mark.parametrize(
    ("name", "kept", "outcome"),
    [
        ("22-deux-sommets.geojson", ["bonne"], LEFT_OUT),
        ("22-non-fermee.geojson", ["bonne", "ouverte"], MENDED),
    ],
)
def test_22_one_bad_ring_costs_one_row(case, name, kept, outcome):
    made = case(name)
    assert made.rows["nom"].tolist() == kept
    assert [p.line for p in made.problems if p.outcome == outcome] == [2]


def test_22_a_bad_ring_in_a_geopackage_costs_one_row(bring, tmp_path):
    frame = gpd.GeoDataFrame(
        {"nom": ["bonne", "mauvaise"]},
        geometry=[files.square(files.LENS), files.square(files.ARRAS)],
        crs="EPSG:4326",
    )
    content = files.written(frame, "GPKG", tmp_path)
    path = tmp_path / "abime.gpkg"
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as base:
        (blob,) = base.execute("SELECT geom FROM lieux WHERE fid = 2").fetchone()
        ring = struct.pack("<BIIIdddd", 1, 3, 1, 2, 2.7, 50.2, 2.8, 50.3)
        head = 8 + 8 * {0: 0, 1: 4, 2: 6, 3: 6, 4: 8}[blob[3] >> 1 & 7]
        for (name,) in base.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger'"
        ).fetchall():
            base.execute(f'DROP TRIGGER "{name}"')
        base.execute("UPDATE lieux SET geom = ? WHERE fid = 2", (blob[:head] + ring,))
        base.commit()
    made = bring(path.read_bytes(), "lieux.gpkg")
    assert made.rows["nom"].tolist() == ["bonne"]
    assert 2 in {p.line for p in made.problems}


def test_24_an_instant_becomes_french_time_before_its_day_is_taken(case):
    assert case("24-lieux.geojson").rows["jour"].tolist() == ["2024-04-01"]


def test_24_hours_that_are_left_are_told(bring):
    content = collection(({"nom": "a", "jour": "2024-04-01T14:30:00+02:00"}, ARRAS))
    made = bring(content, "lieux.geojson")
    assert made.rows["jour"].tolist() == ["2024-04-01"]
    assert told(made) == [(0, "jour", "2024-04-01T14:30:00+02:00 (1 ligne)")]


@pytest.mark.parametrize("name", ["27-a-windows-dit-utf8.zip", "27-b-utf8-dit-windows.zip"])
def test_27_the_table_of_a_shapefile_is_read_for_what_it_is(case, name):
    made = case(name)
    assert "École de Béthune" in made.rows.iloc[0].tolist()
    assert [p.outcome for p in made.problems] == [MENDED]


def test_28_names_in_an_archive_are_compared_without_their_case(case):
    made = case("28-lieux.zip")
    assert made.rows["nom"].tolist() == ["Halle"]


def test_28_other_shapefiles_are_listed_and_can_be_chosen(bring, tmp_path):
    one = files.written(files.points(), "ESRI Shapefile", tmp_path, "un")
    two = files.written(files.points((files.LENS,)), "ESRI Shapefile", tmp_path, "deux")
    content = files.archive({**one, **two})
    made = bring(content, "lieux.zip")
    assert (made.table.part, len(made.rows)) == ("un", 2)
    assert (0, "", "deux") in told(made, NOT_READ)
    assert len(bring(content, "lieux.zip", part="deux").rows) == 1


def test_28_a_shapefile_without_table_is_told(bring, tmp_path):
    members = files.written(files.points(), "ESRI Shapefile", tmp_path)
    made = bring(
        files.archive({n: b for n, b in members.items() if not n.endswith(".dbf")}), "l.zip"
    )
    assert len(made.rows) == 2
    assert any("table" in value for *_, value in told(made, NOT_READ))


def test_52_a_file_without_columns_is_a_layer_and_says_so(case):
    made = case("52-lieux.geojson")
    assert len(made.rows) == 1
    assert (0, "", "aucune colonne") in told(made)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "iso8859_15"])
def test_geojson_is_read_in_any_encoding(bring, encoding):
    content = json.loads(collection(({"nom": "Cœur de Béthune"}, ARRAS)))
    made = bring(json.dumps(content, ensure_ascii=False).encode(encoding), "lieux.geojson")
    assert made.rows["nom"].tolist() == ["Cœur de Béthune"]


def test_19_a_total_among_the_rows_is_left_out_and_told(case):
    made = case("19-liste.csv")
    assert sum(made.rows["montant"]) == 15000
    assert told(made, LEFT_OUT) == [(4, "Bénéficiaire", "Sous-total Arras")]
    assert made.left_out == (4,)


TOTALS = {
    "subtotals and a total": (
        ["A;Arras;10", "B;Arras;5", "Sous-total;Arras;15", "C;Lens;7", "Sous-total;Lens;7",
         "TOTAL GÉNÉRAL;Arras;22"],
        [4, 6, 7],
    ),
    "a total of all": (["A;Arras;10", "B;Lens;5", "Ensemble;Arras;15"], [4]),
    "a choir is no total": (["A;Arras;10", "Ensemble vocal;Lens;5", "B;Arras;2"], []),
    "a total that is no sum": (["A;Arras;10", "B;Lens;5", "Total;Arras;99"], []),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "left"), TOTALS.values(), ids=TOTALS.keys())
def test_19_a_total_is_proved_by_its_sum(bring, rows, left):
    made = bring(texts("Nom;Commune;Montant", *rows))
    assert list(made.left_out) == left
    if "Total;Arras;99" in rows:
        assert told(made) == [(4, "Nom", "Total")]


def test_rows_that_repeat_one_above_are_told(bring):
    made = bring(texts("Nom;Commune", "A;Lens", "B;Arras", "A;Lens"))
    assert len(made.rows) == 3
    assert told(made) == [(4, "", "A | Lens")]


def test_a_number_of_the_street_belongs_to_the_address_where_the_street_has_none(bring):
    made = bring(texts("Numéro;Voie;Ville", "3;rue Pasteur;Lens", "5;rue de la Gare;Arras"))
    assert made.roles["Numéro"] == "adresse"
