import traceback
from pathlib import Path

import pytest

from app.jobs.queue_place import QueuePlace, place_of
from app.settings import NO_SERVICE, BaseMap, Settings, SettingsError, read_settings


@pytest.fixture(autouse=True)
def no_variable(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ATLAS62_{name.upper()}", raising=False)


def test_without_variables_the_map_is_local_and_loads_nothing_from_outside():
    settings = read_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8050)
    assert settings.base_map is BaseMap.NONE
    assert settings.ban == NO_SERVICE
    assert (settings.data / "communes").is_dir()


def test_variables_are_read(monkeypatch, tmp_path):
    monkeypatch.setenv("ATLAS62_PORT", "9000")
    monkeypatch.setenv("ATLAS62_DATA", str(tmp_path))
    monkeypatch.setenv("ATLAS62_LOG_LEVEL", "debug")
    monkeypatch.setenv("ATLAS62_BASE_MAP", "plan-ign")
    settings = read_settings()
    assert settings.port == 9000
    assert settings.data == tmp_path
    assert settings.log_level == "DEBUG"
    assert settings.base_map is BaseMap.PLAN_IGN


def test_an_empty_variable_counts_as_absent(monkeypatch):
    monkeypatch.setenv("ATLAS62_PORT", "")
    assert read_settings().port == 8050


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("ATLAS62_PORT", "abc", "un entier de 1 à 65535"),
        ("ATLAS62_PORT", "0", "un entier de 1 à 65535"),
        ("ATLAS62_PORT", "65536", "un entier de 1 à 65535"),
        ("ATLAS62_DATA", "/no/such/folder", "un dossier qui existe"),
        ("ATLAS62_BASE_MAP", "google", "aucun, plan-ign ou openstreetmap"),
        ("ATLAS62_LOG_LEVEL", "bavard", "DEBUG, INFO, WARNING ou ERROR"),
        ("ATLAS62_WORKERS", "-1", "un entier de 1 à 64"),
        (
            "ATLAS62_BAN",
            "ftp://exemple.fr",
            Settings.model_fields["ban"].description,
        ),
    ],
)
def test_a_wrong_value_is_told_in_french(monkeypatch, name, value, expected):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert str(error.value) == f"Réglage {name} : trouvé « {value} », attendu {expected}."


def test_the_store_may_be_a_database_whose_password_is_in_nothing_that_is_printed(monkeypatch):
    monkeypatch.setenv("ATLAS62_STORE", "postgresql://atlas:motdepasse@base.exemple.fr/atlas")
    settings = read_settings()
    assert settings.store.get_secret_value().startswith("postgresql://atlas:")
    assert "motdepasse" not in f"{settings!r} {settings} {settings.model_dump()}"
    monkeypatch.setenv("ATLAS62_STORE", "mysql://atlas:motdepasse@base.exemple.fr/atlas")
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert "une base, comme postgresql://compte@serveur/base" in str(error.value)
    assert "motdepasse" not in "".join(traceback.format_exception(error.value))


def test_a_queue_that_machines_share_has_a_secret_and_its_password_is_printed_nowhere(
    monkeypatch, tmp_path
):
    monkeypatch.setenv("ATLAS62_CACHE", str(tmp_path))
    assert place_of(read_settings()) == QueuePlace(tmp_path / "travaux.sqlite3")
    assert read_settings().results == tmp_path / "livrets"
    address = "postgresql://atlas:motdepasse@serveur/base"
    monkeypatch.setenv("ATLAS62_QUEUE", address)
    with pytest.raises(SettingsError, match="attendu aussi ATLAS62_QUEUE_SECRET"):
        read_settings()
    secret = tmp_path / "secret"
    secret.write_bytes(b"court")
    monkeypatch.setenv("ATLAS62_QUEUE_SECRET", str(secret))
    with pytest.raises(SettingsError, match="trouvé 5 octets, attendu un fichier d’au moins 32"):
        read_settings()
    secret.write_bytes(b"0" * 32)
    settings = read_settings()
    assert place_of(settings) == QueuePlace(tmp_path / "travaux.sqlite3", address, secret)
    assert "motdepasse" not in repr(settings) + repr(place_of(settings))
    monkeypatch.setenv("ATLAS62_QUEUE", "redis://:motdepasse@serveur")
    with pytest.raises(SettingsError, match="attendu fichier, ou une base") as caught:
        read_settings()
    assert "motdepasse" not in str(caught.value)


def test_what_stands_beside_the_store_is_in_its_folder_or_where_it_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("ATLAS62_STORE", str(tmp_path / "un" / "atlas62.gpkg"))
    assert read_settings().folder == tmp_path / "un"
    monkeypatch.setenv("ATLAS62_STORE", "postgresql:///atlas")
    assert read_settings().folder.name == "atlas62"
    monkeypatch.setenv("ATLAS62_FOLDER", str(tmp_path / "deux"))
    assert read_settings().folder == tmp_path / "deux"


def test_every_wrong_value_is_told_at_once(monkeypatch):
    monkeypatch.setenv("ATLAS62_PORT", "abc")
    monkeypatch.setenv("ATLAS62_DATA", str(Path("/no/such")))
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert len(str(error.value).splitlines()) == 2
