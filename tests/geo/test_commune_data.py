"""What is known of the embedded reference, and what was wrong with the package it comes from."""

import csv

import geopandas as gpd
import pytest
import shapely

from app.settings import EMBEDDED_DATA
from geo.crs import EXCHANGE
from geo.perimeter import Level
from tests.known_totals import ALL_COMMUNES, COMMUNES_OF_2024

FOLDER = EMBEDDED_DATA / "communes"
ENCLAVE_KM2 = 22.5
HESDIN_KM2 = 21.43


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def outlines(reference):
    return reference.outlines(Level.COMMUNE).set_index("code").geometry


@pytest.fixture(scope="module")
def whole(outlines):
    return shapely.union_all(outlines.to_numpy())


def test_communes_are_a_partition(outlines, whole):
    assert len(outlines) == ALL_COMMUNES
    assert outlines.is_valid.all()
    assert shapely.coverage_is_valid(outlines.to_numpy())
    assert outlines.area.sum() == pytest.approx(whole.area, rel=1e-6)


def test_only_the_enclave_of_the_nord_is_open(whole):
    assert whole.geom_type == "Polygon"
    (hole,) = [shapely.Polygon(ring) for ring in whole.interiors]
    assert hole.area / 1e6 == pytest.approx(ENCLAVE_KM2, abs=0.05)


def test_enclave_belongs_to_communes_of_the_nord(whole, reference):
    hole = shapely.Polygon(whole.interiors[0])
    around = reference.neighbour_communes()
    inside = around[around.representative_point().within(hole)]
    assert set(inside["name"]) == {"Boursies", "Doignies", "Mœuvres"}
    assert inside.area.sum() == pytest.approx(hole.area, rel=1e-6)


def test_hesdin_la_foret_has_its_land_back_up_to_the_edges_of_its_neighbours(outlines, reference):
    hesdin = outlines["62447"]
    assert hesdin.area / 1e6 == pytest.approx(HESDIN_KM2, abs=0.01)
    edges = shapely.union_all(outlines[list(reference.neighbours_of("62447"))].boundary.to_numpy())
    assert hesdin.boundary.difference(edges).length == 0


def test_areas_of_the_table_are_those_of_the_outlines(outlines, reference):
    for code, commune in reference.communes.items():
        assert commune.area_km2 == pytest.approx(outlines[code].area / 1e6, abs=1e-4)


def test_coordinates_lie_on_a_grid_of_a_centimetre(outlines):
    coordinates = shapely.get_coordinates(outlines.to_numpy()) * 100
    assert abs(coordinates - coordinates.round()).max() < 1e-3


def test_articles_are_there(reference):
    names = {c.code: c.name for c in reference.communes.values()}
    assert names["62043"] == "Les Attaques"
    assert names["62667"] == "Le Portel"
    assert names["62826"] == "Le Touquet-Paris-Plage"
    assert names["62252"] == "La Couture"
    assert sum(name.startswith(("Le ", "La ", "Les ", "L'")) for name in names.values()) >= 15


def test_names_are_unique(reference):
    names = [c.name for c in reference.communes.values()]
    assert len(set(names)) == ALL_COMMUNES


def test_every_town_hall_lies_in_its_commune(reference, outlines):
    halls = [c.town_hall for c in reference.communes.values()]
    points = gpd.GeoSeries(
        gpd.points_from_xy([h.lon for h in halls], [h.lat for h in halls]),
        index=list(reference.communes),
        crs=EXCHANGE,
    ).to_crs(outlines.crs)
    shapes = outlines.loc[points.index]
    outside = points.distance(shapes)
    assert outside.max() < 0.1, "six decimals of a degree are a tenth of a metre"


def test_refused_town_halls_are_listed_with_the_reason(reference):
    refused = rows("town_halls_refused.csv")
    replaced = [c.code for c in reference.communes.values() if c.town_hall.precision == "commune"]
    assert [row["code"] for row in refused] == replaced
    assert len(refused) == 81
    metres = {row["code"]: int(row["reason"].split()[1]) for row in refused if row["package_lon"]}
    assert len(metres) == 80
    assert sum(m > 500 for m in metres.values()) == 72
    assert sum(m > 2000 for m in metres.values()) == 38
    assert max(metres, key=metres.get) == "62692", "Rebergues, drawn 578 km away"
    assert metres["62692"] // 1000 == 578


def test_town_halls_give_no_e_mail_address():
    assert "@" not in (FOLDER / "communes.csv").read_text(encoding="utf-8")


def test_town_halls_have_an_address_but_one(reference):
    without = [c.name for c in reference.communes.values() if not c.town_hall.address]
    assert without == ["La Herlière"]


def test_web_sites_can_be_opened(reference):
    sites = [c.town_hall.website for c in reference.communes.values() if c.town_hall.website]
    assert len(sites) == ALL_COMMUNES - 456
    assert all(site.startswith(("http://", "https://")) for site in sites)


def test_communes_of_2024_are_890_and_three_have_gone(reference):
    then = reference.membership_2024
    assert len(then) == COMMUNES_OF_2024
    gone = set(then) - set(reference.communes)
    assert gone == {"62461", "62549", "62743"}
    assert {reference.resolve_code(code)[0] for code in gone} == {"62447"}


def test_communes_of_each_territory_are_those_the_report_prints(reference):
    territory = {epci: a.code for a in reference.territories.values() for epci in a.epcis}
    counted = [territory[epci] for epci in reference.membership_2024.values()]
    printed = {row["territory"]: int(row["communes"]) for row in rows("printed_territories.csv")}
    assert {code: counted.count(code) for code in printed} == printed
    assert list(printed.values()) == [255, 104, 89, 74, 52, 50, 266]


def test_areas_that_the_report_prints_are_kept_beside_the_computed_ones(reference):
    printed = {row["territory"]: float(row["area_km2"]) for row in rows("printed_territories.csv")}
    assert set(printed) == set(reference.territories)
    computed = {a.code: a.area_km2 for a in reference.territories.values()}
    agree = [code for code in printed if abs(printed[code] / computed[code] - 1) < 0.03]
    assert agree == ["artois", "lens-henin", "montreuillois-ternois"]
    assert printed["calaisis"] == 401
    assert computed["calaisis"] == pytest.approx(602, abs=0.5)
    assert printed["arrageois"] == 1984.8
    assert computed["arrageois"] == pytest.approx(1626, abs=0.5)


def test_former_communes_are_all_that_the_packages_know(reference):
    former = reference.former_communes
    assert len(former) == 52
    codes = {f.code for f in former if f.code != f.current}
    assert len(codes) == 24
    assert not codes & set(reference.communes)
    named = {f.name: f.status for f in former}
    assert named["Berguette"] == "commune associée"
    assert named["Marconne"] == "commune déléguée"
    assert named["Westbécourt"] == "absorbée"
    assert named["Hénin-Liétard"] == "ancien nom"


def test_every_file_says_where_it_comes_from():
    stems = {path.stem for path in FOLDER.iterdir() if path.suffix in {".csv", ".parquet"}}
    told = {path.name.removesuffix(".provenance.md") for path in FOLDER.glob("*.provenance.md")}
    assert stems == told


def test_intercommunality_names_are_those_of_known_ones(reference):
    names = rows("epci_names.csv")
    assert {row["epci"] for row in names} == set(reference.epcis)
    shown = [row["epci"] for row in names if row["use"] == "affichage"]
    assert sorted(shown) == sorted(reference.epcis)
