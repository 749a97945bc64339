"""Schools counted by the base of facilities, against the lists of schools."""

from collections import Counter

from layers.facilities import read_facilities


def test_colleges_are_those_of_the_list_but_three_without_contract(catalogue, data):
    listed = Counter(catalogue.load("colleges")["commune_code"])
    counted = read_facilities(catalogue.reference, data)["colleges"]
    more = {code: n - listed[code] for code, n in counted.items() if n != listed[code]}
    assert more == {"62199": 1, "62251": 1, "62587": 1}


def test_the_lycees_that_are_missing_are_in_twelve_communes(catalogue, data):
    """The base counts general lycées, public and private; the layer has the public ones alone."""
    rows = catalogue.load("lycees")
    general = rows[rows["kind"].isin({"lycée général et technologique", "lycée polyvalent"})]
    listed = Counter(general["commune_code"])
    counted = read_facilities(catalogue.reference, data)["general_lycees"]
    missing = {code: n - listed[code] for code, n in counted.items() if n != listed[code]}
    assert (len(missing), sum(missing.values())) == (12, 14)
    assert min(missing.values()) > 0
    assert "privés n’y sont pas" in catalogue.layer("lycees").remark
