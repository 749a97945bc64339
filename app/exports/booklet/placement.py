"""Placement: circles, signs and names of a page, each in the room that is left by those before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import shapely
from pyproj import Transformer

from app.exports.booklet.labels.ground_names import GroundName, place_ground_names
from app.exports.booklet.labels.marks import (
    Circle,
    Mark,
    gather_marks,
    in_frame,
    page_points,
    place_circles,
    place_marks,
)
from app.exports.booklet.labels.names import (
    SMALL_TOWN_RANK,
    TOWN_RANK,
    Label,
    Name,
    place_names,
    place_one,
    place_towns_first,
)
from app.exports.booklet.labels.room import CELL, Patch, Room, edge, grown
from app.exports.booklet.labels.towns import MOST, dot_is_free, place_towns
from app.exports.booklet.pen.frame import Frame, Rect
from app.exports.booklet.pen.lettering import Style
from app.exports.booklet.scene.background import detail_of, on_page
from app.exports.booklet.scene.content import Scene
from app.exports.booklet.scene.ground import SEA_NAMES, Ground, Land
from geo.crs import EXCHANGE, MEASURE
from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference

TOWN: Final = 10_000
SMALL_TOWN: Final = 2_000
MOST_NAMED: Final = 110
"""Communes that are all named on a page; a wider perimeter shows its largest towns."""
AROUND_STYLES: Final = (Style(7.5, "italic"), Style(6.75, "italic"), Style(6.1, "italic"))
EPCI_STYLES: Final = (Style(7.5, "semibold", 0.03), Style(6.75, "semibold", 0.02))
SEA_STYLES: Final = (Style(10, "italic", 0.12), Style(7.5, "italic", 0.08))
SMALLEST_LAND: Final = 12
"""Square millimetres of land around below which it has no name."""
INSET: Final = (30.0, 28.0)
"""Width and height of the locator, millimetres."""
AROUND_INSET: Final = 3.0
RIM: Final = 0.5
"""Millimetres to either side of the perimeter's outline that its stroke covers."""
FRAME_MARGIN: Final = 1.5
"""Millimetres between the frame and the names of what lies around."""
GAP_OUTSIDE: Final = 1.2
"""Millimetres between the outline and a leader's label outside it."""


@dataclass
class Placed:
    """What has found its place.

    Parameters
    ----------
    labels
        Names of the perimeter's communes.
    names
        Other names: EPCIs, neighbours, the sea.
    ground
        Numbers of roads and names of rivers.
    inset
        The corner of the map for the locator; None where the perimeter leaves none free.
    lost
        French words for what found no place at all.
    """

    circles: list[Circle] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    names: list[tuple[str, Label]] = field(default_factory=list)
    ground: list[GroundName] = field(default_factory=list)
    inset: Rect | None = None
    lost: list[str] = field(default_factory=list)

    @property
    def numbered(self) -> list[tuple[str, str]]:
        """Number and name of the communes that are told in a list."""
        return [
            (label.lines[0], label.name.text) for label in self.labels if label.kind == "number"
        ]


def towns_only(perimeter: Perimeter, ground: Ground) -> bool:
    """Tell whether a page names only the largest towns, each beside a dot."""
    wide = perimeter.level in {Level.DEPARTEMENT, Level.TERRITORY, Level.MDS}
    return wide and len(ground.own) > MOST_NAMED


