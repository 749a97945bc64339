"""A page as a file: what stands on it, at which scale, the same bytes twice."""

import io
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pypdfium2
import pytest
from PIL import Image
from pypdfium2 import raw

from app.exports.booklet.page import draw_page
from app.exports.booklet.panel import Block, Row, flow, lowest_height
from app.exports.booklet.pen.lettering import POINT
from app.exports.booklet.scene.request import PageError, PageRequest
from geo.perimeter import Level, Perimeter
from layers.catalogue.layers import LAYERS, Catalogue
from layers.colleges import COLLEGES
from layers.model.schema import LayerError

BASELINES = Path(__file__).parent / "baselines"
GRAND_CALAIS, BETHUNE = "epci:200090751", "epci:200072460"


def read(content):
    with pypdfium2.PdfDocument(content) as document:
        letters = document[0].get_textpage()
        text = letters.get_text_bounded()
        letters.close()
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


@pytest.fixture(scope="module")
def bethune(page_of):
    return page_of(BETHUNE).to_pdf()


def test_the_same_page_gives_the_same_bytes(catalogue, page_of):
    page = page_of(GRAND_CALAIS)
    day = page.told.day
    again = draw_page(catalogue, PageRequest(Perimeter.parse(GRAND_CALAIS), date=day))
    assert page.to_pdf() == again.to_pdf()
    assert page.to_svg() == again.to_svg()
    assert page.to_printer_pdf() == again.to_printer_pdf()


def test_every_name_can_be_found_in_the_text(page_of, bethune):
    text = read(bethune)
    labels = page_of(BETHUNE).placed.labels
    lines = [line.rstrip("-") for label in labels for line in label.lines]
    assert [line for line in lines if line not in text] == []
    assert [name for _, name in page_of(BETHUNE).placed.numbered if name not in text] == []


def test_the_page_says_what_the_contract_pays_and_where_it_comes_from(bethune):
    text = read(bethune)
    for words in (
        "Le territoire de la CA de Béthune-Bruay, Artois-Lys Romane",
        "Contrat de territoire 2023-2026 · 100 communes",
        "Nœux-les-Mines – 180 000 € de FIT",
        "Délibération n° 2023-534",
        "Licence Ouverte",
        "Contours généralisés",
        "Page éditée le 15 janvier 2026",
        "Projection Lambert-93 (EPSG:2154)",
    ):
        assert words in text


def test_the_outline_measures_what_the_scale_says(catalogue, page_of):
    page = page_of(GRAND_CALAIS)
    west, south, east, north = (
        catalogue.reference.outlines(Level.EPCI).set_index("code").loc["200090751"].geometry.bounds
    )
    wanted = np.array([east - west, north - south]) / page.layout.frame.scale * 1000
    with pypdfium2.PdfDocument(page.to_pdf()) as document:
        paths = document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=8)
        sizes = [
            np.array([b[2] - b[0], b[3] - b[1]]) * POINT for b in (p.get_bounds() for p in paths)
        ]
    assert min(float(np.abs(size / wanted - 1).max()) for size in sizes) < 0.002


def test_the_legend_has_only_what_is_on_the_map(page_of):
    bare = page_of("commune:62001", layers=("gares", "hopitaux"))
    assert "Équipements" not in read(bare.to_pdf())
    text = read(page_of("epci:200044048").to_pdf())
    assert "Opérations soutenues par le FIT" not in text
    assert "Collèges (" in text


@pytest.mark.parametrize("indicator", ["densite", "population", "fit_par_habitant"])
def test_an_indicator_is_painted_and_told(page_of, indicator):
    text = read(page_of(GRAND_CALAIS, indicator=indicator).to_pdf())
    title = {"densite": "Densité", "population": "Population"}.get(indicator, "FIT par habitant")
    assert title in text


