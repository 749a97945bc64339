import pytest

from geo.precision import Precision


@pytest.mark.parametrize(
    ("text", "precision", "label"),
    [
        ("gare de Béthune", Precision.SITE, "Gare de Béthune"),
        ("Pôle Gare – place de la Gare – Nœux-les-Mines", Precision.SITE, "Gare de Nœux-les-Mines"),
        ("12 rue de la Gare, Nœux-les-Mines", Precision.COMMUNE, "Nœux-les-Mines"),
        ("Mairie de Rang-du-Fliers", Precision.SITE, "Mairie de Rang-du-Fliers"),
        ("hôtel de ville, Lens", Precision.SITE, "Mairie de Lens"),
        ("Collège de l’Europe, Ardres", Precision.SITE, "Collège de l'Europe"),
        ("quartier du Fort-Nieulay", Precision.DISTRICT, "Quartier Fort Nieulay"),
        ("centre-bourg de Saint-Pol-sur-Ternoise", Precision.COMMUNE, "Saint-Pol-sur-Ternoise"),
    ],
)
def test_point_is_as_exact_as_what_is_known(geocoder, text, precision, label):
    place = geocoder.geocode(text)
    assert place.precision is precision
    assert place.label.startswith(label)


def test_address_of_a_town_hall_is_placed_there(geocoder, reference):
    hall = reference.communes["62001"].town_hall
    place = geocoder.geocode("78 r. Marcel Lancino 62153 Ablain-Saint-Nazaire")
    assert (place.lon, place.lat) == (hall.lon, hall.lat)
    assert place.precision is Precision.ADDRESS
    assert place.remark == "Adresse connue : Mairie d’Ablain-Saint-Nazaire."


def test_other_number_of_a_known_street_is_placed_in_the_street(geocoder):
    place = geocoder.geocode("5 rue Marcel Lancino, 62153 Ablain-Saint-Nazaire")
    assert place.precision is Precision.STREET
    assert place.remark.startswith("Rue connue par une autre adresse")


def test_every_point_lies_in_its_commune_or_says_why(geocoder, reference):
    for commune in list(reference.communes.values())[::9]:
        place = geocoder.geocode(f"{commune.postcodes[0]} {commune.name}")
        assert (place.lon, place.lat) == (commune.town_hall.lon, commune.town_hall.lat)
        unknown = commune.town_hall.precision == "commune"
        assert ("sans position connue" in place.remark) is unknown


def test_area_is_placed_at_its_largest_commune_and_says_so(geocoder, reference):
    place = geocoder.geocode("CA du Boulonnais")
    hall = reference.commune("Boulogne-sur-Mer").town_hall
    assert (place.lon, place.lat) == (hall.lon, hall.lat)
    assert place.remark == ("Plusieurs communes : point placé à la plus peuplée, Boulogne-sur-Mer.")
