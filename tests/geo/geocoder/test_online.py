"""Our answer and the service's merged into one place."""

import pytest

from geo.ban.cache import BanCache
from geo.ban.client import BanClient
from geo.geocoder.online import BAN, UNREACHABLE, OnlineGeocoder, believe
from geo.http_service import RequestPolicy
from geo.perimeter import Level, Perimeter
from geo.precision import Precision
from tests.geo.ban.ban_server import LENS

QUICK = RequestPolicy(per_second=1_000, tries=2, backoff_s=0.01, longest_wait_s=0.05, timeout_s=0.3)
TEXT = "12 rue de la Paix, 62300 Lens"


@pytest.fixture
def online(geocoder, ban_server):
    ban_server.answers[TEXT] = LENS
    return OnlineGeocoder(geocoder, BanClient(ban_server.address, QUICK))


def test_point_is_the_service_s_and_commune_is_ours(online):
    place = online.geocode(TEXT)
    assert (place.lon, place.lat) == (LENS["longitude"], LENS["latitude"])
    assert (place.commune, place.precision) == ("Lens", Precision.ADDRESS)
    assert place.source == f"référence des communes + {BAN}"
    assert place.confidence == online.geocoder.geocode(TEXT).confidence


def test_service_is_asked_within_the_commune_we_are_sure_of(online, ban_server):
    online.geocode(TEXT)
    online.geocode("12 rue de la Paix, Arras ou Béthune")
    assert ban_server.asked[0] == (TEXT, "62498")
    assert ban_server.asked[1][1] == ""


@pytest.mark.parametrize(
    "text", ["Lens", "62300 LENS CEDEX", "gare de Béthune", "Lille", "12 rue Haute, 59800 Lille"]
)
def test_nothing_is_asked_where_nothing_would_be_gained(online, ban_server, text):
    assert online.geocode(text) == online.geocoder.geocode(text)
    assert ban_server.asked == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"longitude": 5.37, "latitude": 43.29}, "point à 816 km de sa commune"),
        ({"citycode": "13055"}, "hors du département"),
        (
            {"citycode": "62041", "longitude": 2.78, "latitude": 50.29},
            "dans une autre commune, Arras",
        ),
    ],
)
def test_wrong_answer_is_refused_and_said(online, ban_server, wrong, said):
    ban_server.answers[TEXT] = LENS | wrong
    place = online.geocode(TEXT)
    assert (place.commune, place.precision) == ("Lens", Precision.COMMUNE)
    assert "écarté" in place.remark
    assert said in place.remark


@pytest.mark.parametrize("poor", [{"score": 0.2}, {"type": "municipality"}, {"type": "poi"}])
def test_poor_answer_changes_nothing(online, ban_server, poor):
    ban_server.answers[TEXT] = LENS | poor
    assert online.geocode(TEXT) == online.geocoder.geocode(TEXT)


def test_old_code_of_the_service_leads_to_the_commune_of_today(online, ban_server, reference):
    hall = reference.communes["62447"].town_hall
    text = "3 rue du Moulin, 62140 Marconne"
    ban_server.answers[text] = LENS | {
        "citycode": "62549", "longitude": hall.lon, "latitude": hall.lat,
    }  # fmt: skip
    place = online.geocode(text)
    assert (place.commune_code, place.precision) == ("62447", Precision.ADDRESS)
    assert "Marconne fait partie de Hesdin-la-Forêt" in place.remark


def test_service_decides_where_we_are_not_sure(online, ban_server):
    text = "rue du Bois, Villers"
    ours = online.geocoder.geocode(text)
    assert ours.confidence < 0.9
    ban_server.answers[text] = {
        "label": "Rue du Bois 62217 Neuville-Vitasse",
        "score": 0.9,
        "type": "street",
        "citycode": "62611",
        "longitude": 2.8185,
        "latitude": 50.2478,
    }
    place = online.geocode(text)
    assert (place.commune, place.precision, place.source) == (
        "Neuville-Vitasse",
        Precision.STREET,
        BAN,
    )
    assert place.remark == f"Commune donnée par la {BAN}."
    assert 0.5 <= place.confidence < 1
    assert place.confidence + sum(a.confidence for a in place.alternatives) <= 1 + 1e-9


def test_service_places_what_only_the_context_says(online, ban_server):
    text = "Chemin rural du Grand Fossé"
    ban_server.answers[text] = LENS | {"label": "Chemin du Grand Fossé", "type": "locality"}
    place = online.geocode(text, Perimeter(Level.EPCI, "246200364"))
    assert (place.commune, place.precision, place.area) == ("Lens", Precision.DISTRICT, None)


def test_file_goes_in_one_request_and_repeated_texts_are_asked_once(online, ban_server):
    texts = [TEXT, "Lens", TEXT, "4 rue Haute, 62000 Arras", "Lille"]
    places = online.geocode_many(texts)
    assert [place.commune or place.outside for place in places] == [
        "Lens", "Lens", "Lens", "Arras", "Lille (Nord)",
    ]  # fmt: skip
    assert ban_server.asked == [[(TEXT, "62498"), ("4 rue Haute, 62000 Arras", "62041")]]


def test_progress_is_told_to_the_end(online, monkeypatch):
    monkeypatch.setattr("geo.geocoder.online.CHUNK", 2)
    told = []
    texts = [f"{number} rue Haute, 62000 Arras" for number in range(5)]
    online.geocode_many(texts, progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_failure_is_a_remark_and_stops_the_asking(online, ban_server, monkeypatch):
    monkeypatch.setattr("geo.geocoder.online.CHUNK", 2)
    ban_server.troubles.extend([503] * 2)
    places = online.geocode_many([f"{number} rue Haute, 62000 Arras" for number in range(5)])
    assert all(place.commune == "Arras" for place in places)
    assert all(UNREACHABLE in place.remark for place in places)
    assert online.failure.startswith("Base Adresse Nationale")
    assert len(ban_server.asked) == 2


def test_run_that_was_stopped_goes_on_where_it_was(geocoder, ban_server, tmp_path, monkeypatch):
    monkeypatch.setattr("geo.geocoder.online.CHUNK", 2)
    texts = [f"{number} rue Haute, 62000 Arras" for number in range(6)]
    client = BanClient(ban_server.address, QUICK)
    cache = BanCache(tmp_path / "ban.sqlite", client.address)

    class StoppedError(Exception):
        pass

    def stop(done, _total):
        if done == 4:
            raise StoppedError

    with pytest.raises(StoppedError):
        OnlineGeocoder(geocoder, client, cache).geocode_many(texts, progress=stop)
    ban_server.asked.clear()
    OnlineGeocoder(geocoder, client, cache).geocode_many(texts)
    assert [text for text, _ in ban_server.asked[0]] == texts[4:]
    ban_server.asked.clear()
    OnlineGeocoder(geocoder, client, cache).geocode_many(texts)
    assert ban_server.asked == []
    cache.close()


def test_belief_grows_with_ours_and_stays_a_probability():
    beliefs = [believe(ours / 10) for ours in range(11)]
    assert beliefs == sorted(beliefs)
    assert beliefs[0] == pytest.approx(0.5)
    assert beliefs[-1] == 1
