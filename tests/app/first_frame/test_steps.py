"""The frame before scripts is that of the browser's map, whatever the room."""

import math

import pytest

from app.first_frame.ground import project
from app.first_frame.steps import frame_of, step_rules
from app.view.viewport import MapView

PAS_DE_CALAIS = ((50.0199, 1.5563), (51.0101, 3.1882))
ARRAS = ((50.2645, 2.7295), (50.3145, 2.8043))


def leaflet_zoom(bounds, width, height):
    """Return the zoom that Leaflet gives bounds in a room: Map.getBoundsZoom, with our options."""
    (south, west), (north, east) = bounds
    left, top = project(west, north)
    right, bottom = project(east, south)
    scale = min((width - 32) / (right - left), (height - 32) / (bottom - top))
    zoom = 12 + math.log2(scale)
    zoom = round(zoom / 0.0025) * 0.0025  # within 1 % of a step is on it
    return min(13, max(7, math.floor(zoom / 0.25 + 1e-9) * 0.25))


def taken(frame, width, height):
    """Return the step that a browser takes by the style sheet: the last whose room is there."""
    return [
        step
        for step in frame.steps
        if step.room is None or (step.room[0] <= width and step.room[1] <= height)
    ][-1]


@pytest.mark.parametrize("bounds", [PAS_DE_CALAIS, ARRAS])
@pytest.mark.parametrize(
    "room", [(736, 737), (390, 592), (697, 605), (1216, 787), (360, 488), (1856, 1137), (741, 726)]
)
def test_the_zoom_is_that_of_leaflet(bounds, room):
    assert taken(frame_of(bounds, None), *room).zoom == leaflet_zoom(bounds, *room)


def test_a_room_that_misses_a_step_by_a_hair_takes_it_as_leaflet_does():
    frame = frame_of(PAS_DE_CALAIS, None)
    step = next(step for step in frame.steps if step.zoom == 9)
    width, height = 640.0, step.height + 31.7
    assert leaflet_zoom(PAS_DE_CALAIS, width, height) == 9
    assert taken(frame, width, height).zoom == 9
    assert taken(frame, width, step.height + 25).zoom == 8.75


def test_where_a_reader_left_the_map_it_stays():
    frame = frame_of(PAS_DE_CALAIS, MapView(10.5, 50.4, 2.5))
    assert {step.zoom for step in frame.steps} == {10.5}
    assert frame.steps[0].scale == frame.steps[-1].scale == pytest.approx(2**-1.5)
    assert [frame.room(rank)[0] for rank in (0, -1)] == [360, 1856]
    assert frame.middle == pytest.approx(project(2.5, 50.4))


def test_a_point_stands_at_its_share_of_the_frame():
    frame = frame_of(PAS_DE_CALAIS, None)
    assert frame.share(*frame.box[:2]) == ("0.00%", "0.00%")
    assert frame.share(*frame.middle) == ("50.00%", "50.00%")


def test_the_sheet_has_a_rule_for_each_step_and_what_is_seen_at_it():
    frame = frame_of(PAS_DE_CALAIS, None)
    shown = [".x{y:z}" if step.zoom == 9 else "" for step in frame.steps]
    rules = step_rules(frame, shown)
    at, after = (
        rules.index(f"{{width:{step.width:.1f}px") for step in frame.steps if step.zoom in {9, 9.25}
    )
    assert rules.count("@container") == len(frame.steps) - 1
    assert rules.count(".x{y:z}") == 1
    assert at < rules.index(".x{y:z}") < after
