from collections import Counter

import pytest

from geo.precision import Precision
from layers.catalogue.layers import Catalogue
from layers.catalogue.sites import read_sites
from layers.placing.sites import SITE_LAYERS


@pytest.fixture(scope="module")
def sites(catalogue):
    return read_sites(catalogue)


def test_every_row_of_every_layer_of_sites_is_a_site(sites, catalogue):
    counts = Counter(site.source.split("»")[0] for site in sites)
    for declared in SITE_LAYERS:
        layer = catalogue.layer(declared.layer)
        rows = catalogue.load(declared.layer)
        parts = (len(row) for row in rows.get("commune_codes", [("",)] * len(rows)))
        assert counts[f"couche « {layer.title} "] == sum(parts)


def test_sites_lie_in_communes_and_have_their_layer_s_precision(sites, reference):
    assert all(site.commune_code in reference.communes for site in sites)
    precisions = {site.kind: site.precision for site in sites}
    assert precisions["gare"] is Precision.SITE
    assert precisions["quartier prioritaire"] is Precision.DISTRICT


def test_sites_are_called_as_people_say(sites):
    names = {name for site in sites for name in (site.name, *site.other_names)}
    assert {
        "Gare d’Arras",
        "Gare de Lens",
        "Centre de secours d’Arras",
        "Quartier Fort Nieulay",
        "QPV Beau Marais",
        "Collège de l'Europe",
    } <= names


def test_short_name_of_a_quartier_needs_its_kind(sites):
    names = {name for site in sites for name in (site.name, *site.other_names)}
    assert "Camus" not in names
    assert "Quartier Camus" in names


def test_layer_that_cannot_be_read_gives_no_site(reference, tmp_path):
    assert read_sites(Catalogue(reference, tmp_path)) == ()


def test_quartier_is_found_in_each_of_its_communes(geocoder):
    place = geocoder.geocode("quartier du Regain, Hersin-Coupigny")
    assert place.commune == "Hersin-Coupigny"
    assert place.label == "Quartier du Regain"
