"""The layout of a page: as Dash would have written it, and written once for each view."""

import json

import pytest
from dash._utils import to_json

from app.gaps.calculator import GapCalculator
from app.readers.layouts import render_layout, write_answer

VIEWS = (
    ("/", ""),
    ("/", "lieu=commune:62193&couches=qpv,colleges&tableau=lieux"),
    ("/", "lieu=epci:200090751&comparer=epci:200072460"),
    ("/", "lieu=<script>&indicateur=%00"),
    ("/ecarts", ""),
)


@pytest.mark.parametrize(("path", "query"), VIEWS)
def test_a_layout_is_written_as_dash_would(atlas, catalogue, path, query):
    layout = render_layout(atlas, GapCalculator(catalogue), path, query)
    assert json.loads(write_answer("layout", layout).body) == json.loads(to_json(layout))


def test_a_reader_gets_the_layout_that_dash_makes(client, application):
    asked = "/_dash-layout?lieu=commune:62193"
    sent = client.get(asked).json
    with application.server.test_request_context(asked):
        assert sent == json.loads(to_json(application.get_layout()))


def test_a_view_is_written_once_and_another_one_is_another(application):
    def body(query):
        with application.server.test_request_context(f"/_dash-layout?{query}"):
            return application.written_layout()

    assert body("lieu=commune:62041") is body("lieu=commune:62041")
    assert body("lieu=commune:62041").body != body("lieu=commune:62498").body
    assert b"Lens" in body("lieu=commune:62498").body
