"""Quartiers prioritaires de la politique de la ville (QPV): outlines, inhabitants, communes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import geopandas as gpd
import orjson
import pandas as pd
from pyogrio.errors import DataSourceError

from geo.crs import EXCHANGE, MEASURE
from geo.reference.places import Reference
from layers.french.wording import enumerate_words, plural
from layers.model.layer import Field, Layer, Source
from layers.model.points import locate
from layers.model.schema import LayerError
from layers.model.tables import Table

TABLE: Final = Table(
    "districts/priority_districts.csv",
    (
        Field("code", "Code", "Code national du quartier."),
        Field("name", "Nom", "Nom du quartier."),
        Field("name_source", "Nom de la source", "Nom tel que la source l’écrit."),
        Field("commune_codes", "Codes communes", "Codes Insee de ces communes.", "list"),
        Field("communes", "Communes", "Communes que le quartier touche.", "list"),
    ),
    key="code",
)
_FROM_FILE: Final = "année non dite par le fichier : 2020 à 2022"
POPULATION: Final = Table(
    "districts/population.csv",
    (
        *TABLE.pick("code", "name"),
        Field(
            "population",
            "Habitants",
            "Population municipale du quartier, recensement de 2020.",
            "int",
            unit="habitants",
            aggregate="sum",
        ),
        Field(
            "youth_index",
            "Indice de jeunesse",
            f"Indice de jeunesse selon l’ANCT, sans unité ({_FROM_FILE}).",
            "float",
            nullable=True,
        ),
        Field(
            "single_person_households_pct",
            "Ménages d’une personne",
            f"Part des ménages d’une seule personne ({_FROM_FILE}).",
            "float",
            unit="%",
        ),
        Field(
            "households",
            "Ménages",
            "Ménages du quartier, recensement de 2020, au dixième comme le producteur les donne.",
            "float",
            aggregate="sum",
        ),
        Field(
            "social_housing",
            "Logements sociaux",
            f"Logements sociaux, répertoire RPLS ({_FROM_FILE}).",
            "int",
            nullable=True,
            aggregate="sum",
        ),
        Field(
            "employment_rate",
            "Taux d’emploi",
            f"Part des 15-64 ans qui ont un emploi ({_FROM_FILE}).",
            "float",
            unit="%",
        ),
        Field(
            "poverty_rate_60",
            "Taux de pauvreté",
            f"Part des habitants sous 60 % du revenu médian, Filosofi ({_FROM_FILE}).",
            "float",
            unit="%",
            nullable=True,
        ),
        Field(
            "caf_recipients",
            "Allocataires de la CAF",
            f"Allocataires de la CAF ({_FROM_FILE}).",
            "int",
            aggregate="sum",
        ),
        Field(
            "rsa_recipients",
            "Allocataires du RSA",
            f"Allocataires du RSA socle ({_FROM_FILE}).",
            "int",
            aggregate="sum",
        ),
    ),
    key="code",
)
_GROUND: Final = (
    Field("commune_code", "Code commune", "Code Insee de la première de ses communes."),
    Field("commune", "Commune", "Nom de la première de ses communes."),
    Field("longitude", "Longitude", "Longitude d’un point du quartier.", "float", unit="°"),
    Field("latitude", "Latitude", "Latitude d’un point du quartier.", "float", unit="°"),
    Field(
        "area_ha",
        "Superficie",
        "Superficie du contour simplifié, mesurée en Lambert-93.",
        "float",
        unit="ha",
        aggregate="sum",
    ),
)
OUTLINES: Final = "districts/outlines.geojson"
OFFICIAL_OUTLINES: Final = "districts/outlines.gpkg"
"""Where an operator puts the outlines that the ANCT publishes; they are read before ours."""

CODES: Final = ("code_qp", "code")
"""Columns that may hold the code of a quartier."""

SIMPLIFIED_METRES: Final = 15
"""Metres by which our simplified outline may be off the published one (see its provenance)."""
PUBLISHED_METRES: Final = 10
"""Metres by which a published outline may be wrong; a convention."""

HECTARE: Final = 10_000
"""Square metres."""
AREA_DECIMALS: Final = 1
DEGREE_DECIMALS: Final = 6


def outlines_file(data: Path) -> str:
    """Return which outlines are read: the operator's where there are, else ours."""
    return OFFICIAL_OUTLINES if (data / OFFICIAL_OUTLINES).exists() else OUTLINES


def outline_metres(data: Path) -> int:
    """Return by how many metres the outlines that are read may be wrong."""
    return PUBLISHED_METRES if outlines_file(data) == OFFICIAL_OUTLINES else SIMPLIFIED_METRES


