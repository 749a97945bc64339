import dataclasses

import pytest
import shapely

from geo.perimeter import DEPARTEMENT, Level, Perimeter, UnknownPlaceError
from tests.known_totals import ALL_COMMUNES, ALL_PEOPLE

CALAIS = Perimeter(Level.EPCI, "200090751")
FLANDRE_LYS = Perimeter(Level.EPCI, "245900758")
TERNOIS = Perimeter(Level.EPCI, "200069672")
ARRAS_1 = Perimeter(Level.CANTON, "6202")


@pytest.mark.parametrize(
    ("level", "count"),
    [
        (Level.DEPARTEMENT, 1),
        (Level.TERRITORY, 7),
        (Level.MDS, 9),
        (Level.EPCI, 20),
        (Level.CANTON, 39),
        (Level.COMMUNE, ALL_COMMUNES),
    ],
)
def test_each_level_has_its_known_number_of_places(reference, level, count):
    perimeters = reference.perimeters(level)
    assert len(perimeters) == len(set(perimeters)) == count
    assert all(reference.exists(p) for p in perimeters)


def test_places_come_in_french_order(reference):
    names = [reference.name_of(p) for p in reference.perimeters(Level.COMMUNE)]
    assert names[:2] == ["Ablain-Saint-Nazaire", "Ablainzevelle"]
    assert names.index("Estrée-Wamin") < names.index("Étaples") < names.index("Fampoux")
    assert [reference.name_of(p) for p in reference.perimeters(Level.TERRITORY)] == [
        "Arrageois", "Artois", "Audomarois", "Boulonnais", "Calaisis", "Lens-Hénin",
        "Montreuillois-Ternois",
    ]  # fmt: skip


@pytest.mark.parametrize("level", [Level.TERRITORY, Level.MDS, Level.EPCI])
def test_each_commune_lies_in_one_place_of_a_level(reference, level):
    members = [code for p in reference.perimeters(level) for code in reference.members(p)]
    assert sorted(members) == sorted(reference.communes)
    population = sum(reference.population(p) for p in reference.perimeters(level))
    assert population == reference.population(DEPARTEMENT) == ALL_PEOPLE
    area = sum(reference.area_km2(p) for p in reference.perimeters(level))
    assert area == pytest.approx(reference.area_km2(DEPARTEMENT), abs=0.01)


def test_cantons_cover_all_communes_and_share_four(reference):
    members = [c for p in reference.perimeters(Level.CANTON) for c in reference.members(p)]
    assert set(members) == set(reference.communes)
    shared = {code for code in members if members.count(code) > 1}
    assert {reference.communes[c].name for c in shared} == {
        "Arras", "Boulogne-sur-Mer", "Calais", "Hénin-Beaumont",
    }  # fmt: skip


def test_what_a_cut_canton_holds_is_left_unknown(reference):
    assert reference.cantons["6202"].shared_communes == ("62041",)
    assert reference.population(ARRAS_1) is None
    assert reference.area_km2(ARRAS_1) is None
    assert reference.population(Perimeter(Level.CANTON, "6229")) > 0


def test_grand_calais_has_fourteen_communes(reference):
    assert reference.name_of(CALAIS) == "CA Grand Calais Terres & Mers"
    assert len(reference.members(CALAIS)) == 14
    assert "62193" in reference.members(CALAIS)
    assert reference.place(CALAIS).territory == "calaisis"


def test_intercommunalities_that_cross_the_border_keep_both_sides_apart(reference):
    crossing = [e for e in reference.epcis.values() if e.communes_outside]
    assert {e.name: (len(e.communes), len(e.communes_outside)) for e in crossing} == {
        "CC Flandre Lys": (4, 4),
        "CC du Ternois": (102, 1),
    }
    whole = reference.outlines(Level.EPCI).set_index("code").geometry
    inside = reference.epci_parts_inside().set_index("code").geometry
    for epci in reference.epcis.values():
        assert whole[epci.code].area / 1e6 == pytest.approx(epci.area_km2, abs=0.01)
        assert inside[epci.code].area / 1e6 == pytest.approx(epci.area_inside_km2, abs=0.01)
        assert (whole[epci.code].area > inside[epci.code].area + 1) == bool(epci.communes_outside)
    assert shapely.coverage_is_valid(whole.to_numpy())
    epci = reference.epcis[FLANDRE_LYS.code]
    assert reference.population(FLANDRE_LYS) == epci.population_inside < epci.population


def test_parents_lead_from_the_departement_down(reference):
    assert [str(p) for p in reference.parents_of("62193")] == [
        "departement:62", "territoire:calaisis", "mds:calaisis", "epci:200090751",
        "canton:6218", "canton:6219", "canton:6220",
    ]  # fmt: skip
    for code in reference.communes:
        for parent in reference.parents_of(code):
            assert code in reference.members(parent)


def test_areas_of_the_mds_lie_in_territories(reference):
    for area in reference.mds_areas.values():
        assert set(area.communes) <= set(reference.territories[area.territory].communes)
    split = [a.name for a in reference.mds_areas.values() if a.code != a.territory]
    assert split == ["Hénin-Carvin", "Lens-Liévin", "Montreuillois", "Ternois"]


@pytest.mark.parametrize("ask", ["place", "members", "name_of", "population", "area_km2"])
def test_unknown_place_is_said(reference, ask):
    nowhere = Perimeter(Level.EPCI, "999999999")
    assert not reference.exists(nowhere)
    with pytest.raises(UnknownPlaceError, match="« epci:999999999 » inconnu"):
        getattr(reference, ask)(nowhere)


def test_unknown_commune_has_neither_parents_nor_neighbours(reference):
    for ask in (reference.parents_of, reference.neighbours_of):
        with pytest.raises(UnknownPlaceError, match="« commune:62999 » inconnu"):
            ask("62999")


def test_reference_cannot_be_changed(reference):
    with pytest.raises(TypeError):
        reference.communes["62193"] = None
    with pytest.raises(dataclasses.FrozenInstanceError):
        reference.communes = {}
    with pytest.raises(dataclasses.FrozenInstanceError):
        reference.commune("Calais").name = "Dunkerque"


@pytest.mark.parametrize("level", Level)
def test_outlines_come_with_names_in_the_order_of_perimeters(reference, level):
    frame = reference.outlines(level)
    assert list(frame.columns) == ["code", "name", "geometry"]
    assert list(frame["code"]) == [p.code for p in reference.perimeters(level)]
    assert frame.crs.to_epsg() == 2154
    assert frame.is_valid.all()
