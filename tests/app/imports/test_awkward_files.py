"""Thirty files as people bring them: each is read for what it is, or refused in one sentence."""

import warnings

import geopandas as gpd
import pytest

from app.imports.file_kind import read_table
from app.imports.limits import BroughtFileError
from app.imports.sandbox import read_apart, run_apart
from tests.app.imports import files
from tests.app.imports.files import ARRAS, LENS, ROWS, archive, csv, xlsx

NAMES = ["Médiathèque l’Œil", "Bibliothèque d’Hénin", "Point lecture"]


@pytest.fixture
def brought(tmp_path):
    def bring(content, name="lieux.csv"):
        path = tmp_path / "apport"
        path.write_bytes(content)
        return read_table(path, name)

    return bring


READ = {
    "utf-8": csv(),
    "utf-8 with a mark": csv(encoding="utf-8-sig"),
    "windows": csv(encoding="cp1252"),
    "utf-16": csv(encoding="utf-16"),
    "utf-16 without a mark": csv(encoding="utf-16-le"),
    "tabulations": csv(separator="\t"),
    "bars": csv(separator="|"),
    "line feeds": csv(end="\n"),
    "returns of an old Mac": csv(end="\r"),
    "the separator announced": b"sep=;\r\n" + csv(),
    "titles above": b"Liste des lieux\r\n\r\nau 1er mars\r\n" + csv(),
    "empty lines between": csv().replace(b"\r\n", b"\r\n;;;;\r\n\r\n"),
    "empty columns after": csv(tuple((*row, "", "") for row in ROWS)),
    "xlsx": xlsx(),
    "ods": files.ods(),
    "a lone table in an archive": archive({"dossier/lieux.csv": csv(), "__MACOSX/._l": b"x"}),
}


@pytest.mark.parametrize("content", READ.values(), ids=READ.keys())
def test_usual_forms_are_read_the_same(brought, content):
    table = brought(content)
    assert list(table.frame) == list(ROWS[0])
    assert table.frame["Nom"].tolist() == NAMES
    assert table.frame["Montant"].tolist() == ["1 234,50 €", "800", None]


def test_mac_roman_and_dos_are_told_from_windows(brought):
    plain = tuple(
        tuple(t.replace("’", "'").replace("€", "").replace("Œ", "O") for t in r) for r in ROWS
    )
    for encoding in ("mac_roman", "cp850"):
        table = brought(csv(plain, encoding=encoding))
        assert table.frame["Nom"].iloc[0] == "Médiathèque l'Oil"


def test_mixed_encodings_are_repaired_line_by_line_and_told(brought):
    lines = csv().split(b"\r\n")
    lines[2] = lines[2].decode().encode("cp1252")
    table = brought(b"\r\n".join(lines))
    assert table.frame["Nom"].tolist() == NAMES
    assert [(p.line, p.outcome) for p in table.problems] == [(3, "corrigé")]


def test_lines_keep_the_number_that_a_person_sees(brought):
    content = b'nom;ville\n"a\nb";Lens\n\nc;Arras\nd;Calais;de trop\n'
    table = brought(content)
    assert table.frame.index.tolist() == [2, 5, 6]
    assert table.frame["Colonne 3"].tolist() == [None, None, "de trop"]
    (problem,) = table.problems
    assert (problem.line, problem.outcome) == (6, "à vérifier")
    assert "2 cellules, trouvé 3" in problem.expected


def test_headings_twice_or_absent_get_a_name(brought):
    frame = brought(b"nom;nom;;ville\na;b;c;Lens\n").frame
    assert list(frame) == ["nom", "nom (2)", "Colonne 3", "ville"]


def test_formulas_are_not_run_and_their_errors_are_empty(brought):
    table = brought(
        xlsx((("Nom", "Montant", "Commune"), ("a", "=SUM(1,2)→3", "Lens"),
              ("b", "=NA()→#N/A", "Arras"), ("c", 62000.0, "Calais")))
    )  # fmt: skip
    assert table.frame["Montant"].tolist() == ["3", None, "62000"]


@pytest.mark.parametrize("driver", ["GPKG", "GeoJSON"])
def test_geographic_files_keep_their_geometry(brought, tmp_path, driver):
    table = brought(files.written(files.points(), driver, tmp_path))
    assert table.frame["nom"].tolist() == ["Lieu 0", "Lieu 1"]
    assert table.geometry.x.round(4).tolist() == [LENS[0], ARRAS[0]]


def test_shapefile_in_an_archive_with_or_without_its_helpers(brought, tmp_path):
    members = files.written(files.points(crs="EPSG:2154"), "ESRI Shapefile", tmp_path)
    assert brought(archive(members)).geometry.crs.to_epsg() == 2154
    bare = {f"carte/{n}": b for n, b in members.items() if n.endswith((".shp", ".shx", ".dbf"))}
    assert brought(archive(bare)).geometry.crs is None


def bomb():
    """An archive of a few kilobytes that would unpack to fifty megabytes."""
    return archive({"lieux.csv": b"nom;ville\n" + b"0" * 50_000_000})


