"""Whole deliberations made up of the same family: all that they say is found, damage or not."""

import re
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.deliberation.account import write_account
from layers.deliberation.adoption.differences import differ
from layers.deliberation.draft.files import as_record
from tests.layers.deliberation.family import (
    Contract,
    Deliberation,
    Fiche,
    Paying,
    body_of,
    euros,
    write,
)

PARTNERS = (
    "Communauté de communes du Val Imaginaire",
    "Communauté d’agglomération de Port-Fiction, Terres Hautes",
    "Commune de Sainte-Fable-sur-Songe",
    "Syndicat mixte des Marais Supposés",
    "Communauté urbaine d’Utopie",
)
TITLES = (
    "Construction d’un moulin à histoires",
    "Rénovation de la halle aux 3 contes",
    "Aménagement d’un sentier des nuages",
    "Création d’une maison de la lune",
)
EXPENSES = ("Travaux", "VRD", "Etudes et frais annexes", "Mobilier", "Maitrise d’œuvre", "Autres")
FUNDERS = (
    "Etat (DETR)",
    "Région (PRADET)",
    "Agence de l’eau Artois-Picardie",
    "Europe (FEDER)",
    "Département / FARDA",
    "CAF",
)
AXES = ("Accueillir les rêveurs", "Préserver les nuages", "Relier les îles du songe")
cents = st.integers(100_00, 5_000_000_00).map(lambda n: Decimal(n).scaleb(-2))


@st.composite
def fiches(draw, number, owner, mark):
    labels = draw(st.lists(st.sampled_from(EXPENSES), min_size=1, max_size=5, unique=True))
    spent = [Paying(label, draw(cents)) for label in labels]
    total = sum((line.euros for line in spent), Decimal(0))
    others = draw(st.lists(st.sampled_from(FUNDERS), max_size=4, unique=True))
    parts = [draw(st.integers(5, 20)) for _ in others]
    paid = [Paying("Département / FIT", (total * 20 / 100).quantize(Decimal("0.01")))]
    paid += [
        Paying(label, (total * part / 100).quantize(Decimal("0.01")))
        for label, part in zip(others, parts, strict=True)
    ]
    rest = total - sum(line.euros for line in paid)
    paid += [Paying("Reste à charge MO", rest)] if rest > 0 else []
    if rest < 0:
        paid[0].euros += rest
    return Fiche(
        number,
        f"{draw(st.sampled_from(TITLES))} {mark}",
        owner,
        "12 rue des Essais – Sainte-Fable",
        spent,
        paid,
        [
            ("Début des travaux", "04-05/2027", "Préparation"),
            ("Fin des travaux", "2ème sem 2028", ""),
        ],
        [("Solidarités territoriales", 2, "Agir en proximité")],
        ["Développement durable", "Insertion professionnelle"],
        delegate=draw(st.sampled_from(["", "Commune de Sainte-Fable-sur-Songe"])),
    )


@st.composite
def deliberations(draw):
    partners = draw(st.lists(st.sampled_from(PARTNERS), min_size=1, max_size=3, unique=True))
    contracts = []
    for partner in partners:
        count = draw(st.integers(1, 2))
        mark = "ABC"[len(contracts)]
        made = [draw(fiches(n, partner, f"{mark}{n}")) for n in range(1, count + 1)]
        contracts.append(Contract(partner, list(AXES[: draw(st.integers(1, 3))]), made))
    return Deliberation("2027-12", "8 mars 2027", "ADOPTION DE NOUVEAUX CONTRATS", contracts)


def hold(draft, made):
    """Hold what was read against what was made up."""
    act = draft.deliberation
    assert (act.numero, act.date, act.objet) == ("2027-12", "2027-03-08", made.title)
    assert (act.votes.pour, act.votes.contre, act.votes.abstention) == made.votes
    assert [c.partenaire for c in draft.contrats] == [c.partner for c in made.contracts]
    assert len(draft.operations) == len(made.fiches)
    for read, (contract, fiche) in zip(draft.operations, made.fiches, strict=True):
        assert (read.contrat, read.numero_fiche) == (contract.partner, fiche.number)
        assert (read.titre, read.maitre_ouvrage) == (fiche.title, fiche.owner)
        assert (read.mandataire or "") == fiche.delegate
        assert (read.montant_fit, read.cout_total_ht) == (fiche.fit, fiche.cost)
        assert [(e.libelle, e.montant) for e in read.depenses] == [
            (line.label, line.euros) for line in fiche.expenses
        ]
        assert [(r.libelle, r.montant) for r in read.recettes] == [
            (line.label, line.euros) for line in fiche.receipts
        ]
        assert [(m.etape, m.valeur, m.commentaire) for m in read.calendrier] == fiche.steps
        assert [(m.debut, m.fin) for m in read.calendrier] == [
            ("2027-04-01", "2027-05-31"),
            ("2028-07-01", "2028-12-31"),
        ]
        assert [(p.pacte, p.ambition) for p in read.pactes] == [("solidarités territoriales", 2)]
        assert read.engagements == fiche.commitments
        assert read.axes == [contract.axes[0]]
        assert (read.referents_departement, read.referents_partenaire) == (
            ["Maison du Département"],
            ["Direction des rêves"],
        )
        assert (read.contexte, read.ingenierie) == (
            "Un contexte imaginaire.",
            ["Agence des nuages"],
        )
        assert read.descriptif[1:] == ["Une salle des contes", "Un jardin de pluie"]
    assert [line.proposition for line in draft.budget] == [made.total]


