import io
import re

import pytest

from app.server import create_app
from app.settings import Settings
from layers.indicators.every import list_indicators

PAGE = "/livrets"
JOBS = "/livrets/travaux"


def test_the_page_offers_every_place_and_keeps_what_its_address_says(client):
    text = client.get(f"{PAGE}?lieu=contrat:ct-ternois&titre=Essai&format=A3").text
    assert text.count("<option") > 950
    assert '<option value="contrat:ct-ternois" data-level="epci" selected>' in text
    assert 'value="Essai"' in text
    assert "<option selected>A3</option>" in text


def test_what_its_address_says_wrongly_is_told_and_escaped(client):
    answer = client.get(f"{PAGE}?lieu=<script>&titre=<script>&indicateur=%22%3E<script>")
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert "inconnu" in answer.text


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.example"}]
)
def test_a_form_of_another_site_starts_nothing(client, headers):
    answer = client.post(JOBS, data={"sortie": "pdf"}, headers=headers)
    assert answer.status_code == 403


def test_an_unknown_output_is_refused_in_words(client):
    answer = client.post(JOBS, data={"sortie": "docx"}, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert "docx" in answer.json["message"]


@pytest.mark.parametrize("job", ["0" * 16, "..", "x"])
def test_a_job_that_does_not_exist_is_told(client, job):
    for method, path in (("GET", ""), ("GET", "/fichier"), ("POST", "/reprendre")):
        assert client.open(f"{JOBS}/{job}{path}", method=method).status_code == 404


def test_every_indicator_and_every_operation_is_offered(client, catalogue):
    text = client.get(f"{PAGE}?indicateur=chiffre_colleges&fiche=1").text
    assert '<option value="chiffre_colleges" selected>' in text
    assert all(f'<option value="{one}"' in text for one in list_indicators(catalogue))
    assert all(f'name="legende-{one}"' in text for one in catalogue.load("operations")["id"])
    here = client.get(f"{PAGE}?lieu=epci:200090751").text
    shown = re.findall(r'data-places="([^"]*)">', here)
    assert len(shown) == 1
    assert {"epci:200090751", "contrat:ct-grand-calais", "commune:62193", "departement:62"} <= {
        *shown[0].split()
    }
    assert 'name="fiche" value="1" checked' in text


def test_a_logo_that_is_none_starts_nothing(client):
    files = {"sortie": "pdf", "logo-partenaire": (io.BytesIO(b"<html>"), "logo.png")}
    answer = client.post(JOBS, data=files, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert "n’est pas celui" in answer.json["message"]


def test_a_form_that_is_too_heavy_is_refused_unread(client):
    kind = "multipart/form-data; boundary=x"
    accept = {"Accept": "application/json"}
    answer = client.post(JOBS, data=bytes(9_000_000), content_type=kind, headers=accept)
    assert answer.status_code == 413
    assert "2 Mo" in answer.json["message"]


@pytest.fixture
def visitors(catalogue, tmp_path):
    settings = Settings(cache=tmp_path / "cache", store=tmp_path / "a.gpkg")
    server = create_app(settings, catalogue).server
    return [server.test_client() for _ in range(3)]


def ask(visitor, **asked):
    return visitor.post(JOBS, data={"sortie": "svg", **asked}, headers=SCRIPT)


SCRIPT = {"Accept": "application/json"}


def test_what_the_server_has_no_room_for_is_nobody_s_fault(visitors, monkeypatch):
    monkeypatch.setattr("app.jobs.register.MOST_WAITING", 1)
    assert ask(visitors[0], titre="Une").status_code == 200
    refused = ask(visitors[1], titre="Autre")
    assert refused.status_code == 503
    assert "en tout" in refused.json["message"]
    assert 0 < int(refused.headers["Retry-After"]) <= 3600


def test_twenty_posts_a_shared_job_and_a_stranger(visitors, tmp_path):
    one, other, stranger = visitors
    answers = [ask(one, titre=f"Page {number}") for number in range(20)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 10
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
    assert "à vous" in answers[-1].json["message"]
    answer = ask(other, titre="Page 3")
    assert answer.status_code == 200
    address = answer.json["url"]
    assert "atlas62-livrets" in answer.headers["Set-Cookie"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    for step in ("annuler", "retirer"):
        refused = stranger.post(f"{address}/{step}", headers=SCRIPT)
        assert refused.status_code == 403
        assert "quelqu’un d’autre" in refused.json["message"]
    assert "Arrêter" not in stranger.get(address).text
    assert "Arrêter" in one.get(address).text
    told = one.post(f"{address}/annuler", headers=SCRIPT).json
    assert (told["phase"], told["alive"]) == ("annulé", False)
    assert "Vous ne l’attendez plus" in told["message"]
    assert other.get(address, headers=SCRIPT).json["phase"] == "attend"
    assert "Vos travaux" in other.get(PAGE).text
    assert "Vos travaux" not in stranger.get(PAGE).text
    assert other.post(f"{JOBS}/retirer").status_code == 303
    assert (tmp_path / "cache" / address.lstrip("/").replace("travaux/", "") / "removed").exists()


def test_one_press_leads_to_the_file_itself(visitors, tmp_path):
    reader = visitors[0]
    asked = {"sortie": "pdf", "fiche": "1", "ouvrir": "1", "lieu": "epci:200072460"}
    answer = reader.post(JOBS, data=asked)
    assert answer.status_code == 303
    address = answer.headers["Location"]
    assert address.endswith("?ouvrir=1")
    waiting = reader.get(address)
    assert '<meta http-equiv="refresh" content="1">' in waiting.text
    assert "<progress" in waiting.text
    assert "le PDF s’ouvre ici" in waiting.text
    job = tmp_path / "cache" / "livrets" / address.rpartition("/")[2].partition("?")[0]
    (job / "livret-epci-200072460.pdf").write_bytes(b"%PDF-1.7")
    (job / "result.json").write_text(
        '{"code": 0, "cancelled": false, "said": "", "error": ""}', encoding="utf-8"
    )
    ready = reader.get(address)
    assert ready.status_code == 303
    assert ready.headers["Location"].endswith("/fichier?ouvrir=1")
    file = reader.get(ready.headers["Location"])
    assert file.data.startswith(b"%PDF-")
    assert file.headers["Content-Disposition"].startswith("inline")
    assert "object-src 'self'" in file.headers["Content-Security-Policy"]
    # whoever did not ask for it so still gets it as a file
    kept = reader.get(ready.headers["Location"].partition("?")[0])
    assert kept.headers["Content-Disposition"].startswith("attachment")