def read_outlines(data: Path) -> gpd.GeoSeries:
    """Return the outlines, EPSG:4326, by code of quartier.

    Raises
    ------
    LayerError
        The file is missing, cannot be read, holds no areas, or has no code of a quartier.
    """
    file = outlines_file(data)
    try:
        frame = _read_areas(data / file)
    except (DataSourceError, OSError, ValueError, KeyError, TypeError) as error:
        raise LayerError(f"Fichier {file} : contours illisibles.") from error
    column = next((column for column in CODES if column in frame.columns), None)
    areas = frame.geom_type.isin({"Polygon", "MultiPolygon"})
    if column is None or frame.crs is None or frame.empty or not areas.all():
        raise LayerError(
            f"Fichier {file} : trouvé les colonnes {', '.join(map(str, frame.columns))}, attendu "
            f"des surfaces avec leur projection et la colonne « {CODES[0]} »."
        )
    twice = frame.loc[frame[column].duplicated(), column]
    if len(twice):
        raise LayerError(f"Fichier {file} : deux contours pour le quartier {twice.iloc[0]}.")
    outlines: gpd.GeoSeries = frame.set_index(column).geometry.to_crs(EXCHANGE)
    return outlines


def _read_areas(path: Path) -> gpd.GeoDataFrame:
    """Read areas; our own without GDAL, whose reader the process of an import goes without."""
    if path.suffix != ".geojson":
        return gpd.read_file(path)
    features = orjson.loads(path.read_bytes())["features"]
    return gpd.GeoDataFrame.from_features(features, crs=EXCHANGE)


def _read(reference: Reference, data: Path) -> gpd.GeoDataFrame:
    frame = TABLE.texts(data)
    frame["commune_code"] = frame["commune_codes"].str.split(";").str[0]
    frame["communes"] = frame["communes"].str.split(";").map(tuple)
    located = locate(frame, reference, f"Fichier {TABLE.file}")
    people = POPULATION.read(data).set_index("code").drop(columns="name")
    people = _of_all(located["code"], people, POPULATION.file)
    outlines = _of_all(located["code"], read_outlines(data), outlines_file(data))
    measured = outlines.to_crs(MEASURE)
    points = measured.representative_point().to_crs(EXCHANGE)
    return gpd.GeoDataFrame(
        located.join(people.set_axis(located.index)).assign(
            longitude=points.x.round(DEGREE_DECIMALS).to_numpy(),
            latitude=points.y.round(DEGREE_DECIMALS).to_numpy(),
            area_ha=(measured.area / HECTARE).round(AREA_DECIMALS).to_numpy(),
        ),
        geometry=outlines.to_numpy(),
        crs=EXCHANGE,
    )


Held = TypeVar("Held", gpd.GeoSeries, pd.DataFrame)


def _of_all(codes: pd.Series, held: Held, file: str) -> Held:
    """Return what a file holds of each quartier; one that it lacks is an error in words."""
    missing = codes[~codes.isin(held.index)]
    if len(missing):
        raise LayerError(
            f"Fichier {file} : rien du quartier {missing.iloc[0]} (ligne {missing.index[0]} de "
            f"{TABLE.file}), attendu un contenu pour chacun."
        )
    return held.loc[codes]


def _summary(row: Mapping[str, Any]) -> str:
    people = plural(row["population"], "habitant")
    return f"Quartier prioritaire, {enumerate_words(row['communes'])} ; {people} en 2020."


QPV: Final = Layer(
    id="qpv",
    title="Quartiers prioritaires (QPV)",
    geometry="polygon",
    key="code",
    fields=(
        *TABLE.pick("code", "name", "communes", "commune_codes"),
        *POPULATION.fields[2:],
        *_GROUND,
    ),
    sources=(
        Source(
            "Quartiers prioritaires de la politique de la ville 2024, contours simplifiés",
            "Agence nationale de la cohésion des territoires (ANCT)",
            "Licence Ouverte, pour autant qu’on le sache",
            "en vigueur depuis le 1er janvier 2024 (décret n° 2023-1314)",
            "https://www.data.gouv.fr",
        ),
        Source(
            "Population et indicateurs des quartiers prioritaires",
            "Insee, RPLS et CNAF, réunis par l’ANCT",
            "Licence Ouverte, pour autant qu’on le sache",
            "population et ménages de 2020 ; les autres de 2020 à 2022",
            "https://sig.ville.gouv.fr",
        ),
    ),
    read=_read,
    title_of=lambda row: str(row["name"]),
    summary_of=_summary,
    known_total=64,
    remark=(
        f"Contours simplifiés, à {SIMPLIFIED_METRES} mètres près environ : au bord, ils ne disent "
        "pas si une adresse est dans le quartier."
    ),
)
