"""The sheet that follows the map: one page for most places, with what an official asks first."""

import pypdfium2
import pytest

from app.exports.booklet.furniture import Logos, draw_header
from app.exports.booklet.pen.canvas import Canvas, Letters
from app.exports.booklet.pen.frame import Rect
from app.exports.booklet.sheet import sheet_html
from app.exports.paper import to_pdf
from geo.perimeter import Perimeter

FULLEST = "epci:200072460"
"""Two operations, sixteen districts: more than any other EPCI has to say."""
CALAIS = "commune:62193"
ARTOIS = "territoire:artois"


def pages_of(html):
    head = "<title>Fiche</title><style>body{margin:0}</style>"  # as the page of the map has it
    whole = f'<!doctype html><html lang="fr"><head>{head}</head><body>{html}</body></html>'
    texts = []
    with pypdfium2.PdfDocument(to_pdf(whole)) as document:
        for page in document:
            letters = page.get_textpage()
            texts.append(" ".join(letters.get_text_bounded().replace("\u00a0", " ").split()))
            letters.close()
    return texts


@pytest.mark.parametrize("place", [FULLEST, CALAIS, ARTOIS])
def test_the_sheet_of_the_fullest_places_is_one_page(catalogue, place):
    assert len(pages_of(sheet_html(catalogue, Perimeter.parse(place)))) == 1


def test_the_sheet_names_the_interlocutor_the_districts_and_its_day(catalogue, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    [text] = pages_of(sheet_html(catalogue, Perimeter.parse(FULLEST)))
    assert "Interlocuteur : MDADT de l’Artois (rapport d’activité 2022, l. 5152)" in text
    assert "16 quartiers prioritaires : " in text
    assert "Terre-Noeve" in text
    assert "fiche éditée le 14 novembre 2023 avec Atlas 62." in text


def test_the_sheet_cites_the_sources_of_what_it_prints_and_no_others(catalogue):
    [text] = pages_of(sheet_html(catalogue, Perimeter.parse(FULLEST)))
    sources = text[text.index("Sources : ") :]
    assert "Délibération n° 2023-534" in sources
    assert "Recensement de la population" in sources
    # the screen lists hospitals, this page does not
    assert "FINESS" not in sources


@pytest.mark.parametrize(("frames", "drawn"), [(False, 0), (True, 2)])
def test_an_empty_frame_keeps_the_place_of_a_logo_only_where_asked(frames, drawn):
    canvas = Canvas(297.0, 210.0)
    draw_header(
        canvas, Rect(12.0, 12.0, 273.0, 18.0), "Le territoire", "", Logos(None, None, frames)
    )
    assert len([item for item in canvas.items if not isinstance(item, Letters)]) == drawn
