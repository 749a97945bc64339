"""Inhabitants by age of each commune: the census of Insee, its groups put together to ours."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from math import inf
from pathlib import Path
from typing import Final

from geo.reference.places import Reference
from layers.connectors.declaration import Connector, ConnectorError, Direct, Feed, Taken
from layers.connectors.melodi import newest_year, read_observations, table_of
from layers.population.ages import AGES, AGES_SOURCE, GROUPS

API: Final = "https://api.insee.fr"
YEAR: Final = "2023"
"""Of the file that is asked for; the newest in it is taken."""
BOTH_SEXES: Final = "_T"
EVERY_AGE: Final = "_T"
BOUNDS: Final = dict(
    zip(GROUPS, ((0, 15), (15, 30), (30, 45), (45, 60), (60, 75), (75, 90), (90, inf)), strict=True)
)
"""Our groups: ages from and before."""
TENTH: Final = Decimal("0.1")
_AGES: Final = re.compile(r"Y(?:_LT(?P<below>\d+)|(?P<low>\d+)T(?P<high>\d+)|_GE(?P<above>\d+))")

Years = tuple[float, float]
Counts = dict[str, Decimal]
"""Inhabitants by code of an age."""


class AgesFeed(Feed):
    """Feeds the table of ages, which indicators, sheets and Écarts read."""

    def usual(self, data: Path) -> int:
        """Return how many communes are embedded."""
        return len(AGES.texts(data))

    def make(
        self, path: Path, connector: Connector, reference: Reference, _data: Path, _at: date
    ) -> Taken:
        """Return the table of the newest year of a file; raises ConnectorError."""
        year = newest_year(path, connector)
        counts = _gather(path, connector, reference, year)
        missing = [code for code in reference.communes if EVERY_AGE not in counts[code]]
        if missing:
            name = reference.communes[missing[0]].name
            raise ConnectorError(f"{connector.title} : rien pour {name} ({missing[0]}) en {year}.")
        parts = compose_groups({age for of_one in counts.values() for age in of_one}, connector)
        rows = {
            code: {name: str(_sum(counts[code], ages, code)) for name, ages in parts.items()}
            | {"population": str(round(counts[code][EVERY_AGE]))}
            for code in reference.communes
        }
        _refuse_sums(rows, reference, connector)
        made = table_of(AGES, rows, reference, connector.title)
        content = made.to_csv(index=False, lineterminator="\n").encode()
        period = f"{year} (enquêtes de {int(year) - 2} à {int(year) + 2})"
        return Taken({AGES.file: content}, len(made), f"{year}-01-01", period=period)


def _gather(path: Path, connector: Connector, reference: Reference, year: str) -> dict[str, Counts]:
    """Return the inhabitants of each commune of today by code of an age: sums are of communes."""
    found = defaultdict[str, Counts](dict)
    seen = set[tuple[str, str]]()
    for code, told in read_observations(path, connector, reference, year):
        if told["SEX"] != BOTH_SEXES:
            continue
        once = (told["GEO"], told["AGE"])
        if once in seen:
            raise ConnectorError(
                f"{connector.title} : {told['GEO']}, âge {told['AGE'][:20]}, deux valeurs en "
                f"{year}, une attendue."
            )
        seen.add(once)
        value = _number(told["OBS_VALUE"])
        if value is None:
            raise ConnectorError(
                f"{connector.title} : {told['GEO']}, âge {told['AGE'][:20]} : trouvé "
                f"« {told['OBS_VALUE'][:20]} », attendu un nombre d’habitants."
            )
        found[code][told["AGE"]] = found[code].get(told["AGE"], Decimal(0)) + value
    return found


def _refuse_sums(
    rows: Mapping[str, Mapping[str, str]], reference: Reference, connector: Connector
) -> None:
    """Refuse groups that are not everyone; raises ConnectorError."""
    for code, row in rows.items():
        grouped = sum(Decimal(row[name]) for name in GROUPS)
        if abs(grouped - Decimal(row["population"])) > 1:
            raise ConnectorError(
                f"{connector.title} : {reference.communes[code].name} ({code}), trouvé {grouped} "
                f"habitants dans les sept tranches d’âge, attendu : {row['population']}."
            )


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None


def _sum(counts: Counts, ages: Collection[str], code: str) -> Decimal:
    absent = [age for age in ages if age not in counts]
    if absent:
        raise ConnectorError(f"Commune {code} : rien pour l’âge {absent[0]}.")
    return sum((counts[age] for age in ages), Decimal(0)).quantize(TENTH)


def compose_groups(ages: Collection[str], connector: Connector) -> dict[str, tuple[str, ...]]:
    """Return of which ages of the file each of our groups is made, the largest there are.

    Raises
    ------
    ConnectorError
        They do not add up to one of ours.
    """
    known = {age: years for age in sorted(ages) if (years := _years(age)) is not None}
    found = {}
    for name, (first, end) in BOUNDS.items():
        parts = _tile(first, end, known)
        if parts is None:
            raise ConnectorError(
                f"{connector.title} : la tranche « {name} » ne se compose d’aucune du fichier "
                f"({', '.join([*known][:12]) or 'aucune'})."
            )
        found[name] = parts
    return found


def _years(age: str) -> Years | None:
    said = _AGES.fullmatch(age)
    if said is None:
        return None
    if said["below"]:
        return 0, int(said["below"])
    return (int(said["above"]), inf) if said["above"] else (int(said["low"]), int(said["high"]) + 1)


def _tile(first: float, end: float, known: dict[str, Years]) -> tuple[str, ...] | None:
    if first == end:
        return ()
    fitting = [(above, age) for age, (low, above) in known.items() if low == first and above <= end]
    for above, age in sorted(fitting, reverse=True):
        rest = _tile(above, end, known)
        if rest is not None:
            return (age, *rest)
    return None


CONNECTOR: Final = Connector(
    id="ages",
    feed=AgesFeed(
        files=(AGES.file,),
        cited=AGES.file,
        title="les habitants par âge",
        replaces=AGES_SOURCE.title,
    ),
    title="Recensement de la population : habitants par âge",
    producer="Insee",
    licence="Licence Ouverte 2.0",
    address=f"{API}/melodi/catalog/DS_RP_POPULATION_PRINC",
    where=Direct(
        f"{API}/melodi/file/DS_RP_POPULATION_PRINC/DS_RP_POPULATION_PRINC_{YEAR}_CSV_FR", (API,)
    ),
    columns=("GEO", "GEO_OBJECT", "AGE", "SEX", "TIME_PERIOD", "OBS_VALUE"),
    rhythm=1_700,
    most_bytes=500_000_000,
    most_unpacked=5_000_000_000,
    change=0.0,
)
