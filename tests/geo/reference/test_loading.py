import pytest

from geo.reference.places import Reference
from geo.tables import DamagedReferenceError


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    "file",
    [
        "communes.csv", "epcis.csv", "epci_names.csv", "commune_names.csv", "territories.csv",
        "mds_areas.csv", "cantons.csv", "arrondissements.csv", "former_communes.csv",
        "membership_2024.csv",
    ],
)  # fmt: skip
def test_each_missing_table_is_named(folder, file):
    (folder / file).unlink()
    with pytest.raises(DamagedReferenceError, match=f"fichier {file} absent"):
        Reference.load(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("communes.csv", ",site,", ",rue,", "attendu « site » ou « commune »"),
        ("communes.csv", "62002,", "62001,", "communes.csv : code « 62001 » en double"),
        ("communes.csv", "calaisis,calaisis", "dunkerquois,calaisis", "« dunkerquois » absent"),
        ("epcis.csv", "200090751,", "200090752,", "code « 200090751 » absent, cité par la commune"),
        ("territories.csv", "artois,Artois", "artoys,Artois", "code « artois » absent"),
        ("cantons.csv", "6201,", "6299,", "code « 6201 » absent"),
        ("former_communes.csv", "1974-01-01", "1974", "attendu une date AAAA-MM-JJ"),
        ("former_communes.csv", "Beaumont,62427", "Beaumont,62999", "trouvé « 62999 », attendu"),
    ],
)
def test_tables_that_do_not_fit_are_refused(folder, file, old, new, expected):
    replace(folder / file, old, new)
    with pytest.raises(DamagedReferenceError) as caught:
        Reference.load(folder)
    assert str(caught.value).startswith("Référence, fichier ")
    assert expected in str(caught.value)
