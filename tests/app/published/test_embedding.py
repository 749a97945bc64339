"""A view goes into somebody else's page: who may frame it, the code of the frame, oEmbed."""

import html
import re
import xml.etree.ElementTree as ET
from urllib.parse import urlencode

import pytest

from app.server import create_app
from app.settings import Settings

HERE = "http://localhost"
VIEW = "/?lieu=epci:200072460&indicateur=densite"


def policy_of(answer):
    return re.search(r"frame-ancestors ([^;]*)", answer.headers["Content-Security-Policy"])[1]


def ask(client, **asked):
    return client.get("/oembed?" + urlencode(asked))


def test_only_the_page_for_frames_is_for_frames(client):
    framed, explorer = client.get("/integrer"), client.get("/")
    assert policy_of(framed) == "'self' *"
    assert "X-Frame-Options" not in framed.headers
    for other in (explorer, client.get("/integrer/code"), client.get("/donnees")):
        assert policy_of(other) == "'self'"
        assert other.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    ("setting", "allowed", "status"),
    [
        ("nulle-part", "'self'", 401),
        (
            "https://mairie.exemple.fr,http://a.fr:81",
            "'self' https://mairie.exemple.fr http://a.fr:81",
            200,
        ),
    ],
)
def test_the_operator_says_who_may_frame_it(catalogue, setting, allowed, status):
    client = create_app(Settings(embed=setting), catalogue).server.test_client()
    assert policy_of(client.get("/integrer")) == allowed
    assert ask(client, url=HERE + VIEW).status_code == status
    told = html.unescape(client.get("/integrer/code").text)
    assert ("ATLAS62_EMBED" in told) == (status == 401)
    assert ("Ces sites peuvent" in told) == (status == 200)


@pytest.mark.parametrize(
    "wrong", ["https://a.fr; script-src *", "https://a.fr/chemin", "a.fr", "*"]
)
def test_a_site_is_an_origin_and_nothing_else(wrong):
    with pytest.raises(ValueError, match="embed"):
        Settings(embed=wrong)


def test_the_framed_page_holds_the_view_and_the_way_to_the_whole(client):
    page = client.get("/integrer" + VIEW.removeprefix("/")).text
    assert 'data-embedded="yes"' in page
    assert "CA de Béthune-Bruay" in page
    way = re.search(r'<a [^>]*href="([^"]*)"[^>]*>Ouvrir dans l’Atlas 62', page)
    assert html.unescape(way[1]) == VIEW
    assert 'target="_blank"' in way[0]
    assert 'data-embedded="no"' in client.get(VIEW).text


def test_oembed_gives_the_frame_of_a_link(client):
    told = ask(client, url=HERE + VIEW).get_json()
    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert told["title"].startswith("CA de Béthune-Bruay")
    source = re.search(r'<iframe src="([^"]*)"', told["html"])[1]
    assert html.unescape(source) == f"{HERE}/integrer?lieu=epci:200072460&indicateur=densite"
    assert (told["width"], told["height"]) == (800, 560)
    answer = ask(client, url=HERE + VIEW, format="xml")
    written = ET.fromstring(answer.data)  # noqa: S314 - ours
    assert {one.tag: one.text for one in written} == {key: str(told[key]) for key in told}


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ({"maxwidth": "500"}, (500, 560)),
        ({"maxwidth": "5000", "maxheight": "400"}, (800, 400)),
        ({"maxwidth": "10", "maxheight": "-3"}, (280, 560)),
        ({"maxwidth": "9" * 5000}, (800, 560)),
    ],
)
def test_a_frame_fits_into_the_room_there_is(client, asked, size):
    told = ask(client, url=HERE + VIEW, **asked).get_json()
    assert (told["width"], told["height"]) == size
    assert f'width="{size[0]}" height="{size[1]}"' in told["html"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://ailleurs.fr/",
        "http://localhost.ailleurs.fr/",
        "http://[::1",
        HERE + "/donnees",
        "https://localhost/",
    ],
)
def test_what_is_no_view_of_this_server_is_told(client, url):
    answer = ask(client, url=url)
    assert answer.status_code == 404
    assert "« url »" in answer.text


def test_another_form_is_told(client):
    assert ask(client, url=HERE + VIEW, format="yaml").status_code == 501


def test_the_view_says_where_its_frame_is_to_be_had(client):
    head = client.get(VIEW).text
    link = re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]*)"', head)
    told = client.get(html.unescape(link[1]).removeprefix(HERE)).get_json()
    assert "epci:200072460" in told["html"]


def test_the_code_is_that_of_the_size_asked_for_and_escapes_what_it_is_given(client):
    asked = urlencode({"lieu": "commune:62119", "largeur": "640", "hauteur": "99999"})
    page = client.get(f"/integrer/code?{asked}").text
    code = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1])
    assert 'title="Béthune – Atlas 62"' in code
    assert 'width="640" height="1600"' in code
    hostile = client.get(
        "/integrer/code?" + urlencode({"lieu": '"><script>alert(1)</script>'})
    ).text
    assert "<script>alert" not in hostile
