import pytest

from layers.store.geopackage import GeoPackageStore
from tests.layers.store.test_geopackage import described, rows


@pytest.fixture
def signed_on(monkeypatch, tmp_path):
    """Set a provider, and a store with one layer; nobody asks the provider of commands."""
    secret = tmp_path / "secret"
    secret.touch()
    for name, value in {
        "OIDC": "https://identite.exemple.fr", "OIDC_CLIENT": "x", "OIDC_SECRET": secret,
        "ADDRESS": "https://atlas.exemple.fr", "STORE": tmp_path / "atlas62.gpkg",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"ATLAS62_{name}", str(value))
    store = GeoPackageStore(tmp_path / "atlas62.gpkg", tmp_path / "sauvegardes")
    store.adopt(described("lieux"), rows())
    return store


def test_what_a_command_takes_away_is_noted_and_undone(atlas62, signed_on):
    assert atlas62("retirer", "lieux").exit_code == 0
    assert signed_on.adoptions() == {}
    told = atlas62("journal").output
    assert "(commande)" in told
    assert "Retire la couche « Lieux »".replace(" ", "\N{NO-BREAK SPACE}")[:6] in told
    undone = atlas62("journal", "--annuler", "1", "--par", "Zoé")
    assert undone.exit_code == 0
    assert "Zoé (commande)" in undone.output
    assert signed_on.adoptions()["lieux"].rows == 3
    assert "annulée par la ligne 2" in atlas62("journal").output
    assert atlas62("journal", "--annuler", "9").exit_code != 0


def test_without_sign_on_commands_note_nothing(atlas62, signed_on, monkeypatch, tmp_path):
    monkeypatch.delenv("ATLAS62_OIDC")
    assert atlas62("retirer", "lieux").exit_code == 0
    assert signed_on.adoptions() == {}
    assert not (tmp_path / "journal.sqlite").exists()
    assert atlas62("journal").output == ""
