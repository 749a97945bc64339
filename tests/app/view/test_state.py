"""The address and the view say the same thing, whatever the address holds."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.view.class_choice import MOST_CLASSES, ClassChoice, Method, Palette
from app.view.operation_choice import OperationChoice
from app.view.query import LONGEST_QUERY, MOST_REMARKS
from app.view.side_by_side import read_compared
from app.view.state import DEFAULT, Drawing, TableRows, ViewState, format_view, parse_view
from app.view.viewport import LATITUDES, LONGITUDES, ZOOMS, MapView
from app.view.vocabulary import Vocabulary
from geo.perimeter import DEPARTEMENT, Level, Perimeter, UnknownPlaceError
from layers.french.semester import Semester
from layers.sheets.subject import Subject, SubjectKind

PLACES = (
    DEPARTEMENT,
    Perimeter(Level.EPCI, "200090751"),
    Perimeter(Level.TERRITORY, "lens-henin"),
    Perimeter(Level.COMMUNE, "62193"),
    Perimeter(Level.COMMUNE, "62041"),
    Perimeter(Level.COMMUNE, "62498"),
)
LEVELS = tuple(level for level in Level if level != Level.DEPARTEMENT)
LAYERS = ("operations", "qpv", "colleges", "mairies")


def find_place(text):
    place = Perimeter.parse(text)
    if place not in PLACES:
        raise UnknownPlaceError(f"Territoire « {place} » inconnu.")
    return place, None


AMBITIONS = ("solidarites-humaines", "solidarites-humaines.2", "reussites-citoyennes")
CONTRACT = Subject(SubjectKind.CONTRACT, "ct")


def find_subject(text):
    subject = Subject.parse(text)
    if subject not in {None, CONTRACT}:
        raise UnknownPlaceError(f"« {subject} » inconnu.")
    return (subject, PLACES[1]) if subject else None


VOCABULARY = Vocabulary(
    find_place,
    {"fit_par_habitant": LEVELS, "fit": LEVELS, "population": LEVELS[:3]},
    LAYERS,
    AMBITIONS,
    find_subject,
)

BOUNDS = st.lists(
    st.integers(-(10**9), 10**9).map(lambda n: n / 100),
    min_size=2,
    max_size=MOST_CLASSES + 1,
    unique=True,
).map(lambda bounds: tuple(sorted(bounds)))
SEMESTERS = st.builds(Semester, st.integers(2020, 2026), st.sampled_from((1, 2)))
PALETTES = st.none() | st.sampled_from(Palette)
CLASS_CHOICES = st.builds(
    ClassChoice,
    st.sampled_from([method for method in Method if method is not Method.MANUAL]),
    st.none() | st.integers(2, MOST_CLASSES),
    palette=PALETTES,
) | st.builds(ClassChoice, st.just(Method.MANUAL), bounds=BOUNDS, palette=PALETTES)
OPERATION_CHOICES = st.builds(
    OperationChoice,
    st.none() | st.tuples(SEMESTERS, SEMESTERS).map(lambda pair: (min(pair), max(pair))),
    st.sets(st.sampled_from(AMBITIONS)).map(
        lambda chosen: tuple(one for one in AMBITIONS if one in chosen)
    ),
)


def map_views():
    return st.builds(
        lambda zoom, latitude, longitude: MapView(zoom / 4, latitude / 1e4, longitude / 1e4),
        st.integers(int(ZOOMS[0] * 4), int(ZOOMS[1] * 4)),
        st.integers(int(LATITUDES[0] * 1e4), int(LATITUDES[1] * 1e4)),
        st.integers(int(LONGITUDES[0] * 1e4), int(LONGITUDES[1] * 1e4)),
    )


@st.composite
def views(draw):
    indicator = draw(st.sampled_from(sorted(VOCABULARY.indicators)))
    shown = draw(st.sets(st.sampled_from(LAYERS)))
    place = draw(st.sampled_from(PLACES))
    peers = [other for other in PLACES if other.level == place.level and other != place]
    return ViewState(
        place=place,
        indicator=indicator,
        level=draw(st.sampled_from(VOCABULARY.indicators[indicator])),
        drawing=draw(st.none() | st.sampled_from(Drawing)),
        classes=draw(CLASS_CHOICES),
        operations=draw(OPERATION_CHOICES),
        table=draw(st.none() | st.sampled_from(TableRows)),
        layers=tuple(layer for layer in LAYERS if layer in shown),
        map_view=draw(st.none() | map_views()),
        compared=tuple(
            draw(st.lists(st.sampled_from(peers), unique=True, max_size=2)) if peers else ()
        ),
    )


@given(views())
def test_what_is_written_is_read_back(view):
    assert parse_view(format_view(view), VOCABULARY) == (view, ())


@given(views())
def test_an_address_is_short_and_stays_the_same_when_written_again(view):
    written = format_view(view)
    assert len(written) < 400
    assert format_view(parse_view(written, VOCABULARY)[0]) == written


def test_the_default_view_needs_no_address():
    assert format_view(DEFAULT) == ""
    assert parse_view("", VOCABULARY) == (DEFAULT, ())


@given(st.text(max_size=3 * LONGEST_QUERY))
@example("?lieu=epci:000000000&vue=nan,inf,1&couches=,,,&dessin=%00")
@example("lieu=%F0%9F%92%A9&lieu=%ff%fe&" + "a=1&" * 5000)
@example("?" + "%" * 10_000)
@example("lieu=<script>alert(1)</script>&couches='; DROP TABLE communes;--")
@example("vue=1e400,٥٠,2&niveau=departement")
def test_any_text_gives_a_view_that_can_be_shown_and_few_remarks(text):
    view, remarks = parse_view(text, VOCABULARY)
    assert view.place in PLACES
    assert view.level in VOCABULARY.indicators[view.indicator]
    assert set(view.layers) <= set(LAYERS)
    assert len(remarks) <= MOST_REMARKS
    assert all(len(remark) < 400 and remark.isprintable() for remark in remarks)
    assert parse_view(format_view(view), VOCABULARY) == (view, ())


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("?lieu=epci:123456789", "inconnu"),
        ("?indicateur=bonheur", "« bonheur »"),
        ("?niveau=quartier", "« quartier »"),
        ("?couches=operations,volcans", "« volcans »"),
        ("?vue=loin", "« loin »"),
        ("?dessin=aquarelle", "« aquarelle »"),
        ("?couleur=rouge", "« couleur »"),
        ("?indicateur=population&niveau=commune", "« commune »"),
        ("?methode=hasard", "« hasard »"),
        ("?methode=manuelles", "sans bornes"),
        ("?classes=12", "« 12 »"),
        ("?bornes=1", "2 à 8"),
        ("?bornes=1,deux", "« deux »"),
        ("?bornes=" + "1," * 400, "trop longues"),
        ("?bornes=1,1e400", "« 1e400 »"),
        ("?palette=arc-en-ciel", "« arc-en-ciel »"),
        ("?periode=hier", "« hier »"),
        ("?periode=2025,2023", "avant de commencer"),
        ("?pactes=bonheur", "« bonheur »"),
        ("?tableau=noir", "« noir »"),
        ("?lieu=commune:62193&comparer=epci:200090751", "même niveau"),
        ("?lieu=commune:62193&comparer=commune:99999", "comparaison"),
        ("?lieu=contrat:ct&comparer=epci:200090751", "« contrat:ct »"),
        ("?lieu=epci:200090751&comparer=contrat:ct", "même niveau"),
        ("?lieu=contrat:ct&comparer=contrat:autre", "« contrat:autre » inconnu"),
        ("?lieu=qpv:inconnu", "inconnu"),
        ("?methode=jenks&classes=4&bornes=1,deux", "méthode « jenks »"),
        ("?methode=manuelles&bornes=1,deux", "méthode « quantiles »"),
        ("?lieu=commune:62193&lieu=commune:62041", "« lieu » répété"),
        ("?lieu[]=commune:62193", "« lieu[] »"),
        ("?a=1&b=2&c=3", "« a » et 2 autres"),
        ("?couches=qpv&indicateur=" + "x" * 10_000, "trop longue"),
    ],
)
def test_what_is_ignored_is_said_in_one_sentence(query, word):
    _, remarks = parse_view(query, VOCABULARY)
    assert len(remarks) == 1
    assert word in remarks[0]


def test_the_rest_of_a_half_wrong_address_is_kept():
    view, remarks = parse_view("?lieu=epci:200090751&indicateur=bonheur&couches=qpv", VOCABULARY)
    assert view.place == PLACES[1]
    assert view.layers == ("qpv",)
    assert len(remarks) == 1


def test_refused_bounds_leave_what_else_was_asked_of_the_classes():
    query = "?indicateur=fit&methode=jenks&classes=4&bornes=<script>&palette=violette"
    view, remarks = parse_view(query, VOCABULARY)
    assert view.classes == ClassChoice(Method.NATURAL, 4, palette=Palette.VIOLET)
    assert view.indicator == "fit"
    assert "« <script> » illisible" in remarks[0]


def test_a_link_copied_from_the_source_of_a_page_is_read():
    view, remarks = parse_view("?lieu=epci:200090751&amp;couches=qpv&amp;", VOCABULARY)
    assert (view.place, view.layers, remarks) == (PLACES[1], ("qpv",), ())


def test_what_campaigns_add_to_links_is_no_mistake():
    assert parse_view("?utm_source=lettre&fbclid=x", VOCABULARY) == (DEFAULT, ())


def test_no_layer_at_all_can_be_asked_for():
    view, remarks = parse_view("?couches=aucune", VOCABULARY)
    assert (view.layers, remarks) == ((), ())


def test_a_contract_is_opened_on_the_place_of_its_partner():
    view, remarks = parse_view("?lieu=contrat:ct&couches=qpv", VOCABULARY)
    assert (view.subject, view.place, remarks) == (CONTRACT, PLACES[1], ())
    assert view.shown == "contrat:ct"
    assert format_view(view) == "?lieu=contrat:ct&couches=qpv"


def test_places_beside_each_other_are_kept_in_order_each_once():
    query = "?comparer=commune:62193,commune:62041,commune:62193,commune:62498"
    view, remarks = parse_view(query, VOCABULARY)
    assert view.shown == "commune:62193,commune:62041,commune:62498"
    assert remarks == ()
    written = "?lieu=commune:62193&comparer=commune:62041,commune:62498"
    assert format_view(view) == written
    assert parse_view(written, VOCABULARY) == (view, ())


def test_no_more_than_three_are_compared():
    places = (*PLACES[3:], Perimeter(Level.COMMUNE, "62826"))
    text = ",".join(map(str, places[1:]))
    found, remark = read_compared(places[0], text, lambda text: (Perimeter.parse(text), None))
    assert found == places[:3]
    assert remark is not None
    assert "limitée à 3" in remark


@pytest.mark.parametrize(
    "old",
    [
        "?lieu=epci:200090751",
        "?lieu=territoire:lens-henin&indicateur=fit",
        "?lieu=commune:62193&indicateur=population&niveau=epci&dessin=aplats",
        "?lieu=epci:200090751&couches=qpv,colleges&vue=10.5,50.9000,1.9000",
        "?couches=aucune",
    ],
)
def test_links_of_before_open_as_they_did_and_stay_the_same(old):
    view, remarks = parse_view(old, VOCABULARY)
    assert remarks == ()
    assert (view.subject, view.compared) == (None, ())
    assert parse_view(format_view(view), VOCABULARY) == (view, ())
    assert len(format_view(view)) <= len(old)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("?lieu=commune:62193.", "commune:62193"),
        ("?lieu=epci:200090751)", "epci:200090751"),
        ("?lieu=epci:200090751>", "epci:200090751"),
        ("?lieu=epci:200090751,", "epci:200090751"),
        ("?lieu=epci:200090751%C2%A0%C2%BB.", "epci:200090751"),
        ("?lieu=epci%253A200090751", "epci:200090751"),
        ("?lieu=epci%25253A200090751).", "epci:200090751"),
        ("?lieu%3Depci%3A200090751", "epci:200090751"),
    ],
)
def test_a_link_worn_by_a_letter_opens_its_place_without_a_word(query, place):
    view, remarks = parse_view(query, VOCABULARY)
    assert (str(view.place), remarks) == (place, ())


@pytest.mark.parametrize(
    ("query", "part", "value"),
    [
        ("?indicateur=population.", "indicator", "population"),
        ("?niveau=commune)", "level", Level.COMMUNE),
        ("?couches=qpv,mairies.", "layers", ("qpv", "mairies")),
        ("?dessin=cercles%3E", "drawing", Drawing.CIRCLES),
    ],
)
def test_every_key_of_a_worn_link_is_tried_again(query, part, value):
    view, remarks = parse_view(query, VOCABULARY)
    assert (getattr(view, part), remarks) == (value, ())


def test_what_stays_unknown_is_told_as_it_was_written():
    _, remarks = parse_view("?lieu=commune:99999.", VOCABULARY)
    assert "99999" in remarks[0]