quick = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@quick
@given(made=deliberations())
def test_any_deliberation_of_the_family_is_read_whole(read, made):
    draft = read(write(made))
    hold(draft, made)
    assert [(c.axes, c.periode) for c in draft.contrats] == [
        (c.axes, "2023-2026") for c in made.contracts
    ]
    for contract in draft.contrats:
        assert [(one.titre, one.extrait) for one in contract.corps_axes] == [
            (axis, body_of(axis)) for axis in contract.axes
        ]
        assert contract.signataires == ["Le Président du Conseil départemental", "La Présidente"]
        assert contract.ingenierie.startswith("Le Département peut, à travers la plateforme")
    assert not [r.message for r in draft.remarques if r.niveau == "erreur"]


@quick
@given(made=deliberations())
def test_fiches_that_join_contracts_signed_before_are_read_without_booklets(read, made):
    draft = read(write(made, booklets=False))
    hold(draft, made)
    assert not any(contract.joint for contract in draft.contrats)


DAMAGES = {
    "double spaces": lambda text: text.replace(" ", "  "),
    "straight apostrophes": lambda text: text.replace("’", "'"),
    "ligatures": lambda text: text.replace("fi", "ﬁ").replace("ff", "ﬀ").replace("fl", "ﬂ"),
    "decomposed accents": lambda text: unicodedata.normalize("NFD", text),
    "no-break spaces": lambda text: re.sub(r"(?<=\d) (?=\d{3}|€)", "\u202f", text),
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "no space at line ends": lambda text: "\n".join(line.strip() for line in text.split("\n")),
    "every other line blank": lambda text: text.replace("\n", "\n\n"),
    "page breaks": lambda text: text.replace("\n Fiche opération", "\n\fFiche opération"),
    "lost page breaks": lambda text: re.sub(r"\s*\n\s*\n(?=[A-F] – )", " ", text),
}


@pytest.mark.parametrize("damage", DAMAGES)
@settings(parent=quick, max_examples=5)
@given(made=deliberations())
def test_damage_changes_nothing_that_is_read(read, made, damage):
    text = write(made)
    sound, damaged = as_record(read(text)), as_record(read(DAMAGES[damage](text)))
    assert list(differ(sound, damaged)) == []


@quick
@given(made=deliberations(), data=st.data())
def test_a_changed_digit_that_breaks_a_sum_is_always_reported(read, made, data):
    text = write(made)
    amounts = [
        match
        for match in re.finditer(r"(?<!\w)\d{1,3}(?: \d{3})*(?:,\d\d)?(?= ?€)", text)
        if len(match[0]) > 3
    ]
    match = data.draw(st.sampled_from(amounts))
    places = [i for i in range(match.start(), match.end()) if text[i].isdecimal()]
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != text[place]]))
    before = {remark.message for remark in read(text).remarques}
    draft = read(text[:place] + digit + text[place + 1 :])
    new = [r for r in draft.remarques if r.message not in before and r.niveau == "erreur"]
    assert new
    assert any(r.lignes for r in new)


@quick
@given(made=deliberations(), data=st.data())
def test_no_mutation_makes_the_reader_fail(read, made, data):
    lines = write(made).split("\n")
    for _ in range(data.draw(st.integers(1, 12))):
        one = data.draw(st.integers(0, len(lines) - 1))
        other = data.draw(st.integers(0, len(lines) - 1))
        kind = data.draw(st.sampled_from(["drop", "swap", "join", "repeat", "noise"]))
        if kind == "drop" and len(lines) > 2:
            del lines[one]
        elif kind == "swap":
            lines[one], lines[other] = lines[other], lines[one]
        elif kind == "join":
            lines[one] = f"{lines[one]} {lines[other]}"
        elif kind == "repeat":
            lines.insert(one, lines[other])
        else:
            lines[one] = data.draw(st.text(max_size=60)) + lines[one]
    draft = read("\n".join(lines))
    assert write_account(draft)
    for operation in draft.operations:
        assert operation.montant_fit is None or operation.montant_fit >= 0


@quick
@given(text=st.text(max_size=800))
def test_no_text_at_all_makes_the_reader_fail(read, text):
    draft = read(text)
    assert draft.operations == [] or draft.remarques


@quick
@given(made=deliberations(), data=st.data())
def test_an_unreadable_amount_is_an_error_with_its_line(read, made, data):
    text = write(made)
    contract, fiche = data.draw(st.sampled_from(made.fiches))
    line = data.draw(st.sampled_from(fiche.expenses))
    printed = f"{line.label} {euros(line.euros)}"
    start = text.index(f"{fiche.title}\n\nA – GENERAL")
    place = text.index(printed, start)
    broken = text[:place] + f"{line.label} ?? 1l,OO €" + text[place + len(printed) :]
    draft = read(broken)
    number = broken[:place].count("\n") + 1
    found = [r for r in draft.remarques if r.regle == "montant-illisible"]
    assert [r.lignes for r in found] == [[number]]
    read_fiche = next(
        o for o in draft.operations if o.titre == fiche.title and o.contrat == contract.partner
    )
    assert next(e for e in read_fiche.depenses if e.libelle == line.label).montant is None
