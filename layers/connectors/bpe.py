"""Facilities with their points, from the Base permanente des équipements (Parquet, all France)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.crs import EXCHANGE, MEASURE
from geo.names import normalise
from geo.reference.places import Reference
from layers.connectors.declaration import (
    Connector,
    ConnectorError,
    Direct,
    Feed,
    Taken,
    word_of,
)
from layers.connectors.positions import COMMUNE_ONLY, place_sites
from layers.french.wording import plural
from layers.located_facilities import SOURCE, TABLE, title_of
from layers.model.schema import LayerError, validate

INSEE: Final = "https://www.insee.fr"
HOME: Final = "62"
COLUMNS: Final = (*("DEPCOM", "TYPEQU", "NOMRS", "LAMBERT_X", "LAMBERT_Y", "QUALITE_XY", "EPSG"),)
SYSTEM: Final = 2154
"""EPSG code of the points of the mainland; those overseas are in others."""
QUALITIES: Final = {
    "bonne": "geocoded_good",
    "11": "geocoded_good",
    "acceptable": "geocoded_medium",
    "12": "geocoded_medium",
    "21": "geocoded_medium",
    "22": "geocoded_medium",
}
"""What the source says of a point, in words or by the code of Sirene → how exactly we say it is
known. All else, « mauvaise » and 33 among it, may be any point of the commune."""
MOST_ROWS: Final = 10_000_000
MOST_CATEGORIES: Final = 20
LONGEST_TITLE: Final = 60
LONGEST_NAME: Final = 200
BATCH: Final = 65_536
_CATEGORY: Final = re.compile(r"[A-G]\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityFeed(Feed):
    """Feeds a layer for each category that is asked for.

    Parameters
    ----------
    categories
        Titles by code, as ``{"D307": "Pharmacies"}``.
    """

    categories: Mapping[str, str] = field(default_factory=dict, hash=False)

    def make(
        self, path: Path, connector: Connector, reference: Reference, _data: Path, _at: date
    ) -> Taken:
        """Return the facilities of the categories asked for; raises ConnectorError.

        What is counted are those of all categories: the number that a file is measured by.
        """
        rows = read_facilities(path, connector)
        if not self.categories:
            raise ConnectorError(f"{connector.title} : aucune catégorie demandée.")
        ours = rows[rows["TYPEQU"].isin(self.categories)]
        absent = [code for code in self.categories if code not in {*ours["TYPEQU"]}]
        if absent:
            raise ConnectorError(
                f"{connector.title} : catégorie « {absent[0]} » absente du Pas-de-Calais ; trouvé "
                f"{', '.join(sorted({*rows['TYPEQU']})[:12]) or 'aucune'}…"
            )
        table = _as_table(ours, self.categories, reference)
        try:
            validate(table, TABLE.fields, key=TABLE.key, where=connector.title)
        except LayerError as error:
            raise ConnectorError(str(error)) from error
        content = table.to_csv(index=False, lineterminator="\n").encode()
        return Taken({TABLE.file: content}, len(rows), told=tuple(_tell(table)))


def read_categories(given: Iterable[str]) -> dict[str, str]:
    """Return titles by code of categories, written ``D307`` or ``A206=Bureaux de poste``.

    Raises
    ------
    ConnectorError
        One is no code, or its title is too long; or there are too many.
    """
    wanted = {}
    for text in given:
        code, _, title = (part.strip() for part in text.partition("="))
        if not _CATEGORY.fullmatch(code.upper()) or len(title) > LONGEST_TITLE:
            raise ConnectorError(
                f"Catégorie « {text[:80]} » : attendu un code de la BPE (une lettre, trois "
                f"chiffres), et son titre, {LONGEST_TITLE} signes au plus : A206=Bureaux de poste."
            )
        wanted[code.upper()] = title or title_of(code.upper())
    if len(wanted) > MOST_CATEGORIES:
        raise ConnectorError(f"{len(wanted)} catégories : {MOST_CATEGORIES} au plus.")
    return wanted


def read_facilities(path: Path, connector: Connector) -> pd.DataFrame:
    """Return the facilities of the département as texts; all France is never in memory.

    Raises
    ------
    ConnectorError
        It is no such file, it is cut, or a column is missing.
    """
    try:
        with pq.ParquetFile(path) as file:
            _refuse_form(file, connector)
            batches = file.iter_batches(BATCH, columns=[*connector.columns])
            parts = [_of_the_departement(batch) for batch in batches]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise ConnectorError(
            f"{connector.title} : fichier endommagé ou coupé, ou autre chose que du Parquet."
        ) from error
    whole = pd.concat(parts) if parts else pd.DataFrame(columns=[*connector.columns])
    return whole.fillna("").reset_index(drop=True)


def _refuse_form(file: pq.ParquetFile, connector: Connector) -> None:
    names = file.schema_arrow.names
    missing = [name for name in connector.columns if name not in names]
    if missing:
        raise ConnectorError(
            f"{connector.title} : colonne « {missing[0]} » absente ; trouvé : "
            f"{', '.join(name[:40] for name in names[:12])}."
        )
    groups = range(file.metadata.num_row_groups)
    plain = sum(file.metadata.row_group(group).total_byte_size for group in groups)
    if file.metadata.num_rows > MOST_ROWS or plain > connector.most_unpacked:
        raise ConnectorError(
            f"{connector.title} : {file.metadata.num_rows} lignes, {plain // 1_000_000} Mo, plus "
            "que de tels fichiers n’ont."
        )


def _of_the_departement(batch: pa.RecordBatch) -> pd.DataFrame:
    texts = {name: batch[name].cast(pa.string()) for name in batch.schema.names}
    ours = pa.table(texts).filter(pc.starts_with(texts["DEPCOM"], HOME))
    frame: pd.DataFrame = ours.to_pandas()
    return frame


def _as_table(rows: pd.DataFrame, titles: Mapping[str, str], reference: Reference) -> pd.DataFrame:
    ordered = rows.sort_values(["TYPEQU", "DEPCOM", "NOMRS", "LAMBERT_X"]).reset_index(drop=True)
    x, y, system = (
        pd.to_numeric(ordered[name], errors="coerce") for name in ("LAMBERT_X", "LAMBERT_Y", "EPSG")
    )
    known = (x > 0) & (y > 0) & (system == SYSTEM)
    points = gpd.GeoSeries.from_xy(x, y, crs=MEASURE).to_crs(EXCHANGE)
    quality = ordered["QUALITE_XY"].map(lambda text: word_of(QUALITIES, normalise(text)))
    rank = ordered.groupby(["TYPEQU", "DEPCOM"]).cumcount() + 1
    given = pd.DataFrame(
        {
            "id": ordered["TYPEQU"] + "-" + ordered["DEPCOM"] + "-" + rank.astype(str),
            "category": ordered["TYPEQU"],
            "title": ordered["TYPEQU"].map(titles),
            "name": ordered["NOMRS"].str.split().str.join(" ").str[:LONGEST_NAME],
            "commune_code": ordered["DEPCOM"],
            "longitude": points.x.astype(str).where(known, ""),
            "latitude": points.y.astype(str).where(known, ""),
        }
    )
    return place_sites(given, reference, quality.fillna(COMMUNE_ONLY))[[*TABLE.columns]]


def _tell(table: pd.DataFrame) -> Iterator[str]:
    """Yield for each category how many there are, and how many of them stand at a town hall."""
    for (code, title), rows in table.groupby(["category", "title"]):
        vague = int((rows["position_quality"] == COMMUNE_ONLY).sum())
        told = f"{code}, {title} : {plural(len(rows), 'équipement')}"
        yield told + (f", dont {vague} à la mairie, faute de position sûre." if vague else ".")


CONNECTOR: Final = Connector(
    id="bpe",
    feed=FacilityFeed(
        files=(TABLE.file,),
        cited=TABLE.file,
        title="les équipements de la BPE que l’on a choisis",
        about=50_000,  # of all categories
    ),
    title=SOURCE.title,
    producer=SOURCE.producer,
    licence=SOURCE.licence,
    address=SOURCE.address,
    where=Direct(f"{INSEE}/fr/statistiques/fichier/8217525/BPE25.parquet", (INSEE,)),
    columns=COLUMNS,
    rhythm=400,
    most_bytes=400_000_000,
    most_unpacked=3_000_000_000,
    change=0.4,
)
