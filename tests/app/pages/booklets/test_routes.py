import pytest

PAGE = "/livrets"
JOBS = "/livrets/travaux"


def test_the_page_offers_every_place_and_keeps_what_its_address_says(client):
    text = client.get(f"{PAGE}?lieu=contrat:ct-ternois&titre=Essai&format=A3").text
    assert text.count("<option") > 950
    assert '<option value="contrat:ct-ternois" selected>' in text
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
