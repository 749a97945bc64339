"""From rows that are perimeters to a layer: their outlines, their values, what is mapped."""

from collections.abc import Iterator, Mapping
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.crs import EXCHANGE
from geo.perimeter import Level
from geo.reference.places import Reference
from layers.brought.choice import Choice
from layers.brought.columns import GROUND, JOINED, PERIMETER_NAME, RESERVED, type_columns
from layers.brought.districts import District
from layers.brought.joining import Joined
from layers.brought.making import Made, first_reason, name_measures, tell_left, values_of
from layers.brought.measured import NUMERIC
from layers.brought.perimeters import NamedPerimeters
from layers.brought.problems import MENDED, BroughtError, Problem, in_order, tell
from layers.brought.values.cells import MARKS
from layers.french.wording import format_number, plural
from layers.model.layer import Field
from layers.model.measures import (
    DISTRICT,
    STATE,
    Joining,
)
from layers.store.description import KEY, Description

NOUNS: Final[Mapping[str, tuple[str, str]]] = {
    Level.COMMUNE: ("commune", "communes"),
    Level.EPCI: ("EPCI", "EPCI"),
    Level.CANTON: ("canton", "cantons"),
    Level.TERRITORY: ("territoire", "territoires"),
    Level.MDS: ("secteur", "secteurs"),
    DISTRICT: ("quartier prioritaire", "quartiers prioritaires"),
}
KEPT_STATE: Final = "un nombre ; gardé comme « {} »"


Columns = list[tuple[Field, pd.Series]]


def make_joined(  # noqa: PLR0913 - everything a layer is made of
    frame: pd.DataFrame,
    joined: Joined,
    choice: Choice,
    reference: Reference,
    *,
    layer_id: str,
    name: str,
) -> Made:
    """Make a layer of the rows that have a perimeter, each with its outline of today.

    Parameters
    ----------
    frame
        Texts, None where a cell is empty; the index is the line.
    layer_id
        Identifier of the layer.
    name
        Name of the file.

    Raises
    ------
    BroughtError
        No row names a perimeter.
    """
    problems = [*joined.problems]
    if not joined.named:
        raise BroughtError(
            f"Fichier « {name} » : aucune des {plural(len(frame), 'ligne')} ne nomme un territoire "
            f"d’ici. {first_reason(problems)}"
        )
    columns = _columns(frame, choice, problems)
    known = NamedPerimeters(reference)
    place = _places(joined, known)
    rows = pd.concat([values_of(frame, columns).loc[place.index], place], axis="columns")
    kept = pd.Series(frame.index.isin(place.index), index=frame.index)
    left = tell_left(kept)
    found = len({named.perimeter for named in joined.named.values()})
    fields = [field for field, _ in columns]
    description = Description(
        id=layer_id,
        title=choice.title,
        geometry="polygon",
        fields=(KEY, *_own_fields(choice.level), *fields),
        sources=(choice.source(name),),
        remark=" ".join(filter(None, (left, _tell_missing(found, choice.level, known)))),
        named_by=PERIMETER_NAME.name,
        joining=_joining(choice, fields, joined.year),
    )
    outlines = _outlines(choice.level, known)
    codes = [named.perimeter.code for named in joined.named.values()]
    return Made(
        description,
        gpd.GeoDataFrame(rows, geometry=outlines.loc[codes].to_numpy(), crs=EXCHANGE),
        tuple(int(line) for line in frame.index[~kept]),
        tuple(in_order(problems)),
    )


def _own_fields(level: str) -> tuple[Field, ...]:
    """Return the columns that say what a row is; a district lies in communes besides."""
    return (*JOINED, *GROUND) if level == DISTRICT else JOINED


def _outlines(level: str, known: NamedPerimeters) -> gpd.GeoSeries:
    """Return the outlines of all places of a level, EPSG:4326, by code."""
    if level == DISTRICT:
        return known.districts.outlines()
    outlines: gpd.GeoSeries = (
        known.reference.outlines(Level(level)).set_index("code").geometry.to_crs(EXCHANGE)
    )
    return outlines


def _places(joined: Joined, known: NamedPerimeters) -> pd.DataFrame:
    """Return the perimeter of each row that has one."""
    rows = pd.DataFrame(
        [
            (
                str(named.perimeter),
                known.name_of(named.perimeter),
                f"{named.former.name} ({named.former.code})" if named.former else None,
            )
            for named in joined.named.values()
        ],
        columns=[field.name for field in JOINED],
        index=[*joined.named],
        dtype=object,
    )
    if all(isinstance(named.perimeter, District) for named in joined.named.values()):
        touched = [known.districts.communes[n.perimeter.code] for n in joined.named.values()]
        names = known.reference.communes
        rows[GROUND[0].name] = [codes[0] for codes in touched]
        rows[GROUND[1].name] = [names[codes[0]].name for codes in touched]
        rows[GROUND[2].name] = touched
    return rows


def _columns(frame: pd.DataFrame, choice: Choice, problems: list[Problem]) -> Columns:
    """Return the columns of the file, and beside numbers why some are not there."""
    mapped = [heading for heading, role in choice.roles.items() if role in NUMERIC]
    states = {heading: _states(frame[heading]) for heading in mapped}
    for heading, told in states.items():
        for word in MARKS:
            kept = KEPT_STATE.format(word)
            problems += tell(frame[heading], told == word, kept, MENDED)
    plain = frame.assign(
        **{heading: frame[heading].where(told.isna(), None) for heading, told in states.items()}
    )
    reserved = RESERVED | {field.name for field in JOINED}
    columns = [*type_columns(plain, choice, "polygon", problems, reserved)]
    return [*columns, *_state_columns(columns, states)]


def _state_columns(
    columns: Columns, states: Mapping[str, pd.Series]
) -> Iterator[tuple[Field, pd.Series]]:
    taken = {field.name for field, _ in columns}
    for field, _ in columns:
        told = states.get(field.label)
        if told is not None and told.notna().any() and f"{field.name}{STATE}" not in taken:
            meaning = f"Pourquoi il n’y a pas de nombre dans « {field.label} »."
            label = f"{field.label}, état"
            yield Field(f"{field.name}{STATE}", label, meaning, nullable=True), told


def _states(texts: pd.Series) -> pd.Series:
    """Return the word of the state that each cell says, None where it says none."""

    def state_of(text: object) -> str | None:
        if not isinstance(text, str):
            return None
        return next((word for word, mark in MARKS.items() if mark.fullmatch(text.strip())), None)

    return pd.Series([state_of(text) for text in texts], index=texts.index, dtype=object)


def _joining(choice: Choice, fields: list[Field], year: str) -> Joining:
    """Return what is mapped, by the names of the layer's own columns."""
    years = {field.label: field.name for field in fields}
    return Joining(choice.level, name_measures(choice, fields), years.get(year, ""))


def _tell_missing(found: int, level: str, known: NamedPerimeters) -> str:
    """Return of how many perimeters the file says nothing, a French sentence."""
    districts = level == DISTRICT
    names = known.districts.names if districts else known.reference.perimeters(Level(level))
    everything = len(names)
    if found == everything:
        return ""
    one, several = NOUNS[level]
    return (
        f"{plural(found, one, several)} sur {format_number(everything)} ; les autres sont « non "
        "disponible », pas zéro."
    )