def test_a_title_is_printed_as_it_is_given(page_of):
    title = "Communauté <b>d'agglomération</b> & alliés du littoral, 2023-2026 !"
    assert "Communauté <b>d’agglomération</b> & alliés" in read(
        page_of(GRAND_CALAIS, title=title).to_pdf()
    )
    with pytest.raises(PageError, match="120 au plus"):
        page_of(GRAND_CALAIS, title="x" * 121)


def test_four_hundred_sites_in_one_town_are_counted_not_heaped(catalogue):
    def crowd(reference, data):
        rows = COLLEGES.load(reference, data)
        calais = rows[rows["commune_code"] == "62193"].head(1)
        many = gpd.GeoDataFrame(
            {name: np.repeat(calais[name].to_numpy(), 400) for name in calais.columns},
            crs=rows.crs,
        )
        turn = np.random.default_rng(62).normal(0, 0.012, (2, 400))
        many["uai"] = [f"x{number}" for number in range(400)]
        many.geometry = gpd.points_from_xy(
            many.geometry.x + turn[0], many.geometry.y + turn[1], crs=rows.crs
        )
        return many

    layers = [replace(c, read=crowd) if c.id == "colleges" else c for c in LAYERS]
    crowded = Catalogue(catalogue.reference, catalogue.data, layers)
    asked = PageRequest(Perimeter.parse("commune:62193"), layers=("colleges",))
    page = draw_page(crowded, asked)
    kept = sum(mark.count for mark in page.placed.marks)
    told = " ".join(page.placed.lost)
    assert kept == 400 or "Collèges" in told
    assert len(page.placed.marks) < 200


def test_what_cannot_be_drawn_is_told_in_a_sentence(page_of, tmp_path):
    with pytest.raises(LayerError, match="inconnue"):
        page_of(GRAND_CALAIS, layers=("licornes",))
    with pytest.raises(LayerError, match="périmètres"):
        page_of(GRAND_CALAIS, layers=("cantons",))
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"<html>")
    with pytest.raises(PageError, match="n’est pas celui d’une image"):
        page_of(GRAND_CALAIS, partner_logo=logo)


def test_a_logo_is_put_in_its_frame(page_of, tmp_path):
    logo = tmp_path / "logo.png"
    Image.new("RGB", (600, 300), "#a3301d").save(logo)
    with pypdfium2.PdfDocument(page_of(GRAND_CALAIS, departement_logo=logo).to_pdf()) as document:
        pictures = document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=8)
        assert len(list(pictures)) == 1


@pytest.mark.parametrize("place", [GRAND_CALAIS, BETHUNE, "departement"])
def test_the_page_looks_as_it_was_last_approved(page_of, place):
    """A page that was changed on purpose: delete its image, run again, look at the new one."""
    name = BASELINES / f"{place.replace(':', '-')}.png"
    shown = Image.open(io.BytesIO(page_of(place).to_png(dpi=50))).convert("L")
    if not name.exists():
        shown.save(name, optimize=True)
        pytest.skip(f"{name.name} was made: look at it")
    with Image.open(name) as approved:
        assert shown.size == approved.size
        off = np.abs(np.asarray(shown, dtype=int) - np.asarray(approved, dtype=int))
    assert off.mean() < 1.5
    assert (off > 60).mean() < 0.004


def test_blocks_of_the_panel_stay_whole_where_a_little_height_allows():
    blocks = [
        Block("", tuple(Row(height, lambda *_: None) for height in heights))
        for heights in ([5.0] * 8, [5.0] * 3, [5.0] * 2)
    ]
    height = lowest_height(blocks, 2, 100.0)
    placed = flow(blocks, 2, height)
    columns = [[one.column for one in placed if one.row in block.rows] for block in blocks]
    assert [set(one) for one in columns] == [{0}, {1}, {1}]


def test_a_total_that_nobody_has_is_told(page_of):
    text = read(page_of("territoire:lens-henin", indicator="fit", layers=()).to_pdf())
    assert "Aucune valeur n’y est connue en entier" in text
    assert "en proportion" not in text
