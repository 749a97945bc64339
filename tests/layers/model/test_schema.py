"""What a column must hold: from text to values, and the sentence when it does not."""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.model.schema import LONGEST_TEXT, Field, LayerError, validate

FIELDS = (
    Field("id", "Identifiant", "Clé."),
    Field("pupils", "Élèves", "Élèves.", "int", nullable=True),
    Field("amount", "Montant", "Montant.", "money"),
    Field("sector", "Secteur", "Secteur.", allowed=("public", "privé")),
    Field("day", "Jour", "Jour.", "date", nullable=True),
    Field("open", "Ouvert", "Ouvert.", "bool"),
    Field("names", "Noms", "Noms.", "list", nullable=True),
)
GOOD = {
    "id": "a",
    "pupils": "12",
    "amount": "1045158.41",
    "sector": "privé",
    "day": "2023-12",
    "open": "yes",
    "names": "Arras;Lens",
}


def checked(**changes) -> pd.DataFrame:
    rows = [GOOD, {**GOOD, "id": "b", **changes}]
    frame = pd.DataFrame(rows, index=[2, 3], dtype=object)
    return validate(frame, FIELDS, key="id", where="Fichier x.csv")


def test_text_becomes_values_of_the_declared_types():
    row = checked().iloc[0].to_dict()
    assert row == {
        "id": "a",
        "pupils": 12,
        "amount": Decimal("1045158.41"),
        "sector": "privé",
        "day": "2023-12",
        "open": True,
        "names": ("Arras", "Lens"),
    }


def test_unknown_is_missing_and_never_zero():
    row = checked(pupils="", day="", names="").iloc[1]
    assert pd.isna(row["pupils"])
    assert pd.isna(row["day"])
    assert row["names"] == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pupils": "douze"}, ["ligne 3", "« pupils »", "« douze »", "un nombre entier"]),
        ({"amount": "12,5"}, ["« amount »", "« 12,5 »", "un montant en euros"]),
        ({"amount": "NaN"}, ["« amount »", "« NaN »"]),
        ({"sector": "mixte"}, ["« mixte »", "« public » ou « privé »"]),
        ({"day": "2023-13"}, ["« 2023-13 »", "une date"]),
        ({"open": "peut-être"}, ["« yes » ou « no »"]),
        ({"amount": ""}, ["trouvé rien"]),
        ({"id": "a"}, ["« id »", "une valeur unique"]),
        ({"id": "x" * (LONGEST_TEXT + 1)}, ["2 000 caractères"]),
    ],
)
def test_a_bad_value_is_told_with_row_column_found_and_expected(change, words):
    with pytest.raises(LayerError) as refusal:
        checked(**change)
    message = str(refusal.value)
    assert message.startswith("Fichier x.csv : ligne ")
    assert all(word in message for word in words), message
    assert len(message) < 300


def test_several_bad_values_are_counted():
    with pytest.raises(LayerError, match=r"« pupils » .*\(et 2 autres\)\.$"):
        checked(pupils="x", sector="y", open="z")


def test_a_missing_column_is_named():
    with pytest.raises(LayerError, match="colonne « amount » absente"):
        validate(
            pd.DataFrame([GOOD]).drop(columns="amount"), FIELDS, key="id", where="Fichier x.csv"
        )


HOSTILE = st.text(min_size=1, max_size=60).filter(lambda text: text.strip())


@settings(deadline=None)
@given(HOSTILE.filter(lambda text: text != GOOD["id"]))
def test_hostile_text_passes_through_untouched(text):
    assert checked(id=text)["id"].tolist()[1] == text


@settings(deadline=None)
@given(HOSTILE)
def test_no_text_crashes_the_check_of_a_number(text):
    try:
        value = checked(pupils=text)["pupils"].tolist()[1]
    except LayerError as error:
        assert "un nombre entier" in str(error)  # noqa: PT017 - either outcome is lawful
    else:
        assert int(text) == value
