"""Archives of several files: one is read, the others are named and can be chosen."""

import pytest

from app.imports.limits import BroughtFileError
from layers.brought.problems import NOT_READ
from layers.brought.roles import Role
from tests.app.imports import files
from tests.app.imports.cases import told, values
from tests.app.imports.files import archive, csv, dbf

OTHER = csv((("Nom", "Ville"), ("Seul", "Arras")))


def test_the_largest_table_is_read_and_another_can_be_chosen(bring):
    content = archive({"lisezmoi.txt": b"x" * 5000, "b.csv": OTHER, "d/a.csv": csv()})
    made = bring(content, "lieux.zip")
    assert made.table.part == "d/a.csv"
    assert made.table.parts == ("d/a.csv", "b.csv", "lisezmoi.txt")
    assert told(made, NOT_READ) == [(0, "", "b.csv, lisezmoi.txt")]
    assert bring(content, "autre.zip", part="b.csv").rows["nom"].tolist() == ["Seul"]
    with pytest.raises(BroughtFileError, match=r"couche « c\.csv » absente, trouvé : d/a\.csv"):
        bring(content, "encore.zip", part="c.csv")


def test_a_shapefile_comes_before_the_tables_beside_it(bring, tmp_path):
    shapes = files.written(files.points(), "ESRI Shapefile", tmp_path)
    content = archive({**shapes, "liste.csv": csv(), "plan.pdf": b"%PDF"})
    made = bring(content, "lieux.zip")
    assert made.table.parts == ("lieux", "liste.csv")
    assert [value for *_, value in told(made, NOT_READ)] == ["liste.csv", "plan.pdf"]
    assert len(bring(content, "autre.zip", part="liste.csv").table.frame) == 3


def test_what_lies_beside_the_one_table_is_named(bring):
    made = bring(archive({"a.csv": csv(), "logo.png": b"\x89PNG"}), "lieux.zip")
    assert told(made, NOT_READ) == [(0, "", "logo.png")]


def test_a_layer_of_the_one_file_of_an_archive_can_be_chosen(bring, tmp_path):
    inside = files.written(files.points(), "GPKG", tmp_path, layer="un")
    assert bring(archive({"a.gpkg": inside}), "lieux.zip", part="un").table.part == "un"


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "utf-8"])
def test_a_table_of_dbase_without_its_shapes_is_a_table(bring, packed, encoding):
    content = dbf("Béthune, Héros".encode(encoding), rows=2)
    content = archive({"lieux.dbf": content}) if packed else content
    made = bring(content, "lieux.zip" if packed else "lieux.dbf", NOM=Role.ADDRESS)
    assert values(made, "nom") == ["Béthune, Héros"] * 2
    assert values(made, "commune_code") == ["62119"] * 2
