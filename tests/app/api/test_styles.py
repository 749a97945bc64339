"""Styles: the classes of the Atlas, each state apart, and a document that is one."""

import xml.etree.ElementTree as ET

import pytest

from app.drawing.theme import make_theme
from geo.perimeter import Level
from layers.indicators.every import list_indicators


def style(ask, collection, ending="qml"):
    text = ask(f"/collections/{collection}/style.{ending}").text
    return ET.fromstring(text.partition("\n")[2])  # noqa: S314 - our own


def test_a_rate_has_the_classes_and_colours_of_the_map(ask, catalogue):
    theme = make_theme(catalogue, catalogue.derive(list_indicators)["densite"], Level.EPCI, None)
    root = style(ask, "indicateur.population.epci")
    filters = [rule.get("filter", "") for rule in root.iter("rule")]
    for low, high in zip(theme.classes.bounds, theme.classes.bounds[1:], strict=False):
        assert any(f'"taux" >= {low} AND "taux"' in one and str(high) in one for one in filters)
    fills = [option.get("value") for option in root.iter("Option") if option.get("name") == "color"]
    for colour in theme.colours:
        red, green, blue = bytes.fromhex(colour.lstrip("#"))
        assert f"{red},{green},{blue},255" in fills
    assert sum("taux_etat" in one for one in filters) == 4
    subject = next(rule for rule in root.iter("rule") if rule.get("key") == "subject")
    assert subject.get("label") == "Densité (hab./km²)"
    names = {one.get("field"): one.get("name") for one in root.iter("alias")}
    assert names["taux"] == "Densité (hab./km²)"
    assert names["valeur_etat"] == "Population, état"


@pytest.mark.parametrize(
    ("ending", "patterns"),
    [
        ("qml", ("f_diagonal", "dense6", "horizontal", "b_diagonal")),
        ("sld", ("backslash", "circle", "horline", "slash")),
    ],
)
def test_each_state_has_a_hatching_of_its_own(ask, ending, patterns):
    text = ask(f"/collections/indicateur.fit.epci/style.{ending}").text
    words = "partiel", "secret statistique", "sans objet", "non disponible"
    if ending == "sld":
        found = [text.partition(f"<se:Name>{word}<")[2] for word in words]
        told = [part.partition("WellKnownName>")[2].partition("<")[0] for part in found]
    else:
        root = style(ask, "indicateur.fit.epci")
        symbol = {rule.get("label"): rule.get("symbol") for rule in root.iter("rule")}
        drawn = {one.get("name"): one for one in root.iter("symbol")}
        told = [
            option.get("value")
            for word in words
            for option in drawn[symbol[word]].iter("Option")
            if option.get("name") == "style"
        ]
    assert tuple(told) == patterns


def test_a_total_is_circles_by_area(ask):
    root = style(ask, "indicateur.operations.epci")
    assert [layer.get("class") for layer in root.iter("layer")].count("CentroidFill") == 1
    (size,) = [o.get("value") for o in root.iter("Option") if o.get("name") == "expression"]
    assert 'sqrt(coalesce("valeur", 0) /' in size


def test_zero_is_never_drawn_as_what_is_unknown(ask):
    root = style(ask, "indicateur.colleges.commune")
    by_label = {rule.get("label"): rule.get("filter") for rule in root.iter("rule")}
    assert by_label["zéro"] == '"taux" = 0.0'
    assert by_label["non disponible"] == "\"taux_etat\" = 'non disponible'"
    first = next(test for label, test in by_label.items() if label.startswith(("de ", "plus de ")))
    assert ">= 0.0" not in first


@pytest.mark.parametrize("ending", ["qml", "sld"])
@pytest.mark.parametrize("collection", ["communes", "operations", "contrats", "indicateur.fit.mds"])
def test_every_collection_that_is_drawn_has_its_style(ask, collection, ending):
    links = ask(f"/collections/{collection}").json["links"]
    assert f"style.{ending}" in " ".join(link["href"] for link in links if link["rel"] == "style")
    root = style(ask, collection, ending)
    assert root.tag == (
        "qgis" if ending == "qml" else "{http://www.opengis.net/sld}StyledLayerDescriptor"
    )


def test_a_table_has_none(ask):
    said = ask("/collections/table.budget").json
    assert not [link for link in said["links"] if link["rel"] == "style"]
    assert "géométrie" in ask("/collections/table.budget/style.qml", status=404).json["fr"]
