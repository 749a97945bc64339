"""What the documents count: printed figures, what they measure, and what is said against them."""

from layers.figures.checks import check_figures
from layers.figures.discrepancy import Discrepancy
from layers.figures.layer import figure_layers
from layers.figures.loading import load_figures
from layers.figures.records import Comparison, Figure, Figures, Measure, Remark

__all__ = [
    "Comparison",
    "Discrepancy",
    "Figure",
    "Figures",
    "Measure",
    "Remark",
    "check_figures",
    "figure_layers",
    "load_figures",
]
