"""How a table is to be read: title, source, role of each column; guessed, then corrected."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from layers.brought.guess import Guess
from layers.brought.perimeters import LEVELS
from layers.brought.problems import BroughtError
from layers.brought.roles import ALONE, Role
from layers.brought.units import WORDS
from layers.model.layer import Source
from layers.model.measures import Measure

LONGEST: Final = 120
UNSAID: Final = "non précisé"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is made of a table.

    Parameters
    ----------
    title
        French title of the layer.
    roles
        Of each column, in the file's order.
    producer, licence, vintage
        Where it comes from, as the person says; empty where nothing is said.
    level
        Of which each row is a perimeter; empty where each row is a place.
    measures
        How its numbers are mapped; ``column`` and ``per`` are headings.
    """

    title: str
    roles: Mapping[str, Role]
    producer: str = ""
    licence: str = ""
    vintage: str = ""
    level: str = ""
    measures: tuple[Measure, ...] = ()

    @classmethod
    def guessed(
        cls,
        name: str,
        guesses: Mapping[str, Guess],
        level: str = "",
        measures: tuple[Measure, ...] = (),
    ) -> Self:
        """Return the choice that the guesses make, titled after the file."""
        title = (
            " ".join(name.rpartition(".")[0].replace("_", " ").replace("-", " ").split()) or name
        )
        roles = {column: guess.role for column, guess in guesses.items()}
        return cls(
            f"{title[:1].upper()}{title[1:]}"[:LONGEST], roles, level=level, measures=measures
        )

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_record` wrote."""
        roles = {column: Role(role) for column, role in record["roles"].items()}
        measures = tuple(Measure(**measure) for measure in record.get("measures", ()))
        return cls(**{**record, "roles": roles, "measures": measures})

    def to_record(self) -> dict[str, Any]:
        """Return plain values, for JSON."""
        return {
            "title": self.title,
            "roles": {column: str(role) for column, role in self.roles.items()},
            "producer": self.producer,
            "licence": self.licence,
            "vintage": self.vintage,
            "level": self.level,
            "measures": [asdict(measure) for measure in self.measures],
        }

    def columns(self, *roles: Role) -> list[str]:
        """Return the columns that play one of these roles, in the file's order."""
        return [column for column, role in self.roles.items() if role in roles]

    def column(self, role: Role) -> str | None:
        """Return the one column that plays a role, None when there is none."""
        return next(iter(self.columns(role)), None)

    def source(self, name: str) -> Source:
        """Return the source of the layer, for a file of that name."""
        return Source(
            title=f"Fichier {name}",
            producer=self.producer or "fichier apporté",
            licence=self.licence or f"licence {UNSAID}e",
            vintage=self.vintage or f"date {UNSAID}e",
        )

    def check(self, *, placed: bool) -> None:
        """Refuse roles that say no position, or say it twice.

        Parameters
        ----------
        placed
            Whether each row has its geometry already.

        Raises
        ------
        BroughtError
            Says which role is missing or played by several columns.
        """
        for role in ALONE:
            several = self.columns(role)
            if len(several) > 1:
                raise BroughtError(
                    f"Rôle « {role} » : trouvé {', '.join(several)[:100]}, "
                    "attendu une seule colonne."
                )
        for one, other in ((Role.LONGITUDE, Role.LATITUDE), (Role.X, Role.Y)):
            if (self.column(one) is None) is not (self.column(other) is None):
                raise BroughtError(f"Rôles « {one} » et « {other} » : l’un ne va pas sans l’autre.")
        if self.level:
            self._check_level(placed=placed)
            return
        locating = (Role.ADDRESS, Role.COMMUNE, Role.COMMUNE_CODE, Role.POSTCODE,
                    Role.LONGITUDE, Role.POINT, Role.X, Role.SHAPE)  # fmt: skip
        if not placed and not self.columns(*locating):
            raise BroughtError(
                "Aucune colonne ne dit où sont les lignes : attendu une adresse, une commune, un "
                "code Insee ou des coordonnées."
            )

    def _check_level(self, *, placed: bool) -> None:
        if placed:
            raise BroughtError(
                "Le fichier porte ses géométries : ses lignes sont des lieux, elles ne se joignent "
                "à aucun territoire."
            )
        naming = [role for role, level in LEVELS.items() if level == self.level]
        if not naming:
            known = " ou ".join(f"« {level} »" for level in WORDS if level)
            raise BroughtError(
                f"Ce qu’est une ligne : trouvé « {self.level[:20]} », attendu {known}."
            )
        if not self.columns(*naming):
            words = " ou ".join(f"« {role} »" for role in naming)
            raise BroughtError(
                f"Chaque ligne est {WORDS[self.level]}, mais aucune colonne ne dit laquelle : "
                f"attendu une colonne de rôle {words}."
            )
