"""The QR code of a view: the address that is read is the one that is drawn, and only a view's."""

import pytest
import segno

from app.explore.qr_code import qr_svg, view_address

HERE = "https://atlas.example.fr"


@pytest.mark.parametrize(
    ("address", "drawn"),
    [
        (f"{HERE}/?lieu=epci:200090751", f"{HERE}/?lieu=epci:200090751"),
        (f"{HERE}", f"{HERE}/"),
        (f"{HERE}/?lieu=contrat:ct-ternois&utm_source=x", f"{HERE}/?lieu=contrat:ct-ternois"),
        (f"{HERE}/?lieu=<script>#x", f"{HERE}/"),
        ("http://127.0.0.1:8050/?couches=qpv", "http://127.0.0.1:8050/?couches=qpv"),
    ],
)
def test_a_code_holds_the_view_as_the_page_writes_it(atlas, address, drawn):
    assert view_address(address, atlas.vocabulary) == drawn


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "https://a@evil.example/",
        f"{HERE}/autre",
        f"{HERE}/?{'a' * 3000}",
        "http://[",
        "https://é.fr/",
    ],
)
def test_what_is_no_view_is_refused(client, address):
    answer = client.get("/qr.svg", query_string={"adresse": address})
    assert answer.status_code == 400
    assert "adresse" in answer.text


def test_the_drawing_has_one_module_for_each_of_the_code(client):
    address = f"{HERE}/?lieu=epci:200090751&comparer=epci:200072460"
    answer = client.get("/qr.svg", query_string={"adresse": address})
    assert answer.mimetype == "image/svg+xml"
    side = segno.make_qr(address, error="m").symbol_size(scale=8, border=4)[0]
    assert f'width="{side}" height="{side}"' in answer.text
    assert answer.text == qr_svg(address)
