import sqlite3

import pytest

from geo.ban.answers import BanAnswer, BanError, Question
from geo.ban.cache import BanCache
from geo.precision import Precision

SERVICE = "https://exemple.test"
ANSWER = BanAnswer("12 Rue Haute", 2.83, 50.43, "62498", Precision.STREET, 0.8)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "un" / "dossier" / "ban.sqlite"


@pytest.fixture
def cache(path):
    cache = BanCache(path, SERVICE)
    yield cache
    cache.close()


def test_what_was_answered_is_known_after_a_restart(cache, path):
    cache.keep({Question("a"): ANSWER, Question("b"): None})
    again = BanCache(path, SERVICE)
    assert again.find(Question("a")) == (True, ANSWER)
    assert again.find(Question("b")) == (True, None)
    assert again.find(Question("c")) == (False, None)
    again.close()


def test_answer_for_one_commune_or_service_is_not_that_of_another(cache, path):
    cache.keep({Question("a", "62498"): ANSWER})
    assert cache.find(Question("a")) == (False, None)
    other = BanCache(path, "https://autre.test")
    assert other.find(Question("a", "62498")) == (False, None)
    other.close()


def test_old_answer_is_asked_again(cache, monkeypatch):
    cache.keep({Question("a"): ANSWER})
    monkeypatch.setattr("geo.ban.cache.DAYS", -1)
    assert cache.find(Question("a")) == (False, None)


def test_file_that_is_no_base_is_replaced(path):
    path.parent.mkdir(parents=True)
    path.write_bytes(b"pas une base" * 500)
    cache = BanCache(path, SERVICE)
    cache.keep({Question("a"): ANSWER})
    assert cache.find(Question("a")) == (True, ANSWER)
    cache.close()


def test_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "fichier").write_text("x", encoding="utf-8")
    with pytest.raises(BanError, match="ne peut servir de mémoire"):
        BanCache(tmp_path / "fichier" / "ban.sqlite", SERVICE)


def test_text_is_never_taken_for_a_command(cache, path):
    cache.keep({Question("'); DROP TABLE answers; --"): ANSWER})
    with sqlite3.connect(path) as base:
        assert base.execute("SELECT count(*) FROM answers").fetchone() == (1,)
    base.close()
