from random import Random

import pytest

from app.settings import EMBEDDED_DATA
from geo.geocoder.trial.others import TextsOfOthers
from geo.names import normalise


@pytest.fixture(scope="module")
def makers(geocoder):
    return [
        TextsOfOthers(
            EMBEDDED_DATA / "trial",
            dict(geocoder.gazetteer.departements),
            Random(5),  # noqa: S311 - keeps no secret
            tried=tried,
        )
        for tried in (True, False)
    ]


@pytest.mark.parametrize("table", ["odonyms", "homonyms"])
def test_no_street_and_no_homonym_is_both_fitted_and_tried(makers, table):
    ours, others = ({normalise(row.text("name")) for row in getattr(m, table)} for m in makers)
    assert ours
    assert not ours & others


def test_no_sentence_hamlet_title_or_form_is_both_fitted_and_tried(makers):
    for table in ("sentences", "hamlets", "quoted", "operations"):
        ours, others = ({*getattr(maker, table)} for maker in makers)
        assert ours
        assert not ours & others


def test_streets_are_written_as_french_writes_them(makers):
    streets = " / ".join(makers[0].street().lower() for _ in range(400))
    for wrong in (" de le ", " de les ", " du docteur du ", "de l’ "):
        assert wrong not in streets


def test_homonyms_are_told_by_postcode_or_departement(makers):
    for _ in range(50):
        text, place = makers[0].homonym()
        told = (place.postcodes[0], place.departement, place.where)
        assert any(normalise(one) in normalise(text) for one in told if one)
