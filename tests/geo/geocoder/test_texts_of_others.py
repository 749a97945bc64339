"""What the geocoder makes of texts that no address of ours was worn to make."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.geocoder.trial.texts import Kind, is_right, make_labelled
from geo.names import unaccented
from geo.precision import Precision

OF_OTHERS = (
    Kind.STREET, Kind.STREET_AND, Kind.HOMONYM, Kind.OPERATION, Kind.SENTENCE,
)  # fmt: skip


@pytest.fixture(scope="module")
def tried(geocoder):
    cases = make_labelled(geocoder.gazetteer, 2_400, 41, tried=True)
    found = [case for case in cases if case.kind in OF_OTHERS]
    assert len(found) > 500
    return [(case, geocoder.geocode(case.text, case.context)) for case in found]


def test_of_five_hundred_texts_of_others_none_is_wrong_and_sure(tried):
    wrong = [
        (case.text, place.commune or place.outside or place.label, place.confidence)
        for case, place in tried
        if place.confidence >= 0.9 and not is_right(place, case)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        (Kind.STREET, 0.97),
        (Kind.STREET_AND, 0.98),
        (Kind.HOMONYM, 0.97),
        (Kind.OPERATION, 0.98),
        (Kind.SENTENCE, 0.80),
    ],
)
def test_texts_of_others_are_placed_or_left(tried, kind, least):
    rights = [is_right(place, case) for case, place in tried if case.kind is kind]
    assert sum(rights) / len(rights) >= least


@pytest.mark.parametrize(
    "text",
    [
        "12 rue Marie Curie", "8 rue Émile Basly", "3 rue Jean Moulin", "5 rue Raymond Poincaré",
        "2 rue de la Gare", "1 rue Jean-Jacques Rousseau", "rue de Calais", "place d'Arras",
        "route de Saint-Omer", "avenue de Lens", "aménagement de la ville haute",
        "les services aux familles", "union des commerçants", "cité de la dentelle",
        "église Saint-Léger",
    ],
)  # fmt: skip
def test_a_street_or_a_sentence_names_no_place(geocoder, text):
    place = geocoder.geocode(text)
    assert (place.precision, place.outside) == (Precision.NONE, None)


@pytest.mark.parametrize(
    ("text", "departement"),
    [
        ("51500 Saint-Léonard", "Marne"),
        ("1 rue du Bourg, 14220 Saint-Omer", "Calvados"),
        ("78550 Richebourg", "Yvelines"),
        ("60400 Beaurains", "Oise"),
        ("Croisilles 28210", "Eure-et-Loir"),
        ("Saint-Martin, 76200", "Seine-Maritime"),
        ("Saint-Omer (Calvados)", "Calvados"),
        ("20000 Montreuil", "Corse-du-Sud"),
        ("Bailleul (Nord)", "Bailleul (Nord)"),
        ("59270 Bailleul", "Bailleul (Nord)"),
    ],
)
def test_a_postcode_or_a_departement_beats_a_homonym_of_here(geocoder, text, departement):
    place = geocoder.geocode(text)
    assert (place.commune_code, place.outside) == (None, departement)
    assert "Hors du Pas-de-Calais" in place.remark


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("Subvention de 80 500 € pour la salle de Bapaume", "Bapaume"),
        ("Travaux, 59 800 € HT, commune de Carvin", "Carvin"),
        ("62 400 € - toit de l'école de Vimy", "Vimy"),
        ("62400,00 euros pour Vimy", "Vimy"),
        ("Un bassin de 62 000 habitants, Carvin", "Carvin"),
        ("62 000 Arras", "Arras"),
        ("restauration de l'église St-Léger, centre-bourg de Fauquembergues", "Fauquembergues"),
        ("ZA de Beaurainville", "Beaurainville"),
        ("Pont de Carency", "Carency"),
        ("5 rue Basse Boulogne, Pas-en-Artois", "Pas-en-Artois"),
        ("119 rue Henry Bécourt, Agnez-lès-Duisans", "Agnez-lès-Duisans"),
        ("4 rue Neuve Boulogne, Samer", "Samer"),
        ("2 impasse Vieille Calais, Guînes", "Guînes"),
        ("7 rue Louis Lens, Avion", "Avion"),
        ("9 résidence Grand Lens, Wingles", "Wingles"),
        ("10 rue Robert Hesdin, Fruges", "Fruges"),
    ],
)
def test_the_commune_named_beats_money_streets_and_saints(geocoder, text, commune):
    place = geocoder.geocode(text)
    assert place.commune == commune
    assert place.confidence > 0.5


def test_a_usual_word_or_an_unknown_hamlet_is_not_surely_a_commune(geocoder):
    assert geocoder.geocode("voyage scolaire en avion").confidence < 0.9
    assert geocoder.geocode("RD 96 à Terlincthun").confidence < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "CS 6131, Rue d'En-Haut - 80251 R ouvrel Cedex",
        "192 boulevard de Clerques 80182 Vauchell es-les-Quesnoy CEDEX 1",
        "BP 362, 2 rue du Moiilin 62526 Arii e5 CEDEX 2",
        "7 rue Bienvillers, Saint Léger lès Aut.",
        "Création d'une voie verte entre Calais et Guînes",
        "Liaison entre Béthune et Bruay-la-Buissière",
        "Terrain situé au lieu-dit Le Transloy",
        "Pont de Vendin",
        "rue de la Gare de Lens",
        "12 rue du Pont d'Ardres",
        "Vieille chapelle à restaurer",
        "Nouvelle église à bâtir",
    ],
)
def test_a_name_that_the_text_says_otherwise_or_something_of_is_not_sure(geocoder, text):
    assert geocoder.geocode(text).confidence < 0.9


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("Pont à Vendin", "Pont-à-Vendin"),
        ("62880 Pont de Vendin", "Pont-à-Vendin"),
        ("voie verte entre la gare et le centre de Guînes", "Guînes"),
        ("62340 Guîens", "Guînes"),
        ("Le Transloy", "Le Transloy"),
        ("Vieille-Chapelle", "Vieille-Chapelle"),
        ("aménagement de la rue Pasteur de Carvin", "Carvin"),
    ],
)
def test_a_name_that_nothing_contradicts_stays_sure(geocoder, text, commune):
    place = geocoder.geocode(text)
    assert place.commune == commune
    assert place.confidence >= 0.9


@pytest.mark.parametrize("text", ["marais ville", "le marais ville", "Marais Ville"])
def test_two_words_that_are_nearly_a_name_are_not_surely_that_name(geocoder, text):
    assert geocoder.geocode(text).confidence < 0.9
    assert geocoder.geocode("Maresville").confidence > 0.99
    assert geocoder.geocode("Maraisville").confidence > 0.9  # a slip inside one word


NOISE = st.lists(
    st.sampled_from((
        "services", "union", "dentelle", "haute", "ville", "rue", "place", "moulin", "curie",
        "rousseau", "travaux", "salle", "de", "la", "du", "des", "les", "et", "sur", "à",
        "pour", "réhabilitation", "école", "collège", "église", "construction", "aménagement",
        "marais", "fontaine", "petit", "grand", "général", "docteur", "jean", "marie", "12",
        "2024",
    )),
    min_size=1,
    max_size=9,
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(words=NOISE)
def test_words_that_name_no_place_never_make_one_surely(geocoder, words):
    assert geocoder.geocode(" ".join(words)).confidence < 0.9


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(words=NOISE)
def test_case_accents_and_hyphens_never_change_what_is_made_of_noise(geocoder, words):
    text = " ".join(words)
    place = geocoder.geocode(text)
    for other in (text.upper(), unaccented(text), text.replace(" ", "\u00a0"), f" {text} "):
        found = geocoder.geocode(other)
        assert (found.commune_code, found.outside) == (place.commune_code, place.outside)
        assert found.confidence == pytest.approx(place.confidence)


@pytest.mark.parametrize(
    "text",
    [
        "Voyage à Boulogne", "Un week-end à Étaples", "Il habite à Lens", "Retour de Berck",
        "Le train pour Lens", "Dentelle de Calais", "Racing Club de Lens", "Match Lens - Lille",
    ],
)  # fmt: skip
def test_a_journey_people_or_a_product_have_no_sure_place(geocoder, text):
    assert geocoder.geocode(text).confidence < 0.9


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("Réfection de la gare et du train touristique à Lens", "Lens"),
        ("Construction d’un terrain de football à Étaples", "Étaples"),
        ("Voyage à Boulogne 62200", "Boulogne-sur-Mer"),
    ],
)
def test_works_stay_sure_whatever_they_are_for(geocoder, text, commune):
    place = geocoder.geocode(text)
    assert place.commune == commune
    assert place.confidence >= 0.9


@pytest.mark.parametrize(
    "text", ["M. Lens, 12 rue de la Paix", "Famille Arras", "rue de l’Église Saint-Omer"]
)
def test_the_name_of_a_person_or_of_a_patron_is_no_sure_place(geocoder, text):
    assert geocoder.geocode(text).confidence < 0.9
    assert geocoder.geocode("rue de l’Église, Saint-Omer").confidence >= 0.9


def test_the_number_of_a_departement_before_a_name_is_believed_and_not_surely(geocoder):
    assert geocoder.geocode("59 Bailleul").outside == "Bailleul (Nord)"
    assert geocoder.geocode("59 Bailleul").confidence >= 0.9
    assert geocoder.geocode("59 Croisilles").confidence < 0.9
    assert geocoder.geocode("59 rue de la Gare, Croisilles").commune == "Croisilles"


@pytest.mark.parametrize("text", ["54 parvis de l’Abbaye Bailleul", "2 r d’Arras Arleux"])
def test_a_small_place_outside_is_not_sure_by_a_name_that_others_have(geocoder, text):
    assert geocoder.geocode(text).confidence < 0.9
    assert geocoder.geocode("Bailleul (59)").confidence >= 0.9


@pytest.mark.parametrize("text", ["31 rue Élisée-Clais, 62160", "31 rue Éllsée-C1ais, 62450"])
def test_a_damaged_street_beside_another_postcode_names_no_sure_commune(geocoder, text):
    assert geocoder.geocode(text).confidence < 0.9


def test_a_misspelt_name_that_begins_as_a_way_does_is_still_that_name(geocoder):
    for text in ("14 rue du Château, 62880 Pont-à-Vendni", "1 rue Démaret Pont à Vednin 62880"):
        assert geocoder.geocode(text).commune == "Pont-à-Vendin", text


@pytest.mark.parametrize(
    "text",
    [
        "Famille d’Annay",
        "Fresnes",
        "Loos",
        "Saint-Martin",
        "fête de la Saint-Martin",
        "RD 939 Arras – Cambrai",
        "CC de Desvres",
        "Agglo de Lens",
    ],
)
def test_a_family_a_feast_a_road_and_the_beginning_of_a_name_are_no_sure_place(geocoder, text):
    assert geocoder.geocode(text).confidence < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Lille",
        "59120 Loos",
        "Loos (59)",
        "RD 939 à Arras",
        "ville de Desvres",
        "12 rue Pasteur, Lens",
    ],
)
def test_what_no_name_of_here_begins_with_or_its_departement_says_stays_sure(geocoder, text):
    assert geocoder.geocode(text).confidence >= 0.9
