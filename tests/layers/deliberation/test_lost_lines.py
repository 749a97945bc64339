"""One line lost: what can still be read is read, and what cannot is said."""

from decimal import Decimal

import pytest

from layers.deliberation.adoption.differences import differ
from layers.deliberation.draft.files import as_record
from tests.layers.deliberation.family import Contract, Deliberation, Fiche, Paying, write


def fiche(number, title, owner):
    return Fiche(
        number,
        title,
        owner,
        "12 rue des Essais",
        [Paying("Travaux", Decimal("90000.50")), Paying("Etudes", Decimal("10000.50"))],
        [Paying("Département / FIT", Decimal(40000)), Paying("Fonds propres", Decimal(60001))],
        [("Début des travaux", "04/2027", ""), ("Fin des travaux", "12/2028", "")],
        [
            ("Solidarités territoriales", 2, "Agir en proximité"),
            ("Solidarités humaines", 5, "Promouvoir la santé"),
        ],
        ["Développement durable"],
    )


ONE, OTHER = "Communauté de communes du Val Imaginaire", "Commune de Sainte-Fable"
TEXT = write(
    Deliberation(
        "2027-12",
        "8 mars 2027",
        "ADOPTION DE CONTRATS",
        [
            Contract(ONE, ["Accueillir", "Relier"], [fiche(1, "Construction d’un moulin", ONE)]),
            Contract(OTHER, ["Préserver"], [fiche(1, "Création d’un jardin", OTHER)]),
        ],
    )
)


@pytest.fixture(scope="module")
def whole(read):
    return read(TEXT)


def without(line):
    assert f"\n{line}" in TEXT, line
    before, _, after = TEXT.partition(f"\n{line}")
    return before + "\n" + after.partition("\n")[2]


@pytest.mark.parametrize(
    "line",
    [
        "Fiche opération n°1",
        "B – DESCRIPTION DU PROJET",
        "D – CALENDRIER PREVISIONNEL",
        "E – PLAN DE FINANCEMENT PREVISIONNEL",
        "F – ENGAGEMENTS RECIPROQUES",
        "DEPENSES RECETTES",
        "Nature de la dépense",
        " Date Commentaire",
        "Conseil départemental du Pas-de-Calais\net",
        "LE PRESIDENT DU CONSEIL",
        "REUNION DU",
    ],
)
def test_a_lost_heading_changes_nothing(read, whole, line):
    assert list(differ(as_record(whole), as_record(read(without(line))))) == []


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("(N°2027-12)", "délibération-incomplète"),
        ("Article   2", "articles-discontinus"),
        ("Contre :", "votes-absents"),
        ("D’autoriser", "contrat-non-autorisé"),
        ("Artois", "territoire-absent"),
        ("TOTAL", "total-absent"),
        ("• Relier", "axes-annoncés"),
        ("Côté partenaire", "interlocuteurs-absents"),
        ("Maîtrise d'ouvrage :", "fiche-incomplète"),
        ("Localisation", "fiche-incomplète"),
        ("  Pacte des Solidarités territoriales", "pacte-absent"),
        ("  Pacte des Solidarités humaines", "pacte-contradictoire"),
        ("Axes) du contrat", "axe-absent"),
        ("Début des travaux", "calendrier-incomplet"),
        ("Travaux 90", "somme-dépenses"),
        ("Etudes 10", "somme-recettes"),
        ("- Opération « Construction", "total-fit"),
        ("subvention de 40", "montant-non-trouvé"),
    ],
)
def test_what_a_lost_line_took_with_it_is_said(read, whole, line, rule):
    known = {remark.message for remark in whole.remarques}
    draft = read(without(line))
    new = {remark.regle for remark in draft.remarques if remark.message not in known}
    assert rule in new


def test_names_of_people_are_never_taken_for_the_object(read):
    text = without("ADOPTION DE CONTRATS").replace(
        "REUNION DU 8 MARS 2027\n", "REUNION DU 8 MARS 2027\n\nExcusé : M. Jean IMAGINAIRE.\n", 1
    )
    assert read(text).deliberation.objet == "ADOPTION DE CONTRATS"


def test_of_two_dates_the_first_is_kept_and_both_are_said(read, whole):
    draft = read(TEXT.replace("REUNION DU 8 MARS 2027", "REUNION DU 9 AVRIL 2027", 1))
    assert draft.deliberation.date == "2027-04-09"
    (told,) = [one.message for one in draft.remarques if one.regle == "dates-multiples"]
    assert "le 9 avril 2027, puis le 8 mars 2027" in told
    assert "dates-multiples" not in {one.regle for one in whole.remarques}


def test_the_day_of_a_commission_in_a_sentence_is_no_second_date(read):
    said = "Vu l’avis de la 5ème commission rendu lors de sa\nréunion du 06/11/2026 ;"
    draft = read(TEXT.replace("REUNION DU 8 MARS 2027", f"REUNION DU 8 MARS 2027\n\n{said}", 1))
    assert draft.deliberation.date == "2027-03-08"
    assert "dates-multiples" not in {one.regle for one in draft.remarques}


def test_a_fiche_without_title_takes_the_one_of_the_summary_table(read):
    text = TEXT.replace("Fiche opération n°1\n\nCréation d’un jardin\n", "Fiche opération n°1\n", 1)
    operation = read(text).operations[1]
    assert operation.titre == "Création d’un jardin"
    assert operation.sources["titre"].confiance < 0.7


def test_a_document_that_ends_with_the_heading_of_the_contacts_says_that_none_are_there(read):
    lines = TEXT.splitlines()
    heading = max(i for i, line in enumerate(lines) if "Les interlocuteurs du contrat" in line)
    draft = read("\n".join(lines[: heading + 1]))
    told = [remark for remark in draft.remarques if remark.regle == "interlocuteurs-absents"]
    assert [one.lignes for one in told if OTHER in one.message] == [[heading + 1]]
