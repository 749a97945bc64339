"""Names that stand on the first frame: none over another, none over a sign or off the map."""

import orjson
import pytest

from app.first_frame.ground import Ground, project
from app.first_frame.lettering import width
from app.first_frame.names import broken, labels
from app.first_frame.standing import Standing
from app.first_frame.steps import frame_of

WHOLE = ((50.0199, 1.5563), (51.0101, 3.1882))


@pytest.fixture(scope="module")
def written(atlas):
    frame = frame_of(WHOLE, None)
    names = orjson.loads(atlas.files["names"].body)
    places = orjson.loads(atlas.files["anchors-epci"].body)
    zones = [(shape, project(*places[shape.code])) for shape in Ground(atlas).shapes("epci-far")]
    mark = project(1.8587, 50.9513)  # Calais
    standing = Standing(
        marks=[mark],
        rings=[(project(2.78, 50.2911), 40)],
        title="FIT par habitant, par EPCI (2023)",
        credit="Limites : IGN, 2020, communes de 2026, généralisées",
    )
    return frame, labels(frame, names, zones, standing)


def boxes(frame, found, rank):
    scale = frame.steps[rank].scale
    for label, ranks in found.items():
        if rank not in ranks or label.kind in {"sea", "land"}:
            continue
        x, y = label.at[0] * scale, label.at[1] * scale + label.down
        if label.kind == "zone":
            half = max(width(row, 12, 600) for row in label.rows) / 2
            high = len(label.rows) * 13 / 2
            yield label, (x - half, y - high, x + half, y + high)
        else:
            away, long = (label.aside - 2 if label.aside else 7), width(label.rows[0], 13, 500)
            left = x + away if label.side == "right" else x - away - long
            yield label, (left, y - 6.5, left + long, y + 6.5)


def test_no_name_stands_over_another_at_any_zoom(written):
    frame, found = written
    for rank in range(len(frame.steps)):
        here = list(boxes(frame, found, rank))
        for i, (one, box) in enumerate(here):
            for other, beside in here[:i]:
                apart = (
                    box[2] <= beside[0] or box[0] >= beside[2]
                    or box[3] <= beside[1] or box[1] >= beside[3]
                )  # fmt: skip
                assert apart, (frame.steps[rank].zoom, one.rows, other.rows)


def test_larger_towns_come_first_and_more_from_near(written):
    frame, found = written
    towns = [
        {label.rows[0] for label, at in found.items() if rank in at and label.kind == "town"}
        for rank in range(len(frame.steps))
    ]
    assert {"Calais", "Arras", "Boulogne-sur-Mer"} <= set.intersection(*towns[2:])
    assert len(towns[-1]) > len(towns[0])


def test_a_name_stands_aside_of_the_sign_of_its_town(written):
    _, found = written
    assert all(label.aside for label in found if label.rows == ("Calais",))
    assert not any(label.aside for label in found if label.rows == ("Lens",))


def test_a_name_stands_outside_of_the_circle_of_its_town(written):
    frame, found = written
    for label, ranks in found.items():
        if label.rows != ("Arras",):
            continue
        middle = project(2.78, 50.2911)[0]
        away = [(middle - label.at[0]) * frame.steps[rank].scale for rank in ranks]
        beyond = [shift if label.side == "right" else -shift for shift in away]
        assert all(label.aside >= 40 + shift for shift in beyond)
        assert label.aside > 30


def test_a_perimeter_is_named_in_its_own_ground(written, atlas):
    frame, found = written
    shapes = {shape.name: shape for shape in Ground(atlas).shapes("epci-far")}
    zones = [(label, ranks) for label, ranks in found.items() if label.kind == "zone"]
    assert zones
    for label, ranks in zones:
        bounds = shapes[" ".join(label.rows)].box
        for rank in ranks:
            scale = frame.steps[rank].scale
            half = max(width(row, 12, 600) for row in label.rows) / 2
            assert bounds[0] * scale < label.at[0] * scale - half
            assert label.at[0] * scale + half < bounds[2] * scale


def test_names_break_at_words_into_lines_as_equal_as_can_be():
    assert broken("CA Grand Calais Terres & Mers", 2) == ("CA Grand Calais", "Terres & Mers")
    assert broken("Arras", 3) == ("Arras",)
