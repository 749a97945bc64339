"""Every palette keeps its order in grey and its steps apart for those who see fewer colours."""

from itertools import pairwise

import pytest
from coloraide import Color

from app.drawing.classes import USUAL_NUMBER
from app.drawing.palette import MONEY_RAMP, PLAIN_RAMP, ramp
from app.view.class_choice import FEWEST_CLASSES, MOST_CLASSES, Palette

NUMBERS = range(FEWEST_CLASSES, MOST_CLASSES + 1)
CHOICES = [(True, None), *((False, palette) for palette in (None, *Palette))]
SIGHTS = ("normal", "protan", "deutan", "tritan")
APART = 4.5
"""CIEDE2000; about two and a half is where two patches side by side begin to differ."""
WELL_APART = 6.5
"""Of the five classes, at most, that come by themselves."""
DARKER = 6
"""L*, from one class to the next: what a grey print must show."""

each_palette = pytest.mark.parametrize(("money", "palette"), CHOICES)


def seen(colour, sight):
    return Color(colour) if sight == "normal" else Color(colour).filter(sight)


@each_palette
@pytest.mark.parametrize("classes", NUMBERS)
def test_each_class_is_darker_than_the_one_before(money, palette, classes):
    tones = [Color(c).convert("lab-d65")["l"] for c in ramp(classes, money=money, palette=palette)]
    assert all(light - dark >= DARKER for light, dark in pairwise(tones))


@each_palette
@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("classes", NUMBERS)
def test_neighbouring_classes_stay_apart_for_every_sight(money, palette, sight, classes):
    colours = [seen(c, sight) for c in ramp(classes, money=money, palette=palette)]
    least = min(one.delta_e(next_, method="2000") for one, next_ in pairwise(colours))
    assert least >= (WELL_APART if classes <= USUAL_NUMBER else APART)


def test_five_classes_have_the_colours_of_the_printed_ramps():
    assert ramp(5, money=True) == MONEY_RAMP
    assert ramp(5, money=False) == PLAIN_RAMP


def test_only_money_is_warm():
    """The one strong colour: no other palette has a hue near it."""
    for palette in (None, *Palette):
        darkest = Color(ramp(5, money=False, palette=palette)[-1]).convert("lch-d65")
        assert darkest["c"] < Color(MONEY_RAMP[-1]).convert("lch-d65")["c"]
        assert not 10 < darkest["h"] < 90 or darkest["c"] < 5
