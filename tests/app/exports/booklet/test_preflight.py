import pytest

from app.exports.booklet import Light, PageError, preflight
from app.exports.paper import to_pdf

GRAND_CALAIS = "epci:200090751"


def lights(report):
    return {check.title: check.light for check in report.checks}


def test_the_page_for_screens_is_green(page_of):
    report = preflight(page_of(GRAND_CALAIS).to_pdf())
    assert report.light is Light.GREEN, str(report)
    assert {"Polices", "Échelle", "Accessibilité", "Sources et date"} <= set(lights(report))


def test_the_printer_s_page_says_how_far_it_goes(page_of, tmp_path):
    page = page_of(GRAND_CALAIS)
    report = preflight(page.to_printer_pdf())
    found = lights(report)
    assert found.pop("Intention de sortie") is Light.AMBER
    assert set(found.values()) == {Light.GREEN}, str(report)

    header = bytearray(200)
    header[16:20], header[36:40] = b"CMYK", b"acsp"
    profile = tmp_path / "press.icc"
    profile.write_bytes(bytes(header))
    assert preflight(page.to_printer_pdf(profile)).light is Light.GREEN
    profile.write_bytes(b"RGB")
    with pytest.raises(PageError, match="profil ICC"):
        page.to_printer_pdf(profile)


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
