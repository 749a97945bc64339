import pytest

from app.settings import EMBEDDED_DATA
from geo.geocoder.gazetteer import Gazetteer
from geo.geocoder.toponyms import Outside, Site, bare
from geo.names import normalise
from geo.precision import Precision
from geo.reference.records import Commune
from geo.tables import DamagedReferenceError, read_rows

FOLDER = EMBEDDED_DATA / "gazetteer"


@pytest.fixture(scope="module")
def gazetteer(reference):
    pool = Site("Piscine Desbin", "piscine", 2.83, 50.43, "62498", Precision.SITE, "essai")
    return Gazetteer.load(reference, FOLDER, [pool])


def test_every_name_of_every_commune_is_an_entry(gazetteer, reference):
    for commune in reference.communes.values():
        targets = [e.target for e in gazetteer.entries[bare(normalise(commune.name))]]
        assert commune in targets
    for former in reference.former_communes:
        targets = [e.target for e in gazetteer.entries[bare(normalise(former.name))]]
        assert reference.communes[former.current] in targets


def test_sites_given_from_outside_are_entries(gazetteer):
    assert gazetteer.entries["piscine desbin"][0].target.commune_code == "62498"
    assert [site.name for site in gazetteer.sites["62498"]] == ["Piscine Desbin"]


def test_codes_of_today_and_before_lead_to_communes(gazetteer):
    assert gazetteer.by_insee_code["62193"].name == "Calais"
    assert gazetteer.by_insee_code["62549"].name == "Hesdin-la-Forêt"


def test_damaged_postcode_leads_to_those_one_figure_away(gazetteer):
    assert "Lens" in {c.name for c in gazetteer.near_postcodes("6230")}
    assert {c.name for c in gazetteer.near_postcodes("62300")} == {"Lens", "Éleu-dit-Leauwette"}
    assert gazetteer.near_postcodes("99999") == ()


def test_neighbours_are_whole_and_never_of_the_departement(gazetteer):
    outside = {
        e.target for group in gazetteer.entries.values() for e in group
        if isinstance(e.target, Outside)
    }  # fmt: skip
    near = [place for place in outside if place.departement in {"59", "80"}]
    assert len(near) > 1_400
    assert not any(place.code.startswith("62") for place in outside)
    assert {"Saint-Pol-sur-Mer", "Dunkerque", "Lille", "Amiens"} <= {place.name for place in near}


def test_localities_lie_in_communes_of_today(reference):
    rows = list(read_rows(FOLDER, "localities.csv", ("commune", "name", "source")))
    assert len(rows) == 29
    assert all(isinstance(reference.commune(row.text("commune")), Commune) for row in rows)


def test_foreign_towns_bear_no_name_of_a_commune(reference):
    names = {normalise(commune.name) for commune in reference.communes.values()}
    rows = read_rows(FOLDER, "abroad.csv", ("name", "country"))
    assert not names.intersection(normalise(row.text("name")) for row in rows)


def test_missing_table_is_said(reference, tmp_path):
    with pytest.raises(DamagedReferenceError, match=r"departements\.csv absent"):
        Gazetteer.load(reference, tmp_path)
