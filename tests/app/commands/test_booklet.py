import re

import pypdfium2
import pytest

GRAND_CALAIS = "epci:200090751"
PISCINE = "2023-534-grand-calais-1"


@pytest.fixture(autouse=True)
def fixed_time(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.mark.parametrize(
    ("ending", "start"), [("pdf", b"%PDF-"), ("svg", b"<?xml"), ("png", b"\x89PNG")]
)
def test_the_ending_says_the_format(atlas62, tmp_path, ending, start):
    path = tmp_path / f"carte.{ending}"
    words = ("livret", "--perimetre", "commune:62193", "--format", "A4", "--sortie", str(path))
    result = atlas62(*words)
    assert result.exit_code == 0, result.stderr
    assert path.read_bytes().startswith(start)
    assert "au 1:" in result.stdout
    assert atlas62(*words).exit_code == 1  # it stands already


def test_the_printer_s_file_is_checked_aloud(atlas62, tmp_path):
    path = tmp_path / "carte.pdf"
    result = atlas62(
        "livret", "--perimetre", "contrat:ct-grand-calais", "--sortie", str(path),
        "--imprimeur", "--controle",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    assert "fond perdu de 3 mm" in result.stdout
    assert "rouge" not in result.stdout


def test_the_sheet_follows_the_map(atlas62, tmp_path):
    path = tmp_path / "section.pdf"
    words = ("livret", "--perimetre", GRAND_CALAIS, "--fiche", "--sortie")
    assert atlas62(*words, str(path)).exit_code == 0
    with pypdfium2.PdfDocument(path) as document:
        assert len(document) == 2
        letters = document[1].get_textpage()
        text = " ".join(letters.get_text_bounded().split())
        letters.close()
    assert "a un contrat de territoire 2023-2026 voté" in text
    assert "Poursuivre la transition vers une mobilité structurée" in text
    assert "Fin des travaux : 2e semestre 2026" in text.replace("\u00a0", " ")
    refused = atlas62(*words, str(tmp_path / "section.svg"))
    assert (refused.exit_code, "PDF pour l’écran" in refused.stderr) == (1, True)


def test_signs_that_cannot_be_printed_and_texts_that_are_cut_are_told(atlas62, tmp_path):
    path = tmp_path / "carte.pdf"
    long = "Très long sous-titre " * 20
    words = ("--titre", "Київ – 東京", "--sous-titre", long, "--controle")
    result = atlas62("livret", "--perimetre", GRAND_CALAIS, *words, "--sortie", str(path))
    assert result.exit_code == 0, result.stderr
    said = " ".join(result.stdout.replace("\u00a0", " ").split())
    assert "remplacés par « · » : " in said
    assert all(sign in said for sign in "東京")
    assert "orange : Texte coupé, trop long pour sa place : « Très long" in said
    with pypdfium2.PdfDocument(path) as document:
        letters = document[0].get_textpage()
        assert re.search(r"(Très|long|sous-titre)…", letters.get_text_bounded())
        letters.close()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--perimetre", "epci:999999999"), 1, "inconnu"),
        (("--perimetre", "quelque part"), 1, "inconnu"),
        (("--perimetre", "contrat:non"), 1, "ct-ternois"),
        (("--perimetre", GRAND_CALAIS, "--couches", "licornes"), 1, "couches connues"),
        (("--perimetre", GRAND_CALAIS, "--titre", "x" * 200), 1, "120 au plus"),
        (("--perimetre", GRAND_CALAIS, "--legende", "sans rien"), 1, "OPÉRATION=TEXTE"),
        (("--perimetre", GRAND_CALAIS, "--legende", "licorne=x"), 1, "opération inconnue"),
        (("--perimetre", GRAND_CALAIS, "--legende", f"{PISCINE}={'x' * 121}"), 1, "120 au plus"),
        ((), 2, "--perimetre LIEU ou --tous"),
        (("--perimetre", GRAND_CALAIS, "--tous", "epci"), 2, "l’un des deux"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(atlas62, tmp_path, words, code, told):
    path = tmp_path / "carte.pdf"
    result = atlas62("livret", *words, "--sortie", str(path))
    assert result.exit_code == code
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_name_of_no_known_format_is_told_at_once(atlas62, tmp_path):
    result = atlas62("livret", "--perimetre", GRAND_CALAIS, "--sortie", str(tmp_path / "a.doc"))
    assert result.exit_code == 1
    assert ".pdf, .svg ou .png" in result.stderr


def test_the_address_of_a_view_prints_as_that_view(atlas62, tmp_path):
    path = tmp_path / "carte.svg"
    view = ("http://atlas.example/?lieu=contrat:ct-grand-calais&indicateur=densite&niveau=epci"
            "&dessin=cercles&periode=2023-S1,2030-S2&couches=operations")  # fmt: skip
    result = atlas62("livret", "--vue", view, "--sortie", str(path))
    assert result.exit_code == 0, result.stderr
    text = path.read_text(encoding="utf-8").replace("\u00a0", " ")
    for words in ("Le territoire de la CA Grand Calais", "Surface des cercles en proportion",
                  "1er semestre 2023 au 2e semestre 2030"):  # fmt: skip
        assert words in text
    assert "ollège" not in text


def test_a_caption_stands_in_place_of_the_title(atlas62, tmp_path):
    path = tmp_path / "carte.svg"
    words = ("livret", "--perimetre", GRAND_CALAIS, "--legende", f"{PISCINE}=Icéo = la piscine")
    assert atlas62(*words, "--sortie", str(path)).exit_code == 0
    text = path.read_text(encoding="utf-8")
    assert "la piscine" in text.replace("\u00a0", " ")
    assert "nouvelle piscine intercommunale" not in text.replace("\u00a0", " ")
