import csv

import pytest

from tests.geo.ban.ban_server import LENS, BanServer

NEW = [
    "longitude", "latitude", "code_commune", "commune", "precision", "confiance", "source",
    "remarque",
]  # fmt: skip


@pytest.fixture
def service():
    server = BanServer()
    yield server
    server.close()


@pytest.fixture
def addresses(tmp_path):
    path = tmp_path / "adresses.csv"
    path.write_text(
        "nom;adresse;ville\n"
        "Médiathèque;78 rue Marcel-Lancino;62153 Ablain-Saint-Nazaire\n"
        "Théâtre;place du Théâtre;Lille\n"
        "Agglo;;CABBALR\n"
        "=1+1;rue inconnue;\n",
        encoding="utf-8",
    )
    return path


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def plain(text):
    """Return a text with plain spaces, where French typography wants others."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_file_gets_the_columns_that_say_where(atlas62, addresses, tmp_path):
    output = tmp_path / "lieux.csv"
    result = atlas62(
        "geocoder", str(addresses), "--colonne", "adresse", "--colonne", "ville",
        "--sortie", str(output),
    )  # fmt: skip
    assert (result.exit_code, result.stdout) == (0, "")
    rows = read(output)
    assert list(rows[0]) == ["nom", "adresse", "ville", *NEW]
    assert [row["code_commune"] for row in rows] == ["62001", "", "", ""]
    assert [row["precision"] for row in rows] == ["address", "none", "epci", "none"]
    assert rows[0]["longitude"] == "2,712356"
    assert rows[1]["remarque"] == "Hors du Pas-de-Calais\u00a0: Lille (Nord)."
    assert rows[3]["nom"] == "'=1+1"
    told = plain(result.stderr)
    assert "4 lignes" in told
    assert "1 à l’adresse (25,0 %)" in told


def test_file_that_stands_is_not_overwritten_unless_asked(atlas62, addresses, tmp_path):
    words = ["geocoder", str(addresses), "--colonne", "ville", "--sortie", str(addresses)]
    result = atlas62(*words)
    assert result.exit_code == 1
    assert "existe déjà" in result.stderr
    assert atlas62(*words, "--remplacer").exit_code == 0
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "FICHIER, --colonne et --sortie sont attendus, ou --expliquer"),
        (["x.csv", "--colonne", "a", "--sortie", "y.csv"], "absent ou illisible"),
        (["{file}", "--colonne", "rue", "--sortie", "y.csv"], "Colonne « rue » absente"),
        (["--expliquer", "Lens", "--territoire", "xyzzy"], "Territoire « xyzzy » inconnu"),
        (["--expliquer", "Lens", "--territoire", "epci:1"], "illisible"),
    ],
)
def test_wrong_use_is_said_in_french(atlas62, addresses, words, said):
    result = atlas62("geocoder", *(word.format(file=addresses) for word in words))
    assert result.exit_code in {1, 2}
    assert said in result.stderr


def test_path_of_an_answer_is_explained(atlas62):
    result = atlas62("geocoder", "--expliquer", "12 rue d’Arras, 62300 Lans")
    assert result.exit_code == 0
    assert "Normaliser" in result.stdout
    assert "« lens » → Lens (62498)" in plain(result.stdout)


def test_territory_is_named_by_a_person_or_written_out(atlas62):
    for name in ("Fauquembergues", "commune:62325"):
        result = atlas62("geocoder", "--expliquer", "rue Gobron", "--territoire", name)
        assert "Fauquembergues (62325)" in result.stdout


def test_network_is_asked_only_where_the_operator_names_a_service(
    atlas62, tmp_path, monkeypatch, service
):
    path = tmp_path / "une.csv"
    path.write_text("adresse\n12 rue de la Paix 62300 Lens\n", encoding="utf-8")
    service.answers["12 rue de la Paix 62300 Lens"] = LENS
    words = ["geocoder", str(path), "--colonne", "adresse", "--remplacer", "--sortie"]
    assert atlas62(*words, str(tmp_path / "sans.csv")).exit_code == 0
    assert service.asked == []
    monkeypatch.setenv("ATLAS62_BAN", service.address)
    monkeypatch.setenv("ATLAS62_CACHE", str(tmp_path / "cache"))
    for _ in range(2):  # the second run finds its answer kept
        assert atlas62(*words, str(tmp_path / "avec.csv")).exit_code == 0
    assert len(service.asked) == 1
    assert read(tmp_path / "sans.csv")[0]["precision"] == "commune"
    row = read(tmp_path / "avec.csv")[0]
    assert (row["precision"], row["longitude"]) == ("address", "2,8299")
    assert row["source"].endswith("Base Adresse Nationale (IGN, DINUM)")
