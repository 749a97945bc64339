import io

import pypdf
import pytest
from PIL import Image, ImageCms, ImageColor
from pypdf.generic import DictionaryObject, NameObject

from app.drawing.signs import SIGNS
from app.exports.booklet.pen import inks
from app.exports.booklet.press.condition import SHIPPED, shipped_condition
from app.exports.booklet.press.preflight import Light, preflight
from app.exports.booklet.scene.request import PageError
from app.exports.paper import to_pdf

GRAND_CALAIS = "epci:200090751"


def lights(report):
    return {check.title: check.light for check in report.checks}


def test_the_page_for_screens_is_green(page_of):
    report = preflight(page_of(GRAND_CALAIS).to_pdf())
    assert report.light is Light.GREEN, str(report)
    assert {"Polices", "Échelle", "Accessibilité", "Sources et date"} <= set(lights(report))


def test_the_printer_s_page_is_green_and_holds_the_profile(page_of, tmp_path):
    page = page_of(GRAND_CALAIS)
    content = page.to_printer_pdf()
    report = preflight(content)
    assert report.light is Light.GREEN, str(report)
    assert "ISO Coated v2 300%" in str(report)
    assert "PDF/X-4" in lights(report)
    assert len(content) < 1_000_000

    own = tmp_path / "press.icc"
    own.write_bytes(SHIPPED.read_bytes())
    assert preflight(page.to_printer_pdf(own)).light is Light.GREEN
    own.write_bytes(SHIPPED.read_bytes()[:5000])
    with pytest.raises(PageError, match="profil ICC"):
        page.to_printer_pdf(own)


def test_logos_are_printed_in_inks(page_of, tmp_path):
    drawn, seen = tmp_path / "a.svg", tmp_path / "b.png"
    drawn.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3" '
        'fill="#c00" stroke="#123456"/></svg>'
    )
    Image.new("RGBA", (600, 300), (0, 120, 60, 128)).save(seen)
    page = page_of(GRAND_CALAIS, partner_logo=drawn, departement_logo=seen)
    report = preflight(page.to_printer_pdf())
    assert report.light is Light.GREEN, str(report)


def test_what_pdf_x_forbids_or_misses_is_told(page_of):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(page_of(GRAND_CALAIS).to_printer_pdf()))
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject()
    del writer.root_object["/Metadata"]
    written = io.BytesIO()
    writer.write(written)
    check = next(c for c in preflight(written.getvalue()).checks if c.title == "PDF/X-4")
    assert check.light is Light.AMBER
    for told in ("annoncé", "titre, dates et identité", "script"):
        assert told in check.message
    assert "profil" not in check.message


def test_inks_look_as_on_screen_and_letters_are_black_alone():
    condition = shipped_condition()
    assert condition.plates(inks.INK) == (0, 0, 0, 1)
    for grey in (*inks.GREY, "#333333"):
        assert condition.plates(grey)[:3] == (0, 0, 0)
    colours = [inks.LAND, inks.SEA, inks.ABROAD, inks.MONEY, *inks.THIN]
    colours += [sign.colour for sign in SIGNS.values()]
    back = ImageCms.buildTransform(
        io.BytesIO(condition.content), ImageCms.createProfile("sRGB"), "CMYK", "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )  # fmt: skip
    for colour in colours:
        dots = tuple(round(255 * part) for part in condition.plates(colour))
        printed = ImageCms.applyTransform(Image.new("CMYK", (1, 1), dots), back).getpixel((0, 0))
        off = [abs(a - b) for a, b in zip(printed, ImageColor.getrgb(colour), strict=True)]
        assert max(off) <= 45, (colour, printed)


def test_defects_are_red():
    small = (
        '<html lang="fr"><head><title>x</title></head>'
        '<body style="font:5pt Atlas Sans">trop petit</body></html>'
    )
    found = lights(preflight(to_pdf(small)))
    assert found["Plus petit texte"] is Light.RED
    assert found["Échelle"] is Light.RED
    assert found["Sources et date"] is Light.RED


def test_what_is_no_pdf_is_red_and_not_an_exception():
    assert preflight(b"%PDF-1.7 et rien").light is Light.RED
    assert preflight(b"").light is Light.RED
