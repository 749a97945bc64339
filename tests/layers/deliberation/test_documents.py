"""Opening files: text in two encodings, PDF, and what is neither."""

from pathlib import Path

import pytest

from layers.deliberation.reader import read_file
from layers.deliberation.text.source import DocumentError, open_document, repair, split_lines

EMBEDDED = Path(__file__).parents[2] / "fixtures" / "documents"


def write_pdf(path, pages):
    """Write a PDF with one line of text an item, in the simplest form that the format has."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    font = len(pages) * 2 + 3
    for number, lines in enumerate(pages):
        text = "\n".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 10 Tf 40 800 Td 12 TL\n{text}\nET"
        kids.append(f"{number * 2 + 3} 0 R")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 {font} 0 R >> >> /Contents {number * 2 + 4} 0 R >>"
        )
        size = len(stream.encode("cp1252"))
        objects.append(f"<< /Length {size} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>"
    objects.append(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()
    path.write_bytes(out)


def test_utf8_and_windows_texts_are_the_same(tmp_path):
    for name, encoding in (("a.txt", "utf-8-sig"), ("b.txt", "cp1252")):
        (tmp_path / name).write_bytes("Délibération n°1\r\n500 €\r\n".encode(encoding))
    one, other = open_document(tmp_path / "a.txt"), open_document(tmp_path / "b.txt")
    assert one.lines == other.lines
    assert [line.text for line in one.lines] == ["Délibération n°1", "500 €"]


def test_a_pdf_gives_lines_with_their_page(tmp_path):
    path = tmp_path / "vote.pdf"
    write_pdf(
        path, [["DELIBERATION DU CONSEIL DEPARTEMENTAL", "REUNION DU 4 MARS 2025"], ["Contrat é"]]
    )
    document = open_document(path)
    found = [(line.text, line.page) for line in document.lines if line.text]
    assert found == [
        ("DELIBERATION DU CONSEIL DEPARTEMENTAL", 1),
        ("REUNION DU 4 MARS 2025", 1),
        ("Contrat é", 2),
    ]
    draft = read_file(path)
    assert draft.document.fichier == "vote.pdf"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("absent.txt", None, "introuvable"),
        ("vote.docx", b"PK", r"\.txt ou \.pdf"),
        ("vide.txt", b" \n\n", "aucun texte"),
        ("casse.pdf", b"%PDF-1.4 rien", "endommagé"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_in_one_sentence(tmp_path, name, content, words):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DocumentError, match=words) as caught:
        open_document(tmp_path / name)
    assert str(caught.value).startswith(name)


def test_an_image_without_text_is_said(tmp_path):
    path = tmp_path / "scan.pdf"
    write_pdf(path, [[]])
    with pytest.raises(DocumentError, match="images"):
        open_document(path)


def test_damage_is_repaired_and_lines_keep_their_number():
    lines = split_lines(
        "ﬁn de l'eﬀet\u00a0:\n\n\f|  |  | Région | 1\u202f000 € |\r\n**gras**\u200b"
    )
    assert [(line.number, line.page, line.text) for line in lines] == [
        (1, 1, "fin de l’effet :"),
        (2, 1, ""),
        (3, 2, "Région 1 000 €"),
        (4, 2, "gras"),
    ]
    assert lines[2].indent > 1
    assert repair("e\u0301te\u0301") == "été"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "iso8859_15", "cp1252"])
def test_a_vote_is_read_in_whatever_encoding_it_comes(tmp_path, encoding):
    source = EMBEDDED / "cd62-2023-534.txt"
    path = tmp_path / "acte.txt"
    text = source.read_text(encoding="utf-8").replace("’", "'").replace("–", "-")
    path.write_bytes(text.encode(encoding, errors="replace"))
    draft = read_file(path)
    assert draft.deliberation.numero == read_file(source).deliberation.numero
    assert draft.deliberation.nature == "délibération"


def test_a_vote_that_was_encoded_twice_is_mended_and_told(tmp_path):
    source = EMBEDDED / "cd62-2023-534.txt"
    path = tmp_path / "acte.txt"
    path.write_text(
        "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in source.read_bytes()),
        encoding="utf-8",
    )
    draft = read_file(path)
    assert draft.deliberation.numero == read_file(source).deliberation.numero
    assert any(remark.regle == "encodage" and remark.lignes for remark in draft.remarques)
