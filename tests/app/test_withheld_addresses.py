"""Statistical secrecy at every address that shows a figure: said as such, and never zero."""

import io
import json
import re
from html import unescape

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

GUINECOURT, ANGRES = "62396", "QN06202M"
"""A commune of 7 households, a quartier whose poverty is not published: both have people."""
ITEMS = "/api/collections/indicateur.taux_pauvrete.commune/items"
VIEW = f"?indicateur=taux_pauvrete&niveau=commune&lieu=commune:{GUINECOURT}"
ZERO = re.compile(r"(?<![\d,.])0(?:,0)?[\u00a0\u202f ]?%")


def test_the_service_says_null_and_why(client):
    features = client.get(f"{ITEMS}?limit=1000").json["features"]
    cells = {one["properties"]["code"]: one["properties"] for one in features}
    assert cells[GUINECOURT]["taux"] is None
    assert cells[GUINECOURT]["taux_etat"] == "secret statistique"
    assert "pas zéro" in cells[GUINECOURT]["taux_remarque"]
    rates = [one["taux"] for one in cells.values()]
    assert rates.count(None) == 750
    assert min(rate for rate in rates if rate is not None) > 0
    (one,) = client.get(f"{ITEMS}?code={GUINECOURT}").json["features"]
    assert one["properties"] == cells[GUINECOURT]


@pytest.mark.parametrize("question", ["taux=0", "filter=taux<=0", "filter=taux<5"])
def test_no_question_of_the_service_takes_a_secret_for_zero(client, question):
    found = client.get(f"{ITEMS}?{question}").json
    assert found["numberMatched"] == 0


def test_the_pages_of_the_service_write_no_zero(client):
    page = unescape(client.get(f"{ITEMS}?code={GUINECOURT}&f=html").text)
    assert "secret statistique" in page
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", page)
    assert not {"0", "0,0", "0.0", "nan", "None"} & {cell.strip() for cell in cells}


@pytest.mark.parametrize("ending", ["qml", "sld"])
def test_the_style_of_the_service_has_a_sign_for_what_is_secret(client, ending):
    text = client.get(f"/api/collections/indicateur.taux_pauvrete.commune/style.{ending}").text
    assert "secret statistique" in text
    assert "zéro" not in text


def test_the_document_of_an_address_says_it_in_map_and_sheet(client):
    html = unescape(client.get(f"/{VIEW}").text)
    ((style, said),) = re.findall(
        rf'<path class="(f\d+)" data-code="{GUINECOURT}"[^>]*><title>([^<]*)</title>', html
    )
    assert said.endswith("valeur tenue secrète")
    # its fill is a hatching of one zoom, not the colour of a class
    assert not re.search(rf"\.{style}{{fill:#", html)
    assert re.search(rf"\.{style}{{fill:url\(#", html)
    told = [*re.findall("<title>[^<]*", html), *re.findall('<meta[^>]* content="[^"]*"', html)]
    assert any("Guinecourt" in text for text in told)
    assert not any(ZERO.search(text) for text in told)
    sheet = html[html.index('id="sheet"') :]
    assert sheet.count("secret statistique") >= 2


@pytest.mark.parametrize("what", ["fiche", "theme"])
def test_the_answers_of_the_browser_say_it(client, what):
    answer = client.get(f"/choix/{what}{VIEW}")
    text = json.dumps(answer.json, ensure_ascii=False)
    assert "secret" in text
    absent = re.findall(rf'"{GUINECOURT}": ([^,}}]*)', text)
    assert not {"0", "0.0"} & set(absent)


@pytest.mark.parametrize("ending", ["xlsx", "geojson", "gpkg", "csv"])
def test_a_quartier_whose_rate_is_not_published_has_an_empty_cell(client, tmp_path, ending):
    body = client.get(f"/telecharger/qpv.{ending}").data
    if ending == "xlsx":
        head, *rows = (
            openpyxl.load_workbook(io.BytesIO(body)).worksheets[0].iter_rows(values_only=True)
        )
        frame = pd.DataFrame(rows, columns=head)
    elif ending == "csv":
        frame = pd.read_csv(io.BytesIO(body), sep=";", decimal=",", encoding="utf-8-sig")
    else:
        path = tmp_path / f"qpv.{ending}"
        path.write_bytes(body)
        frame = gpd.read_file(path, layer="qpv")
    code = next(name for name in frame.columns if name.lower() == "code")
    rate = next(name for name in frame.columns if name.startswith(("Taux de pauvr", "poverty")))
    rates = frame.set_index(code)[rate]
    assert pd.isna(rates[ANGRES])
    assert rates.isna().sum() == 2
    assert rates.min() > 0


def test_the_sheet_and_the_service_say_it_of_a_quartier(client):
    sheet = unescape(client.get(f"/?lieu=qpv:{ANGRES}").text)
    assert "secret statistique ou non publié" in sheet
    (one,) = client.get(f"/api/collections/qpv/items?code={ANGRES}").json["features"]
    assert one["properties"]["poverty_rate_60"] is None


def test_beside_another_it_is_still_no_zero(client):
    html = unescape(client.get(f"/?lieu=commune:62041&comparer=commune:{GUINECOURT}").text)
    rows = re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    (row,) = [row for row in rows if "pauvreté" in row]
    assert "secret" in row
    assert not ZERO.search(re.sub("<[^>]*>", " ", row))
