import json

import pytest

from tests.known_totals import ALL_PEOPLE

ASK = ("implanter", "--service", "colleges_publics", "--seuil-minutes", "10")


def test_the_json_has_the_keys_and_its_gains_add_up(atlas62):
    result = atlas62(*ASK, "--sites", "3", "--json")
    assert result.exit_code == 0
    record = json.loads(result.stdout)
    assert list(record) == ["sites", "habitants_couverts", "optimal", "ecart"]
    keys = ["code", "commune", "gain_habitants", "a_egalite", "presque_autant"]
    assert [list(site) for site in record["sites"]] == [keys] * 3
    gaps = json.loads(
        atlas62("ecarts", "--service", "colleges_publics", "--seuil-minutes", "10", "--json").stdout
    )
    before = ALL_PEOPLE - gaps["habitants_au_dela"]
    gains = sum(site["gain_habitants"] for site in record["sites"])
    assert before + gains == record["habitants_couverts"]
    assert record["optimal"] is True
    assert record["ecart"] == 0


def test_the_text_names_the_sites_the_proof_and_the_range(atlas62):
    record = json.loads(atlas62(*ASK, "--sites", "2", "--json").stdout)
    text = " ".join(atlas62(*ASK, "--sites", "2").stdout.split())
    for site in record["sites"]:
        assert f"{site['commune']} {site['code']}" in text
    assert "avec 2 sites de plus" in text
    assert "c’est prouvé" in text
    assert "Avec des trajets lents" in text
    assert "Si tous les temps étaient 10 % plus longs" in text
    assert "Méthode. " in text


def test_where_nobody_is_too_far_no_site_is_proposed(atlas62):
    words = ("--service", "mairies", "--seuil-minutes", "20", "--sites", "2")
    record = json.loads(atlas62("implanter", *words, "--json").stdout)
    assert record == {
        "sites": [],
        "habitants_couverts": ALL_PEOPLE,
        "optimal": True,
        "ecart": 0,
    }
    assert "aucun site de plus" in atlas62("implanter", *words).stdout


@pytest.mark.parametrize("count", ["0", "-1", "21"])
def test_a_number_of_sites_without_sense_is_a_wrong_use(atlas62, count):
    result = atlas62(*ASK, "--sites", count)
    assert result.exit_code == 2
    assert f"trouvé {count}, attendu un nombre tel que 1<=x<=20" in result.stderr


def test_a_threshold_without_sense_is_a_sentence(atlas62):
    words = ("--service", "gares", "--seuil-minutes", "0", "--sites", "1")
    result = atlas62("implanter", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Erreur\u00a0: Seuil en minutes : trouvé 0,")