def place_everything(scene: Scene, frame: Frame) -> Placed:
    """Give everything on the map its place: circles, towns, signs, villages, what lies around."""
    ground = scene.ground
    around = frame.shapes_to_page(ground.around.shapes)
    own = frame.shapes_to_page(ground.own.shapes)
    room = Room(frame.rect, np.concatenate([around, own]))
    first = len(around)
    owners = {code: first + index for index, code in enumerate(ground.own.codes)}
    epcis = _areas(ground, frame)
    names = _names(scene, frame, own, first)
    placed = Placed(inset=_free_corner(room, first))
    _place_circles(room, scene, frame, owners, placed)
    if towns_only(scene.perimeter, ground):
        hidden = frozenset(name.shape for name in names if not dot_is_free(room, name))
        placed.labels = place_towns(room, [name for name in names if name.rank == 0], hidden)
        _place_areas(room, "epci", epcis, EPCI_STYLES, placed)
        towns = [name for name in names if 0 < name.rank <= SMALL_TOWN_RANK]
        placed.labels += place_towns(room, towns, hidden, MOST - len(placed.labels))
        _place_marks(room, scene, frame, owners, placed)
        villages = [name for name in names if name.rank > SMALL_TOWN_RANK]
        placed.labels += place_towns(room, villages, hidden, MOST - len(placed.labels))
    else:
        own_land = room.owner >= first
        rim = edge(own_land, ~own_land, RIM)
        placed.labels = place_towns_first(room, names, rim)
        _place_marks(room, scene, frame, owners, placed)
        done = {label.name for label in placed.labels}
        others = [name for name in names if name not in done]
        labels, lost = place_names(room, others, ~grown(own_land, GAP_OUTSIDE), rim)
        placed.labels += labels
        placed.lost += [name.text for name in lost]
        _place_areas(room, "epci", epcis, EPCI_STYLES, placed)
    drawn = on_page(scene.content.background, detail_of(scene.perimeter), frame)
    placed.ground = place_ground_names(room, drawn, room.owner >= first)
    _keep_clear(room, frame, ground, first)
    _place_around(room, ground.around, around, placed)
    _place_sea(room, frame, placed)
    return placed


def _keep_clear(room: Room, frame: Frame, ground: Ground, first: int) -> None:
    """Take what no name of neighbours or of the sea may touch: the frame, the strong limits."""
    own = room.owner >= first
    departement = frame.shapes_to_page(np.array([ground.departement]))
    inside = Room(room.rect, departement).owner == 0
    room.taken |= edge(own, ~own, RIM) | edge(inside, ~inside & (room.owner >= 0), CELL)
    steps = int(FRAME_MARGIN / CELL)
    inner = np.zeros_like(room.taken)
    inner[steps:-steps, steps:-steps] = True
    room.taken |= ~inner


def _free_corner(room: Room, first: int) -> Rect | None:
    """Take a corner of the map that shows nothing of the perimeter."""
    rect = room.rect
    own = room.owner >= first
    width, height = INSET
    for x in (rect.x, rect.right - width):
        for y in (rect.bottom - height, rect.y):
            corner = Rect(x, y, width, height)
            reach = room.under(
                x - AROUND_INSET,
                y - AROUND_INSET,
                width + 2 * AROUND_INSET,
                height + 2 * AROUND_INSET,
            )
            if not own[reach].any():
                room.take(x, y, width, height)
                return corner
    return None


def _place_circles(
    room: Room, scene: Scene, frame: Frame, owners: dict[str, int], placed: Placed
) -> None:
    if scene.content.operations is not None:
        placed.circles, lost = place_circles(room, frame, scene.content.operations, owners)
        placed.lost += lost


def _place_marks(
    room: Room, scene: Scene, frame: Frame, owners: dict[str, int], placed: Placed
) -> None:
    marks: list[Mark] = []
    for layer, rows in scene.content.sites:
        points = page_points(frame, rows)
        kept = in_frame(points, room)
        marks += gather_marks(layer, rows[kept], points[kept], scene.side * 1.15)
    placed.marks, without = place_marks(room, marks, scene.side, owners)
    placed.lost += [f"{mark.layer.title} ({mark.count})" for mark in without]


def _names(scene: Scene, frame: Frame, shapes: np.ndarray, first: int) -> list[Name]:
    """Return the names of the perimeter's communes, the heaviest first."""
    reference, own = scene.reference, scene.ground.own
    seats = {reference.commune(name).code for name in reference.arrondissements.values()}
    leading = _leading(scene)
    middles = _middles(shapes)
    halls = _town_halls(reference, own, frame) if towns_only(scene.perimeter, scene.ground) else {}
    names = []
    for index, (code, text) in enumerate(zip(own.codes, own.names, strict=True)):
        commune = reference.communes.get(code)
        people = commune.population if commune else 0
        rank = 0 if code in seats else 3 - (people >= SMALL_TOWN) - (people >= TOWN)
        if code in leading:
            rank = min(rank, TOWN_RANK)
        names.append(Name(first + index, text, rank, people, halls.get(code, middles[index])))
    return sorted(names, key=lambda name: (name.rank, -name.weight, name.text))


