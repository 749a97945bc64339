from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.names import unaccented
from geo.perimeter import AmbiguousPlaceError, UnknownPlaceError
from geo.reference.resolution import in_words
from tests.known_totals import ALL_COMMUNES

IN_DOCUMENTS = {
    "200090751": (
        "Communauté d’agglomération Grand Calais Terre & Mer",
        "Communauté d’agglomération Grand Calais Terres et Mer",
        "Communauté d’Agglomération du Grand Calais Terres et Mers",
        "Communauté d’Agglomération de Grand Calais Terrs & Mers",
        "Communauté de Communes Grand Calais Terres & Mers",
        "Grand  Calais  Terre  &  Mer",
        "Grand Calais",
        "l’agglomération GCTM".removeprefix("l’"),
        "agglomération du Calaisis",
        "agglomération de Calais",
    ),
    "200072460": (
        "Communauté d'Agglomération de Béthune-Bruay, Artois-Lys Romane",
        "Communauté d’agglomération Béthune Bruay Artois Lys Romane",
        "La Communauté d’Agglomération Béthune Bruay Artois Lys Romane",
        "Communauté d’agglomération de Béthune-Bruay Artois-Lys Romane",
        "CABBALR",
    ),
    "200044030": (
        "Communauté de communes des 7 Vallées",
        "Communauté de Communes des Sept Vallées",
        "CC7V",
    ),
    "200069672": (
        "Communauté de communes du Ternois",
        "Communauté  de  communes  du  Ternois",
        "Ternois Com",
        "CCT",
    ),
    "200069037": (
        "Communauté d’agglomération du Pays de Saint-Omer",
        "Communauté d’agglomération du pays de Saint-Omer",
        "CAPSO",
    ),
    "246201016": ("Communauté de Communes du Pays de Lumbres",),
    "200033579": ("communauté urbaine d’Arras", "Communauté urbaine d'Arras", "CU d'Arras"),
    "200069482": ("communauté de communes des campagnes de l’Artois",),
    "200044048": ("communauté de communes Osartis-Marquion", "Osartis Marquion"),
    "200035442": (
        "communauté de communes du Sud-Artois",
        "communauté de commune Sud Artois",
        "communauté de communes de Sud Artois",
    ),
    "245900758": (
        "Communauté de Communes Flandre Lys",
        "communauté de communes Flandre-Lys",
        "CCFL",
    ),
    "246200729": ("la Communauté d’Agglomération du Boulonnais",),
    "246200380": ("communauté de communes de la Terre des 2 Caps",),
    "200018083": (
        "la communauté de communes de Desvres-Samer",
        "communauté de communes de Desvres Samer",
    ),
    "246200844": ("Communauté de communes de la Région d’Audruicq",),
    "200072478": ("Communauté de communes de Pays d’Opale",),
    "246200364": ("Communauté d’agglomération de Lens-Liévin", "CALL", "CA de Lens - Liévin"),
    "246200299": ("Communauté d’agglomération d'Hénin-Carvin", "Hénin Carvin", "CAHC"),
    "200069029": (
        "Communauté d’agglomération des deux baies en Montreuillois",
        "Communauté d’Agglomération des Deux Baies en Montreuillois",
        "CA2BM",
    ),
    "200069235": ("Communauté de Communes du Haut-Pays du Montreuillois",),
}
"""How the documents of the Département write each of the twenty."""

commune_codes = st.sampled_from(range(ALL_COMMUNES))


@pytest.mark.parametrize(
    ("siren", "text"), [(siren, text) for siren, texts in IN_DOCUMENTS.items() for text in texts]
)
def test_intercommunality_is_known_however_documents_write_it(reference, siren, text):
    assert reference.epci(text).code == siren


def test_all_twenty_intercommunalities_are_tried(reference):
    assert set(IN_DOCUMENTS) == set(reference.epcis)


def test_intercommunality_is_known_by_its_siren_and_all_its_names(reference):
    for epci in reference.epcis.values():
        for text in (epci.code, epci.name, *epci.other_names):
            assert reference.epci(text) is epci


def test_commune_is_known_by_its_own_name_and_code(reference):
    for commune in reference.communes.values():
        assert reference.commune(commune.code) is commune
        assert reference.commune(commune.name) is commune


@given(index=commune_codes)
def test_case_accents_and_hyphens_never_change_the_answer(reference, index):
    commune = list(reference.communes.values())[index]
    for text in (
        commune.name.upper(),
        commune.name.lower(),
        unaccented(commune.name),
        commune.name.replace("-", " "),
        commune.name.replace("'", "’"),
        f"  {commune.name} ",
        f"commune de {commune.name}",
    ):
        assert reference.commune(text) is commune


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Attaques", "62043"),
        ("Portel", "62667"),
        ("Le Touquet", "62826"),
        ("Montreuil", "62588"),
        ("Berck-sur-Mer", "62108"),
        ("Marconne", "62447"),
        ("Richebourg-l'Avoué", "62706"),
        ("Bruay-en-Artois", "62178"),
        ("62461", "62447"),
        ("80831", "62909"),
    ],
)
def test_short_former_and_common_names_lead_to_the_commune_of_today(reference, text, code):
    assert reference.commune(text).code == code


def test_postcode_of_one_commune_leads_to_it(reference):
    assert [c.name for c in reference.by_postcode("62930")] == ["Wimereux"]
    assert reference.commune("62930").name == "Wimereux"


def test_postcode_of_several_communes_is_ambiguous(reference):
    with pytest.raises(AmbiguousPlaceError, match=r"Commune « 62990 » : .* réponses possibles"):
        reference.commune("62990")


def test_unknown_commune_is_said_with_what_comes_closest(reference):
    with pytest.raises(UnknownPlaceError) as caught:
        reference.commune("Calay")
    assert str(caught.value).startswith("Commune « Calay » inconnue dans le Pas-de-Calais.")
    assert "Voulez-vous dire Calais (62193)" in str(caught.value)


@pytest.mark.parametrize("text", ["", "   ", "59350", "Lille", "'; DROP TABLE", "x" * 10_000])
def test_what_is_not_here_is_refused_in_one_line(reference, text):
    for ask in (reference.commune, reference.epci):
        with pytest.raises(UnknownPlaceError) as caught:
            ask(text)
        assert "\n" not in str(caught.value)
        assert len(str(caught.value)) < 400


def test_intercommunality_of_that_kind_is_not_a_commune(reference):
    with pytest.raises(UnknownPlaceError):
        reference.commune("CU d'Arras")


def test_old_code_leads_to_today_and_says_so(reference):
    assert reference.resolve_code("62193") == ("62193", None)
    assert reference.resolve_code("62549") == (
        "62447",
        "Marconne (62549) fait partie de Hesdin-la-Forêt (62447) depuis le 1er janvier 2025.",
    )


def test_every_former_code_and_name_leads_somewhere(reference):
    for former in reference.former_communes:
        assert reference.resolve_code(former.code)[0] in reference.communes
        assert reference.commune(former.name).code == former.current


def test_unknown_code_says_what_was_expected(reference):
    with pytest.raises(UnknownPlaceError, match=r"« 99999 » inconnu .* code Insee"):
        reference.resolve_code("99999")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 1, 1), "1er janvier 2025"),
        (date(1987, 2, 9), "9 février 1987"),
        (date(1971, 2, 21), "21 février 1971"),
    ],
)
def test_days_are_written_in_french(day, words):
    assert in_words(day) == words
