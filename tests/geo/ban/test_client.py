"""The client of the Base Adresse Nationale, against a server that behaves well and badly."""

import json
import time

import pytest

from geo.ban.answers import BanError, Question, read_features, read_table
from geo.ban.client import BanClient
from geo.http_service import BrokenAnswerError, RequestPolicy
from geo.precision import Precision
from tests.geo.ban.ban_server import LENS, as_features

QUICK = RequestPolicy(per_second=1_000, tries=3, backoff_s=0.01, longest_wait_s=0.05, timeout_s=0.3)
PAIX = Question("12 rue de la Paix, Lens")


@pytest.fixture
def client(ban_server):
    ban_server.answers[PAIX.text] = LENS
    return BanClient(ban_server.address, QUICK)


def test_answer_is_read(client):
    answer = client.search(PAIX)
    assert (answer.lon, answer.lat, answer.city_code) == (2.8299, 50.4311, "62498")
    assert answer.precision is Precision.ADDRESS
    assert answer.label == "12 Rue de la Paix 62300 Lens"


def test_text_without_an_answer_has_none(client):
    assert client.search(Question("nulle part")) is None


def test_commune_is_asked_for_by_its_code(client, ban_server):
    client.search(Question(PAIX.text, "62498"))
    assert ban_server.asked == [(PAIX.text, "62498")]


def test_file_of_questions_is_answered_in_order(client, ban_server):
    questions = [Question("inconnu"), PAIX, Question('deux\nlignes, "guillemets"', "62041")]
    answers = client.search_many(questions)
    assert [answer and answer.city_code for answer in answers] == [None, "62498", None]
    assert ban_server.asked[0][2] == ('deux lignes, "guillemets"', "62041")


@pytest.mark.parametrize(
    "trouble", [429, (429, "0"), 500, 502, 503, 504, "slow", "cut", "hang up", b"{", b"\xff", b""]
)
def test_trouble_that_passes_is_got_over(client, ban_server, trouble):
    ban_server.troubles.append(trouble)
    assert client.search(PAIX).city_code == "62498"
    assert len(ban_server.asked) == 2


@pytest.mark.parametrize("trouble", [503, "cut", b"ligne;texte\n", b"ligne,texte\n7,x\n"])
def test_trouble_with_a_file_is_got_over(client, ban_server, trouble):
    ban_server.troubles.append(trouble)
    assert client.search_many([PAIX])[0].city_code == "62498"


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (503, "réponse 503"),
        ((429, "1"), "réponse 429"),
        ("slow", "délai dépassé"),
        ("hang up", "connexion impossible ou coupée"),
        (b"<html>", "réponse illisible"),
    ],
)
def test_trouble_that_lasts_is_one_french_sentence(client, ban_server, trouble, said):
    ban_server.troubles.extend([trouble] * 3)
    with pytest.raises(BanError) as caught:
        client.search(PAIX)
    assert str(caught.value) == f"Base Adresse Nationale ({ban_server.address}) : {said}."
    assert len(ban_server.asked) == 3


@pytest.mark.parametrize("status", [400, 401, 404, 302])
def test_refusal_is_not_tried_again_nor_followed_elsewhere(client, ban_server, status):
    ban_server.troubles.append(status)
    with pytest.raises(BanError, match=f"réponse {status}"):
        client.search(PAIX)
    assert len(ban_server.asked) == 1


def test_nobody_there_is_said():
    client = BanClient("http://127.0.0.1:9", QUICK)
    with pytest.raises(BanError, match="connexion impossible"):
        client.search(PAIX)


def test_retry_after_is_kept_to(ban_server):
    client = BanClient(ban_server.address, RequestPolicy(1_000, 2, 0.01, 1.5, 1))
    ban_server.troubles.append((429, "1"))
    client.search(PAIX)
    first, second = ban_server.times
    assert second - first >= 0.99


def test_requests_are_no_faster_than_allowed(ban_server):
    client = BanClient(ban_server.address, RequestPolicy(per_second=20))
    started = time.monotonic()
    for _ in range(4):
        client.search(PAIX)
    assert time.monotonic() - started >= 3 / 20


def test_answer_that_never_ends_is_refused(ban_server, monkeypatch):
    monkeypatch.setattr("geo.ban.client.LARGEST_ANSWER", 1_000)
    client = BanClient(ban_server.address, QUICK)
    ban_server.troubles.extend([b"x" * 5_000] * 3)
    with pytest.raises(BanError, match="trop longue"):
        client.search(PAIX)


@pytest.mark.parametrize(
    "wrong",
    [
        {"longitude": "est"},
        {"longitude": 1e9},
        {"latitude": float("nan")},
        {"score": None},
        {"citycode": "6"},
        {"citycode": None},
    ],
)
def test_impossible_answer_is_not_believed(wrong):
    with pytest.raises(BrokenAnswerError):
        read_features(as_features(LENS | wrong))


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b'{"features": 3}', b'{"features": [{}]}', b"[" * 100_000, b"null"]
)
def test_what_is_no_collection_is_not_believed(body):
    with pytest.raises(BrokenAnswerError):
        read_features(body)


def test_unknown_type_of_answer_is_no_answer():
    assert read_features(as_features(LENS | {"type": "poi"})) is None


def test_label_is_bounded():
    assert len(read_features(as_features(LENS | {"label": "x" * 10_000})).label) == 300


def test_file_with_rows_twice_or_missing_is_refused():
    header = b"ligne,texte,code_insee,latitude\n"
    for rows in (b"0,a,,\n0,a,,\n", b"0,a,,\n", b"0,a,,\n2,b,,\n", b""):
        with pytest.raises(BrokenAnswerError):
            read_table(header + rows, [Question("a"), Question("b")])


def test_question_is_sent_as_typed(ban_server):
    text = "12 rue de l’Église & <b>Œuf</b> + 100 %"
    BanClient(ban_server.address, QUICK).search(Question(text))
    assert ban_server.asked == [(text, "")]
    assert json.dumps(text)