def _leading(scene: Scene) -> set[str]:
    """Return the communes that a reader looks for: the largest, and those of the operations."""
    members = scene.reference.members(scene.perimeter)
    leading = {max(members, key=lambda code: scene.reference.communes[code].population)}
    if scene.content.operations is not None:
        leading |= set(scene.content.operations["commune_code"])
    return leading


def _middles(shapes: np.ndarray) -> list[tuple[float, float]]:
    """Return the point of each land where its name looks best: the middle of its largest part."""
    points: list[tuple[float, float]] = []
    for shape in shapes:
        parts = shapely.get_parts(shape)
        if not len(parts):
            points.append((-1000.0, -1000.0))
            continue
        part = parts[int(np.argmax(shapely.area(parts)))]
        middle = part.centroid if part.contains(part.centroid) else part.point_on_surface()
        points.append((float(middle.x), float(middle.y)))
    return points


def _town_halls(reference: Reference, land: Land, frame: Frame) -> dict[str, tuple[float, float]]:
    codes = [code for code in land.codes if code in reference.communes]
    halls = [reference.communes[code].town_hall for code in codes]
    turn = Transformer.from_crs(EXCHANGE, MEASURE, always_xy=True)
    x, y = turn.transform([hall.lon for hall in halls], [hall.lat for hall in halls])
    points = frame.to_page(np.column_stack([x, y])).tolist()
    return {code: (point[0], point[1]) for code, point in zip(codes, points, strict=True)}


def _areas(ground: Ground, frame: Frame) -> list[tuple[str, shapely.Geometry]]:
    """Return the part of each EPCI that lies in the perimeter: it is named there."""
    if not len(ground.epcis):
        return []
    inside = shapely.intersection(ground.epcis.shapes, ground.outline)
    return list(zip(ground.epcis.names, frame.shapes_to_page(inside), strict=True))


def _place_areas(
    room: Room,
    kind: str,
    areas: Sequence[tuple[str, shapely.Geometry]],
    styles: Sequence[Style],
    placed: Placed,
) -> None:
    """Name areas that have no number in the room: squares are found anew for each."""
    for text, shape in areas:
        if shapely.is_empty(shape):
            continue
        mine = room.whole(Room(room.rect, np.array([shape])).owner == 0)
        label = place_one(room, text, styles, _middles(np.array([shape]))[0], mine)
        if label:
            placed.names.append((kind, label))


def _place_around(room: Room, land: Land, shapes: np.ndarray, placed: Placed) -> None:
    for index, text in enumerate(land.names):
        if not text or shapely.is_empty(shapes[index]):
            continue
        patch = room.patch(index)
        if patch is None or patch.squares.sum() * CELL * CELL < SMALLEST_LAND:
            continue
        label = place_one(room, text, AROUND_STYLES, _middle_of(room, patch), patch)
        if label:
            placed.names.append(("around", label))


def _place_sea(room: Room, frame: Frame, placed: Placed) -> None:
    sea = room.owner == -1
    metres = frame.left + (np.arange(room.columns) + 0.5) * CELL * frame.metres
    for text, west, east in SEA_NAMES:
        mine = sea & (metres >= west) & (metres < east)
        if not mine.any():
            continue
        patch = room.whole(mine)
        label = place_one(room, text, SEA_STYLES, _middle_of(room, patch), patch)
        if label:
            placed.names.append(("sea", label))


def _middle_of(room: Room, patch: Patch) -> tuple[float, float]:
    rows, columns = np.nonzero(patch.squares)
    return (
        room.rect.x + (patch.window[1].start + float(columns.mean())) * CELL,
        room.rect.y + (patch.window[0].start + float(rows.mean())) * CELL,
    )
