from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.geocoder.trial.noise import WEARINGS, Address, spoil_postcode, wear, write

GOOD = Address("78 rue Marcel-Lancino", "62153", "Ablain-Saint-Nazaire")
EGLISE = Address("1 rue de l’Église", "62300", "Éleu-dit-Leauwette")
seeds = st.integers(0, 10**6)


def seeded(seed):
    return Random(seed)  # noqa: S311 - chooses how to wear, keeps no secret


def test_good_address_is_written_as_people_do():
    assert str(GOOD) == "78 rue Marcel-Lancino, 62153 Ablain-Saint-Nazaire"
    assert str(Address("", "", "Lens")) == "Lens"


@given(seeds)
def test_same_seed_wears_the_same(seed):
    assert wear(GOOD, seeded(seed)) == wear(GOOD, seeded(seed))


@given(seeds, st.text(max_size=20), st.text(max_size=6), st.text(max_size=20))
def test_any_address_can_be_worn(seed, street, postcode, commune):
    random = seeded(seed)
    for wearing in WEARINGS:
        assert isinstance(write(wearing(Address(street, postcode, commune), random), random), str)


@pytest.mark.parametrize("wearing", sorted(set(WEARINGS), key=lambda w: w.__name__))
def test_each_way_of_wearing_does_something(wearing):
    assert any(wearing(good, seeded(seed)) != good for good in (GOOD, EGLISE) for seed in range(40))


@given(seeds)
def test_spoilt_postcode_is_one_slip_away(seed):
    spoilt = spoil_postcode(GOOD, seeded(seed)).postcode
    assert len(spoilt) in {4, 5}
    assert spoilt.isdigit()
