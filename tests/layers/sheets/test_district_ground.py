"""What stands in a quartier and near it: inside, at the edge, near; never surer than it is."""

import geopandas as gpd
import pytest
from shapely import box

from geo.crs import EXCHANGE, MEASURE
from layers.catalogue.layers import Catalogue
from layers.model.layer import Layer, Source
from layers.model.points import PLACE
from layers.model.schema import Field
from layers.priority_districts import QPV
from layers.sheets.district import district_sheet, say_edge
from layers.sheets.district_ground import Standing, surroundings

X, Y = 621_000, 7_095_000
SIDE = 1000
NAME = Field("name", "Nom", "Nom.")


def made(reference, data, offsets, precision="address", commune="62193"):
    """Return a catalogue of one square district of a kilometre and points beside its lower side."""
    square = gpd.GeoSeries([box(X, Y, X + SIDE, Y + SIDE)], crs=MEASURE).to_crs(EXCHANGE)
    district = QPV.load(reference, data).head(1).set_geometry(square)
    district["commune_codes"] = [("62193",)]
    points = gpd.GeoSeries.from_xy(
        [X + SIDE / 2] * len(offsets), [Y + up for up in offsets], crs=MEASURE
    ).to_crs(EXCHANGE)
    rows = gpd.GeoDataFrame(
        {
            "name": [f"à {up}" for up in offsets],
            "commune_code": commune,
            "commune": "Calais",
            "precision": precision,
            "position_note": None,
        },
        geometry=points,
    )
    sites = Layer(
        "sites",
        "Sites",
        "point",
        "name",
        (NAME, *PLACE),
        (Source("x", "x", "x", "x"),),
        lambda _reference, _data: rows,
        lambda row: row["name"],
        lambda _row: "",
    )
    known = Layer(
        "qpv", QPV.title, "polygon", "code", QPV.fields, QPV.sources,
        lambda _reference, _data: district, QPV.title_of, QPV.summary_of,
    )  # fmt: skip
    return Catalogue(reference, data, (known, sites)), district["code"].iloc[0]


@pytest.mark.parametrize(
    ("up", "standing"),
    [
        (400, Standing.INSIDE),
        (41, Standing.INSIDE),
        (39, Standing.EDGE),
        (-39, Standing.EDGE),
        (-41, Standing.NEAR),
        (-499, Standing.NEAR),
    ],
)
def test_an_address_is_inside_at_the_edge_or_near(reference, data, up, standing):
    catalogue, code = made(reference, data, [up])
    ((one,),) = (each.found for each in surroundings(catalogue, code, ("sites",)))
    assert one.standing is standing
    assert one.metres == pytest.approx(-up, abs=0.5)
    assert one.unsure == 40


def test_what_is_farther_than_500_metres_is_not_told(reference, data):
    catalogue, code = made(reference, data, [-501])
    assert surroundings(catalogue, code, ("sites",)) == ()


def test_a_street_is_less_sure_than_an_address(reference, data):
    catalogue, code = made(reference, data, [250], precision="street")
    ((one,),) = (each.found for each in surroundings(catalogue, code, ("sites",)))
    assert one.standing is Standing.EDGE


def test_what_is_known_to_the_commune_only_is_counted_and_not_placed(reference, data):
    catalogue, code = made(reference, data, [400, -100], precision="commune")
    (around,) = surroundings(catalogue, code, ("sites",))
    assert (around.found, around.vague) == ((), 2)


def test_what_is_vague_in_another_commune_is_not_counted(reference, data):
    catalogue, code = made(reference, data, [400], precision="commune", commune="62041")
    assert surroundings(catalogue, code, ("sites",)) == ()


def test_what_is_inside_comes_before_what_is_near(reference, data):
    catalogue, code = made(reference, data, [-300, 10, 400, -100, 200])
    (around,) = surroundings(catalogue, code, ("sites",))
    assert [one.name for one in around.found] == ["à 400", "à 200", "à 10", "à -100", "à -300"]
    assert [around.counted(one) for one in Standing] == [2, 1, 2]


def test_an_unknown_layer_is_left_out(reference, data):
    catalogue, code = made(reference, data, [0])
    assert len(surroundings(catalogue, code, ("volcans", "sites"))) == 1


def test_the_edge_is_as_wide_as_the_outlines_that_are_read_are_wrong(catalogue, tmp_path):
    assert "juste à 15 mètres près" in district_sheet(catalogue, "QN06254M").remarks[0]
    (tmp_path / "districts").mkdir()
    (tmp_path / "districts" / "outlines.gpkg").touch()
    assert "juste à 10 mètres près" in say_edge(tmp_path)
