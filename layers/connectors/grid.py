"""The grid of 200 m of Insee (Filosofi): squares of the département, each in its commune."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import shapely

from geo.perimeter import UnknownPlaceError
from geo.reference.places import Reference
from geo.travel.grid import Grid
from geo.travel.times import Floats
from layers.connectors.declaration import Connector, ConnectorError, Direct, Feed, Taken
from layers.connectors.positions import far_from_commune, refuse_mixed_up
from layers.connectors.reading import stream_rows, year_in
from layers.french.wording import format_number, format_percent, plural
from layers.population.grid import (
    AMOUNTS,
    FILE,
    GRID_SOURCE,
    SCHEMA,
    GridBesideCensus,
    beside_census,
    middles_of,
    write_grid,
)

INSEE: Final = "https://www.insee.fr"
YEAR: Final = "2021"
"""Of the incomes and households in the file that is asked for."""
MEMBER: Final = "_met.csv"
"""How the name of the table of metropolitan France ends, beside those of the islands."""
NAMES: Final[Mapping[str, str]] = {
    "ind": "people",
    "men": "households",
    "ind_0_3": "age_0_3",
    "ind_4_5": "age_4_5",
    "ind_6_10": "age_6_10",
    "ind_11_17": "age_11_17",
    "ind_18_24": "age_18_24",
    "ind_25_39": "age_25_39",
    "ind_40_54": "age_40_54",
    "ind_55_64": "age_55_64",
    "ind_65_79": "age_65_79",
    "ind_80p": "age_80_plus",
}
COLUMNS: Final = ("idcar_200m", "i_est_200", "lcog_geo", *NAMES)
HOME: Final = "62"
CODE: Final = 5
"""Characters of the code of a commune; those of several stand without anything between."""
MOST_CELLS: Final = 300_000
TOTAL: Final = (0.85, 1.05)
"""Share of the population of the reference that the squares may count."""
MOST_NAMED: Final = 5
_ID: Final = re.compile(r"CRS3035RES200mN(\d{7})E(\d{7})")


class GridFeed(Feed):
    """Feeds the page Écarts, which then counts people in squares."""

    def make(
        self, path: Path, connector: Connector, reference: Reference, _data: Path, _at: date
    ) -> Taken:
        """Return the squares of a file that are in the département; raises ConnectorError."""
        cells = _gather(path, connector)
        codes, across = _in_communes(cells, reference)
        inside = np.flatnonzero(np.array([bool(code) for code in codes]))
        grid = _grid(cells, codes, inside)
        far = far_from_commune(grid.codes, grid.xy, reference)
        refuse_mixed_up(int(far.sum()), len(grid))
        told = beside_census(grid, reference)
        _refuse_total(told, connector)
        table = pa.table(
            {
                "commune_code": [codes[i] for i in inside],
                "x": cells.corners[inside, 0],
                "y": cells.corners[inside, 1],
                "approached": grid.approached,
                "people": grid.people,
                **grid.groups,
            }
        ).cast(SCHEMA)
        year = year_in(path) or YEAR
        return Taken(
            {FILE: write_grid(table)},
            len(grid),
            f"{year}-12-31",
            tuple(_tell(told, across)),
            f"ménages et revenus de {year}",
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """Squares that a code of the département stands in: corners (m, 2), EPSG:3035."""

    corners: Floats
    approached: list[bool]
    communes: list[tuple[str, ...]]
    amounts: Floats


def _gather(path: Path, connector: Connector) -> _Cells:
    corners, approached = list[tuple[int, int]](), list[bool]()
    communes, amounts = list[tuple[str, ...]](), list[list[float]]()
    for line, row in stream_rows(path, connector, MEMBER):
        cell, estimated, joined, *texts = row
        codes = tuple(joined[i : i + CODE] for i in range(0, len(joined), CODE))
        if not any(code.startswith(HOME) for code in codes):
            continue
        if len(corners) == MOST_CELLS:
            raise ConnectorError(f"{connector.title} : plus de {MOST_CELLS} carreaux.")
        corners.append(_corner(cell, line))
        approached.append(_is_estimated(estimated, line))
        communes.append(codes)
        amounts.append(_amounts(texts, line))
    if not corners:
        raise ConnectorError(f"{connector.title} : aucun carreau du Pas-de-Calais.")
    if len(set(corners)) < len(corners):
        raise ConnectorError(f"{connector.title} : un même carreau y est deux fois.")
    return _Cells(np.array(corners), approached, communes, np.array(amounts))


def _corner(text: str, line: int) -> tuple[int, int]:
    found = _ID.fullmatch(text)
    if found is None:
        raise ConnectorError(
            f"Ligne {line}, colonne idcar_200m : trouvé « {text[:40]} », attendu un identifiant "
            "comme CRS3035RES200mN3075000E3829400."
        )
    return int(found[2]), int(found[1])


def _is_estimated(text: str, line: int) -> bool:
    if text not in {"0", "1"}:
        raise ConnectorError(
            f"Ligne {line}, colonne i_est_200 : trouvé « {text[:40]} », attendu 0 ou 1."
        )
    return text == "1"


def _amounts(texts: list[str], line: int) -> list[float]:
    try:
        amounts = [float(text) for text in texts]
    except ValueError:
        amounts = [-1.0]
    if not all(isfinite(amount) and amount >= 0 for amount in amounts):
        raise ConnectorError(
            f"Ligne {line} : trouvé « {' ; '.join(texts)[:60]} », attendu {len(texts)} nombres de "
            "personnes ou de ménages, aucun sous zéro."
        )
    return amounts


def _in_communes(cells: _Cells, reference: Reference) -> tuple[list[str], int]:
    """Return the commune of today of each square, and how many are left to another département.

    One that touches several communes is in that where its middle lies, by our outlines; empty
    where that is none of ours.
    """
    outlines = reference.coverage.communes(0).set_index("code").geometry
    middles = np.asarray(shapely.points(middles_of(cells.corners)))
    found, across = list[str](), 0
    for codes, middle in zip(cells.communes, middles, strict=True):
        ours = [_resolve(code, reference) for code in codes if code.startswith(HOME)]
        if len(ours) > 1 or len(ours) < len(codes):
            away = [float(shapely.distance(outlines.loc[code], middle)) for code in ours]
            nearest = int(np.argmin(away))
            if len(ours) < len(codes) and away[nearest] > 0:
                across += 1
                found.append("")
                continue
            ours = [ours[nearest]]
        found.append(ours[0])
    return found, across


def _resolve(code: str, reference: Reference) -> str:
    try:
        return reference.resolve_code(code)[0]
    except UnknownPlaceError as error:
        raise ConnectorError(f"Colonne lcog_geo : {error}") from error


def _grid(cells: _Cells, codes: list[str], inside: np.ndarray) -> Grid:
    by_name = dict(zip(NAMES.values(), cells.amounts[inside].T, strict=True))
    people = by_name.pop(AMOUNTS[0])
    return Grid(
        tuple(codes[i] for i in inside),
        middles_of(cells.corners[inside]),
        people,
        by_name,
        np.array(cells.approached)[inside],
    )


def _refuse_total(told: GridBesideCensus, connector: Connector) -> None:
    least, most = (round(share * told.population) for share in TOTAL)
    if not least <= told.people <= most:
        raise ConnectorError(
            f"{connector.title} : {format_number(round(told.people))} personnes dans les carreaux, "
            f"attendu entre {format_number(least)} et {format_number(most)} ; le fichier est sans "
            "doute incomplet."
        )


def _tell(told: GridBesideCensus, across: int) -> Iterator[str]:
    share = format_percent(told.approached / told.people)
    yield (
        f"{format_number(round(told.people))} personnes dans les carreaux pour "
        f"{plural(told.population, 'habitant')} ; {share} d’entre elles dans des carreaux aux "
        "valeurs approchées."
    )
    if told.apart:
        named = ", ".join(
            f"{name} ({format_percent(share, 0)})" for name, share in told.apart[:MOST_NAMED]
        )
        yield (
            f"{plural(len(told.apart), 'commune')} où les carreaux s’écartent le plus de la "
            f"population : {named}. La population reste celle du recensement ; les carreaux disent "
            "où elle vit dans la commune."
        )
    if across:
        counted = plural(across, "carreau laissé de côté", "carreaux laissés de côté")
        yield f"{counted}, dont le milieu est dans un autre département."


CONNECTOR: Final = Connector(
    id="carreaux",
    feed=GridFeed(
        files=(FILE,),
        cited=FILE,
        title="les Écarts (habitants par carreau de 200 m)",
        about=35_000,
    ),
    title=GRID_SOURCE.title,
    producer=GRID_SOURCE.producer,
    licence=GRID_SOURCE.licence,
    address=GRID_SOURCE.address,
    where=Direct(
        f"{INSEE}/fr/statistiques/fichier/8735162/Filosofi{YEAR}_carreaux_200m_csv.zip", (INSEE,)
    ),
    columns=COLUMNS,
    rhythm=2_400,
    delimiter=",",
    most_bytes=400_000_000,
    most_unpacked=2_000_000_000,
    change=0.7,
)
