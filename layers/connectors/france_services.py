"""France services, from the list of the ANCT on data.gouv.fr."""

from datetime import date, datetime
from typing import Final

import pandas as pd

from geo.names import normalise
from geo.reference.places import Reference
from layers.connectors.declaration import (
    DATA_GOUV,
    Connector,
    DataGouv,
    tell_left_out,
    word_of,
)
from layers.connectors.layer_rows import LayerRows, SiteRows
from layers.connectors.positions import place_sites
from layers.france_services import FRANCE_SERVICES, TABLE

KINDS: Final = {
    "fixe": "fixed",
    "multi": "multi-site",
    "bus": "bus",
    "mobile": "mobile",
    "itinerant": "mobile",
}
"""How the list's words for the form of a site begin → the code of the table."""
NAMES: Final = {
    "id_fs": "site_id",
    "lib_fs": "name",
    "adresse": "address",
    "complement_adresse": "address_extra",
    "insee_com": "commune_code",
    "code_postal": "postcode",
}


def take(rows: pd.DataFrame, reference: Reference) -> SiteRows:
    """Return the sites of the département; telephone numbers and e-mails are not even read."""
    ours = rows[rows["insee_dep"] == "62"]
    kinds = ours["format_fs"].map(lambda text: word_of(KINDS, normalise(text)))
    days = ours["labellisation_fs"].map(_read_day)
    good = kinds.notna() & days.notna()
    named = ours.rename(columns=NAMES).assign(
        kind=kinds, labelled_on=days.map(lambda day: day.isoformat() if day else None)
    )
    placed = place_sites(named[good], reference, "given_by_source")
    left = ours["lib_fs"][~good]
    why = "sans forme ou date de labellisation que l’on connaisse"
    return SiteRows(placed[[*TABLE.columns]], tell_left_out(len(left), "site", why, left))


def _read_day(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text[:10], form).date()  # noqa: DTZ007 - a day, no instant
        except ValueError:
            continue
    return None


CONNECTOR: Final = Connector(
    id="france-services",
    feed=LayerRows(
        FRANCE_SERVICES,
        TABLE,
        take,
        remark="Un bus ou une structure itinérante est placé à sa base, non à ses arrêts.",
    ),
    title="Liste des structures France services",
    producer="Agence nationale de la cohésion des territoires (ANCT)",
    licence="Licence Ouverte 2.0",
    address=f"{DATA_GOUV}/datasets/liste-des-structures-france-services/",
    where=DataGouv("liste-des-structures-france-services", r"liste.*(fs|france.services)"),
    columns=(*NAMES, "insee_dep", "latitude", "longitude", "format_fs", "labellisation_fs"),
    dated="labellisation_fs",
    rhythm=180,
    delimiter=",",
)
