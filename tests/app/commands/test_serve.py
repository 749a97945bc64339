"""What an operator is told who starts the server, and what keeps it from starting.

As a process that answers and stops it is seen where it is installed: ``tests/test_wheel.py``.
"""

import pytest

from app.commands.serve import _announce
from app.web.serving import open_port


def test_a_port_in_use_is_one_french_sentence(atlas62, port):
    with open_port("127.0.0.1", port):
        result = atlas62("servir", "--port", str(port))
    assert result.exit_code == 1
    assert result.stderr == (
        f"Erreur\u00a0: Le port {port} est déjà pris sur 127.0.0.1 ; "
        "choisissez-en un autre avec --port ou ATLAS62_PORT.\n"
    )


def test_a_folder_without_a_reference_is_one_french_sentence(atlas62, port, tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS62_DATA", str(tmp_path))
    result = atlas62("servir", "--port", str(port))
    assert result.exit_code == 1
    assert str(tmp_path) in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_wrong_setting_is_one_french_sentence(atlas62, monkeypatch):
    monkeypatch.setenv("ATLAS62_PORT", "http")
    result = atlas62("servir")
    assert result.exit_code == 1
    assert "ATLAS62_PORT : trouvé « http », attendu un entier de 1 à 65535." in result.stderr


@pytest.mark.parametrize(
    ("host", "warned"),
    [("127.0.0.1", False), ("::1", False), ("localhost", False), ("0.0.0.0", True), ("::", True)],  # noqa: S104
)
def test_an_address_that_all_can_reach_is_warned_of(capsys, host, warned):
    _announce(host, 8050)
    said = capsys.readouterr()
    assert "Atlas 62 est ouvert" in said.out
    assert ("ouvre la carte à tout le réseau" in said.err) is warned
    assert (f"ATLAS62_HOST={host}" in said.err) is warned
