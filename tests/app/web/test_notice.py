"""A refusal is a page for who reads it in a browser, a bare sentence for programs."""

import pytest

# what Chromium 130, Firefox 132 and Safari 17 send with an address that is opened
BROWSERS = {
    "chromium": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
    "image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
    "firefox": "text/html,application/xhtml+xml,application/xml;q=0.9,image/png,image/svg+xml,"
    "*/*;q=0.8",
    "safari": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
}
REFUSED = {
    "/plan-du-site": 404,
    "/operation/inconnue": 404,
    "/contrat/inconnu": 404,
    "/telecharger/inconnue.csv": 404,
    "/telecharger/colleges.csv?lien=epci:200090751": 400,
    "/points/inconnue.json": 404,
    "/tableau/territoires.odt": 404,
    "/ecarts/inconnu.pdf": 404,
    "/catalogue.n3": 404,
    "/livrets/travaux/inconnu": 404,
    "/api/collections/inconnue": 404,
}


@pytest.fixture(scope="module")
def client(application):
    return application.server.test_client()


@pytest.mark.parametrize("accept", BROWSERS.values(), ids=BROWSERS)
@pytest.mark.parametrize(("address", "status"), REFUSED.items(), ids=REFUSED)
def test_a_refusal_in_a_browser_is_a_page_with_its_header(client, address, status, accept):
    answer = client.get(address, headers={"Accept": accept})
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert '<header class="header">' in answer.text
    assert answer.text.count("<h1>") == 1


@pytest.mark.parametrize("address", [one for one in REFUSED if "." in one or "/api/" in one])
def test_a_refusal_of_a_file_is_no_page_for_a_program(client, address):
    answer = client.get(address, headers={"Accept": "*/*"})
    assert answer.status_code == REFUSED[address]
    assert answer.mimetype in {"text/plain", "application/problem+json", "application/json"}


@pytest.mark.parametrize("accept", BROWSERS.values(), ids=BROWSERS)
def test_the_api_shows_its_pages_to_a_browser_and_json_to_programs(client, accept):
    assert client.get("/api/collections", headers={"Accept": accept}).mimetype == "text/html"
    assert client.get("/api/collections", headers={"Accept": "*/*"}).mimetype == "application/json"
    assert client.get("/api/collections").mimetype == "application/json"
