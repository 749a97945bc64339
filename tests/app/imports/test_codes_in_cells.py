"""What a table writes by codes: letters of a web page, a commune in two columns, metres."""

import pytest

from layers.brought.problems import LEFT_OUT, MENDED, TO_CHECK
from layers.brought.roles import Role
from tests.app.imports.cases import texts, told, values


def test_letters_written_by_their_codes_are_read_and_told(bring):
    made = bring(texts("nom;ville", "L&#39;&Eacute;toile;Lens", "Caf&eacute; A &amp; B;Arras"))
    assert values(made, "nom") == ["L'Étoile", "Café A & B"]
    assert values(made, "commune_code") == ["62498", "62041"]
    assert told(made, MENDED) == [(0, "", "L&#39;&Eacute;toile (2 cellules)")]


def test_a_code_of_a_sign_that_parts_cells_parts_none(bring):
    made = bring(texts("nom;ville", "Salle &quot;A&#59;B&quot;;Lens", "C;Arras"))
    assert values(made, "nom") == ['Salle "A;B"', "C"]


def test_an_ampersand_before_a_semicolon_is_no_code(bring):
    made = bring(texts("nom;ville", "R&D;Lens", "AT&T;Arras", "&nimporte;Calais"))
    assert values(made, "nom") == ["R&D", "AT&T", "&nimporte"]
    assert not [p for p in made.problems if p.outcome == MENDED]


def test_a_quote_that_is_never_closed_is_told_in_french(bring):
    with pytest.raises(Exception, match="guillemets fermés") as refused:
        bring(texts("nom;ville", '"A;Lens', "B;Arras"))
    assert "unexpected" not in str(refused.value)


def test_a_code_in_two_columns_is_made_whole_and_told(bring):
    lines = ("dep;com;nom", "62;498;A", "62;41;B", "59;350;C")
    made = bring(texts(*lines))
    assert made.roles["com"] == Role.COMMUNE_CODE
    assert values(made, "commune_code") == ["62498", "62041"]
    assert values(made, "com") == ["498", "41"]
    assert told(made, MENDED) == [(0, "com", "498 (3 lignes)")]
    assert [p.line for p in made.problems if p.outcome == LEFT_OUT] == [4]


def test_figures_that_the_names_beside_contradict_are_no_codes(bring):
    made = bring(texts("dep;com;ville", "62;3;Arras", "62;4;Lens"))
    assert made.roles["com"] == Role.NUMBER
    assert values(made, "commune_code") == ["62041", "62498"]


@pytest.mark.parametrize("unit", ["m", " m", " mètres", " M."])
def test_coordinates_in_metres_that_say_so_are_read(bring, unit):
    made = bring(texts("nom;X;Y", f"A;684000{unit};7021000{unit}", f"B;684 500{unit};7021500"))
    assert values(made, "precision") == ["site", "site"]
    assert round(made.rows.geometry.x.iloc[0], 3) == 2.776
    assert not told(made, TO_CHECK)


def test_degrees_and_minutes_with_their_sides_before_are_a_position(bring):
    made = bring(texts("nom;Coordonnées GPS", "A;N 50° 17.46' E 2° 46.65'"))
    assert round(made.rows.geometry.y.iloc[0], 3) == 50.291
    assert round(made.rows.geometry.x.iloc[0], 4) == 2.7775


def test_the_kind_of_a_street_in_a_column_of_its_own_is_part_of_the_address(bring):
    made = bring(texts("Nom;N°;Type voie;Voie;Ville", "A;12;rue;de la Gare;Lens"))
    assert [made.roles[name] for name in ("N°", "Type voie", "Voie")] == [Role.ADDRESS] * 3
