"""What may be asked of the figures, and what is never attributed."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.figures.loading import load_figures
from layers.figures.records import Figures
from layers.model.schema import LayerError

GRAND_CALAIS = Perimeter.parse("epci:200090751")
DEPARTEMENT = Perimeter.parse("departement:62")


def test_counts_of_the_tables(figures: Figures) -> None:
    levels = Counter(row.perimeter.level for row in figures.rows)
    assert levels[Level.MDS] == 9 * 17
    assert len(figures.rows) == 742
    assert len({row.perimeter for row in figures.rows if row.perimeter.level == "territoire"}) == 7
    assert {
        len(figures.of(p))
        for p in {r.perimeter for r in figures.rows if r.perimeter.level == "mds"}
    } == {17}


def test_every_place_exists(figures: Figures, reference: Reference) -> None:
    assert all(reference.exists(row.perimeter) for row in figures.rows)


def test_every_figure_says_document_line_unit_and_period(figures: Figures) -> None:
    for row in figures.rows:
        assert row.document
        assert row.lines
        assert row.unit
        assert row.period


def test_only_a_slash_has_no_value_and_it_is_explained(figures: Figures) -> None:
    empty = [row for row in figures.rows if row.value is None]
    assert {row.printed for row in empty} == {"/"}
    assert all("« / »" in row.footnote for row in empty)


def test_the_cost_of_the_fire_service_belongs_to_the_departement_alone(
    figures: Figures, reference: Reference
) -> None:
    assert figures.value("sdis_fonctionnement", DEPARTEMENT) == Decimal(74220500)
    for level in (Level.TERRITORY, Level.MDS, Level.EPCI, Level.COMMUNE):
        assert figures.values("sdis_fonctionnement", level, reference).isna().all()


def test_values_are_unknown_where_nothing_is_printed(
    figures: Figures, reference: Reference
) -> None:
    foyers = figures.values("rsa_foyers", Level.EPCI, reference)
    assert len(foyers) == 20
    assert foyers.notna().sum() == 4
    assert foyers["200090751"] == 5021
    assert np.isnan(foyers["200033579"])
    assert figures.values("rsa_foyers", Level.MDS, reference).sum() == 47966
    assert figures.values("rsa_foyers", Level.TERRITORY, reference).isna().all()


def test_footnotes_are_resolved(figures: Figures) -> None:
    (fees,) = figures.printings("colleges_fonctionnement", GRAND_CALAIS)
    assert (fees.value, fees.period) == (Decimal("846515.75"), "2019/2022")
    assert "moyenne des dotations" in fees.footnote
    (pupils,) = figures.printings("collegiens_publics", GRAND_CALAIS)
    assert (pupils.value, pupils.period) == (Decimal(4442), "2022-09/2023-08")


def test_amounts_that_the_booklets_compute_are_marked(figures: Figures) -> None:
    derived = {row.measure for row in figures.rows if row.derived}
    assert derived == {"apa_montant", "pch_montant"}
    for row in figures.rows:
        if row.measure in derived:
            people = figures.value(row.measure.replace("montant", "beneficiaires"), row.perimeter)
            assert row.value == people * {"apa_montant": 4751, "pch_montant": 6577}[row.measure]
            assert row.derived


def test_both_documents_print_the_same_figures_of_bethune_bruay(figures: Figures) -> None:
    place = Perimeter.parse("epci:200072460")
    twice = [found for m in figures.measures if len(found := figures.printings(m, place)) > 1]
    assert len(twice) == 21
    assert all({row.value for row in found} == {found[0].value} for found in twice)


def test_every_measure_is_printed_and_every_mark_is_declared(figures: Figures) -> None:
    assert set(figures.measures) == {row.measure for row in figures.rows}
    assert {name for row in figures.rows for name in row.remarks} == set(figures.remarks)
    assert {m.part_of for m in figures.measures.values() if m.part_of} <= set(figures.measures)


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("mds.csv", ",4538,4538,", ",4538,4583,", "ligne 2 : trouvé « 4583 », attendu"),
        ("mds.csv", "mds:arrageois", "mds arrageois", "ligne 2 : Territoire « mds arrageois »"),
        ("mds.csv", "rsa_foyers", "rsa_foyer", "« rsa_foyer » n’est déclaré nulle part"),
        ("mds.csv", ",foyers,", ",€,", "attendu : foyers"),
        ("mds.csv", "cd62-rapport-2022,1580", "cd62-rapport-2022,0", "numéros de ligne"),
        ("mds.csv", "cd62-rapport-2022,1580", "inconnu,1580", "« inconnu » n’est déclaré"),
        ("mds.csv", ",2022,document", ",l’an 2022,document", "ISO 8601"),
        ("remarks.csv", ",1453934,", ",beaucoup,", "attendu : un nombre"),
    ],
)
def test_a_damaged_row_is_told_in_one_sentence(
    damaged: Path, table: str, old: str, new: str, message: str
) -> None:
    path = damaged / "figures" / table
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(LayerError, match=message):
        load_figures(damaged)
