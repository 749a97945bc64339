import numpy as np
import pandas as pd
import pytest

from geo.travel.matrix import TravelMatrix
from geo.travel.times import Bracket, Points, TravelError, to_dense

HEADER = "from,to,minutes\n"


def points(*codes, internal_km=1.0):
    return Points.of(codes, [(0, 0)] * len(codes), 100.0, internal_km)


@pytest.fixture
def read(tmp_path):
    def read_text(text, name="trajets.csv", **settings):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return TravelMatrix.read(path, **settings)

    return read_text


def test_minutes_come_from_the_file_in_the_order_asked(read):
    matrix = read(HEADER + "62001,62002,10\n62002,62001,12.5\n62001,62001,4\n62002,62002,5\n")
    times = matrix.times(points("62002", "62001"), points("62001", "62002", "62001"))
    assert np.array_equal(to_dense(times.central), [[12.5, 5, 12.5], [4, 10, 4]])
    assert times.remarks == ()


def test_one_time_gets_a_bracket(read):
    matrix = read(HEADER + "62001,62002,10\n", spread=Bracket(0.8, 1, 1.5))
    times = matrix.times(points("62001"), points("62002"))
    assert (times.low.data[0], times.high.data[0]) == (8, 15)


def test_zero_within_a_commune_becomes_its_internal_time(read):
    times = read(HEADER + "62001,62001,0\n").times(points("62001"), points("62001"))
    assert to_dense(times.central)[0, 0] == pytest.approx(60 * 1.25 / 55)


def test_no_way_is_not_a_hole(read):
    matrix = read(HEADER + "62001,62002,\n62003,62002,7\n62003,62004,8\n")
    times = matrix.times(points("62001", "62003"), points("62002", "62004"))
    assert np.array_equal(to_dense(times.central), [[np.inf, np.inf], [7, 8]])
    assert "ne donne pas 1 des trajets" in times.remarks[0]


@pytest.mark.parametrize(("limit", "kept"), [(8.01, 1), (8, 1), (7.99, 0)])
def test_a_time_exactly_at_its_low_bound_is_within_the_limit(read, limit, kept):
    matrix = read(HEADER + "62001,62002,10\n", spread=Bracket(0.8, 1, 1.5))
    times = matrix.times(points("62001"), points("62002"), limit)
    assert times.central.nnz == kept


def test_the_limit_keeps_what_may_be_within_it(read):
    matrix = read(HEADER + "62001,62002,10\n62001,62003,11.2\n", spread=Bracket(0.9, 1, 1))
    times = matrix.times(points("62001"), points("62002", "62003"), 10)
    assert np.array_equal(to_dense(times.central), [[10, np.inf]])


def test_a_commune_that_the_file_does_not_know_is_named(read):
    matrix = read(HEADER + "62001,62002,10\n")
    with pytest.raises(TravelError, match=r"commune de départ sans aucun trajet \(62009\)"):
        matrix.times(points("62009"), points("62002"))
    with pytest.raises(TravelError, match="commune d’arrivée sans aucun trajet"):
        matrix.times(points("62001"), points("62001"))


def test_excel_in_french_writes_semicolons_commas_and_a_mark(read):
    matrix = read("\ufeffFrom;To;Minutes;km\n62001;62002;10,5;8\n")
    assert matrix.minutes.data[0] == 10.5


def test_parquet_gives_the_same(read, tmp_path):
    pairs = pd.DataFrame(
        {"from": ["62001", "62002"], "to": ["62002", "62001"], "minutes": [10.0, None]}
    )
    path = tmp_path / "trajets.parquet"
    pairs.to_parquet(path)
    matrix = TravelMatrix.read(path)
    ends = points("62001", "62002")
    from_csv = read(HEADER + "62001,62002,10\n62002,62001,\n").times(ends, ends)
    assert np.array_equal(to_dense(matrix.times(ends, ends).central), to_dense(from_csv.central))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("62001,62002,-3\n", r"ligne 2 .*« 62001 ; 62002 ; -3 ».*positif"),
        ("62001,62002,3\n62001,62003,vite\n", r"ligne 3 .*vite.*nombre de minutes"),
        ("62001,62002,inf\n", r"ligne 2 .*inf"),
        ("62001,62002,3\n62002,62001,3\n62001,62002,3\n", r"ligne 4 .*une seule fois"),
        (",62002,3\n", r"ligne 2 .*deux codes"),
        ("62001,62002,10,5\n", r"ligne \d.*les colonnes de la première"),
    ],
)
def test_a_bad_pair_is_a_sentence_with_its_line(read, rows, sentence):
    with pytest.raises(TravelError, match=sentence):
        read(HEADER + rows)


def test_bad_files_are_a_sentence(read, tmp_path):
    with pytest.raises(TravelError, match="colonne « minutes » absente"):
        read("from,to,temps\n62001,62002,3\n")
    with pytest.raises(TravelError, match="colonne « from » absente"):
        read("")
    with pytest.raises(TravelError, match="absent ou illisible"):
        TravelMatrix.read(tmp_path / "ailleurs.csv")
    (tmp_path / "faux.parquet").write_bytes(b"\x00" * 64)
    with pytest.raises(TravelError, match="attendu un fichier Parquet"):
        TravelMatrix.read(tmp_path / "faux.parquet")
    (tmp_path / "latin.csv").write_bytes("from,to,minutes\n62001,éé,3\n".encode("latin-1"))
    with pytest.raises(TravelError, match="UTF-8"):
        TravelMatrix.read(tmp_path / "latin.csv")


def test_within_a_commune_a_place_is_as_far_as_it_lies(read):
    matrix = read(HEADER + "62001,62001,0\n62001,62002,1\n")
    homes = Points.of(("62001", "62001"), [(0, 0), (3000, 0)], 100.0, 0.5)
    services = Points.of(("62001", "62002"), [(0, 0), (90_000, 0)], 100.0)
    pace = 60 * 1.25 / 55
    found = to_dense(matrix.times(homes, services).central)
    assert found == pytest.approx(np.array([[0.5 * pace, 1], [3 * pace, 1]]))
