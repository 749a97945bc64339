from decimal import Decimal

import pytest

from layers.documents.funders import Classed, Funder, class_funder, public_aid

TERNOIS = "Communauté de communes du Ternois"
CALAIS = "Communauté d’agglomération Grand Calais Terres et Mers (GCTM)"


@pytest.mark.parametrize(
    ("label", "owner", "funder", "programme"),
    [
        ("Département / FIT", "", Funder.DEPARTEMENT, "FIT"),
        ("Département - FIT", "", Funder.DEPARTEMENT, "FIT"),
        ("Fonds d’innovation territorial", "", Funder.DEPARTEMENT, "FIT"),
        ("Département / Politique sportive", "", Funder.DEPARTEMENT, "Politique sportive"),
        ("Département (ESI)", "", Funder.DEPARTEMENT, "ESI"),
        ("Etat (CRTE)", "", Funder.ETAT, "CRTE"),
        ("ETAT (DETR)", "", Funder.ETAT, "DETR"),
        ("Agence Nationale du Sport", "", Funder.ETAT, "ANS"),
        ("Fonds vert", "", Funder.ETAT, "Fonds vert"),
        ("Région (ACTes)", "", Funder.REGION, "ACTes"),
        ("Agence de l’eau Artois-Picardie", "", Funder.AGENCE_DE_L_EAU, ""),
        ("Europe (FEDER)", "", Funder.EUROPE, "FEDER"),
        ("Reste à charge MO", "", Funder.OWNER, ""),
        ("Fonds propres (GCTM)", CALAIS, Funder.OWNER, ""),
        ("GCTM", CALAIS, Funder.OWNER, ""),
        (TERNOIS, TERNOIS, Funder.OWNER, ""),
        (TERNOIS, "Commune de Frévent", Funder.EPCI, ""),
        ("Ville de Calais", "Calais", Funder.OWNER, ""),
        ("Commune de Marck", "Calais", Funder.COMMUNE, ""),
        ("CAF", "", Funder.OTHER, ""),
    ],
)
def test_who_pays(label, owner, funder, programme):
    assert class_funder(label, owner) == Classed(funder, programme)


def test_only_the_fit_is_fit():
    assert class_funder("Département / FIT").is_fit
    assert not class_funder("Département / FARDA").is_fit


def test_public_aid_of_the_ternois_exceeds_the_ceiling_by_93_euros():
    plan = [
        (Funder.DEPARTEMENT, Decimal(200000)),
        (Funder.ETAT, Decimal(247128)),
        (Funder.REGION, Decimal("308910.75")),
        (Funder.ETAT, Decimal(308578)),
        (Funder.OWNER, Decimal("266037.66")),
    ]
    aid = public_aid(Decimal("1330654.41"), plan)
    assert aid.amount == Decimal("1064616.75")
    assert aid.rate == Decimal("0.800070")
    assert aid.excess == Decimal("93.22")


def test_public_aid_of_the_pool_of_calais_is_exactly_the_ceiling():
    plan = [(Funder.DEPARTEMENT, Decimal(1500000)), (Funder.ETAT, Decimal(6500000))]
    aid = public_aid(Decimal(10000000), plan)
    assert (aid.rate, aid.excess) == (Decimal("0.8"), 0)


def test_a_funder_that_may_be_private_is_left_out_and_said():
    aid = public_aid(Decimal(1000), [(Funder.ETAT, Decimal(600)), (Funder.OTHER, Decimal(300))])
    assert (aid.amount, aid.uncertain) == (Decimal(600), Decimal(300))
    assert public_aid(Decimal(0), []).rate is None
