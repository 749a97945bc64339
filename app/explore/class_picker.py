"""Choosing how values are cut and coloured: native controls that the browser fills in and reads."""

from typing import Final

from app.drawing.palette import ramp
from app.parts import markup as html
from app.parts.fields import render_field
from app.parts.markup import Element
from app.view.class_choice import (
    FEWEST_CLASSES,
    LONGEST_BOUNDS,
    METHODS,
    MOST_CLASSES,
    Method,
    Palette,
)

PALETTES: Final = {
    None: "Usuelle",
    Palette.BLUE: "Bleue",
    Palette.VIOLET: "Violette",
    Palette.GREY: "Grise",
}
SHOWN_COLOURS: Final = 5


def render_class_picker() -> list[Element]:
    """Return the form, without values: the theme on screen gives them."""
    return [
        html.Details(
            [
                html.Summary("Classes et couleurs"),
                html.Div(
                    [
                        render_field("Méthode", "class-method", _options("method", METHODS)),
                        render_field("Classes", "class-number", _options("classes", _numbers())),
                        _bounds(),
                        _palettes(),
                    ],
                    className="class-fields",
                ),
            ],
            className="more class-picker",
        )
    ]


def _numbers() -> dict[str, str]:
    numbers = range(FEWEST_CLASSES, MOST_CLASSES + 1)
    return {"": "Selon les valeurs", **{str(number): str(number) for number in numbers}}


def _options(part: str, options: dict[Method, str] | dict[str, str]) -> Element:
    return html.Select(
        [html.Option(words, value=str(value)) for value, words in options.items()],
        **{"data-classes": part},
    )


def _bounds() -> Element:
    control = html.Textarea(
        rows="2",
        maxlength=str(LONGEST_BOUNDS),
        spellcheck="false",
        placeholder="0 ; 10 ; 20,5",
        **{"data-classes": "bounds"},
    )
    apply = html.Button("Appliquer", type="button", className="link", **{"data-apply": "bounds"})
    return html.Div(
        [render_field("Bornes, à coller", "class-bounds", control), apply], className="class-bounds"
    )


def _palettes() -> Element:
    rows = [
        html.Label(
            [
                html.Input(
                    type="radio",
                    name="palette",
                    value=str(palette or ""),
                    **{"data-classes": "palette"},
                ),
                html.Span(words),
                _strip(palette),
            ],
            className="palette",
        )
        for palette, words in PALETTES.items()
    ]
    return html.Fieldset([html.Legend("Couleurs"), *rows])


def _strip(palette: Palette | None) -> Element:
    """Return the colours of a palette; the usual one's follow the indicator on screen."""
    colours = ramp(SHOWN_COLOURS, money=False, palette=palette)
    return html.Span(
        [html.Span(style={"background": colour}) for colour in colours],
        className="palette-strip" if palette else "palette-strip palette-usual",
        **{"aria-hidden": "true"},
    )
