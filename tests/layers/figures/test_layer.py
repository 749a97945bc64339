"""The figures as layers: places of one level, nothing invented, nothing of the département."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.figures.layer import figure_layers
from layers.figures.records import Figures
from layers.french.wording import plural
from layers.model.layer import Layer, LayerError


@pytest.fixture(scope="module")
def layers(data: Path) -> dict[str, Layer]:
    return {layer.id: layer for layer in figure_layers(data)}


def test_three_layers_and_their_rows(
    layers: dict[str, Layer], reference: Reference, data: Path
) -> None:
    rows = {name: len(layer.load(reference, data)) for name, layer in layers.items()}
    assert rows == {"chiffres_territoires": 7, "chiffres_mds": 9, "chiffres_epci": 4}


def test_a_row_holds_the_printed_values(
    layers: dict[str, Layer], reference: Reference, data: Path
) -> None:
    mds = layers["chiffres_mds"].load(reference, data).set_index("code")
    assert mds.loc["lens-lievin", "rsa_foyers"] == 11311
    assert mds["etp_mds"].sum() == pytest.approx(1463.05)
    epci = layers["chiffres_epci"].load(reference, data).set_index("code")
    assert epci.loc["200090751", "farda_montant"] == Decimal("193325.44")
    assert "sdis_fonctionnement" not in epci.columns


def test_every_column_says_unit_and_period(layers: dict[str, Layer]) -> None:
    for layer in layers.values():
        for field in layer.fields[4:]:
            assert field.unit
            assert "Période : " in field.meaning


def test_the_summary_counts_what_is_printed(
    layers: dict[str, Layer], reference: Reference, data: Path
) -> None:
    layer = layers["chiffres_mds"]
    row = layer.load(reference, data).iloc[0].to_dict()
    assert layer.title_of(row) == "Arrageois"
    assert layer.summary_of(row) == plural(17, "chiffre imprimé", "chiffres imprimés") + "."


def test_figures_that_cannot_be_read_fail_their_layers_only(
    reference: Reference, data: Path, tmp_path: Path
) -> None:
    shutil.copytree(data, tmp_path / "data", ignore=shutil.ignore_patterns("communes"))
    (tmp_path / "data" / "figures" / "mds.csv").unlink()
    catalogue = Catalogue(reference, tmp_path / "data")
    with pytest.raises(LayerError, match=r"mds\.csv"):
        catalogue.load("chiffres_territoires")
    assert catalogue.state("operations").rows == 7


def test_every_figure_of_a_row_has_its_document_and_line(
    layers: dict[str, Layer], reference: Reference, figures: Figures, data: Path
) -> None:
    levels = dict(zip(layers, (Level.TERRITORY, Level.MDS, Level.EPCI), strict=True))
    for name, layer in layers.items():
        for row in layer.load(reference, data).itertuples():
            printed = figures.of(Perimeter(levels[name], row.code))
            assert len(row.lines) == len(printed)
            for figure in printed:
                title = figures.measures[figure.measure].title
                said = next(one for one in row.lines if one.startswith(f"{title} : "))
                assert figure.document in said
                assert said.endswith(", ".join(map(str, figure.lines)))