REFUSED = {
    "nothing": (b"", "aucune ligne"),
    "headings alone": (b"nom;ville\n", "aucune ligne sous les noms"),
    "an unclosed quote": (b'nom;ville\na;Lens\n"b;Arras\n', "ligne 3 : ce n’est pas du CSV"),
    "bytes": (bytes(range(256)) * 4, "ce n’est pas du texte"),
    "a pdf": (b"%PDF-1.7", "trouvé un PDF, attendu CSV, XLSX"),
    "a web page called xls": (b"<html><table></table></html>", "trouvé du HTML"),
    "an image": (b"\x89PNG\r\n", "trouvé une image"),
    "an encrypted workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "illisible"),
    "half an archive": (xlsx()[:-60], "archive illisible"),
    "a way out": (archive({"../../lieux.csv": csv()}), "sort de l’archive"),
    "a way out of windows": (archive({"..\\lieux.csv": csv()}), "sort de l’archive"),
    "an absolute way": (archive({"/etc/lieux.csv": csv()}), "sort de l’archive"),
    "a bomb": (bomb(), "grossit plus de 200 fois"),
    "an archive in an archive": (archive({"a.csv": archive({"b.csv": csv()})}), "archive dans"),
    "many members": (archive({f"{n}.csv": b"" for n in range(1001)}), "plus de 1000 fichiers"),
    "no table": (archive({"a.pdf": b"", "b.doc": b""}), "trouvé a.pdf, b.doc, attendu un Shape"),
    "a .shp alone": (b"\0\0\x27\x0a" + b"\0" * 96, "un .shp sans les autres fichiers"),
    "a .dbf without a row": (files.dbf(rows=0), "aucun objet"),
    "a list in json": (b'[{"nom": "A", "commune": "Lens"}]', "trouvé une liste JSON"),
    "flatgeobuf": (b"fgb\x03fgb\x00", "trouvé du FlatGeobuf"),
    "entities": (
        xlsx(doctype='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'),
        "déclare des entités XML",
    ),
    "many columns": (csv((("c",) * 201, ("1",) * 201)), "plus de 200 colonnes"),
    "geojson cut short": (b'{"type": "FeatureCollection", "features": [', "illisible"),
    "geojson without features": (b'{"type": "FeatureCollection", "features": []}', "aucun objet"),
    "deep json": (b'{"a":' * 100_000, "illisible"),
    "virtual source in disguise": (
        b'{"type": "x"}<OGRVRTDataSource><OGRVRTLayer name="a"/></OGRVRTDataSource>',
        "illisible",
    ),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_said_in_one_french_sentence(brought, content, said):
    with pytest.raises(BroughtFileError) as caught:
        brought(content)
    sentence = str(caught.value)
    assert said in sentence
    assert sentence.startswith("Fichier « lieux.csv »")
    assert "\n" not in sentence


def test_an_archive_that_lies_on_its_size_is_refused(brought):
    with pytest.raises(BroughtFileError, match="endommagé"):
        brought(files.lying_zip())


def test_a_database_that_is_no_geopackage_is_refused(brought, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        table_or_error = None
        try:
            table_or_error = brought(files.database(tmp_path))
        except BroughtFileError as error:
            table_or_error = str(error)
    assert "aucun objet" in str(table_or_error) or "illisible" in str(table_or_error)


def test_what_would_fill_the_memory_dies_in_its_own_process(tmp_path):
    corners = files.cell("A1", "a") + "</row><row r='1048576'>" + files.cell("XFD1048576", "b")
    lines = f'<sheetData><row r="1">{corners}</row></sheetData>'
    sheet = f'<worksheet xmlns="{files._MAIN}">{lines}</worksheet>'
    path = tmp_path / "apport"
    path.write_bytes(xlsx(sheet=sheet))
    with pytest.raises(BroughtFileError, match=r"coins.xlsx » : .*4 Go de mémoire"):
        read_apart(path, "coins.xlsx", tmp_path)


def test_a_reader_that_breaks_down_speaks_of_damage_and_not_of_memory():
    with pytest.raises(BroughtFileError, match=r"x.csv » : .*endommagé") as caught:
        run_apart("no step of this name", "x.csv", [])
    assert "mémoire" not in str(caught.value)


def test_reading_apart_gives_the_same_table(tmp_path):
    path = tmp_path / "apport"
    path.write_bytes(files.written(files.points(crs="EPSG:2154"), "GPKG", tmp_path))
    near, apart = read_table(path, "x.gpkg"), read_apart(path, "x.gpkg", tmp_path)
    assert apart.frame.equals(near.frame)
    assert gpd.GeoSeries(apart.geometry).geom_equals(near.geometry).all()
    assert apart.geometry.crs == near.geometry.crs
    path.write_bytes(b"%PDF")
    with pytest.raises(BroughtFileError, match="trouvé un PDF"):
        read_apart(path, "x.pdf", tmp_path)
