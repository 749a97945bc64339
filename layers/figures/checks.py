"""Every check of the printed figures, in one call."""

from collections import Counter
from pathlib import Path

from geo.reference.places import Reference
from layers import colleges
from layers.figures import plausibility, sums
from layers.figures.discrepancy import Discrepancy, with_remark
from layers.figures.loading import load_figures
from layers.figures.records import Figures


def check_figures(
    data: Path, reference: Reference, figures: Figures | None = None
) -> tuple[Discrepancy, ...]:
    """Recompute what can be recomputed of the printed figures.

    Parameters
    ----------
    figures
        Those of the data folder where they were loaded before; loaded here by default.

    Returns
    -------
    tuple of Discrepancy
        Each with both values, quotation, document and line; those that nobody has reviewed are not
        ``accepted``.

    Raises
    ------
    LayerError
        A table is missing or damaged.
    """
    figures = figures or load_figures(data)
    found = (
        *sums.check_parts(figures, reference),
        *sums.check_breakdowns(figures, reference),
        *sums.check_printings(figures),
        *sums.check_comparisons(figures, reference),
        *plausibility.check_densities(figures),
        *plausibility.check_shares(figures, reference),
        *plausibility.check_areas(figures, reference),
        *plausibility.check_communes(figures, reference),
        *plausibility.check_colleges(figures, reference, count_public_colleges(data)),
        *plausibility.check_flat_amounts(figures),
        *plausibility.check_meals(figures),
    )
    return tuple(with_remark(discrepancy, figures) for discrepancy in found)


def count_public_colleges(data: Path) -> Counter[str]:
    """Return the number of public collèges by commune code."""
    rows = colleges.TABLE.texts(data)
    return Counter(rows.loc[rows["sector"] == "public", "commune_code"])
