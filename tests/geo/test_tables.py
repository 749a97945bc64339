import pytest

from geo.tables import DamagedReferenceError, read_rows


@pytest.fixture
def write(tmp_path):
    def write(content, file="table.csv"):
        (tmp_path / file).write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path

    return write


def only_row(folder):
    (row,) = read_rows(folder, "table.csv", ("a", "b"))
    return row


def test_cells_are_read_as_what_they_are(write):
    row = only_row(write("a,b\n62193;62041,12\n"))
    assert row.codes("a") == ("62193", "62041")
    assert row.count("b") == 12
    assert row.number("b") == 12.0


def test_empty_cells_are_no_code_and_no_text(write):
    row = only_row(write("a,b\n,\n"))
    assert row.codes("a") == ()
    assert row.optional("b") is None


@pytest.mark.parametrize(
    ("method", "cell", "expected"),
    [
        ("count", "-1", "trouvé « -1 », attendu un entier positif ou nul"),
        ("count", "1.5", "attendu un entier"),
        ("count", "", "trouvé «  », attendu un entier"),
        ("number", "nan", "trouvé « nan », attendu un nombre décimal"),
        ("number", "1,5", "trouvé « 1,5 », attendu un nombre décimal"),
        ("text", "", "attendu un texte"),
    ],
)
def test_bad_cell_is_said_by_file_line_and_column(write, method, cell, expected):
    row = only_row(write(f'a,b\nx,"{cell}"\n'))
    with pytest.raises(DamagedReferenceError) as caught:
        getattr(row, method)("b")
    assert "fichier table.csv, ligne 2, colonne « b »" in str(caught.value)
    assert expected in str(caught.value)


def test_short_line_reads_as_empty_cells(write):
    assert only_row(write("a,b\nx\n")).optional("b") is None


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "colonne « a » absente"),
        ("b\n1\n", "colonne « a » absente"),
        ("a,b\n", "aucune ligne"),
        (b"a,b\n\xff\xfe,1\n", "pas un tableau CSV en UTF-8"),
    ],
)
def test_damaged_file_is_said_in_french(write, content, expected):
    folder = write(content)
    with pytest.raises(DamagedReferenceError, match=r"fichier table\.csv") as caught:
        list(read_rows(folder, "table.csv", ("a", "b")))
    assert expected in str(caught.value)


def test_missing_file_says_how_to_get_it_back(tmp_path):
    with pytest.raises(DamagedReferenceError, match=r"table\.csv absent.*« make data »"):
        list(read_rows(tmp_path, "table.csv", ("a",)))
