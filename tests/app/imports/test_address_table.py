import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.imports.address_table import (
    AddressTable,
    join_columns,
    read_address_table,
    write_address_table,
)
from app.imports.limits import BroughtFileError
from layers.french.encoding import mend_twice

cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@pytest.fixture
def write(tmp_path):
    def write_file(content):
        path = tmp_path / "adresses.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_usual_signs_and_encodings_are_read(write, separator, encoding):
    text = f"nom{separator}adresse\r\nMédiathèque{separator}3 rue de l’Église\r\n"
    table = read_address_table(write(text.encode(encoding)))
    assert table.separator == separator
    assert table.frame.to_numpy().tolist() == [["Médiathèque", "3 rue de l’Église"]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "première ligne"),
        (b"\n\n", "première ligne"),
        (b"a;a\n1;2\n", "colonne « a » en double"),
        (b"a;b\n1;2\n1;2;3\n", "ligne 3 : trouvé 3\u00a0cellules, attendu : 2"),
        (b'a;b\n"1;2\n', "ce n’est pas du CSV"),
        (b"a;b\n1;\x002\n", "ce n’est pas du texte"),
        (b"PK\x03\x04\x00\x00", "archive illisible"),
        (";".join(f"c{i}" for i in range(300)).encode(), "plus de 200 colonnes"),
    ],
)
def test_what_is_no_table_is_said_in_one_sentence(write, content, said):
    with pytest.raises(BroughtFileError) as caught:
        read_address_table(write(content))
    assert said in str(caught.value)
    assert str(caught.value).startswith("Fichier « adresses.csv »")


def test_missing_file_is_said(tmp_path):
    with pytest.raises(BroughtFileError, match="absent ou illisible"):
        read_address_table(tmp_path / "rien.csv")


def test_too_much_is_refused(write, monkeypatch):
    monkeypatch.setattr("app.imports.formats.csv_table.MOST_ROWS", 3)
    with pytest.raises(BroughtFileError, match="plus de 3 lignes"):
        read_address_table(write("a\n" + "1\n" * 4))
    monkeypatch.setattr("app.imports.limits.MOST_BYTES", 2)
    with pytest.raises(BroughtFileError, match="plus de 0 Mo"):
        read_address_table(write("a\n1\n"))


def test_columns_make_one_address(write):
    table = read_address_table(write("rue;cp;ville\n3 rue Haute;;Lens\n;62000; \n"))
    assert join_columns(table, ["rue", "cp", "ville"]).tolist() == ["3 rue Haute, Lens", "62000"]
    with pytest.raises(BroughtFileError, match="colonnes du fichier : rue, cp, ville"):
        join_columns(table, ["adresse"])


def test_formula_is_disarmed_and_number_has_the_file_s_decimal_sign():
    frame = pd.DataFrame({"a": ["=1+1", "-3"]}, dtype=object)
    added = pd.DataFrame({"longitude": [2.5, None], "remarque": ["@x", None]})
    french = write_address_table(AddressTable(frame, ";"), added).decode("utf-8-sig")
    assert french == "a;longitude;remarque\r\n'=1+1;2,5;'@x\r\n-3;;\r\n"
    english = write_address_table(AddressTable(frame, ","), added).decode("utf-8-sig")
    assert "2.5" in english


def test_taken_name_gets_a_number():
    frame = pd.DataFrame({"source": ["x"], "source_2": ["y"]}, dtype=object)
    added = pd.DataFrame({"source": ["z"]})
    text = write_address_table(AddressTable(frame, ";"), added).decode("utf-8-sig")
    assert text.splitlines()[0] == "source;source_2;source_3"


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5))
def test_table_written_is_read_again_the_same(tmp_path_factory, rows):
    # a text that looks encoded twice is mended on its way in, and told
    assume(all(mend_twice(text) == text for row in rows for text in row if text))
    path = tmp_path_factory.mktemp("aller") / "retour.csv"
    frame = pd.DataFrame(rows, columns=["un", "deux"], dtype=object)
    path.write_bytes(write_address_table(AddressTable(frame, ";"), pd.DataFrame(index=frame.index)))
    again = read_address_table(path).frame
    for old, new in zip(frame.to_numpy().ravel(), again.to_numpy().ravel(), strict=True):
        assert new in {old, f"'{old}"}
