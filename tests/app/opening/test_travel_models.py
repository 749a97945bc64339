from pathlib import Path

import pytest

from app.gaps.calculator import GapCalculator
from app.gaps.page import NO_ANSWER
from app.gaps.view import GapView
from app.opening.travel_models import models_of
from app.settings import SettingsError, read_settings
from tests.layers.three_towns import MINUTES, matrix, three_towns


def test_the_operator_s_file_adds_a_measure():
    assert list(models_of(None)) == ["vol-d-oiseau", "distance"]
    assert list(models_of(Path("nord.osm.pbf")))[-1] == "routes"
    assert list(models_of(Path("minutes.parquet")))[-1] == "matrice"


def test_a_file_that_is_not_there_is_a_sentence(monkeypatch):
    monkeypatch.setenv("ATLAS62_TRAVEL", "/nulle/part.csv")
    with pytest.raises(SettingsError, match=r"ATLAS62_TRAVEL : trouvé « /nulle/part.csv »"):
        read_settings()


def test_the_page_answers_with_the_minutes_of_the_table(reference, tmp_path):
    matrix(tmp_path)
    desk = GapCalculator(three_towns(reference), models_of(tmp_path / "minutes.csv"))
    view = GapView("phares", 20, "matrice", scenarios=(("62160",),))
    answer = desk.answer(view)
    assert answer.now.total.beyond.people == 40
    assert answer.scenarios[0].brought == 40


def test_a_table_without_a_way_to_the_services_is_a_sentence(reference, tmp_path):
    matrix(tmp_path, dict.fromkeys(MINUTES, ""))
    desk = GapCalculator(three_towns(reference), models_of(tmp_path / "minutes.csv"))
    with pytest.raises(NO_ANSWER, match="Aucune commune n’a un lieu"):
        desk.answer(GapView("phares", 20, "matrice"))
