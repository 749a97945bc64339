"""A point is drawn for what it is: exact, approximate, or its commune's town hall."""

import pandas as pd
import pytest

from layers.catalogue.layers import LAYERS
from layers.model.layer import LayerError, Precision
from layers.model.points import FARTHEST_OUTSIDE, metres_outside, place

POINTS = [layer.id for layer in LAYERS if layer.geometry == "point"]
CALAIS = {"commune_code": "62193", "longitude": "1.8545", "latitude": "50.9528"}


def placed(reference, **changes):
    row = {**CALAIS, "position_quality": "geocoded_good", **changes}
    return place(pd.DataFrame([row], index=[2]), reference, "Fichier x.csv").iloc[0]


@pytest.mark.parametrize("layer_id", POINTS)
def test_no_point_is_far_from_its_commune(catalogue, layer_id):
    rows = catalogue.load(layer_id)
    metres = metres_outside(rows.geometry, rows["commune_code"], catalogue.reference)
    assert metres.max() <= FARTHEST_OUTSIDE
    assert rows.loc[metres >= 1, "position_note"].notna().all()


@pytest.mark.parametrize("layer_id", POINTS)
def test_what_is_known_to_the_commune_only_is_at_its_town_hall_and_says_so(catalogue, layer_id):
    rows = catalogue.load(layer_id)
    for row in rows[rows["precision"] == Precision.COMMUNE].itertuples():
        hall = catalogue.reference.communes[row.commune_code].town_hall
        assert (row.geometry.x, row.geometry.y) == (hall.lon, hall.lat)
        assert row.position_note


def test_a_good_point_stays_where_it_is(reference):
    row = placed(reference)
    assert (row.precision, row.position_note) == (Precision.ADDRESS, None)
    assert (row.geometry.x, row.geometry.y) == (1.8545, 50.9528)


def test_a_point_far_outside_its_commune_is_not_believed(reference):
    row = placed(reference, longitude="2.77", latitude="50.29")
    assert row.precision == Precision.COMMUNE
    assert row.geometry.x == reference.communes["62193"].town_hall.lon
    assert "hors de la commune" in row.position_note


def test_an_old_code_becomes_the_commune_of_today_and_says_so(reference):
    former = next(place for place in reference.former_communes if place.code != place.current)
    row = placed(reference, commune_code=former.code, position_quality="town_hall_of_commune")
    assert row.commune_code == former.current
    assert former.name in row.position_note


def test_an_unknown_quality_is_refused(reference):
    with pytest.raises(LayerError, match=r"ligne 2, colonne « position_quality ».*« parfaite »"):
        placed(reference, position_quality="parfaite")


def test_the_missing_town_hall_and_the_replaced_ones_are_those_of_the_remark(catalogue):
    rows, remark = catalogue.load("mairies"), catalogue.layer("mairies").remark
    missing = catalogue.reference.communes.keys() - set(rows["commune_code"])
    assert [catalogue.reference.communes[code].name in remark for code in missing] == [True]
    assert f"{(rows['precision'] == Precision.COMMUNE).sum()} points" in remark
