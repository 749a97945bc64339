"""The checks: what they find is known and explained, and what is spoiled is found."""

from decimal import Decimal
from pathlib import Path

import pytest

from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.figures.checks import check_figures
from layers.figures.discrepancy import Discrepancy
from layers.figures.records import Figures
from layers.figures.sums import level_total
from layers.model.schema import LayerError
from tests.known_totals import COMMUNES_OF_2024


@pytest.fixture(scope="module")
def found(data: Path, reference: Reference) -> dict[str, Discrepancy]:
    return {discrepancy.id: discrepancy for discrepancy in check_figures(data, reference)}


def test_every_difference_is_explained_and_every_explanation_is_alive(
    found: dict[str, Discrepancy], figures: Figures
) -> None:
    assert [name for name, discrepancy in found.items() if not discrepancy.accepted] == []
    explained = {r.id for r in figures.remarks.values() if r.rule != "lecture"}
    assert explained == set(found)


def test_a_remark_says_what_the_check_says(found: dict[str, Discrepancy], figures: Figures) -> None:
    for discrepancy in found.values():
        remark = figures.remarks[discrepancy.id]
        assert remark.difference == discrepancy.difference != 0
        assert (remark.document, remark.unit) == (discrepancy.document, discrepancy.figure.unit)
        assert discrepancy.id in discrepancy.figure.remarks
        assert discrepancy.lines
        assert discrepancy.sentence.endswith(".")


def test_a_reading_remark_is_on_its_figure(figures: Figures) -> None:
    for remark in figures.remarks.values():
        row = figures.printings(remark.measure, remark.perimeter)[0]
        assert remark.id in row.remarks
        assert remark.printed == row.value
        if remark.other is not None:
            assert remark.difference == remark.printed - remark.other


@pytest.mark.parametrize(
    ("name", "printed", "expected"),
    [
        ("densite.densite.territoire:artois", "310", "411.4"),
        ("superficie.surface.territoire:calaisis", "401", "602"),
        ("superficie.surface.territoire:arrageois", "1984.8", "1626"),
        ("somme.rsa_foyers.departement:62", "48137", "47966"),
        ("parties.pch_beneficiaires.mds:artois", "1335", "1370"),
        ("comparaison.colleges.territoire:artois", "25", "24"),
        ("part.part_rsa.epci:200090751", "12", "10.43"),
        ("ventilation.autonomie_budget.departement:62", "463610000", "463600000"),
        ("deux_valeurs.contrats_aides_montant.departement:62", "6300000", "6700000"),
    ],
)
def test_known_contradictions(
    name: str, printed: str, expected: str, found: dict[str, Discrepancy]
) -> None:
    discrepancy = found[name]
    assert (discrepancy.printed, discrepancy.expected) == (Decimal(printed), Decimal(expected))


@pytest.mark.parametrize(
    ("measure", "level", "total"),
    [
        ("communes", Level.TERRITORY, COMMUNES_OF_2024),
        ("epcis", Level.TERRITORY, 20),
        ("colleges", Level.TERRITORY, 125),
        ("structures_culturelles", Level.TERRITORY, 8 + 11 + 21),
    ],
)
def test_what_is_conserved(
    measure: str, level: Level, total: int, figures: Figures, reference: Reference
) -> None:
    assert level_total(figures, measure, level, reference) == total


def test_totals_that_their_parts_make(figures: Figures, found: dict[str, Discrepancy]) -> None:
    place = Perimeter.parse("departement:62")
    totals = {m.part_of for m in figures.measures.values() if m.part_of}
    right = {t for t in totals if t and f"ventilation.{t}.{place}" not in found}
    assert right >= {"collegiens", "colleges_tous", "demandes_autonomie", "routes_patrimoine",
                     "routes_modernisation", "coups_pouce_jeunesse", "itineraires_cyclables",
                     "ecoles_aidees", "aides_insertion", "budget_citoyen_laureats"}  # fmt: skip
    assert totals - right == {"autonomie_budget"}


SPOILED = {
    "somme.rsa_foyers.departement:62": ("mds", ",11311,11311,", ",11312,11312,"),
    "colleges.colleges.territoire:artois": ("territories", ",25,25,coll", ",26,26,coll"),
    "communes.communes.territoire:arrageois": ("territories", ",255,255,", ",254,254,"),
    "densite.densite.territoire:montreuillois-ternois": (
        "territories", '"74,1",74.1', '"84,1",84.1',
    ),
    "montant_calcule.apa_montant.epci:200044030": (
        "booklets", "3 648 768 €,3648768", "3 648 769 €,3648769",
    ),
    "ventilation.collegiens.departement:62": ("department", "61 579,61579", "61 580,61580"),
    "superficie.surface.territoire:lens-henin": ("territories", "353 km²,353", "533 km²,533"),
    "deux_valeurs.apa_beneficiaires.epci:200072460": (
        "booklets", "5 691,5691", "5 961,5961",
    ),
}  # fmt: skip


@pytest.mark.parametrize("expected", SPOILED)
def test_a_changed_figure_is_found(damaged: Path, reference: Reference, expected: str) -> None:
    table, old, new = SPOILED[expected]
    path = damaged / "figures" / f"{table}.csv"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    assert expected in {d.id for d in check_figures(damaged, reference) if not d.accepted}


def test_a_discrepancy_without_reviewer_quotes_the_figure(
    damaged: Path, reference: Reference
) -> None:
    path = damaged / "figures" / "department.csv"
    path.write_text(path.read_text().replace("61 579,61579", "61 580,61580", 1))
    (fresh,) = [d for d in check_figures(damaged, reference) if not d.accepted]
    assert (fresh.quotation, fresh.lines, fresh.difference) == ("75 429", (3184,), -1)


def test_a_comparison_with_nothing_is_refused(damaged: Path, reference: Reference) -> None:
    path = damaged / "figures" / "comparisons.csv"
    path.write_text(path.read_text().replace("afase@mds:*", "afase@epci:*"))
    with pytest.raises(LayerError, match="« afase@epci:\\* » n’est imprimé nulle part"):
        check_figures(damaged, reference)
