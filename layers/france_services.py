"""France services sites: one counter for several administrations."""

from typing import Final

from layers.model.layer import Field, Layer, Source
from layers.model.points import GEOCODED, OUTSIDE, PLACE
from layers.model.tables import Table
from layers.services import (
    ADDRESS,
    NAME,
    POSTCODE,
    WHERE,
    coded,
    kind_field,
    read_sites,
    site_summary,
    site_title,
)

KINDS: Final = {"fixed": "fixe", "multi-site": "multisite", "bus": "bus", "mobile": "itinérante"}

TABLE: Final = Table(
    "services/france_services.csv",
    (
        Field("site_id", "Identifiant", "Identifiant national du site."),
        NAME,
        coded("kind", KINDS, "Catégorie", "Fixe, multisite, bus ou itinérante."),
        ADDRESS,
        Field("address_extra", "Complément", "Complément de l’adresse.", nullable=True),
        POSTCODE,
        *WHERE,
        Field("labelled_on", "Labellisée le", "Date de la labellisation.", "date"),
        OUTSIDE,
    ),
    key="site_id",
)

FRANCE_SERVICES: Final[Layer] = Layer(
    id="france_services",
    title="France services",
    geometry="point",
    key="site_id",
    fields=(
        *TABLE.pick("site_id", "name"),
        kind_field(KINDS, "Forme du site : fixe, multisite, bus ou itinérante."),
        *TABLE.pick("address", "postcode", "labelled_on"),
        *PLACE,
        *GEOCODED,
    ),
    sources=(
        Source(
            "Liste des structures France services",
            "Agence nationale de la cohésion des territoires (ANCT)",
            "Licence Ouverte, pour autant qu’on le sache",
            "1er août 2024",
            "https://www.data.gouv.fr",
        ),
    ),
    read=read_sites(TABLE, kind=KINDS),
    title_of=site_title,
    summary_of=site_summary,
    known_total=50,
    remark=(
        "Un bus ou une structure itinérante est placé à sa base, non à ses arrêts. "
        "Les sites labellisés après août 2024 manquent."
    ),
)
