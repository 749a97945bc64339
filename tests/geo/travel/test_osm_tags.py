import pytest

from geo.travel.osm_tags import RoadSpeeds, Way, is_closed_barrier, judge, limit_kmh, minutes_of

SPEEDS = RoadSpeeds()


def road(**tags):
    return judge({"highway": "residential", **tags}, SPEEDS)


def test_a_plain_street_goes_both_ways_at_the_speed_of_its_class():
    assert road() == Way(28, forward=True, backward=True)


def test_a_tagged_limit_replaces_the_speed_of_the_class():
    assert road(maxspeed="50").kmh == pytest.approx(42.5)
    assert judge({"highway": "primary", "maxspeed": "none"}, SPEEDS).kmh == 70


@pytest.mark.parametrize(
    ("tags", "directions"),
    [
        ({"oneway": "yes"}, (True, False)),
        ({"oneway": "1"}, (True, False)),
        ({"oneway": "-1"}, (False, True)),
        ({"oneway": "no"}, (True, True)),
        ({"junction": "roundabout"}, (True, False)),
        ({"highway": "motorway"}, (True, False)),
        ({"highway": "motorway_link"}, (True, False)),
        ({"highway": "motorway", "oneway": "no"}, (True, True)),
        ({"highway": "trunk"}, (True, True)),
    ],
)
def test_one_ways_said_and_implied(tags, directions):
    way = road(**tags)
    assert (way.forward, way.backward) == directions


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "footway"},
        {"highway": "track"},
        {"highway": "proposed"},
        {"access": "private"},
        {"motor_vehicle": "no"},
        {"access": "yes", "motorcar": "no"},
        {"access": "destination", "vehicle": "forestry"},
        {"oneway": "reversible"},
        {"area": "yes"},
        {"highway": "service", "service": "parking_aisle"},
    ],
)
def test_ways_closed_to_cars(tags):
    assert road(**tags) is None


@pytest.mark.parametrize(
    "tags",
    [{"access": "no", "motor_vehicle": "yes"}, {"access": "destination"}, {"access": "unknown"}],
)
def test_ways_open_to_cars(tags):
    assert road(**tags) is not None


def test_only_ferries_that_say_so_take_cars():
    ferry = {"route": "ferry", "duration": "01:30"}
    assert judge(ferry, SPEEDS) is None
    assert judge({**ferry, "motor_vehicle": "no"}, SPEEDS) is None
    assert judge({**ferry, "motorcar": "yes"}, SPEEDS).duration_min == 90


@pytest.mark.parametrize(
    ("tags", "closed"),
    [
        ({"barrier": "bollard"}, True),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, False),
        ({"barrier": "gate"}, False),
        ({"barrier": "lift_gate", "access": "private"}, True),
        ({"highway": "crossing", "access": "no"}, False),
    ],
)
def test_barriers(tags, closed):
    assert is_closed_barrier(tags) is closed


@pytest.mark.parametrize(
    ("text", "kmh"),
    [
        ("50", 50),
        ("FR:urban", 50),
        ("FR:rural", 80),
        ("30 mph", 30 * 1.609344),
        ("80 km/h", 80),
        ("walk", 6),
        ("0", None),
        ("variable", None),
        ("50;70", None),
        ("", None),
    ],
)
def test_limits(text, kmh):
    assert limit_kmh(text) == (None if kmh is None else pytest.approx(kmh))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("90", 90), ("1:30", 90), ("01:30:30", 90.5), ("0", None), ("PT1H", None), ("", None)],
)
def test_durations(text, minutes):
    assert minutes_of(text) == minutes
