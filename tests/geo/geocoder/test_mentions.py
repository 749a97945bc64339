import pytest

from geo.geocoder.cues import Cue, read_level
from geo.geocoder.mentions import How, recognise
from geo.geocoder.text import normalise
from geo.perimeter import Level


@pytest.fixture(scope="module")
def mentions(geocoder):
    return lambda text: recognise(normalise(text), geocoder.gazetteer)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("12 rue Haute, 62300 Lens", Cue.POSTCODE),
        ("Lens 62300", Cue.BEFORE_POSTCODE),
        ("ville de Lens", Cue.LEVEL),
        ("piscine à Lens", Cue.AT),
        ("piscine, Lens", Cue.ALONE),
        ("piscine – Lens", Cue.ALONE),
        ("piscine Lens", Cue.LAST),
        ("Lens piscine", Cue.FIRST),
        ("la piscine Lens neuve", Cue.INSIDE),
        ("centre-bourg de Lens", Cue.OF),
        ("Courcelles-inconnu-lès-Lens", Cue.JOINT),
        ("Lens sur quelque chose", Cue.CONTINUED),
        ("Lens et ailleurs", Cue.AND),
        ("12 rue de Lens", Cue.STREET),
        ("12 riie dc Lens", Cue.STREET),
        ("rue du Faubourg vert de Lens", Cue.STREET_OF),
        ("12 rue Jean Jaurès Lens", Cue.STREET_END),
        ("8 chemin de la 2e voie Lens", Cue.STREET_END),
        ("5 Grande Rue Lens", Cue.LAST),
        ("12 rue Haute à Lens", Cue.AT),
    ],
)
def test_place_of_a_name_in_the_text_is_read(mentions, text, cue):
    assert [m.cue for m in mentions(text) if m.entry.spelling == "lens"] == [cue]


def test_longest_name_is_recognised_alone(mentions):
    found = mentions("Loison-sous-Lens, Saint-Omer-Capelle")
    assert [m.entry.spelling for m in found] == ["loison sous lens", "saint omer capelle"]


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Le Touquet-Paris-Plage", How.EXACT),
        ("Touquet Paris Plage", How.LOOSE),
        ("Nœux Mines", How.LOOSE),
    ],
)
def test_small_words_make_a_name_loose(mentions, text, how):
    assert mentions(text)[0].how is how


def test_name_does_not_go_over_a_comma(mentions):
    assert "noeux les mines" not in {m.entry.spelling for m in mentions("Nœux, les mines")}


def test_name_of_four_words_may_hold_a_comma(mentions):
    found = mentions("CA de Béthune-Bruay, Artois-Lys Romane")
    assert [str(m.entry.target) for m in found] == ["epci:200072460"]


def test_site_is_not_read_out_of_the_name_of_a_street(mentions):
    kinds = {m.entry.origin for m in mentions("place de la Gare – Nœux-les-Mines")}
    assert kinds == {"nom"}
    assert mentions("gare de Béthune")[0].entry.target.name == "Gare de Béthune"


def test_word_that_begins_a_street_is_no_town_of_the_somme(mentions):
    assert mentions("12 rue Haute") == []
    assert [m.entry.target.where for m in mentions("80120 Rue")] == ["Somme"]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("communauté de communes du X", Level.EPCI),
        ("canton de X", Level.CANTON),
        ("ville de la X", Level.COMMUNE),
        ("piscine de X", None),
        ("ville, X", None),
    ],
)
def test_level_before_a_name_is_read(text, level):
    words = normalise(text)
    assert read_level(words, len(words.words) - 1) is level
