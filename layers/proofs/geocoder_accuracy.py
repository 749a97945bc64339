"""How right the geocoder is, and how true its confidence, on places it was never fitted on."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from layers.model.schema import Field
from layers.model.tables import Table

MEASURED: Final = Table(
    "gazetteer/accuracy.csv",
    (
        Field("kind", "Textes", "Sorte de texte."),
        Field("texts", "Nombre", "Textes essayés.", "int"),
        Field("right", "Justes", "Réponses justes.", "int"),
        Field("sure", "Sûres", "Réponses données à 0,9 de confiance ou plus.", "int"),
        Field("sure_wrong", "Sûres et fausses", "Celles de ces réponses qui sont fausses.", "int"),
    ),
    "kind",
)

RELIABILITY: Final = Table(
    "gazetteer/reliability.csv",
    (
        Field("tenth", "Dixième", "Rang du dixième des réponses.", "int"),
        Field("answers", "Réponses", "Nombre de réponses.", "int"),
        Field("mean_confidence", "Confiance", "Confiance moyenne.", "float"),
        Field("right", "Justes", "Part de réponses justes.", "float"),
    ),
)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many texts of a kind were placed right, and how many surely.

    Parameters
    ----------
    sure, sure_wrong
        Answers given with a confidence of 0.9 or more, and those of them that are wrong.
    """

    kind: str
    texts: int
    right: int
    sure: int
    sure_wrong: int

    @property
    def share(self) -> float:
        """Share of right answers."""
        return self.right / self.texts


@dataclass(frozen=True, slots=True)
class Tenth:
    """A tenth of the answers, from the least sure: what was said, and what came true."""

    number: int
    answers: int
    confidence: float
    right: float

    @property
    def error(self) -> float:
        """How far what was said is from what came true, a share."""
        return abs(self.confidence - self.right)


def read_accuracy(data: Path) -> tuple[Accuracy, ...]:
    """Return the accuracy of each kind of text.

    Raises
    ------
    layers.model.schema.LayerError
        The table is missing or damaged.
    """
    return tuple(Accuracy(*row) for row in MEASURED.read(data).itertuples(index=False))


def read_reliability(data: Path) -> tuple[Tenth, ...]:
    """Return how true confidence is, tenth by tenth; raises as :func:`read_accuracy`."""
    return tuple(Tenth(*row) for row in RELIABILITY.read(data).itertuples(index=False))
