"""Incomes of each commune (Filosofi): what Insee withholds is missing, never zero."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from geo.reference.places import Reference
from layers.connectors.declaration import Connector, ConnectorError, Direct, Feed, Taken
from layers.connectors.melodi import newest_year, read_observations, table_of
from layers.french.wording import plural
from layers.population.income import INCOME, INCOME_SOURCE

SITE: Final = "https://www.insee.fr"
MEASURES: Final = {
    "MED_SL": "median",
    "PR_MD60": "poverty_rate",
    "D1_SL": "first_decile",
    "D9_SL": "ninth_decile",
}
EUROS: Final = frozenset(("median", "first_decile", "ninth_decile"))
OPEN: Final = frozenset(("", "F"))
"""Status of what may be published (code list CL_CONF_STATUS of SDMX: F is free)."""
LEAST_EUROS, MOST_EUROS = 3_000, 200_000
"""Bounds of a living standard in a year: beyond them a unit has been mixed up."""


class IncomesFeed(Feed):
    """Feeds the table of incomes, which indicators and sheets read."""

    def usual(self, data: Path) -> int:
        """Return how many communes have a median among the embedded rows."""
        return int((INCOME.texts(data)["median"] != "").sum())

    def make(
        self, path: Path, connector: Connector, reference: Reference, _data: Path, _at: date
    ) -> Taken:
        """Return the table of the newest year of a file; raises ConnectorError."""
        year = newest_year(path, connector)
        values = _gather(path, connector, reference, year)
        # There is no median of two medians: a commune of several rows has none.
        rows = {
            code: {name: told[0] for name, told in of_one.items() if len(told) == 1}
            for code, of_one in values.items()
        }
        made = table_of(INCOME, rows, reference, connector.title)
        count = int((made["median"] != "").sum())
        without = len(made) - count
        told = f"{plural(without, 'commune')} sans revenu médian publié : secret statistique."
        content = made.to_csv(index=False, lineterminator="\n").encode()
        return Taken(
            {INCOME.file: content},
            count,
            f"{year}-12-31",
            (told,) if without else (),
            f"revenus de {year}",
        )


def _gather(
    path: Path, connector: Connector, reference: Reference, year: str
) -> dict[str, dict[str, list[str]]]:
    found = defaultdict[str, dict[str, list[str]]](lambda: defaultdict(list))
    for code, told in read_observations(path, connector, reference, year):
        name = MEASURES.get(told["FILOSOFI_MEASURE"])
        if name is None or told["CONF_STATUS"] not in OPEN or not told["OBS_VALUE"]:
            continue
        found[code][name].append(_checked(told, name, connector))
    return found


def _checked(told: Mapping[str, str], name: str, connector: Connector) -> str:
    text = told["OBS_VALUE"]
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    low, high = (LEAST_EUROS, MOST_EUROS) if name in EUROS else (0, 100)
    if not (value.is_finite() and low <= value <= high) or (name not in EUROS and not value):
        raise ConnectorError(
            f"{connector.title} : {told['GEO']}, {told['FILOSOFI_MEASURE']} : trouvé "
            f"« {text[:20]} », attendu un nombre entre {low} et {high}."
        )
    return str(round(value)) if name in EUROS else str(value)


CONNECTOR: Final = Connector(
    id="revenus",
    feed=IncomesFeed(
        files=(INCOME.file,),
        cited=INCOME.file,
        title="les revenus des communes",
        replaces=INCOME_SOURCE.title,
    ),
    title="Revenus et pauvreté des ménages (Filosofi), communes",
    producer="Insee, DGFiP, Cnaf, Cnav et CCMSA",
    licence="Licence Ouverte 2.0",
    address=f"{SITE}/fr/statistiques/8984752",
    where=Direct(f"{SITE}/fr/statistiques/fichier/8984752/FILOSOFI_CC_csv.zip", (SITE,)),
    columns=("FILOSOFI_MEASURE", "GEO", "GEO_OBJECT", "CONF_STATUS", "TIME_PERIOD", "OBS_VALUE"),
    rhythm=1_500,
    most_bytes=200_000_000,
    most_unpacked=2_000_000_000,
)
