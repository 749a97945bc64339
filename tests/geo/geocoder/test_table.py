import numpy as np
import pandas as pd
import pytest

from geo.geocoder.table import COLUMNS, geocode_frame
from geo.perimeter import Level, Perimeter


@pytest.fixture
def frame():
    texts = ["62300 Lens", "Lille", None, "CABBALR", np.nan, "62300 Lens"]
    return pd.DataFrame({"adresse": texts, "n": range(6)}, index=list("abcdef"))


def test_columns_are_added_and_rows_kept(geocoder, frame):
    found = geocode_frame(frame, "adresse", geocoder)
    assert list(found.columns) == ["adresse", "n", *COLUMNS]
    assert found.index.tolist() == list("abcdef")
    assert found.loc["a", ["code_commune", "commune", "precision"]].tolist() == [
        "62498", "Lens", "commune",
    ]  # fmt: skip
    assert found.loc["a", COLUMNS].equals(found.loc["f", COLUMNS])
    assert "longitude" not in frame.columns


def test_what_is_not_known_is_missing(geocoder, frame):
    found = geocode_frame(frame, "adresse", geocoder)
    assert (
        found.loc[["b", "c", "e"], ["longitude", "latitude", "code_commune"]].isna().all(axis=None)
    )
    assert found.loc["b", "remarque"] == "Hors du Pas-de-Calais : Lille (Nord)."
    assert pd.isna(found.loc["d", "code_commune"])
    assert found.loc["d", "precision"] == "epci"


def test_numbers_are_numbers(geocoder, frame):
    found = geocode_frame(frame, "adresse", geocoder)
    assert found["longitude"].dtype == found["confiance"].dtype == float
    assert found["confiance"].between(0, 1).all()


def test_context_holds_for_every_row(geocoder):
    frame = pd.DataFrame({"lieu": ["rue Gobron", "salle des fêtes"]})
    found = geocode_frame(frame, "lieu", geocoder, Perimeter(Level.COMMUNE, "62325"))
    assert found["commune"].tolist() == ["Fauquembergues"] * 2


def test_empty_table_gets_its_columns(geocoder):
    found = geocode_frame(pd.DataFrame({"lieu": []}), "lieu", geocoder)
    assert list(found.columns) == ["lieu", *COLUMNS]


def test_unknown_column_is_refused(geocoder, frame):
    with pytest.raises(KeyError, match="lieu"):
        geocode_frame(frame, "lieu", geocoder)


def test_progress_is_told_to_the_end(geocoder):
    told = []
    geocoder.geocode_many(["Lens"] * 1_200, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 1_200), (500, 1_200), (1_000, 1_200), (1_200, 1_200)]
