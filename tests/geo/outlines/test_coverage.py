import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo.crs import EXCHANGE, MEASURE
from geo.outlines.coverage import Coverage
from geo.perimeter import Level
from geo.reference.places import Reference
from geo.tables import DamagedReferenceError

SEA, LILLE, ENCLAVE_OF_THE_NORD = (1.4, 51.0), (3.06, 50.63), (3.035, 50.143)
TO_METRES = Transformer.from_crs(EXCHANGE, MEASURE, always_xy=True)


def test_neighbours_are_symmetric_and_never_oneself(reference):
    around = reference.coverage.neighbours
    assert set(around) == set(reference.communes)
    for code, codes in around.items():
        assert code not in codes
        assert codes == tuple(sorted(codes))
        assert all(code in around[other] for other in codes)


def test_neighbours_share_a_stretch_of_border(reference):
    shapes = reference.outlines(Level.COMMUNE).set_index("code").geometry
    for code in ("62193", "62041", "62447", "62108"):
        for other in reference.neighbours_of(code):
            assert shapes[code].intersection(shapes[other]).length > 0


def test_calais_has_its_four_neighbours(reference):
    names = [reference.communes[code].name for code in reference.neighbours_of("62193")]
    assert names == ["Coquelles", "Coulogne", "Marck", "Sangatte"]


def test_every_commune_has_neighbours(reference):
    counts = [len(codes) for codes in reference.coverage.neighbours.values()]
    assert min(counts) >= 1
    assert 5 < np.mean(counts) < 6.2


def test_point_inside_leads_to_its_commune(reference):
    shapes = reference.outlines(Level.COMMUNE)
    inside = shapes.set_geometry(shapes.representative_point()).to_crs(EXCHANGE)
    for code, point in zip(inside["code"], inside.geometry, strict=True):
        assert reference.commune_at(point.x, point.y).code == code


@pytest.mark.parametrize("point", [SEA, LILLE, ENCLAVE_OF_THE_NORD, (0, 0), (-200, 95)])
def test_point_elsewhere_has_no_commune(reference, point):
    assert reference.commune_at(*point) is None


def test_point_on_a_border_has_the_lowest_code(reference):
    shapes = reference.outlines(Level.COMMUNE).set_index("code").geometry
    shared = shapes["62193"].intersection(shapes["62548"])
    corner = shapely.get_coordinates(shared)[0]
    x, y = gpd.GeoSeries([shapely.Point(corner)], crs=shapes.crs).to_crs(EXCHANGE)[0].coords[0]
    assert reference.coverage.at(x, y) in {"62193", "62548", "62244"}


@pytest.fixture(scope="module")
def shapes(reference):
    return reference.outlines(Level.COMMUNE).set_index("code").geometry


@given(lon=st.floats(1.5, 3.3), lat=st.floats(49.9, 51.1))
def test_point_has_a_commune_exactly_where_an_outline_covers_it(reference, shapes, lon, lat):
    commune = reference.commune_at(lon, lat)
    point = shapely.Point(*TO_METRES.transform(lon, lat))
    covering = set(shapes.index[shapes.intersects(point)])
    assert ({commune.code} if commune else set()) <= covering
    assert bool(commune) == bool(covering)


def test_what_is_given_out_can_be_changed_without_harm(reference):
    first = reference.outlines(Level.COMMUNE, 400)
    first["code"] = "spoilt"
    first.geometry = first.geometry.translate(10_000)
    again = reference.outlines(Level.COMMUNE, 400)
    assert again["code"].is_unique
    land = reference.neighbour_land(400)
    land["name"] = "spoilt"
    assert set(reference.neighbour_land(400)["name"]) >= {"Nord", "Somme", "Belgique"}
    assert shapely.coverage_is_valid([*again.geometry, *reference.neighbour_land(400).geometry])


def test_tables_load_without_outlines_and_outlines_are_asked_for_later(folder):
    (folder / "land.parquet").unlink()
    reference = Reference.load(folder)
    assert reference.commune("Calais").code == "62193"
    with pytest.raises(DamagedReferenceError, match=r"land\.parquet absent"):
        reference.commune_at(1.85, 50.95)


def test_land_leaves_no_sea_inland(reference):
    land = reference.neighbour_land()
    whole = shapely.union_all([*reference.outlines(Level.COMMUNE).geometry, *land.geometry])
    main = max(shapely.get_parts(whole), key=shapely.area)
    around = reference.outlines(Level.DEPARTEMENT).geometry[0].buffer(30_000)
    inland = gpd.GeoSeries(
        gpd.points_from_xy([2.2, 2.9, 3.3, 2.5, 2.0], [49.95, 49.95, 50.4, 50.85, 50.1]),
        crs=EXCHANGE,
    ).to_crs(land.crs)
    assert inland.within(main).all()
    holes = [shapely.Polygon(ring) for ring in main.interiors]
    assert not [hole for hole in holes if hole.intersects(around)]


def test_neighbour_communes_have_name_and_epci(reference):
    around = reference.neighbour_communes()
    assert len(around) == 1217
    row = around.set_index("code").loc["80810"]
    assert (row["name"], row["epci"]) == ("Vitz-sur-Authie", "200069672")
    assert set(around["code"].str[:2]) == {"59", "80"}


def test_coverage_reads_nothing_before_it_is_asked(tmp_path):
    Coverage(tmp_path / "nowhere")


def test_distance_from_a_commune_is_zero_inside_and_metres_outside(reference):
    hall = reference.commune("Lens").town_hall
    assert reference.coverage.metres_from("62498", hall.lon, hall.lat) == 0
    from_arras = reference.coverage.metres_from("62041", hall.lon, hall.lat)
    assert 10_000 < from_arras < 16_000
