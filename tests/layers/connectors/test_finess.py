"""FINESS: one file of all France, points in two systems and either order."""

import gzip
from dataclasses import replace

import pandas as pd
import pytest
from pyproj import Transformer

from app.settings import EMBEDDED_DATA
from layers.catalogue.layers import Catalogue
from layers.connectors.declaration import ConnectorError
from layers.connectors.finess_points import read_point
from layers.connectors.registry import CONNECTORS
from layers.hospitals import TABLE as HOSPITALS
from tests.known_totals import ROWS
from tests.layers.connectors.finess_files import as_finess, site
from tests.layers.connectors.taken_files import expecting, shown, take

LON, LAT = 2.8319, 50.4289
X, Y = Transformer.from_crs(4326, 2154, always_xy=True).transform(LON, LAT)


@pytest.fixture
def lens(reference):
    return reference.communes["62498"]


@pytest.mark.parametrize(
    "told",
    [
        {"directionLongitude": LON, "directionLatitude": LAT, "coordonneeX": Y, "coordonneeY": X},
        {"directionLongitude": X, "directionLatitude": Y, "coordonneeX": LON, "coordonneeY": LAT},
        {"coordonneeX": LAT, "coordonneeY": LON},
        {"coordonneeX": f"{X:.2f}", "coordonneeY": f"{Y:.2f}"},
        {"coordonneeX": f"{Y:.2f}".replace(".", ","), "coordonneeY": f"{X:.2f}"},
    ],
)
def test_a_point_is_read_in_either_system_and_order(told):
    point = read_point(told)
    assert float(point.longitude) == pytest.approx(LON, abs=2e-6)
    assert float(point.latitude) == pytest.approx(LAT, abs=2e-6)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"coordonneeX": "0", "coordonneeY": "0"},
        {"coordonneeX": "inf", "coordonneeY": "nan"},
        {"coordonneeX": LON, "coordonneeY": Y},
        {"coordonneeX": None, "coordonneeY": [1]},
    ],
)
def test_what_is_no_pair_is_no_point(told):
    assert (read_point(told).longitude, read_point(told).latitude) == ("", "")


def test_the_open_establishments_of_the_departement_are_taken(lens, reference, tmp_path):
    sites = [
        site("620000001", lens),
        site("620000002", lens, told={"dateFermeture": "2019-03-03"}),
        site("620000003", lens, etatObjet="I"),
        site("620000004", lens, address={"cogCommune": "59350"}),
        site("620000005", lens, categorieentiteGeographiqueExercice="620"),
        site("620000006", lens, address={"coordonneesGeographique": None}),
        site("620000001", lens),
    ]
    assert take(expecting(CONNECTORS["ehpad"], 2), as_finess(sites), reference, tmp_path).count == 2
    catalogue = shown(reference, tmp_path)
    rows = catalogue.given("ehpad").set_index("site_id")
    assert rows["precision"].to_dict() == {"620000001": "address", "620000006": "commune"}
    assert rows.loc["620000001", "name"] == "EHPAD LES LILAS"
    assert catalogue.layer("ehpad").sources[0].vintage.endswith("18 novembre 2026")
    assert "pharmacies" not in catalogue.layers


def test_hospitals_stand_where_finess_has_them_and_stay_what_they_are(reference, tmp_path):
    known = HOSPITALS.texts(EMBEDDED_DATA)
    vague = known[known["position_quality"] == "town_hall_of_commune"]
    moved, unplaced = vague["finess"].iloc[[0, 1]]
    sites = [
        site(row["finess"], reference.communes[row["commune_code"]])
        for row in known.to_dict("records")
    ]
    at = next(one for one in sites if one["informationsGeneralesEGE"]["numFinessEge"] == unplaced)
    at["adresse"][1]["coordonneesGeographique"] = {}
    taken = take(CONNECTORS["hopitaux"], as_finess(sites), reference, tmp_path)
    assert taken.count == ROWS["hopitaux"]
    assert taken.told[0].startswith("1\N{NO-BREAK SPACE}établissement")
    before = Catalogue(reference, EMBEDDED_DATA).given("hopitaux").set_index("finess")
    catalogue = shown(reference, tmp_path)
    after = catalogue.given("hopitaux").set_index("finess")
    assert (before.loc[moved, "precision"], after.loc[moved, "precision"]) == ("commune", "address")
    assert after.loc[unplaced, "precision"] == "commune"
    same = ["name", "kind", "sector", "address", "emergency_service"]
    pd.testing.assert_frame_equal(after[same], before[same])
    assert len(catalogue.layer("hopitaux").sources) == 2


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda sites: as_finess(sites)[:-300], "coupé"),
        (lambda sites: as_finess(sites, packed=False)[:-300], "coupé"),
        (
            lambda sites: as_finess(sites, packed=False).replace(b"cogCommune", b"codeCommune"),
            "cogC",
        ),
        (lambda _: as_finess([]), "absent"),
        (lambda _: as_finess([[1], 2]), "autre forme"),
        (lambda _: b"<!DOCTYPE html><html>Maintenance</html>", "page web"),
        (lambda _: b"\x00\xff" * 40, "coupé"),
    ],
)
def test_a_file_of_another_form_is_refused(lens, reference, tmp_path, make, said):
    sites = [site(f"62000{number:04}", lens) for number in range(30)]
    with pytest.raises(ConnectorError, match=said):
        take(expecting(CONNECTORS["ehpad"], 30), make(sites), reference, tmp_path)


def test_no_more_is_unpacked_than_such_a_file_holds(reference, tmp_path):
    bomb = gzip.compress(b'{"pmej": [' + b" " * 3_100_000)
    connector = expecting(CONNECTORS["ehpad"], 30)
    small = replace(connector, most_unpacked=3_000_000)
    with pytest.raises(ConnectorError, match="plus de 3"):
        take(small, bomb, reference, tmp_path)
