"""The picture of a view for who gets its link: of the right size, of that view, kept."""

import io

import pytest
from PIL import Image

from app.drawing.tokens import colour


def rgb(name):
    text = colour(name)
    return tuple(int(text[at : at + 2], 16) for at in (1, 3, 5))


def near(pixel, wanted):
    return all(abs(one - other) < 12 for one, other in zip(pixel, wanted, strict=True))


@pytest.fixture
def card(client):
    def draw(query=""):
        answer = client.get(f"/choix/apercu.png?{query}")
        assert answer.content_type == "image/png"
        return answer, Image.open(io.BytesIO(answer.data))

    return draw


def test_a_view_has_a_picture_of_the_size_that_messages_want(card):
    answer, picture = card("lieu=epci:200090751")
    assert picture.size == (1200, 630)
    assert len(answer.data) < 150_000
    shown = picture.convert("RGB")
    assert near(shown.getpixel((5, 5)), rgb("paper"))
    assert near(shown.getpixel((500, 5)), rgb("sea"))
    selection = sum(
        count for count, pixel in shown.getcolors(1 << 20) if near(pixel, rgb("selection"))
    )
    assert selection > 1000, "the outline of what is open"


def test_other_views_have_other_pictures_and_the_same_one_the_same(card):
    first, again, other = card("")[0], card("")[0], card("indicateur=densite")[0]
    assert first.data == again.data != other.data


@pytest.mark.parametrize(
    "query", ["lieu=nulle&indicateur=x&vue=1", "vue=16,49,5", "lieu=qpv:QN06254M"]
)
def test_whatever_is_asked_a_picture_comes(card, query):
    assert card(query)[1].size == (1200, 630)


def test_the_document_names_its_picture_by_its_whole_address(client):
    html = client.get("/?lieu=epci:200090751&couches=qpv").text
    address = "http://localhost/choix/apercu.png?lieu=epci:200090751&amp;couches=qpv"
    assert f'<meta property="og:image" content="{address}">' in html
