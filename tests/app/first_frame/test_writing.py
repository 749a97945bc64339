"""What is written as HTML stays text, whatever it holds; styles go to the style sheet."""

import dash_leaflet as dl
import pytest
from dash import html as dash_html

from app.first_frame.writing import Writer
from app.parts import markup as html

HOSTILE = "</title><script>alert(1)</script>\"' onload=x <b>&amp;"


def test_text_and_attributes_are_escaped_in_every_place():
    element = html.Div([HOSTILE, html.A(HOSTILE, href="/x", title=HOSTILE)], **{"data-x": HOSTILE})
    for node in (element, dash_html.Div(HOSTILE, title=HOSTILE), [HOSTILE, (HOSTILE,)]):
        written = Writer().write(node)
        assert "<script" not in written
        assert "<b>" not in written
        assert '" onload' not in written


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "JavaScript:x",
    ],
)
def test_an_address_that_would_run_something_is_left_out(address):
    assert "href" not in Writer().write(html.A("x", href=address))


@pytest.mark.parametrize("address", ["/aide", "?lieu=epci:1", "#map", "https://ign.fr/", "./x"])
def test_other_addresses_stay(address):
    assert f'href="{address}"' in Writer().write(html.A("x", href=address))


def test_a_name_that_is_no_name_is_written_nowhere():
    with pytest.raises(ValueError, match="onclick"):
        Writer().element("p onclick=x", {})
    assert "onclick" not in Writer().element("p", {"x onclick": "alert(1)"})


def test_styles_become_classes_that_equal_elements_share():
    writer = Writer()
    twice = writer.write([html.Span(style={"width": "5%"}), html.Span(style={"width": "5%"})])
    assert "style" not in twice
    assert twice.count('class="w0"') == 2
    assert writer.rules == ".w0{width:5%}"
    writer.write(html.Span(className="bar", style={"--colour": "#fff", "height": "2.5px"}))
    assert writer.rules.endswith(".w1{--colour:#fff;height:2.5px}")


@pytest.mark.parametrize(
    "value", ["red}body{opacity:0", "url(//x)", "x</style>", "a;b", 'x"', "x\\"]
)
def test_a_value_that_would_end_its_rule_is_left_out(value):
    writer = Writer()
    writer.write(html.Span(style={"background": value, "width": "1%"}))
    assert writer.rules == ".w0{width:1%}"


def test_yes_no_and_nothing_are_attributes_as_html_has_them():
    written = Writer().write(html.Input(checked=True, disabled=False, title=None, maxlength="3"))
    assert written == '<input checked maxlength="3">'


def test_what_a_browser_could_not_show_is_refused():
    with pytest.raises(TypeError, match="MapContainer"):
        Writer().write(dl.Map())
    with pytest.raises(TypeError, match="object"):
        Writer().write([object()])
